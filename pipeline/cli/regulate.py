"""Commands that read the law: regulate matrix, explain, calendar; and that which changes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.edit import edit
from pipeline.cli.moment import moment
from pipeline.cli.options import Articles, AsJson, AsOf, Directory, Markets, root_of
from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json
from pipeline.model import Audience

if TYPE_CHECKING:
    from pipeline.workflows.regulate import WhatIf

Audiences = Annotated[
    list[Audience] | None,
    typer.Option("--audience", help="What if articles were for these readers? May be repeated."),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without-product",
        metavar="ID",
        help="What if articles did not name this product? May be repeated.",
    ),
]

app = typer.Typer(
    help="Read what each market's law says, and why.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def matrix(
    directory: Directory = None,
    market: Markets = None,
    article: Articles = None,
    audience: Audiences = None,
    without_product: Without = None,
    as_of: AsOf = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write one HTML page, to read and print."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what each market's law says of each article."""
    from pipeline.cli.show_law import cell_json, show_matrix
    from pipeline.workflows.regulate import judge_all, matrix_page, write_page

    what_if = _what_if(audience, without_product)
    report = judge_all(
        root_of(directory), moment(as_of), tuple(market or ()), tuple(article or ()), what_if
    )
    if html:
        write_page(matrix_page(report), html)
    if as_json:
        cells = [cell_json(cell) for row in report.matrix.rows for cell in row]
        found = [finding_json(finding) for finding in report.findings]
        show_json({**_asked(str(report.matrix.as_of), what_if), "cells": cells,
                   "findings": found})  # fmt: skip
    else:
        show_findings(report.findings)
        if html:
            out(f"wrote {html}")
        else:
            show_matrix(report.matrix, what_if.told)
    if report.findings:
        raise typer.Exit(report.exit_code)


@app.command(no_args_is_help=True)
def explain(
    market: Annotated[str, typer.Argument(help="The market, such as DE.")],
    article: Annotated[str, typer.Argument(help="The id of the article.")],
    directory: Directory = None,
    audience: Audiences = None,
    without_product: Without = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Tell of each rule of a market whether it speaks of an article, and why."""
    from pipeline.cli.show_law import cell_json, show_explained, told_json
    from pipeline.workflows.regulate import explain_page

    what_if = _what_if(audience, without_product)
    report = explain_page(root_of(directory), moment(as_of), market, article, what_if)
    if as_json:
        pages = [
            {**cell_json(cell), "rules": [told_json(told) for told in rules]}
            for cell, rules in report.cells
        ]
        found = [finding_json(finding) for finding in report.findings]
        show_json({**_asked(str(report.as_of), what_if), "pages": pages, "findings": found})
    else:
        show_findings(report.findings)
        for number, (cell, rules) in enumerate(report.cells):
            if number:
                out()
            show_explained(cell, rules)
    if report.findings:
        raise typer.Exit(report.exit_code)


@app.command()
def calendar(
    directory: Directory = None,
    market: Markets = None,
    days: Annotated[
        int, typer.Option("--days", min=0, max=36500, help="How many days to look ahead.")
    ] = 180,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show which rules begin, end or are due for review."""
    from pipeline.cli.show_law import event_json, show_calendar
    from pipeline.workflows.regulate import calendar as run

    start = moment(as_of)
    events = run(root_of(directory), start, days, tuple(market or ()))
    if as_json:
        told = [event_json(event) for event in events]
        show_json({"schema": SCHEMA, "as_of": str(start), "days": days, "events": told})
    elif events:
        show_calendar(events)
    else:
        out(f"nothing begins, ends or is due for review in the {days} days from {as_of or 'today'}")


app.command(no_args_is_help=True)(edit)


def _what_if(audience: list[Audience] | None, without: list[str] | None) -> WhatIf:
    """The question that the options ask."""
    from pipeline.workflows.regulate import WhatIf

    return WhatIf(tuple(dict.fromkeys(audience or ())), tuple(dict.fromkeys(without or ())))


def _asked(as_of: str, what_if: WhatIf) -> dict[str, object]:
    """The head of a JSON answer: the day, and in what the pages differ from their articles."""
    supposed = {
        "audiences": [audience.value for audience in what_if.audiences],
        "without_products": list(what_if.without),
    }
    return {"schema": SCHEMA, "as_of": as_of, "what_if": supposed}
