"""Runs `l10n` in a forked child whose disk fails at one chosen call.

The calls that change a disk are replaced in the child alone: the product knows nothing of it.
A write that fails has already put half of its bytes on the disk, as a full disk does.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILL, FULL, BROKEN = "kill -9", "ENOSPC", "EIO"
FAULTS = {KILL: 0, FULL: errno.ENOSPC, BROKEN: errno.EIO}
_CHANGING = ("fsync", "replace", "rename", "link", "unlink", "mkdir", "chmod", "remove")


class Disk:
    """Counts the calls that change the disk, and fails at one of them."""

    def __init__(self, at: int, fault: str) -> None:
        self.at = at
        self.fault = fault
        self.seen = 0

    def point(self, half: Callable[[], object] = lambda: None) -> None:
        """One call; at the chosen one the disk fails."""
        self.seen += 1
        if self.seen == self.at:
            half()
            if self.fault == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(FAULTS[self.fault], os.strerror(FAULTS[self.fault]))

    def install(self) -> None:
        """Put the disk between this process and the calls that change files."""
        import pipeline.store.replacing as replacing

        for name in _CHANGING:
            setattr(os, name, self.before(getattr(os, name)))
        replacing.swapped = self.before(replacing.swapped)
        os.open = self.opening(os.open)
        io.open = self.files(io.open)

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*words: Any, **more: Any) -> Any:
            self.point()
            return call(*words, **more)

        return failing

    def opening(self, call: Callable[..., int]) -> Callable[..., int]:
        def failing(path: Any, flags: int, *words: Any, **more: Any) -> int:
            if flags & (os.O_CREAT | os.O_TRUNC):
                self.point()
            return call(path, flags, *words, **more)

        return failing

    def files(self, call: Callable[..., Any]) -> Callable[..., Any]:
        disk = self

        class Raw(io.FileIO):
            def write(self, content: Any) -> int:
                whole = bytes(content)
                disk.point(lambda: io.FileIO.write(self, whole[: len(whole) // 2]))
                return super().write(whole)

        def opened(file: Any, mode: str = "r", *words: Any, **more: Any) -> Any:
            if "b" in mode and any(letter in mode for letter in "wax+"):
                return io.BufferedWriter(Raw(file, mode.replace("b", "")))
            return call(file, mode, *words, **more)

        return opened


def run(workspace: Path, words: tuple[str, ...], at: int = 0, fault: str = FULL) -> tuple[int, int]:
    """The exit code of a command (-9: killed) and how many calls changed the disk.

    `at` is the number of the call that fails, from 1; 0: none.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os._exit(_child(workspace, words, Disk(at, fault), theirs))
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        counted = told.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(counted or 0)


def _child(workspace: Path, words: tuple[str, ...], disk: Disk, told: int) -> int:
    from pipeline.cli.main import main

    code = 0
    os.chdir(workspace)
    sys.argv = ["l10n", *words]
    sys.stdout = sys.stderr = io.StringIO()
    write = os.write
    disk.install()
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it was, the parent is told
        code = 99
    if os.environ.get("FAULTS_SHOW") and code in (70, 99):
        sys.__stderr__.write(sys.stderr.getvalue())
    write(told, str(disk.seen).encode())
    return code
