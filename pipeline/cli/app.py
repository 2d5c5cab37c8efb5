"""The `l10n` command with its groups, in the order of a day's work."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import (
    approvals,
    files,
    git,
    handoff,
    memory,
    regulate,
    site,
    words,
    work,
    workspace,
)

app = typer.Typer(
    name="l10n",
    epilog="Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 unreadable content, "
    "4 policy forbids, 5 locked or changed meanwhile, 70 our bug.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for group in (workspace, files, words, work, site, approvals, git):
    for command in group.COMMANDS:
        name = command.__name__.rstrip("_").replace("_", "-")
        app.command(name, no_args_is_help=command in group.NEED_WORDS)(command)
app.add_typer(handoff.app, name="handoff")
app.add_typer(memory.app, name="memory")
app.add_typer(regulate.app, name="regulate")


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version.", is_eager=True)
    ] = False,
) -> None:
    """Localize regulated articles: translated whole, and published where the law allows."""
    if version:
        from pipeline import __version__

        typer.echo(f"l10n {__version__}")
        raise typer.Exit
