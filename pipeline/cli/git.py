"""Commands that keep work: merge-driver for git, recover."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson, Directory, DryRun, Locales, root_of
from pipeline.cli.show import finding_json, out, show_findings, show_json


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


def recover(
    since: Annotated[
        str,
        typer.Option(
            metavar="DATE|COMMIT|last",
            help="Since this day, time or commit, or `last`: since the last run that kept words.",
        ),
    ],
    directory: Directory = None,
    locale: Locales = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring back translations that a run replaced or took out."""
    from pipeline.workflows.recover import recover as run

    report = run(root_of(directory), since, tuple(locale or ()), write=not dry_run)
    plan = report.plan
    if as_json:
        show_json(
            {
                "schema": 1,
                "since": report.since.isoformat(),
                "changed": [write.path for write in plan.writes],
                **plan.counts,
                "findings": [finding_json(finding) for finding in plan.findings],
            }
        )
    else:
        show_findings(plan.findings)
        for write in plan.writes:
            out(f"{'would write' if dry_run else 'wrote'} {write.path}")
        told = "since {:%Y-%m-%d %H:%M:%S%z}: {filled} back as fuzzy, {noted} as comments beside "
        told += "newer words, {obsolete} as obsolete entries"
        out(told.format(report.since, **plan.counts))
    if plan.findings:
        raise typer.Exit(3)


COMMANDS = (merge_driver, recover)
NEED_WORDS = (merge_driver, recover)
