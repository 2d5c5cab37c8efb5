"""Commands about words: extract, status, fmt; and, from `check`, check and waive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.check import check, waive
from pipeline.cli.moment import moment
from pipeline.cli.options import (
    Articles,
    AsJson,
    AsOf,
    CheckOnly,
    Directory,
    DryRun,
    Locales,
    root_of,
)
from pipeline.cli.show import finding_json, out, show_findings, show_json


def extract(
    directory: Directory = None,
    locale: Locales = None,
    article: Articles = None,
    check: CheckOnly = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring catalogs up to date with the articles."""
    from pipeline.workflows.extract import extract as run

    report = run(
        root_of(directory),
        locales=tuple(locale or ()),
        articles=tuple(article or ()),
        write=not (check or dry_run),
    )
    if as_json:
        show_json(
            {
                "schema": 1,
                "changed": [write.path for write in report.plan.writes],
                "findings": [finding_json(finding) for finding in report.plan.findings],
                "declared": list(report.declared),
                **report.plan.counts,
            }
        )
    else:
        show_findings(report.plan.findings)
        for write in report.plan.writes:
            out(f"{'would write' if check or dry_run else 'wrote'} {write.path}")
        out(report.told)
        for line in report.declared:
            out(line)
        for name, count in report.orphans:
            out(f"kept, though no article has this id: {name} ({count} catalogs)")
        if report.orphans:
            out("If an id was changed, give its .po files the new name, and extract again.")
    if report.plan.findings:
        raise typer.Exit(report.exit_code)
    if check and report.plan.writes:
        raise typer.Exit(1)


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="PO files; default: every catalog here.")
    ] = None,
    directory: Directory = None,
    check: CheckOnly = False,
    dry_run: DryRun = False,
) -> None:
    """Lay out PO files in the standard way."""
    from pipeline.workflows.fmt import fmt as run

    root = Path.cwd() if paths else root_of(directory)
    plan = run(root, tuple(paths or ()), write=not (check or dry_run))
    show_findings(plan.findings)
    for write in plan.writes:
        out(f"{'would lay out' if check or dry_run else 'laid out'} {write.path}")
    if plan.findings:
        raise typer.Exit(3)
    if check and plan.writes:
        raise typer.Exit(1)


def status(
    directory: Directory = None,
    locale: Locales = None,
    article: Articles = None,
    as_of: AsOf = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Show what translators ask, and the answers.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write one HTML page, with the trend."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is translated and what is blocked."""
    if questions:
        from pipeline.cli.show_work import show_questions
        from pipeline.workflows.ask import questions as ask

        asked, unread = ask(root_of(directory), tuple(locale or ()), tuple(article or ()))
        show_questions(asked, unread, as_json=as_json)
        return
    from pipeline.cli.site import show_pages
    from pipeline.workflows.approvals import approved_pages

    pages = approved_pages(
        root_of(directory), moment(as_of), tuple(locale or ()), tuple(article or ())
    )
    if html:
        from pipeline.workflows.regulate import write_page
        from pipeline.workflows.report import status_page

        write_page(status_page(pages), html)
    if as_json:
        show_json({"schema": 1, "pages": [row.told() for row in pages.rows]})
    else:
        show_findings(pages.findings)
        if html:
            out(f"wrote {html}")
        else:
            show_pages(pages.rows)
    if pages.findings:
        raise typer.Exit(pages.exit_code)


COMMANDS = (extract, status, check, waive, fmt)
NEED_WORDS = ()
