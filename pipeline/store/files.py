"""Reads workspace files within limits, and writes a plan's files whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConflictError, UnreadableError
from pipeline.model import Where, Write
from pipeline.store.replacing import replace_unchanged, told, write_atomic

__all__ = [
    "MAX_BYTES",
    "apply",
    "decode",
    "locked",
    "place",
    "read_bytes",
    "read_text",
    "write_atomic",
]

# Larger than any article or catalog a person works on; a bound keeps a stray dump or a
# hostile file from taking the machine's memory.
MAX_BYTES = 64 * 1024 * 1024


def read_bytes(path: Path, shown: str = "") -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableError: it does not exist, is no regular file, or is over 64 MiB.
    """
    where = Where(shown or str(path))
    try:
        if not path.is_file():
            problem = "is a folder, not a file" if path.is_dir() else "does not exist"
            raise UnreadableError(f"this file {problem}", where, "check the path")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(
                f"this file is larger than {MAX_BYTES // 2**20} MiB", where, "split it into parts"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"this file cannot be read: {error.strerror}", where, "check its permissions"
        ) from error


def read_text(path: Path, shown: str = "") -> str:
    """The text of a UTF-8 file, its line ends and byte order mark kept.

    Raises:
        UnreadableError: as `read_bytes`, or the bytes are not UTF-8 or hold a NUL.
    """
    return decode(read_bytes(path, shown), shown or str(path))


def decode(content: bytes, shown: str) -> str:
    """The text of UTF-8 bytes.

    Raises:
        UnreadableError: with the line and column of the first byte that is wrong.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"byte 0x{content[error.start]:02x} is not valid UTF-8",
            place(content[: error.start].decode("utf-8"), shown),
            "save the file as UTF-8",
        ) from error
    if "\0" in text:
        raise UnreadableError(
            "the file holds a NUL character",
            place(text[: text.index("\0")], shown),
            "this is probably not a text file; remove the character if it is",
        )
    return text


def place(before: str, shown: str) -> Where:
    """The place in a file that comes right after `before`."""
    return Where(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))


def apply(root: Path, writes: tuple[Write, ...], before: dict[str, bytes | None]) -> int:
    """Carry out a plan's writes and give back how many files changed.

    `before` holds the bytes that each file had when the plan was made. A file that is no
    longer so was changed meanwhile: if one is so now, nothing at all is written; one that
    somebody saves during the writing keeps what they saved, and the rest stays unwritten.

    Raises:
        ConflictError: a file changed since it was read, or the disk did not take it.
    """
    for write in writes:
        path = root / write.path
        with told(path):
            now = path.read_bytes() if path.is_file() else None
        if write.path in before and now != before[write.path]:
            raise _changed(write.path, "nothing was written")
    changed = 0
    for write in writes:
        path = root / write.path
        if write.content is None:
            path.unlink(missing_ok=True)
        elif write.path in before:
            if before[write.path] == write.content:
                continue
            if not replace_unchanged(path, write.content, before[write.path]):
                raise _changed(write.path, "the file holds what they saved")
        elif path.is_file() and path.read_bytes() == write.content:
            continue
        else:
            write_atomic(path, write.content)
        changed += 1
    return changed


def _changed(path: str, outcome: str) -> ConflictError:
    return ConflictError(
        "the file was changed by somebody else while this command ran",
        Where(path),
        f"run the command again; {outcome}",
    )


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace, so that two commands never write to it at once.

    Raises:
        ConflictError: another command has held it for more than five seconds.
    """
    from filelock import FileLock, Timeout

    folder = root / ".l10n"
    with told(folder / "lock"):
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "lock", timeout=5)
        try:
            lock.acquire()
        except Timeout as error:
            raise ConflictError(
                "another l10n command is working in this workspace",
                Where(str(folder / "lock")),
                "wait until it ends, then run this command again",
                code="locked",
            ) from error
    try:
        yield
    finally:
        lock.release()
