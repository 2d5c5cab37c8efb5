"""An article with its page skeleton, and the same filled with a locale's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.catalog import State
from pipeline.model.law import Audience
from pipeline.model.segment import Piece, Segment, SegmentedDocument


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an article's FAQ: where it and its answer stand in the skeleton."""

    question: range
    answer: range


@dataclass(frozen=True, slots=True)
class Skeleton:
    """An article's body as HTML with its segments as slots, compiled once for all locales."""

    pieces: tuple[Piece, ...]
    faq: tuple[Question, ...] = ()
    bare: frozenset[int] = frozenset()  # slots for words without tags: in attributes, options


@dataclass(frozen=True, slots=True)
class Article:
    """A source document with a permanent id, and what its front matter says of it."""

    id: str
    path: str  # source/<article>.md
    audience: Audience
    products: tuple[str, ...]  # ids in products.toml
    date: date
    author: str
    reviewed_by: str
    related: tuple[str, ...]  # ids of articles
    image: str  # source/images/<name>, "" for none
    fields: tuple[Segment, ...]  # front matter values, each with its `key`
    document: SegmentedDocument
    skeleton: Skeleton
    claims: tuple[str, ...] = ()  # ids in locales/markets/claims.toml


@dataclass(frozen=True, slots=True)
class Filled:
    """A segment in one locale: as escaped HTML, and as the words a reader sees."""

    html: str
    plain: str
    state: State


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in one locale: its skeleton and fields filled with words."""

    article: Article
    locale: str
    pieces: tuple[str, ...]  # HTML, one string for each piece of the skeleton
    fields: Mapping[str, Filled]  # by front matter key: "title", "tags.0"
    plain: tuple[str, ...]  # the words of each piece of the skeleton, "" for markup
    done: int
    fuzzy: int
    missing: int
    words_from: str = ""  # the locale that some of its words are inherited from

    @property
    def complete(self) -> bool:
        """Whether every segment has a finished translation."""
        return not (self.fuzzy or self.missing)
