"""A git revision → its files in a folder of their own; the work tree is never touched."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from pipeline.errors import UsageError

# What pages are made of: everything else of a repository stays where it is.
PARTS = ("l10n.toml", "source", "locales", "templates")


def export(root: Path, revision: str, into: Path) -> None:
    """Write the workspace as it was at a revision into an empty folder.

    Raises:
        UsageError: no git repository, no such revision, or no workspace in it.
    """
    hint = "name a commit, branch or tag that git knows, such as main or HEAD~1"
    if revision.startswith("-") or not _git(root, "rev-parse", "--verify", f"{revision}^{{tree}}"):
        raise UsageError(f"git knows no revision {revision!r} here", None, hint)
    listed = _git(root, "ls-tree", "--name-only", revision, *PARTS) or b""
    parts = listed.decode("utf-8").split()
    if "l10n.toml" not in parts:
        problem = f"there is no l10n.toml in this folder at {revision}"
        raise UsageError(problem, None, "name a revision in which the workspace was here already")
    packed = _git(root, "archive", "--format=tar", revision, *parts) or b""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, [m for m in archive if m.isreg() or m.isdir()], filter="data")


def overlay(root: Path, exported: Path, into: Path) -> None:
    """Write an exported workspace with the articles and the settings of articles as they are now.

    Only `source/` comes from the work tree, so that nothing else can differ.
    """
    shutil.copytree(exported, into, dirs_exist_ok=True)
    shutil.rmtree(into / "source", ignore_errors=True)
    if (root / "source").is_dir():
        shutil.copytree(root / "source", into / "source", symlinks=True)


def _git(root: Path, *words: str) -> bytes | None:
    """What git answers; None if it refuses, or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and a revision that is no option
            ["git", "-C", str(root), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
