"""Commands that make pages: build."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.moment import moment
from pipeline.cli.options import AsJson, AsOf, Directory, DryRun, root_of
from pipeline.cli.show import finding_json, out, show_findings, show_json, table

if TYPE_CHECKING:
    from pipeline.workflows.expect import Expected
    from pipeline.workflows.rows import Row


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
    expect: Annotated[
        list[str] | None,
        typer.Option(
            "--expect",
            metavar="MARKET[/ARTICLE]",
            help="Exit 4 unless this page is published, in all languages of the market, and say "
            "why and whom to ask; without an article, every page. May be repeated.",
        ),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make the pages that each market's law allows."""
    from pipeline.workflows.build import build as run

    report = run(
        root_of(directory),
        moment(as_of),
        strict=strict,
        review=review,
        write=not dry_run,
        expect=tuple(expect or ()),
        now=moment(None),
    )
    if as_json:
        show_json(
            {
                "schema": 1,
                "pages": [row.told() for row in report.rows],
                "findings": [finding_json(finding) for finding in report.findings],
                "expected": [expected_json(page) for page in report.expected],
                **report.counts,
            }
        )
    else:
        show_findings(report.findings)
        show_pages(report.rows, {page.page.partition("/")[0] for page in report.expected})
        out(report.told)
        show_expected(report.expected)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def show_pages(rows: Iterable[Row], markets: Collection[str] = ()) -> None:
    """Write the table locale × article, then each reason once, under its number.

    Who asks about some markets does not want to look for the answer among all the others.
    """
    if markets:
        rows = tuple(row for row in rows if row.market in markets)
        if not rows:
            return
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


def expected_json(page: Expected) -> dict[str, object]:
    """A page that was expected, as scripts get it."""
    findings = [finding_json(finding) for finding in page.findings]
    return {
        "page": page.page,
        "outcome": page.outcome,
        "published": page.published,
        "findings": findings,
    }


def show_expected(pages: Iterable[Expected]) -> None:
    """Write of each page that was expected what became of it, and why readers do not get it."""
    for page in pages:
        out()
        out(f"expected {page.page}: {page.outcome}")
        show_findings(page.findings)


COMMANDS = (build,)
NEED_WORDS = ()
