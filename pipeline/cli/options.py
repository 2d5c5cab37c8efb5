"""The options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Directory = Annotated[
    Path | None,
    typer.Option(
        "-C",
        "--directory",
        metavar="DIR",
        help="Work in the workspace in DIR (default: the nearest l10n.toml upwards).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON for scripts.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")
]
CheckOnly = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
]
Locales = Annotated[
    list[str] | None,
    typer.Option("--locale", metavar="LOCALE", help="Only this locale; may be repeated."),
]
Markets = Annotated[
    list[str] | None,
    typer.Option("--market", metavar="MARKET", help="Only this market; may be repeated."),
]
Articles = Annotated[
    list[str] | None,
    typer.Option("--article", metavar="ID", help="Only this article; may be repeated."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Judge the law as on this day (2026-01-31) in every market, or at this moment "
        "(2026-01-31T22:30+00:00); default: now, on the day that it is in each market.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Only findings, no summary.")]


def root_of(directory: Path | None) -> Path:
    """The workspace that a command works in."""
    from pipeline.errors import UsageError
    from pipeline.store.workspace import find_root

    if directory is not None and not directory.is_dir():
        raise UsageError(f"there is no folder {directory}", None, "check the path after -C")
    return find_root((directory or Path()).resolve())
