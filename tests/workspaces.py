"""Helps tests break one thing in a workspace."""

from pathlib import Path


def replace(path: Path, old: str, new: str) -> None:
    """Change one place in a file; the place must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), "utf-8")
