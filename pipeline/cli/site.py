"""Commands that make pages: build."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.moment import moment
from pipeline.cli.options import AsJson, AsOf, Directory, DryRun, root_of
from pipeline.cli.show import finding_json, out, show_findings, show_json, table

if TYPE_CHECKING:
    from pipeline.workflows.pages import Row


def build(
    directory: Directory = None,
    as_of: AsOf = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave drafts out, and exit 4 if there are any.")
    ] = False,
    review: Annotated[
        bool,
        typer.Option("--review", help="Also write blocked pages to build/_review/, for officers."),
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make the pages that each market's law allows."""
    from pipeline.workflows.build import build as run

    report = run(root_of(directory), moment(as_of), strict=strict, review=review, write=not dry_run)
    if as_json:
        show_json(
            {
                "schema": 1,
                "pages": [row.told() for row in report.rows],
                "findings": [finding_json(finding) for finding in report.findings],
                **report.counts,
            }
        )
    else:
        show_findings(report.findings)
        show_pages(report.rows)
        out(report.told)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def show_pages(rows: Iterable[Row]) -> None:
    """Write the table locale × article, then each reason once, under its number."""
    reasons: dict[str, int] = {}
    cells = []
    for row in rows:
        numbers = [str(reasons.setdefault(reason, len(reasons) + 1)) for reason in row.why]
        counts = (f"{row.done}/{row.total}", str(row.fuzzy or "-"), str(row.missing or "-"))
        cells.append((row.locale, row.article, *counts, row.page, " ".join(numbers)))
    if not cells:
        out("no pages: a market's `languages` and an article in source/ make one")
        return
    table(("locale", "article", "complete", "fuzzy", "missing", "page", "why"), cells)
    if reasons:
        out()
    for reason, number in reasons.items():
        out(
            fill(
                reason,
                96,
                initial_indent=f"{number:>3}  ",
                subsequent_indent="     ",
                break_on_hyphens=False,
            )
        )


COMMANDS = (build,)
NEED_WORDS = ()
