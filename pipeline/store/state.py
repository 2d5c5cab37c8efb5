"""Tells by file times and sizes alone whether a build would change anything."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PLACE = ".l10n/build.json"


@dataclass(frozen=True, slots=True)
class BuildState:
    """What the last build saw and left behind."""

    inputs: str  # a digest of the names, times and sizes of everything that was read
    outputs: str  # the same of everything below build/
    rows: tuple[dict[str, object], ...]  # the table it showed
    exit_code: int
    days: Mapping[str, str]  # time zone of a market → the day on which its law was judged


def signature(tops: Iterable[Path], *words: str) -> str:
    """A digest of the files below `tops` and of `words`; no file is opened.

    A change that keeps a file's size and its modification time in nanoseconds goes
    unseen: no editor and no checkout does that.
    """
    digest = hashlib.sha256("\0".join(words).encode())
    for top in tops:
        for line in _stats(os.fspath(top)):
            digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _stats(top: str, *, linked: bool = False) -> Iterator[str]:
    """A line for each file below a path, in an order that does not vary."""
    if os.path.isfile(top):  # noqa: PTH113 - os.scandir's strings are much faster than Path
        yield _line(top, os.stat(top))  # noqa: PTH116
        return
    if not os.path.isdir(top):  # noqa: PTH112
        return
    with os.scandir(top) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        link = entry.is_symlink()
        # A link inside a linked folder is not followed, so that no circle is walked for ever.
        if not (link and linked) and entry.is_dir():
            if entry.name not in {"__pycache__", "node_modules"}:
                yield from _stats(entry.path, linked=linked or link)
        else:  # a link may lead nowhere, as some editors lock a file
            alive = not link or (not linked and entry.is_file())
            yield _line(entry.path, entry.stat(follow_symlinks=alive))


def _line(path: str, stat: os.stat_result) -> str:
    return f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\n"


def read_state(root: Path) -> BuildState | None:
    """What the last build left; None when there was none, or its record is of no use."""
    try:
        found = json.loads((root / PLACE).read_text("utf-8"))
        rows, days = tuple(found["rows"]), dict(found["days"])
        return BuildState(found["inputs"], found["outputs"], rows, int(found["exit_code"]), days)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_state(root: Path, state: BuildState) -> None:
    """Remember a build. A lost or torn record only means that the next build does its work."""
    path = root / PLACE
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "inputs": state.inputs,
        "outputs": state.outputs,
        "rows": state.rows,
        "exit_code": state.exit_code,
        "days": dict(state.days),
    }
    path.write_text(json.dumps(content), "utf-8")
