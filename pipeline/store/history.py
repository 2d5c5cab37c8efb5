"""Asks git which records of the ledgers a workspace once had, where there is git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath


def records_known_to_git(root: Path, folder: str) -> frozenset[tuple[str, str]]:
    """Ledger and id of each record that git has ever seen below `folder`.

    Empty outside a git repository: then only the heads that a release names tell of a
    ledger whose newest records were taken away.
    """
    asked = (
        ("log", "--no-renames", "--diff-filter=D", "--name-only", "--format=", "--", folder),
        ("ls-files", "--deleted", "--", folder),
    )
    return frozenset(pair for words in asked for pair in _records(_git(root, words)))


def _records(listing: str) -> Iterator[tuple[str, str]]:
    for line in listing.splitlines():
        path = PurePosixPath(line)
        if path.suffix == ".json":
            yield path.parent.name, path.stem


def _git(root: Path, words: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            ["git", "-C", str(root), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=False,
            env=None,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
