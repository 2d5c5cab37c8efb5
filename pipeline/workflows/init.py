"""A folder's name → the files of a new workspace."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.errors import ConflictError
from pipeline.model import Where, Write
from pipeline.store.files import apply


def init(folder: Path, *, demo: bool) -> tuple[str, ...]:
    """Write a new workspace into a folder, and give back the paths that were written.

    Raises:
        ConflictError: a file is in the way; nothing was written.
    """
    start = files("pipeline") / "demo"
    layers = ("workspace", "example" if demo else "empty")
    writes = tuple(write for layer in layers for write in _copies(start / layer, ""))
    folder.mkdir(parents=True, exist_ok=True)
    taken = [write.path for write in writes if (folder / write.path).exists()]
    if taken:
        raise ConflictError(
            f"{len(taken)} files of a workspace are here already, such as {taken[0]}",
            Where(str(folder)),
            "choose an empty folder; nothing was written",
        )
    apply(folder, writes, {})
    return tuple(write.path for write in writes)


def _copies(folder: Traversable, below: str) -> list[Write]:
    """The files below a folder of the package, as writes into a workspace."""
    found: list[Write] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = f"{below}{item.name}"
        if item.is_dir():
            found += _copies(item, f"{path}/")
        elif item.name != "__init__.py":
            found.append(Write(path, item.read_bytes()))
    return found
