"""The entries of a PO file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How far a translation is."""

    DONE = "done"
    FUZZY = "fuzzy"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a file's bytes, half open, and its first line."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment as it stands in a PO file."""

    msgid: str
    msgstr: tuple[str, ...] = ("",)  # one string, or one per plural form
    msgctxt: str = ""
    msgid_plural: str = ""
    comments: tuple[str, ...] = ()  # `# `: the translators' own lines
    extracted: tuple[str, ...] = ()  # `#.`: ours
    references: tuple[str, ...] = ()  # `#:`
    flags: tuple[str, ...] = ()  # `#,`
    previous: tuple[str, ...] = ()  # `#|` lines without their mark, as they stand
    obsolete: bool = False
    span: Span = Span(0, 0, 0)

    @property
    def id(self) -> tuple[str, str]:
        """The identity of the entry within its catalog: context and text."""
        return self.msgctxt, self.msgid

    @property
    def fuzzy(self) -> bool:
        """Whether a human has still to confirm the translation."""
        return "fuzzy" in self.flags

    @property
    def state(self) -> State:
        """How far the translation is; a plural entry is as far as its worst form."""
        if not all(self.msgstr):
            return State.MISSING
        return State.FUZZY if self.fuzzy else State.DONE


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one article in one locale, in file order, obsolete ones last."""

    entries: tuple[Entry, ...]
    header: tuple[tuple[str, str], ...] = ()  # in the order of the file
    header_comments: tuple[str, ...] = ()
    header_flags: tuple[str, ...] = ()
