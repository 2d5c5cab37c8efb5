"""Commands for who approved which words: approve, approvals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import (
    Articles,
    AsJson,
    AsOf,
    Directory,
    DryRun,
    Locales,
    Markets,
    root_of,
)
from pipeline.cli.show import SCHEMA, finding_json, show_json
from pipeline.cli.show_approvals import (
    approval_json,
    show_approval,
    show_standings,
    show_withdrawn,
    standing_json,
)
from pipeline.model import Origin, StampRole


def approve(
    as_: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Who approves, as in people.toml.")
    ],
    role: Annotated[
        StampRole | None, typer.Option("--role", help="As what the person approves.")
    ] = None,
    directory: Directory = None,
    market: Markets = None,
    locale: Locales = None,
    article: Articles = None,
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="PATH", help="A policy file, for its owner; repeatable."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All pages, or all policy files that the person owns.")
    ] = False,
    origin: Annotated[
        Origin | None, typer.Option("--origin", help="Where the translator's words come from.")
    ] = None,
    valid_from: Annotated[
        str | None, typer.Option("--valid-from", metavar="DATE", help="The first day it holds.")
    ] = None,
    valid_until: Annotated[
        str | None, typer.Option("--valid-until", metavar="DATE", help="The last day it holds.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the record.")] = "",
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="Sign with this SSH key (or its .pub file)."),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Mark as an example: it counts in a sample site only.")
    ] = False,
    withdraw: Annotated[
        str | None,
        typer.Option("--withdraw", metavar="RECORD", help="Take an earlier approval back."),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record that a person approves words, pages or policy files as they are now."""
    from pipeline.errors import UsageError
    from pipeline.workflows.approve import approve as run
    from pipeline.workflows.approve import withdraw as take_back
    from pipeline.workflows.chosen import Asked

    if role is None and withdraw is None:
        raise UsageError("as what does the person approve?", None, "add --role")
    asked = Asked(
        role=role or StampRole.APPROVER,
        person=as_,
        markets=tuple(market or ()),
        locales=tuple(locale or ()),
        articles=tuple(article or ()),
        files=tuple(file or ()),
        everything=everything,
        origin=origin,
        valid_from=_day(valid_from),
        valid_until=_day(valid_until),
        reason=reason,
        sample=sample,
        key=key.expanduser() if key else None,
    )
    root, now = root_of(directory), datetime.now(UTC)
    if withdraw is not None:
        record = take_back(root, now, withdraw, asked, write=not dry_run)
        show_withdrawn(record, as_json=as_json)
        return
    done = run(root, now, asked, write=not dry_run)
    if as_json:
        show_json(approval_json(done, dry_run=dry_run))
    else:
        show_approval(done, asked, dry_run=dry_run)
    if done.left:
        raise typer.Exit(1)


def approvals(
    directory: Directory = None,
    market: Markets = None,
    article: Articles = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only what does not count (any more), and why.")
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show who approved what, and which approvals no longer match."""
    from pipeline.cli.moment import moment
    from pipeline.workflows.standing import standings

    report = standings(root_of(directory), moment(as_of), tuple(market or ()), tuple(article or ()))
    shown = [one for one in report.standings if one.stale or not stale]
    if as_json:
        show_json(
            {
                "schema": SCHEMA,
                "assurance": report.assurance,
                "approvals": [standing_json(one) for one in shown],
                "heads": {name: list(ids) for name, ids in sorted(report.heads.items())},
                "findings": [finding_json(finding) for finding in report.findings],
            }
        )
    else:
        show_standings(shown, report, stale=stale)
    if report.findings:
        raise typer.Exit(4)
    if stale and shown:
        raise typer.Exit(1)


def _day(text: str | None) -> date | None:
    """A day as options write it."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from pipeline.errors import UsageError

        raise UsageError(f"{text!r} is no date", None, "write 2026-01-31") from error


COMMANDS = (approve, approvals)
NEED_WORDS = (approve,)
