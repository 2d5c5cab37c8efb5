"""Catalogs → the same with what has only one right form mended: `l10n check --fix`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Check, Entry, Finding, Where, Write
from pipeline.stages.waive import digest
from pipeline.store.files import apply, locked, read_bytes
from pipeline.store.journal import record
from pipeline.store.workspace import open_workspace
from pipeline.workflows.check import Asked, catalogs, home_of, locale_of, pairs_of
from pipeline.workflows.words import NO_GROUND, Ground, checks, read_ground


@dataclass(frozen=True, slots=True)
class Mended:
    """One translation as it was and as it is mended."""

    where: Where
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended, or would be, and the files that cannot be read."""

    mended: tuple[Mended, ...]
    broken: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A catalog with its mended bytes, and the entries as they were."""

    path: Path
    shown: str
    content: bytes
    patched: bytes
    old: tuple[Entry, ...]
    mended: tuple[Mended, ...]


def mend(root: Path | None, asked: Asked, now: datetime, *, write: bool) -> Mending:
    """Mend the catalogs of a workspace, or the files at `asked.paths`.

    Only the lines of the entries that change are touched. What they said before is in the
    journal of the workspace; files outside one have none.

    Raises:
        ConflictError: a file was changed meanwhile; nothing is written.
    """
    home = root or home_of(asked.paths)
    known = read_ground(open_workspace(home), now.date()) if home else NO_GROUND
    files: list[_File] = []
    broken: list[Finding] = []
    for path in asked.paths or catalogs(root or Path(), asked.locales, asked.articles):
        shown = path.relative_to(root).as_posix() if root else str(path)
        try:
            found = _mended(path.resolve(), shown, asked, known)
        except PipelineError as error:
            broken += error.as_findings()
            continue
        if found:
            files.append(found)
    if write and files:
        _write(home, tuple(files), now)
    return Mending(tuple(one for file in files for one in file.mended), tuple(broken))


def _write(home: Path | None, files: tuple[_File, ...], now: datetime) -> None:
    writes = tuple(Write(str(file.path), file.patched) for file in files)
    before: dict[str, bytes | None] = {str(file.path): file.content for file in files}
    if home is None:
        apply(Path(), writes, before)
        return
    with locked(home):
        for file in files:
            if file.path.is_relative_to(home):
                catalog = file.path.relative_to(home).as_posix()
                record(home, catalog, file.old, now.isoformat())
        apply(home, writes, before)


def _mended(path: Path, shown: str, asked: Asked, known: Ground) -> _File | None:
    """A catalog with what can be mended in it; None when nothing can."""
    from pipeline.po.patch import Change, patch
    from pipeline.po.scan import scan

    content = read_bytes(path, shown)
    locale = locale_of(path)
    chosen = tuple(c for c in checks() if c.fix is not None and asked.wants(c.code))
    changes: dict[tuple[str, str], Change] = {}
    old: list[Entry] = []
    mended: list[Mended] = []
    for entry in scan(content, shown).entries:
        if entry.obsolete or entry.msgid_plural or not entry.msgstr[0]:
            continue
        after = _fixed(entry, locale, chosen, known)
        if after != entry.msgstr[0]:
            changes[entry.id] = Change(msgstr=(after,))
            old.append(entry)
            mended.append(Mended(Where(shown, entry.span.line), entry.msgstr[0], after))
    if not changes:
        return None
    return _File(path, shown, content, patch(content, changes, shown), tuple(old), tuple(mended))


def _fixed(entry: Entry, locale: str, chosen: tuple[Check, ...], known: Ground) -> str:
    """The words with every certain mending; a waived entry stays as it was accepted."""
    words = digest(entry.msgstr[0])
    kept = {
        waiver.code
        for waiver in known.waivers
        if waiver.locale == locale and (waiver.entry, waiver.words) == (entry.id, words)
    }
    (pair,) = pairs_of(entry, locale, known)
    for check in chosen:
        if check.fix is not None and check.code not in kept and any(check.run(pair)):
            pair = replace(pair, translation=check.fix(pair))
    return pair.translation
