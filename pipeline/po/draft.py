"""An entry while its lines are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Entry, Span
from pipeline.po.notes import Notes


@dataclass(slots=True)
class Draft:
    """An entry while its lines are read."""

    line: int
    start: int
    end: int = 0
    notes: Notes = field(default_factory=Notes)
    stage: str = ""  # the keyword read last
    at: int = 0  # the line of its first keyword
    texts: dict[str, list[str]] = field(default_factory=dict)
    obsolete: bool = False
    broken: bool = False  # a fault has been told; the rest would only be echoes

    def entry(self) -> Entry:
        """The finished entry."""
        notes, texts = self.notes, self.texts
        return Entry(
            texts["msgid"][0],
            tuple(texts["msgstr"]),
            texts.get("msgctxt", ("",))[0],
            texts.get("msgid_plural", ("",))[0],
            tuple(notes.comments),
            tuple(notes.extracted),
            tuple(notes.references),
            tuple(notes.flags),
            tuple(notes.previous),
            self.obsolete,
            Span(self.start, self.end, self.line),
        )
