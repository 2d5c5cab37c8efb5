"""A finding that a person accepts, with reason and date, and what it is told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import Finding, Where


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and what it was found in: what a waiver is compared with."""

    finding: Finding
    locale: str = ""
    article: str = ""
    entry: tuple[str, str] = ("", "")  # context and msgid
    words: str = ""  # the digest of the translation


@dataclass(frozen=True, slots=True)
class Waiver:
    """What locales/waivers.toml says of one entry, or of a whole locale."""

    code: str
    locale: str
    reason: str
    person: str
    given: date
    where: Where
    article: str = ""  # "": every article of the locale
    entry: tuple[str, str] | None = None  # None: every entry
    words: str = ""  # the digest of the translation that was accepted
    until: date | None = None  # its last day
