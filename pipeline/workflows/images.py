"""A workspace → the bytes of its images."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.store.files import read_bytes


def read_images(root: Path) -> dict[str, bytes]:
    """The images of the workspace by name.

    Raises:
        ConfigError: a link out of the workspace stands among them.
    """
    folder = root / "source" / "images"
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if not path.is_file():
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            raise ConfigError(f"{path.name} leads out of the workspace", None, "copy the file here")
        found[path.relative_to(folder).as_posix()] = read_bytes(path)
    return found
