"""Keeps every translation that a write would replace, so that no work is ever lost.

One file a catalog, below .l10n/journal/; lines are only ever added, and are on the disk
before the catalog is touched. It grows with the work that runs replace, by about the size
of the entry for each, and nothing but a person takes lines out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Catalog, Entry
from pipeline.model.kept import Kept
from pipeline.store.replacing import sync_folder, told

_FOLDER = Path(".l10n", "journal")


def keep(root: Path, catalog: str, before: Catalog, after: Catalog, time: str) -> int:
    """Append the words of `before` that are not in their entries any more in `after`."""
    there = {entry.id: entry for entry in after.entries}
    lost = []
    for entry in before.entries:
        now = there.get(entry.id)
        if now is None or now.msgstr != entry.msgstr or (now.obsolete and not entry.obsolete):
            lost.append(entry)
    return record(root, catalog, lost, time)


def record(root: Path, catalog: str, entries: Iterable[Entry], time: str) -> int:
    """Append the words of entries to the journal of a catalog.

    `catalog` is the catalog's path in the workspace; `time` an ISO 8601 date and time, the
    same for all that one run keeps. One JSON object a line. Gives back how many they were.
    The journal is on the disk when this returns: call it before the catalog is replaced.

    Raises:
        ConflictError: the disk did not take it; then the catalog must not be replaced.
    """
    path = root / _FOLDER / f"{catalog}.jsonl"
    lines = [_line(entry, time) for entry in entries if any(entry.msgstr)]
    if lines:
        with told(path):
            _append(path, "".join(lines))
    return len(lines)


def journals(root: Path) -> Iterator[str]:
    """The paths of the catalogs that have a journal."""
    folder = root / _FOLDER
    for path in sorted(folder.rglob("*.po.jsonl")):
        yield path.relative_to(folder).as_posix().removesuffix(".jsonl")


def read_journal(root: Path, catalog: str) -> tuple[Kept, ...]:
    """What the journal of a catalog holds, in the order in which it was written.

    A line that a crash cut off is passed over: its run never got to the catalog.
    """
    path = root / _FOLDER / f"{catalog}.jsonl"
    if not path.is_file():
        return ()
    lines = path.read_bytes().split(b"\n")
    return tuple(kept for kept in map(_kept, lines) if kept)


def _line(entry: Entry, time: str) -> str:
    line = {
        "time": time,
        "context": entry.msgctxt,
        "source": entry.msgid,
        "plural": entry.msgid_plural,
        "words": entry.msgstr,
        "fuzzy": entry.fuzzy,
    }
    return json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"


def _kept(line: bytes) -> Kept | None:
    try:
        item = json.loads(line)
        time = datetime.fromisoformat(item["time"])
        return Kept(
            time if time.tzinfo else time.replace(tzinfo=UTC),
            str(item["context"]),
            str(item["source"]),
            tuple(str(form) for form in item["words"]),
            str(item.get("plural", "")),
            bool(item["fuzzy"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _append(path: Path, text: str) -> None:
    """Add lines to a journal and put them on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab") as file:
        if file.tell() and not _ends_with_newline(path):
            file.write(b"\n")
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def _ends_with_newline(path: Path) -> bool:
    """Whether the last line was written whole."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
