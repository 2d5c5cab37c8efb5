"""`.l10n/memory.sqlite`: past translations by the rare words of their texts, always rebuildable."""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import ConflictError, UnreadableError
from pipeline.model import Where
from pipeline.model.memory import Candidate, Memory, Row, Target, Unit
from pipeline.store.memory_rows import LONG, SAME, SHIFT, TEXT, TEXT_BITS, Writer

PLACE = ".l10n/memory.sqlite"
VERSION = 3  # of the tables below and of how words are masked: another one is built anew

_RARE = 5  # words by which texts are looked for, at the least
_POSTINGS = 6000  # texts that are looked at; a word of many texts says little
_LONGEST = 20_000  # places of one word: beyond, it is passed over if there are others
_MOST = 300  # candidates that are compared
_LEAST = 60  # percent alike: what `stages.similarity` offers, which no store may ask
_SHORT = 4  # words: below, letters are compared there
_KEYS = 500  # of one text that are looked up
_MAPPED = 1 << 30  # bytes of the file that are read without a copy
_CACHE = 64 * 1024  # KiB, for building
_DEAD = 4  # one in so many known texts without a translation left: built anew

_TABLES = """
CREATE TABLE about (version INTEGER, next INTEGER);
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, state TEXT);
CREATE TABLE segment (id INTEGER PRIMARY KEY, digest INTEGER, text TEXT, words TEXT);
CREATE TABLE word (id INTEGER PRIMARY KEY, key TEXT UNIQUE, count INTEGER, places BLOB);
CREATE TABLE target (
  id INTEGER PRIMARY KEY, segment INTEGER, locale TEXT, text TEXT, context TEXT, article TEXT,
  before INTEGER, after INTEGER, changed TEXT, created TEXT, author TEXT, notes TEXT
);
"""


def open_memory(root: Path) -> SqliteMemory:
    """The memory of a workspace, empty if it is new, of another version or torn.

    Raises:
        UnreadableError: its file cannot be made.
    """
    path = root / PLACE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return SqliteMemory(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            for name in (path, *path.parent.glob(f"{path.name}-*")):
                name.unlink(missing_ok=True)
            return SqliteMemory(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise UnreadableError(
            f"the memory cannot be opened: {error}", Where(PLACE), "check the folder's permissions"
        ) from error


class SqliteMemory(Memory):
    """A memory in one file."""

    shared = False

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._do = self._base.execute
        for setting in ("journal_mode=TRUNCATE", f"mmap_size={_MAPPED}", f"cache_size=-{_CACHE}"):
            self._do(f"PRAGMA {setting}")
        if self._version() != VERSION:
            self._start_anew()

    def _version(self) -> int:
        if not self._do("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
            return 0
        found = self._do("SELECT version FROM about").fetchone()
        return int(found[0]) if found else 0

    def _start_anew(self) -> None:
        with _Transaction(self._base):
            for (name,) in self._do("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
                self._do(f'DROP TABLE "{name}"')
            for statement in _TABLES.split(";"):
                self._do(statement)
            self._do("INSERT INTO about VALUES (?, 1)", (VERSION,))

    def files(self) -> Mapping[str, str]:
        """What was read, and when."""
        return dict(self._do("SELECT path, state FROM file").fetchall())

    def replace(self, files: Iterable[tuple[str, str, Sequence[Row]]]) -> int:
        """Take the rows of files in place of what came from them before."""
        with _Transaction(self._base):
            writer = Writer(self._base)
            for path, state, rows in files:
                writer.file(path, state, rows)
            writer.end()
        return writer.rows

    def forget(self, files: Collection[str]) -> None:
        """Give up what came from files."""
        if not files:
            return
        with _Transaction(self._base):
            writer = Writer(self._base)
            for path in files:
                writer.forget(path)
            writer.end()

    def worn(self) -> bool:
        """Whether many known texts have no translation left; then all is given up."""
        known, alive = self._do(
            "SELECT (SELECT count(*) FROM segment), (SELECT count(DISTINCT segment) FROM target)"
        ).fetchone()
        if known - alive <= known // _DEAD:
            return False
        self._start_anew()
        return True

    def candidates(self, words: str, keys: Collection[str]) -> Sequence[Candidate]:
        """Texts that share most of the rarest words, of those neither too long nor too short."""
        long = words.count(" ") + 1
        asked = sorted(keys)[:_KEYS]
        marks = ",".join("?" * len(asked))
        lists = self._do(f"SELECT count, id FROM word WHERE key IN ({marks})", asked).fetchall()  # noqa: S608 - question marks only
        shared: Counter[int] = Counter()
        read = 0
        for number, (count, word) in enumerate(sorted(lists)):
            if number and (count > _LONGEST or (number >= _RARE and read + count > _POSTINGS)):
                break
            (places,) = self._do("SELECT places FROM word WHERE id = ?", (word,)).fetchone()
            fitting = _fitting(array("I", places), long)
            read += len(fitting)
            shared.update(fitting)
        return self._texts([place & TEXT for place in _most_shared(shared, long)])

    def _texts(self, ids: Sequence[int]) -> list[Candidate]:
        marks = ",".join("?" * len(ids))
        found = self._do(f"SELECT id, text, words FROM segment WHERE id IN ({marks})", ids)  # noqa: S608 - question marks only
        return [Candidate(at, text, tuple(words.split())) for at, text, words in found]

    def same(self, text: str, digest: int) -> Candidate | None:
        """The known text that is this very text."""
        found = self._do(SAME, (digest, text)).fetchone()
        return Candidate(found[0], text, tuple(found[1].split())) if found else None

    def targets(self, segments: Sequence[int], locales: Sequence[str]) -> Sequence[Target]:
        """The translations of texts in some locales."""
        ids, names = ",".join("?" * len(segments)), ",".join("?" * len(locales))
        found = self._do(
            "SELECT segment, locale, text, context, article, before, after, changed, path"  # noqa: S608 - question marks only
            f" FROM target JOIN file ON file.id = target.id >> {SHIFT}"
            f" WHERE segment IN ({ids}) AND locale IN ({names}) ORDER BY path, target.id",
            (*segments, *locales),
        )
        return [Target(*row) for row in found]

    def units(self, locales: Sequence[str]) -> Iterator[tuple[str, Unit]]:
        """Every unit with its file; its neighbours are left out."""
        marks = ",".join("?" * len(locales))
        found = self._do(
            "SELECT path, segment.text, target.text, locale, context, article, created, changed,"  # noqa: S608 - question marks only
            f" author, notes FROM target JOIN file ON file.id = target.id >> {SHIFT}"
            " JOIN segment ON segment.id = segment"
            f"{f' WHERE locale IN ({marks})' if locales else ''} ORDER BY path, target.id",
            tuple(locales),
        )
        for path, *words, locale, context, article, created, changed, author, notes in found:
            source, target = words
            told = tuple(json.loads(notes)) if notes else ()
            yield path, Unit(source, target, locale, context, article, notes=told,
                             created=created, changed=changed, author=author)  # fmt: skip

    def counts(self) -> tuple[int, Mapping[str, int]]:
        """Known texts, and translations by locale."""
        (texts,) = self._do("SELECT count(DISTINCT segment) FROM target").fetchone()
        found = self._do("SELECT locale, count(*) FROM target GROUP BY locale ORDER BY locale")
        return int(texts), dict(found.fetchall())

    def close(self) -> None:
        """Give up the file."""
        self._base.close()


def _fitting(places: array[int], long: int) -> array[int]:
    """The places of texts of so few or many words that they can be `_LEAST` percent alike.

    Two texts of m and n words are 2 * min(m, n) / (m + n) alike at the most. That says nothing
    of texts under `_SHORT` words, so such ones stay, unless the other has many more.
    """
    if long < _SHORT:
        return places
    least, most = -(-long * _LEAST // (200 - _LEAST)), long * (200 - _LEAST) // _LEAST
    low = bisect_left(places, min(least, LONG) << TEXT_BITS) if least > _SHORT else 0
    high = bisect_left(places, (most + 1) << TEXT_BITS) if most < LONG else len(places)
    return places[low:high]


def _most_shared(shared: Counter[int], long: int) -> list[int]:
    """The places with the highest counts, as near the best one's as an offer has to be; limited.

    Of those that share as many words, the ones nearest in length are taken.
    """
    counted = Counter(shared.values())
    least = top = max(counted, default=0)
    taken = counted[top]
    while least > 1 and (200 - _LEAST) * (least - 1) >= _LEAST * (top - 1) and taken < _MOST:
        least -= 1
        taken += counted[least]
    found = [place for place, count in shared.items() if count > least]
    last = [place for place, count in shared.items() if count == least]
    if len(found) + len(last) > _MOST:
        last.sort(key=lambda place: (abs((place >> TEXT_BITS) - long), place))
    return [*found, *last[: _MOST - len(found)]]


class _Transaction:
    """All of a change or nothing; another command waits."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        try:
            self._base.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ConflictError(
                f"the memory cannot be written: {error}",
                Where(PLACE),
                "wait until the other command ends, then run this one again",
                code="locked",
            ) from error

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._base.execute("COMMIT")
        else:
            with suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
