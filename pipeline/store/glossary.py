"""source/glossary.csv → the terms that a segment holds, and how each locale says them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import Segment, Vocabulary, Where, Wording
from pipeline.store.files import read_text

PLACE = "source/glossary.csv"
COLUMNS = ["term", "locale", "preferred", "accepted", "forbidden", "note"]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a workspace."""

    terms: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()  # never translated, in any locale
    pattern: re.Pattern[str] | None = None
    wordings: tuple[tuple[str, Wording], ...] = ()  # each with its locale

    def notes(self, segment: Segment) -> tuple[str, ...]:
        """A `#.` line with the terms that a segment holds, in their order; none without any."""
        if self.pattern is None:
            return ()
        known = {term.lower(): term for term in self.terms}
        found = dict.fromkeys(known[m[1].lower()] for m in self.pattern.finditer(segment.text))
        told = [f"{term} (keep as it is)" if term in self.kept else term for term in found]
        return (f"terms: {', '.join(told)}",) if told else ()

    def vocabulary(self, locale: str, parent: str = "") -> Vocabulary | None:
        """How a locale says the terms by its own rows, and what its parent's forbid.

        The parent's other words do not bind: a locale has entries of its own only to say
        things in another way.
        """
        if self.pattern is None:
            return None
        found: dict[str, Wording] = {}
        for wanted in (parent, locale):
            for named, wording in self.wordings:
                if named == wanted:
                    own = wording if named == locale else replace(wording, forms=())
                    found[wording.term.lower()] = own
        return Vocabulary(found, self.pattern) if found else None


def read_glossary(root: Path) -> Glossary:
    """The glossary of a workspace; empty without a file.

    Raises:
        ConfigError: with the line of the first row that is wrong.
    """
    path = root / PLACE
    if not path.exists():
        return Glossary()
    reader = csv.DictReader(StringIO(read_text(path, PLACE)), strict=True)
    terms: dict[str, None] = {}
    kept: set[str] = set()
    wordings: list[tuple[str, Wording]] = []
    try:
        if reader.fieldnames != COLUMNS:
            raise ConfigError(
                f"the columns are {reader.fieldnames}",
                Where(PLACE, 1),
                f"write {','.join(COLUMNS)}",
            )
        for row in reader:
            if None in row or None in row.values() or not row["term"]:
                raise ConfigError("this row has not six fields", Where(PLACE, reader.line_num))
            terms[row["term"]] = None
            if row["locale"] == "*":
                kept.add(row["term"])
            else:
                wordings.append((row["locale"], _wording(row)))
    except csv.Error as error:
        raise ConfigError(f"this is not CSV: {error}", Where(PLACE, reader.line_num)) from error
    if not terms:
        return Glossary()
    longest = sorted(terms, key=len, reverse=True)  # "INVAMED ATLAS" before "ATLAS"
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?:es|s)?\b", re.IGNORECASE)
    return Glossary(tuple(terms), frozenset(kept), pattern, tuple(wordings))


def _wording(row: dict[str, str]) -> Wording:
    """A row as how its locale says its term; forms are parted by semicolons."""
    accepted, forbidden = (
        tuple(form.strip() for form in row[column].split(";") if form.strip())
        for column in ("accepted", "forbidden")
    )
    preferred = row["preferred"].strip()
    return Wording(row["term"], (*((preferred,) if preferred else ()), *accepted), forbidden)
