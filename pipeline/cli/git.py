"""Commands beside git: merge-driver."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.show import out


def merge_driver(
    base: Annotated[Path, typer.Argument(help="What both branches began with: %O.")],
    ours: Annotated[Path, typer.Argument(help="Our branch's file; becomes the result: %A.")],
    theirs: Annotated[Path, typer.Argument(help="The other branch's file: %B.")],
    path: Annotated[str, typer.Argument(help="The catalog's name, for messages: %P.")] = "",
) -> None:
    """Merge two branches of a catalog for git, so that no translation is lost."""
    from pipeline.workflows.merge_driver import drive

    shown = path or str(ours)
    merged = drive(base, ours, theirs, shown)
    for text in merged.conflicts:
        out(f"{shown}: both branches changed {text[:60]!r}; now fuzzy, the other's words are above")


COMMANDS = (merge_driver,)
NEED_WORDS = (merge_driver,)
