"""New bytes for a file → the file replaced whole or not at all, and no newer work replaced."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConflictError
from pipeline.model import Where
from pipeline.store.swap import swapped


def write_atomic(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a mixture.

    With `durable` the bytes and the folder entry are on the disk when this returns.

    Raises:
        ConflictError: the disk did not take it; the file is whole, old or new.
    """
    with told(path), _temporary(path, content, durable=durable) as temporary:
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)


def replace_unchanged(path: Path, content: bytes, before: bytes | None) -> bool:
    """Write a file if it still holds `before` (None: if it is not there); else leave it.

    Where the system can swap two files no moment is left in which somebody's rename goes
    unseen: what was replaced is looked at afterwards, and put back if it is not `before`.
    An editor that writes into the file it opened, and not into a new one, can still be at
    work on the replaced file; no system call tells.

    Raises:
        ConflictError: the disk did not take it; the file is whole, old or new.
    """
    with told(path), _temporary(path, content, durable=True) as temporary:
        if before is None:
            written = _put_new(temporary, path)
        elif not path.is_file() or path.read_bytes() != before:
            return False
        else:
            written = _swap_or_replace(temporary, path, content, before)
        if written:
            sync_folder(path.parent)
    return written


def _put_new(temporary: Path, path: Path) -> bool:
    """Give a new file its name unless somebody has taken it."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        if path.exists():
            return False
        temporary.replace(path)
    return True


def _swap_or_replace(temporary: Path, path: Path, content: bytes, before: bytes) -> bool:
    if not path.exists() or not swapped(temporary, path):
        temporary.replace(path)
        return True
    try:
        if temporary.read_bytes() == before:
            return True
    except OSError:
        swapped(temporary, path)
        raise
    swapped(temporary, path)  # somebody saved: their file goes back to its place
    if temporary.read_bytes() != content:
        # and somebody saved again: the newest one stays, the other beside it
        swapped(temporary, path)
        temporary.rename(path.with_name(f"{temporary.name.removeprefix('.')}.saved"))
    return False


@contextmanager
def _temporary(path: Path, content: bytes, *, durable: bool) -> Iterator[Path]:
    """A whole file beside the one that is to be written; it is gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the disk refuses, as a problem for a person."""
    try:
        yield
    except OSError as error:
        raise ConflictError(
            f"this file could not be written: {error.strerror}",
            Where(str(path)),
            "it is whole, as it was or new; make room, or mend the disk or its permissions, then"
            " run the command again",
            code="not-written",
        ) from error


def _mode(path: Path) -> int:
    """The permissions that a file has, or that a new one gets under the user's umask."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on the disk, so that a rename outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
