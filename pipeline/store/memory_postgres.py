"""The memory on a PostgreSQL server that a team shares: the same answers, found by pg_trgm.

One database serves one workspace; its tables stand in a schema of their own. The extra
`postgres` brings the driver, which is imported here only.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.errors import ConfigError
from pipeline.model import Where
from pipeline.model.memory import Candidate, Memory, Row, Target, Unit

VERSION = 1
_SCHEMA = "l10n_memory"
_MOST = 200  # candidates that are compared
_LEAST = 0.3  # of their trigrams that texts share; all that is 60 % alike in words has more
_LEAST_SHORT = 0.15
_SHORT = 16  # characters
_LOCK = 0x6C31306E  # "l10n": one writer at a time

_TABLES = (
    "CREATE TABLE about (version integer)",
    "CREATE TABLE file (id bigserial PRIMARY KEY, path text COLLATE \"C\" UNIQUE, state text)",
    "CREATE TABLE segment (id bigserial PRIMARY KEY, text text COLLATE \"C\", words text)",
    # a long text is no key of an index: its digest is
    "CREATE UNIQUE INDEX segment_text ON segment (md5(text))",
    "CREATE INDEX segment_words ON segment USING gin (words public.gin_trgm_ops)",
    ("CREATE TABLE target (file bigint REFERENCES file ON DELETE CASCADE, place integer,"
    " segment bigint, locale text, text text, context text, article text, before bigint,"
    " after bigint, changed text, created text, author text, notes text,"
    " PRIMARY KEY (file, place))"),
    "CREATE INDEX target_found ON target (segment, locale)",
)  # fmt: skip
_INCOMING = (
    "CREATE TEMP TABLE incoming (path text, place integer, source text, words text, locale text,"
    " target text, context text, article text, before bigint, after bigint, changed text,"
    " created text, author text, notes text) ON COMMIT DROP"
)
_TAKE = (
    (
        "INSERT INTO segment (text, words) SELECT DISTINCT ON (md5(source)) source, words"
        " FROM incoming ORDER BY md5(source) ON CONFLICT (md5(text)) DO NOTHING"
    ),
    (
        "INSERT INTO target SELECT file.id, place, segment.id, locale, target, context, article,"
        " before, after, changed, created, author, notes FROM incoming"
        " JOIN file USING (path) JOIN segment ON md5(segment.text) = md5(source)"
    ),
    "DELETE FROM segment WHERE NOT EXISTS (SELECT FROM target WHERE target.segment = segment.id)",
    "ANALYZE segment",
)


def connect(url: str) -> PostgresMemory:
    """The memory on a server, its tables made if they are not there.

    Raises:
        ConfigError: the driver is not installed, or the server cannot be used.
    """
    where = Where("l10n.toml")
    try:
        import psycopg
    except ImportError as error:
        hint = "install it: pip install 'l10n-pipeline[postgres]'"
        problem = "[memory] url needs the PostgreSQL driver, which is not installed"
        raise ConfigError(problem, where, hint) from error
    try:
        base = psycopg.connect(url, autocommit=True, connect_timeout=10)
        return PostgresMemory(base)
    except psycopg.Error as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else "no reason told"
        hint = "check the address, and that its user may make the extension pg_trgm and a schema"
        raise ConfigError(f"the memory's server cannot be used: {told}", where, hint) from error


class PostgresMemory(Memory):
    """A memory on a server."""

    shared = True

    def __init__(self, base: Any) -> None:  # noqa: ANN401 - a psycopg connection; see `connect`
        self._base = base
        self._do = base.execute
        with base.transaction():
            self._do("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            self._do("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
            if self._version() != VERSION:
                self._do(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
                self._do(f"CREATE SCHEMA {_SCHEMA}")
                self._do(f"SET LOCAL search_path = {_SCHEMA}, public")
                for statement in _TABLES:
                    self._do(statement)
                self._do("INSERT INTO about VALUES (%s)", (VERSION,))
        self._do(f"SET search_path = {_SCHEMA}, public")

    def _version(self) -> int:
        if self._do("SELECT to_regclass(%s)", (f"{_SCHEMA}.about",)).fetchone()[0] is None:
            return 0
        return int(self._do(f"SELECT max(version) FROM {_SCHEMA}.about").fetchone()[0] or 0)  # noqa: S608 - a constant

    def files(self) -> Mapping[str, str]:
        """What was read, and the digest of its content."""
        return dict(self._do("SELECT path, state FROM file").fetchall())

    def replace(self, files: Iterable[tuple[str, str, Sequence[Row]]]) -> int:
        """Take the rows of files in place of what came from them before."""
        count = 0
        states: dict[str, str] = {}
        with self._base.transaction():
            self._do("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            self._do(_INCOMING)
            with self._base.cursor().copy("COPY incoming FROM STDIN") as copy:
                for path, state, rows in files:
                    states[path] = state
                    count += len(rows)
                    for place, row in enumerate(rows):
                        copy.write_row(_line(path, place, row))
            self._do("DELETE FROM file WHERE path = ANY(%s)", (list(states),))
            self._base.cursor().executemany(
                "INSERT INTO file (path, state) VALUES (%s, %s)", list(states.items())
            )
            for statement in _TAKE:
                self._do(statement)
        return count

    def forget(self, files: Collection[str]) -> None:
        """Give up what came from files."""
        if files:
            with self._base.transaction():
                self._do("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                self._do("DELETE FROM file WHERE path = ANY(%s)", (list(files),))
                self._do(_TAKE[2])

    def worn(self) -> bool:
        """Never: texts without a translation are taken out at once."""
        return False

    def candidates(self, words: str, keys: Collection[str]) -> Sequence[Candidate]:
        """Texts that share most trigrams."""
        del keys
        least = _LEAST_SHORT if len(words) < _SHORT else _LEAST
        self._do(f"SET pg_trgm.similarity_threshold = {least}")
        found = self._do(
            "SELECT id, text, words FROM segment WHERE words %% %(words)s::text"
            " ORDER BY similarity(words, %(words)s) DESC, text LIMIT %(most)s",
            {"words": words, "most": _MOST},
        )
        return [Candidate(at, text, tuple(known.split())) for at, text, known in found]

    def same(self, text: str, digest: int) -> Candidate | None:
        """The known text that is this very text."""
        del digest  # the server makes its own
        found = self._do(
            "SELECT id, words FROM segment WHERE md5(text) = md5(%s) AND text = %s", (text, text)
        ).fetchone()
        return Candidate(found[0], text, tuple(found[1].split())) if found else None

    def targets(self, segments: Sequence[int], locales: Sequence[str]) -> Sequence[Target]:
        """The translations of texts in some locales."""
        found = self._do(
            "SELECT segment, locale, text, context, article, before, after, changed, path"
            " FROM target JOIN file ON file.id = target.file WHERE segment = ANY(%s)"
            " AND locale = ANY(%s) ORDER BY path, place",
            (list(segments), list(locales)),
        )
        return [Target(*row) for row in found]

    def units(self, locales: Sequence[str]) -> Iterator[tuple[str, Unit]]:
        """Every unit with its file; its neighbours are left out."""
        found = self._do(
            "SELECT path, segment.text, target.text, locale, context, article, created, changed,"
            " author, notes FROM target JOIN file ON file.id = target.file"
            " JOIN segment ON segment.id = target.segment"
            " WHERE %(all)s OR locale = ANY(%(some)s) ORDER BY path, place",
            {"all": not locales, "some": list(locales)},
        )
        for (
            path,
            source,
            target,
            locale,
            context,
            article,
            created,
            changed,
            author,
            notes,
        ) in found:
            told = tuple(json.loads(notes)) if notes else ()
            yield path, Unit(source, target, locale, context, article, notes=told,
                             created=created, changed=changed, author=author)  # fmt: skip

    def counts(self) -> tuple[int, Mapping[str, int]]:
        """Known texts, and translations by locale."""
        (texts,) = self._do("SELECT count(*) FROM segment").fetchone()
        found = self._do("SELECT locale, count(*) FROM target GROUP BY locale ORDER BY locale")
        return int(texts), dict(found.fetchall())

    def close(self) -> None:
        """Give up the connection."""
        self._base.close()


def _line(path: str, place: int, row: Row) -> tuple[str | int, ...]:
    unit = row.unit
    notes = json.dumps(unit.notes, ensure_ascii=False) if unit.notes else ""
    return (path, place, unit.source, row.words, unit.locale, unit.target, unit.context,
            unit.article, row.before, row.after, unit.changed, unit.created, unit.author,
            notes)  # fmt: skip
