"""TMX files into a workspace's memory, and its memory out as TMX."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConflictError, PipelineError, UnreadableError, UsageError
from pipeline.model import Finding, Where, Write
from pipeline.model.memory import Unit
from pipeline.store.files import apply, locked
from pipeline.store.workspace import open_workspace
from pipeline.workflows.memory import chunks_of, remember

FOLDER = "locales/memory"
_NAME = re.compile(r"\w[\w.-]{0,99}\.tmx", re.IGNORECASE)
_MOST = 512 * 1024 * 1024  # bytes of one file


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that was taken, or would be."""

    name: str
    path: str  # in the workspace
    units: int
    locales: Mapping[str, int]
    known: bool  # whether the same file was there already


@dataclass(frozen=True, slots=True)
class Imports:
    """The files that were taken, and what is wrong with the others: then none was taken."""

    files: tuple[Imported, ...]
    findings: tuple[Finding, ...]


def import_files(root: Path, paths: Iterable[Path], *, write: bool) -> Imports:
    """Check TMX files to their last byte, then copy them into the workspace; all or none.

    Raises:
        UsageError: a file is not there, or its name cannot be used.
        ConflictError: another command works here.
    """
    workspace = open_workspace(root)
    files: list[Imported] = []
    findings: list[Finding] = []
    chosen = tuple(paths)
    for path in chosen:
        _refuse_name(path, [other for other in chosen if other is not path])
        try:
            files.append(_checked(root, path, workspace.site.source_locale))
        except PipelineError as error:
            findings += error.as_findings()
    if write and not findings:
        with locked(root):
            for path, file in zip(chosen, files, strict=True):
                if not file.known:
                    apply(root, (Write(file.path, path.read_bytes()),), {file.path: None})
    return Imports(tuple(files), tuple(findings))


def _refuse_name(path: Path, others: Iterable[Path]) -> None:
    if not path.is_file():
        raise UsageError(f"there is no file {path}", None, "check the path")
    if not _NAME.fullmatch(path.name):
        hint = "name it with letters, digits, dots and dashes, and .tmx at its end"
        raise UsageError(f"a memory cannot be called {path.name!r}", None, hint)
    if path.name in {other.name for other in others}:
        raise UsageError(f"two files are called {path.name}", None, "rename one of them")


def _checked(root: Path, path: Path, source_locale: str) -> Imported:
    """What a file holds; every byte of it is read."""
    from pipeline.exchange.tmx import read

    if path.stat().st_size > _MOST:
        hint = "export it in parts"
        raise UnreadableError(f"this file is over {_MOST // 2**20} MiB", Where(str(path)), hint)
    locales = Counter(unit.locale for unit in read(chunks_of(path), str(path), source_locale))
    if not locales:
        raise UnreadableError(
            f"this memory holds no text in the language of {source_locale} with a translation",
            Where(str(path)),
            "export it again with that language in it",
            "tmx-format",
        )
    shown = f"{FOLDER}/{path.name}"
    there = root / shown
    known = there.is_file() and there.read_bytes() == path.read_bytes()
    if there.exists() and not known:
        hint = "rename the new file; or delete the old one if the new one replaces it"
        raise ConflictError("another memory of this name is here already", Where(shown), hint)
    return Imported(path.name, shown, sum(locales.values()), dict(sorted(locales.items())), known)


def export(root: Path, locales: tuple[str, ...]) -> tuple[Iterator[str], tuple[Finding, ...]]:
    """The memory as the text of one TMX file, piece by piece; each unit once.

    Raises:
        UsageError: the memory knows nothing of a locale.
    """
    from pipeline import __version__
    from pipeline.exchange.tmx import write
    from pipeline.workflows.pages import refuse_unknown

    workspace = open_workspace(root)
    remembered = remember(workspace)
    known = remembered.memory.counts()[1]
    refuse_unknown("locale", locales, tuple(known))

    def pieces() -> Iterator[str]:
        with remembered:
            units = (unit for _, unit in remembered.memory.units(locales))
            yield from write(_once(units), workspace.site.source_locale, __version__)

    return pieces(), remembered.findings


def _once(units: Iterable[Unit]) -> Iterator[Unit]:
    """Each unit once: two files may hold the same."""
    seen: set[int] = set()
    for unit in units:
        key = hash((unit.source, unit.target, unit.locale, unit.context, unit.article, unit.notes))
        if key not in seen:
            seen.add(key)
            yield unit
