"""A problem: its place, how bad it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a finding is; `ERROR` stops a page from being published."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file; `line` and `column` count from 1, 0 means "the whole file"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as `path:line:column`, leaving out what is not known."""
        known = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path, *known])


NOWHERE = Where("")  # of a value that comes from no file


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its place, its code (`l10n explain CODE`) and what to do about it."""

    code: str
    message: str
    where: Where
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the finding in the one form that every command uses."""
        place = f"{self.where}: " if self.where.path else ""
        line = f"{place}{self.severity.name.lower()} {self.code}: {self.message}"
        return f"{line}\nhelp: {self.hint}" if self.hint else line
