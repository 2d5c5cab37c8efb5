"""Tells which records the ledgers once had: as git knows, and as a release has noted."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError


def records_known_to_git(root: Path, folder: str) -> frozenset[tuple[str, str]]:
    """Ledger and id of each record that git has ever seen below `folder`.

    Empty outside a git repository: then only the heads that a release names tell of a
    ledger whose newest records were taken away.
    """
    # Each parent of each merge: a merge can drop a file that no commit deletes.
    log = ("log", "--full-history", "-m", "--no-renames", "--diff-filter=D", "--format=")
    asked = ((*log, "--name-only", "--", folder), ("ls-files", "--deleted", "--", folder))
    return frozenset(pair for words in asked for pair in _records(_git(root, words)))


def heads_from_outside() -> frozenset[tuple[str, str]]:
    """Ledger and id of each record that L10N_LEDGER_HEADS says there must be.

    It names a JSON file with a key `heads`: ids by ledger, as `l10n approvals --json` and
    the manifest of a release have it. Nothing is asked without it.

    Raises:
        UsageError: the file cannot be read.
    """
    name = os.environ.get("L10N_LEDGER_HEADS", "").strip()
    if not name:
        return frozenset()
    try:
        heads = json.loads(Path(name).read_text("utf-8"))["heads"]
        return frozenset((ledger, str(one)) for ledger, ids in heads.items() for one in ids)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{name}, which L10N_LEDGER_HEADS names, holds no ledger heads",
            None,
            "name the manifest of a release, or what `l10n approvals --json` wrote",
        ) from error


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
            # the repository around the workspace, whatever the environment speaks of
            env={key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
