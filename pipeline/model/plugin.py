"""What a file of `formats/` or `checks/` ends with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.finding import Severity
from pipeline.model.segment import Code, Passage, Piece, Segment
from pipeline.model.source import Document, Kind, Protected


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """What a workspace may tell a format."""

    keys: tuple[str, ...] = (
        "title",
        "description",
        "summary",
        "slug",
        "category",
        "tags",
        "image.alt",
    )
    translate_pre: bool = False
    language: str = "en"  # of the source; only English is cut into sentences


@dataclass(frozen=True, slots=True)
class Format:
    """A source format. Law: `join(split(text).parts) == text`, byte for byte."""

    name: str
    suffixes: tuple[str, ...]
    # source text, path for error places, options → parts
    split: Callable[[str, str, SplitOptions], Document]
    # the tokens of one block, its escape → source notation that parses as those tokens
    write: Callable[[tuple[Token, ...], str], str]
    # the body's parts → the page's HTML, with its segments as slots
    html: Callable[[tuple[str | Protected | Passage, ...]], tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Source notation that `Format.write` must give back unchanged."""

    raw: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One end of a code in a translated block, with its source notation made ready."""

    kind: Kind
    code: Code
    raw: str


# What a translated block is made of: words to escape, codes to put back, raw to keep.
Token: TypeAlias = str | Tag | Verbatim


@dataclass(frozen=True, slots=True)
class Wording:
    """How a locale says a term of the glossary."""

    term: str  # in the source language
    forms: tuple[str, ...]  # the preferred one first
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)  # compared as a thing: it is made once a locale
class Vocabulary:
    """The terms of the glossary in one locale."""

    wordings: Mapping[str, Wording]  # by the term without capitals
    pattern: re.Pattern[str]  # finds them in a source; the term is its first group


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment beside its translation: what a check looks at."""

    segment: Segment
    translation: str
    locale: str
    source_locale: str = "en-US"
    kept: frozenset[str] = frozenset()  # terms that the glossary keeps in every language
    plural: bool = False  # a form of a plural entry, which may say its number in words
    terms: Vocabulary | None = None
    names: tuple[str, ...] = ()  # of products


@dataclass(frozen=True, slots=True)
class Check:
    """A QA check: the message and hint for each thing it finds in a pair."""

    code: str
    severity: Severity
    explain: str  # Markdown for `l10n explain`: what, why, how to mend, an example
    run: Callable[[Pair], Iterable[tuple[str, str]]]
    waivable: bool = True  # whether a person may accept a finding with a reason
    # the translation with all mended that has only one right form; None: nothing is certain
    fix: Callable[[Pair], str] | None = None
