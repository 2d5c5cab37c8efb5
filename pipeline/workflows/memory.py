"""Catalogs and TMX files of a workspace → its memory, and what the memory knows of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Finding, State
from pipeline.model.memory import Candidate, Match, Memory, Row, Unit
from pipeline.po.header import value_of
from pipeline.po.scan import scan
from pipeline.stages.remember import Asked, Rows, asked_by, digest, matches, scored
from pipeline.store.files import read_bytes
from pipeline.store.products import load_products
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.check import locale_of
from pipeline.workflows.pages import refuse_unknown

TMX = "locales/memory/*.tmx"
_CATALOGS = "locales/*/LC_MESSAGES/*.po"
_REVISED = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)")
_OFFERED = 10  # known texts whose translations are looked at
_CHUNK = 256 * 1024


class Remembered:
    """An open memory that is up to date, and what could not be read on the way."""

    def __init__(
        self, workspace: Workspace, memory: Memory, findings: tuple[Finding, ...], rows: int
    ) -> None:
        self.workspace = workspace
        self.memory = memory
        self.findings = findings
        self.rows = rows  # units that were read anew
        self._alike: dict[str, list[tuple[int, Candidate]]] = {}

    def __enter__(self) -> Remembered:
        return self

    def __exit__(self, *_: object) -> None:
        self.memory.close()

    def look(self, asked: Asked, locale: str) -> tuple[Match, ...]:
        """What the memory knows for a text in a locale, the best first.

        The text is matched once, however many locales ask for it. A memory that knows only
        the language (`de`) serves each of its countries.
        """
        found = self._alike.get(asked.text)
        if found is None:
            found = self._alike[asked.text] = self._like(asked.text)
        locales = (locale, locale.partition("-")[0])
        targets = self.memory.targets([candidate.id for _, candidate in found], locales)
        return matches(asked, found, targets, self.names)

    def _like(self, text: str) -> list[tuple[int, Candidate]]:
        same = self.memory.same(text, digest(text))
        near = self.memory.candidates(*asked_by(text))
        return scored(text, (*((same,) if same else ()), *near))[:_OFFERED]

    @cached_property
    def names(self) -> Callable[[str], frozenset[str]]:
        """Tells which products a text names."""
        every = {name.casefold() for p in load_products(self.workspace.root) for name in p.names}
        if not every:
            return lambda _: frozenset()
        words = "|".join(map(re.escape, sorted(every, key=lambda name: (-len(name), name))))
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        return lambda text: frozenset(pattern.findall(text.casefold()))


def remember(workspace: Workspace) -> Remembered:
    """Open the memory of a workspace and bring it up to date with its files.

    Only files that changed are read again. A file that cannot be read is a finding, and
    what the memory had from it is forgotten.

    Raises:
        UnreadableError: the memory cannot be opened.
        ConflictError: another command writes to it for long.
        ConfigError: the server that l10n.toml names cannot be used.
    """
    memory = _open(workspace)
    try:
        findings: list[Finding] = []
        rows = _refresh(workspace, memory, findings)
        return Remembered(workspace, memory, tuple(findings), rows)
    except BaseException:
        memory.close()
        raise


def _open(workspace: Workspace) -> Memory:
    if workspace.memory.url:
        from pipeline.store.memory_postgres import connect

        return connect(workspace.memory.url)
    from pipeline.store.memory import open_memory

    return open_memory(workspace.root)


def _refresh(workspace: Workspace, memory: Memory, findings: list[Finding]) -> int:
    root = workspace.root
    paths = {workspace.shown(path): path for glob in (_CATALOGS, TMX) for path in root.glob(glob)}
    states = {name: _state(path, memory) for name, path in sorted(paths.items())}
    known = memory.files()
    gone = [name for name in known if name not in states]
    changed = [name for name, state in states.items() if known.get(name) != state]
    memory.forget(gone)
    if not changed:
        return 0
    read = _read(workspace, {name: (paths[name], states[name]) for name in changed}, findings)
    count = memory.replace(read)
    if memory.worn():
        count = memory.replace(
            _read(workspace, {name: (paths[name], states[name]) for name in states}, [])
        )
    return count


def _state(path: Path, memory: Memory) -> str:
    """What tells whether a file changed: its time and size, or its content on a shared server."""
    if memory.shared:
        import hashlib

        return hashlib.sha256(path.read_bytes()).hexdigest()
    stat = path.stat()
    return f"{stat.st_mtime_ns} {stat.st_size}"


def _read(
    workspace: Workspace, files: Mapping[str, tuple[Path, str]], findings: list[Finding]
) -> Iterator[tuple[str, str, Sequence[Row]]]:
    """The rows of files; those of a file that cannot be read are none."""
    rows = Rows()
    for name, (path, state) in files.items():
        try:
            units = list(units_of(path, name, workspace.site.source_locale))
            yield name, state, rows.of(units)
        except PipelineError as error:
            findings += error.as_findings()
            yield name, "", ()  # no state is known: it is read and told again next time


def units_of(path: Path, shown: str, source_locale: str) -> Iterable[Unit]:
    """The finished units of a catalog or a TMX file.

    Raises:
        UnreadableError: with the place.
    """
    if path.suffix == ".po":
        return _catalog_units(read_bytes(path, shown), shown, locale_of(path), path.stem)
    from pipeline.exchange.tmx import read

    return read(chunks_of(path), shown, source_locale)


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file of any size, piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _catalog_units(content: bytes, shown: str, locale: str, article: str) -> Iterator[Unit]:
    """The finished entries that say one thing in one way; slugs and plurals do not."""
    catalog = scan(content, shown)
    changed = _date(value_of(catalog.header, "PO-Revision-Date"))
    entries = [entry for entry in catalog.entries if not entry.obsolete]
    texts = ["", *(entry.msgid for entry in entries), ""]
    for at, entry in enumerate(entries):
        words = entry.msgstr[0]
        if (
            entry.state is State.DONE
            and not entry.msgid_plural
            and entry.msgctxt != "slug"
            and not words.startswith("<skip")
        ):
            yield Unit(
                entry.msgid,
                words,
                locale,
                entry.msgctxt,
                article,
                texts[at],
                texts[at + 2],
                changed=changed,
            )


def _date(revised: str) -> str:
    """A date of a PO header as TMX writes it; its time zone is taken as UTC."""
    match = _REVISED.match(revised)
    return f"{match[1]}{match[2]}{match[3]}T{match[4]}{match[5]}00Z" if match else ""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds."""

    texts: int
    files: int
    locales: Mapping[str, int]  # translations
    findings: tuple[Finding, ...]


def stats(root: Path) -> Stats:
    """What the memory of a workspace holds."""
    with remember(open_workspace(root)) as known:
        texts, locales = known.memory.counts()
        return Stats(texts, len(known.memory.files()), locales, known.findings)


def search(root: Path, text: str, locale: str) -> tuple[tuple[Match, ...], tuple[Finding, ...]]:
    """The translations of a text and of texts like it in a locale, the best first.

    Raises:
        UsageError: neither the workspace nor the memory has that locale.
    """
    with remember(open_workspace(root)) as known:
        here = {locale_of(path) for path in root.glob(_CATALOGS)}
        held = {name for name in known.memory.counts()[1] if "-" in name}
        every = tuple(sorted(here | held))
        if every and locale.partition("-")[0] not in known.memory.counts()[1]:
            refuse_unknown("locale", (locale,), every)
        return known.look(Asked(text), locale), known.findings
