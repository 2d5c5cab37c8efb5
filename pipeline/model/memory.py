"""Past translations: units as they are kept and exchanged, and what a look-up finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class MemorySettings:
    """What l10n.toml says of the memory."""

    url: str = ""  # of a PostgreSQL server; "" for the workspace's own file
    prefill: int = 0  # least percent at which an empty entry gets a suggestion; 0 for never


@dataclass(frozen=True, slots=True)
class Unit:
    """One text with its translation, and what is known of where it stood."""

    source: str
    target: str
    locale: str  # of the target; a bare language (`de`) in memories that know no country
    context: str = ""  # the role of the text, as catalogs have it in msgctxt
    article: str = ""
    before: str = ""  # the text that stood before it in its article
    after: str = ""
    notes: tuple[str, ...] = ()
    created: str = ""  # as TMX has it: 20261122T091500Z; "" when nobody has said
    changed: str = ""
    author: str = ""


class Closeness(IntEnum):
    """How close a known text is to the one that was asked for."""

    FUZZY = 0
    EXACT = 1
    CONTEXT = 2  # the same text, and the same neighbour or article


@dataclass(frozen=True, slots=True)
class Match:
    """A known translation for a text that was asked for."""

    source: str  # the text that it was made for
    target: str
    locale: str
    score: int  # percent, cut off; 100 for the same text only
    closeness: Closeness
    origin: str  # the file that it comes from
    changed: str = ""
    differs: str = ""  # number, unit or negation, or product: why it is never filled in


class Candidate(NamedTuple):
    """A known text that may be like the one that was asked for.

    A look-up makes hundreds of them, and a frozen dataclass takes four times as long to make.
    """

    id: int
    text: str
    words: tuple[str, ...]  # codes and numbers masked


@dataclass(frozen=True, slots=True)
class Target:
    """A translation as the memory keeps it."""

    segment: int  # the id of its text
    locale: str
    text: str
    context: str
    article: str
    before: int  # a digest of the text before it; 0 for none
    after: int
    changed: str
    origin: str


@dataclass(frozen=True, slots=True)
class Row:
    """A unit made ready for keeping."""

    unit: Unit
    words: str  # masked, with blanks between
    keys: Collection[str]  # what the text is found by
    digest: int  # of the text
    before: int
    after: int


class Memory(Protocol):
    """Where past translations are kept: one file, or a server that a team shares."""

    shared: bool  # whether other machines use it, whose file times say nothing here

    def files(self) -> Mapping[str, str]:
        """What was read: each file with the state in which it was read."""
        ...

    def replace(self, files: Iterable[tuple[str, str, Sequence[Row]]]) -> int:
        """Forget what came from each file, keep its rows instead; how many rows there were."""
        ...

    def forget(self, files: Collection[str]) -> None:
        """Give up what came from files that are gone."""
        ...

    def worn(self) -> bool:
        """Whether so much was forgotten that everything should be read anew; then it is empty."""
        ...

    def candidates(self, words: str, keys: Collection[str]) -> Sequence[Candidate]:
        """Known texts that are most likely like one with these words and keys."""
        ...

    def same(self, text: str, digest: int) -> Candidate | None:
        """The known text that is this very text, which has this digest."""
        ...

    def targets(self, segments: Sequence[int], locales: Sequence[str]) -> Sequence[Target]:
        """The translations of texts in some locales, in an order that does not vary."""
        ...

    def units(self, locales: Sequence[str]) -> Iterator[tuple[str, Unit]]:
        """Every unit with its file, in the files' order; no locales means all."""
        ...

    def counts(self) -> tuple[int, Mapping[str, int]]:
        """How many texts are known, and how many translations in each locale."""
        ...

    def close(self) -> None:
        """Give up the file or the connection."""
        ...
