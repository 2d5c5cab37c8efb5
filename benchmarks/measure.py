"""Works done in turn → the seconds of each, so that their ratio holds on a busy machine."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def best(works: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """The least seconds that each work took; all take turns, so a busy moment hits none alone."""
    seconds = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            seconds[name] = min(seconds[name], time.perf_counter() - began)
    return seconds


def cpu_of(command: Sequence[str | Path], rounds: int = 3) -> float:
    """The least CPU seconds, user and system, that a command and its children took."""
    least = float("inf")
    for _ in range(rounds):
        before = _children()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        least = min(least, _children() - before)
    return least


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def skipped(reason: str) -> None:
    """Say loudly that a comparison was not made."""
    sys.stdout.flush()
    sys.stderr.write(f"*** SKIPPED: {reason}; nothing was compared ***\n")
