"""A name of a commit → when it was made, as the workspace's own git knows it."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path


def commit_time(root: Path, name: str) -> datetime | None:
    """The time of a commit, a branch or a tag; None if git does not know it."""
    words = ("log", "-1", "--format=%cI", "--end-of-options", name, "--")
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; the name can be no option
            ["git", "-C", str(root), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, ValueError):
        return None
    found = done.stdout.strip()
    return datetime.fromisoformat(found) if done.returncode == 0 and found else None
