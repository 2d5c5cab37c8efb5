"""Commands about the workspace itself: init, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.show import out


def init(
    folder: Annotated[Path, typer.Argument(help="The new workspace.")] = Path(),
    demo: Annotated[
        bool, typer.Option("--demo", help="With an article and two markets to try.")
    ] = False,
) -> None:
    """Make a new workspace."""
    from pipeline.workflows.init import init as run

    for path in run(folder.resolve(), demo=demo):
        out(f"wrote {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    out(f"Next: {where}l10n extract && l10n build")


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code such as law-no-permit; none: list all.")
    ] = None,
) -> None:
    """Tell what a problem code means and what to do."""
    from pipeline.workflows.explain import codes, explanation

    if code is None:
        for name, title in codes():
            out(f"{name:<24} {title}")
        return
    out(explanation(code))


COMMANDS = (init, explain)
NEED_WORDS = ()
