"""A git history → the catalogs of its last commits that touched them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CATALOG = re.compile(r"locales/[^/]+/LC_MESSAGES/[^/]+\.po")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogs as they were at one commit."""

    day: str  # of the commit: 2026-11-22
    blobs: Mapping[str, str]  # path → the id of its bytes


@dataclass(frozen=True, slots=True)
class Past:
    """The last commits that touched the catalogs, oldest first; each file's bytes once."""

    snapshots: tuple[Snapshot, ...]
    contents: Mapping[str, bytes]


def read_past(root: Path, most: int) -> Past:
    """The last commits that touched `locales/`, at most so many; none without git."""
    listed = _git(root, ("log", f"-{most}", "--format=%H %cs", "--", "locales")).decode()
    commits = [line.split(" ") for line in listed.splitlines()]
    snapshots = tuple(Snapshot(day, _catalogs(root, name)) for name, day in reversed(commits))
    wanted = dict.fromkeys(blob for one in snapshots for blob in one.blobs.values())
    return Past(snapshots, dict(_contents(root, tuple(wanted))))


def _catalogs(root: Path, commit: str) -> dict[str, str]:
    listed = _git(root, ("ls-tree", "-r", "-z", commit, "locales/")).decode("utf-8", "replace")
    found = {}
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        if _CATALOG.fullmatch(path):
            found[path] = about.split(" ")[2]
    return found


def _contents(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each blob, all read by one process."""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    told = _git(root, ("cat-file", "--batch"), asked) if asked else b""
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        name, kind, *size = told[at:end].decode().split(" ")
        at = end + 1
        if kind == "blob":
            length = int(size[0])
            yield name, told[at : at + length]
            at += length + 1


def _git(root: Path, words: tuple[str, ...], asked: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, and ids that git itself told
            ["git", "-C", str(root), *words],  # noqa: S607 - the user's own git
            input=asked,
            capture_output=True,
            check=False,
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
