"""A workspace and writes → the workspace as it would be, in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from pipeline.model import Write

# What no law is read from, and what may be large.
LEFT_OUT = frozenset({"build", "node_modules", "__pycache__"})


def make_shadow(root: Path, into: Path, writes: tuple[Write, ...]) -> None:
    """Show the workspace in `root` with `writes` made, in the empty folder `into`.

    All other files are links to the real ones: read there, and never write.
    """
    inner: dict[str, list[Write]] = {}
    for write in writes:
        first, _, rest = write.path.partition("/")
        if rest:
            inner.setdefault(first, []).append(Write(rest, write.content))
        elif write.content is not None:
            (into / first).write_bytes(write.content)
    changed = {PurePosixPath(write.path).parts[0] for write in writes}
    for entry in sorted(root.iterdir()) if root.is_dir() else []:
        if entry.name not in changed | LEFT_OUT and not entry.name.startswith("."):
            _link(entry, into / entry.name)
    for name, below in inner.items():
        (into / name).mkdir()
        make_shadow(root / name, into / name, tuple(below))


def _link(entry: Path, target: Path) -> None:
    """A link to a file or folder; a copy where the system has no links for everybody."""
    try:
        target.symlink_to(entry.absolute(), target_is_directory=entry.is_dir())
    except OSError:
        if entry.is_dir():
            shutil.copytree(entry, target)
        else:
            shutil.copy2(entry, target)
