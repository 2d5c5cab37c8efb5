"""Keeps every translation that a write would replace, so that no work is ever lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.model import Entry


def record(root: Path, catalog: str, entries: Iterable[Entry], time: str) -> int:
    """Append the finished and fuzzy words of a catalog that its journal does not hold yet.

    `catalog` is the catalog's path in the workspace; `time` an ISO 8601 date and time. One
    JSON object a line: time, context, source, words, fuzzy. Gives back how many were new.
    The journal is on the disk when this returns: call it before the catalog is replaced.
    """
    path = root / ".l10n" / "journal" / f"{catalog}.jsonl"
    known = _known(path)
    lines = []
    for entry in entries:
        key = (entry.msgctxt, entry.msgid, entry.msgstr)
        if not any(entry.msgstr) or key in known:
            continue
        known.add(key)
        line = {
            "time": time,
            "context": entry.msgctxt,
            "source": entry.msgid,
            "words": entry.msgstr,
            "fuzzy": entry.fuzzy,
        }
        lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
    if lines:
        _append(path, "".join(lines))
    return len(lines)


def _known(path: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    """What the journal of a catalog holds; a line cut off by a crash is passed over."""
    if not path.is_file():
        return set()
    known = set()
    for line in path.read_text("utf-8").splitlines():
        try:
            item = json.loads(line)
            known.add((item["context"], item["source"], tuple(item["words"])))
        except (json.JSONDecodeError, KeyError, TypeError):
            continue
    return known


def _append(path: Path, text: str) -> None:
    """Add lines to a journal and put them on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        if file.tell() and not _ends_with_newline(path):
            file.write(b"\n")
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _ends_with_newline(path: Path) -> bool:
    """Whether the last line was written whole."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
