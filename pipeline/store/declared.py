"""Keeps a record of the changes that authors declared, beside the journal."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

PATH = Path(".l10n") / "journal" / "changes.jsonl"


def record_changes(root: Path, changes: Iterable[Mapping[str, object]]) -> None:
    """Append one JSON object a line; they are on the disk when this returns."""
    path = root / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        for change in changes:
            line = json.dumps(change, ensure_ascii=False, sort_keys=True)
            file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
