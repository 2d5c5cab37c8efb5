"""A translation as the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that a run replaced or took out, or that it wrote for somebody."""

    time: datetime  # of the run
    context: str
    source: str
    words: tuple[str, ...]  # one string, or one per plural form
    plural: str = ""
    fuzzy: bool = False

    @property
    def id(self) -> tuple[str, str]:
        """The identity of the entry that they stood in."""
        return self.context, self.source
