"""Rows of files → the tables of the memory's file."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.memory import Row

SHIFT = 24  # a target's id is its file's id and its place there: no index on files is needed

# a place of a word: how many words its text has, and the text's number; so the places of a word
# that are sorted stand in the order of their texts' lengths
TEXT_BITS = 26
TEXT = (1 << TEXT_BITS) - 1
LONG = 63  # words: longer texts count as having so many

SAME = "SELECT id, words FROM segment WHERE digest = ? AND text = ?"
_INDEXES = ("same ON segment (digest)", "found ON target (segment, locale)")


class Writer:
    """Writes files into the tables; the places of each word are gathered and written at the end."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._do, self._many = base.execute, base.executemany
        (self._next,) = self._do("SELECT next FROM about").fetchone()
        self._empty = self._next == 1
        self._ids: dict[str, int] = {}
        self._segments: list[tuple[int, int, str, str]] = []
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self.rows = 0

    def forget(self, path: str) -> None:
        """Give up a file."""
        found = self._do("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        if found:
            low = found[0] << SHIFT
            self._do("DELETE FROM target WHERE id >= ? AND id < ?", (low, low + (1 << SHIFT)))
            self._do("DELETE FROM file WHERE id = ?", found)

    def file(self, path: str, state: str, rows: Sequence[Row]) -> None:
        """Take a file's rows in place of what came from it before."""
        self.forget(path)
        place = self._do("INSERT INTO file (path, state) VALUES (?, ?)", (path, state)).lastrowid
        first = (place or 0) << SHIFT
        made = [
            (first + at, self._segment(row), unit.locale, unit.target, unit.context, unit.article,
             row.before, row.after, unit.changed, unit.created, unit.author,
             json.dumps(unit.notes, ensure_ascii=False) if unit.notes else "")
            for at, row in enumerate(rows)
            for unit in (row.unit,)
        ]  # fmt: skip
        self._many("INSERT INTO target VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
        self.rows += len(made)

    def _segment(self, row: Row) -> int:
        """The number of a row's text, a new one if it is not known."""
        text = row.unit.source
        known = self._ids.get(text)
        if known is None and not self._empty:
            found = self._do(SAME, (row.digest, text)).fetchone()
            known = found[0] if found else None
        if known is None:
            known, self._next = self._next, self._next + 1
            self._segments.append((known, row.digest, text, row.words))
            place = min(row.words.count(" ") + 1, LONG) << TEXT_BITS | known
            for key in row.keys:
                self._places[key].append(place)
        self._ids[text] = known
        return known

    def end(self) -> None:
        """Write the new texts, and where each word stands."""
        self._many("INSERT INTO segment VALUES (?, ?, ?, ?)", self._segments)
        for index in _INDEXES:  # after the first rows: one by one costs much more
            self._do(f"CREATE INDEX IF NOT EXISTS {index}")
        self._do("UPDATE about SET next = ?", (self._next,))
        for key, new in () if self._empty else self._places.items():
            found = self._do("SELECT places FROM word WHERE key = ?", (key,)).fetchone()
            if found:
                new[:0] = array("I", found[0])
        self._many(
            "INSERT INTO word (key, count, places) VALUES (?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET count = excluded.count, places = excluded.places",
            (
                (key, len(new), array("I", sorted(new)).tobytes())
                for key, new in sorted(self._places.items())
            ),
        )
