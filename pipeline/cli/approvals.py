"""Commands for who approved which words: approve, approvals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json, table
from pipeline.model import Origin, StampRole

if TYPE_CHECKING:
    from pipeline.model import Record, Subject
    from pipeline.stages.compare import Change
    from pipeline.workflows.approve import Approval
    from pipeline.workflows.chosen import Asked
    from pipeline.workflows.standing import Report, Standing


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
        _show_withdrawn(record, as_json=as_json)
        return
    done = run(root, now, asked, write=not dry_run)
    if as_json:
        show_json(_approval_json(done, dry_run=dry_run))
    else:
        _show_approval(done, asked, dry_run=dry_run)
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
                "approvals": [_standing_json(one) for one in shown],
                "heads": {name: list(ids) for name, ids in sorted(report.heads.items())},
                "findings": [finding_json(finding) for finding in report.findings],
            }
        )
    else:
        _show_standings(shown, report, stale=stale)
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


def _worth(record: Record) -> str:
    """What a record is worth, as people must read it: never "approved" without a signature."""
    kind = "signed" if record.signature else "integrity only"
    return f"sample, {kind}" if record.sample else kind


def _record_json(record: Record) -> dict[str, object]:
    return {
        "record": record.id,
        "act": record.act.value,
        "ledger": record.ledger,
        **_subject_json(record.subject),
        "role": record.role.value,
        "person": record.person,
        "time": record.time.isoformat(),
        "origin": record.origin.value if record.origin else "",
        "valid_from": record.valid_from.isoformat() if record.valid_from else None,
        "valid_until": record.valid_until.isoformat() if record.valid_until else None,
        "signed": bool(record.signature),
        "sample": record.sample,
        "reason": record.reason,
    }


def _subject_json(subject: Subject) -> dict[str, object]:
    return {
        "kind": subject.kind,
        "article": subject.article,
        "locale": subject.locale,
        "path": subject.path,
    }


def _approval_json(done: Approval, *, dry_run: bool) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "made": [_record_json(record) for record in done.made],
        "standing": [_subject_json(subject) for subject in done.standing],
        "left": [{**_subject_json(subject), "why": why} for subject, why in done.left],
    }


def _show_approval(done: Approval, asked: Asked, *, dry_run: bool) -> None:
    for record in done.made:
        out(f"{record.subject}: {record.role.value} {record.person} ({_worth(record)})")
    for subject in done.standing:
        out(f"{subject}: stands already")
    for subject, why in done.left:
        out(f"{subject}: not approved, {why}")
    would = "would be recorded" if dry_run else "recorded"
    out(f"approvals {would}: {len(done.made)}; already standing: {len(done.standing)}")
    if done.made and not asked.key:
        out("without --key an approval has no signature: integrity only, and nothing where")
        out('l10n.toml says assurance = "signed"')


def _show_withdrawn(record: Record, *, as_json: bool) -> None:
    if as_json:
        show_json({"schema": SCHEMA, **_record_json(record), "withdraws": record.withdraws})
    else:
        back = record.withdraws[:12]
        out(f"{record.subject}: {record.person} took back {back} ({_worth(record)})")


def _standing_json(one: Standing) -> dict[str, object]:
    return {
        **_subject_json(one.wanted.subject),
        "market": one.wanted.market,
        "role": one.wanted.role.value,
        "state": one.state,
        "stale": one.stale,
        "record": _record_json(one.record) if one.record else None,
        "problem": finding_json(one.problem) if one.problem else None,
        "changed": [
            {"part": change.part, "byte": change.byte, "diff": list(change.diff)}
            for change in one.changes
        ],
    }


def _show_standings(shown: list[Standing], report: Report, *, stale: bool) -> None:
    show_findings(report.findings)
    if not shown:
        nothing = "every approval that a market asks for stands" if stale else "nothing is approved"
        out(nothing if report.standings else "no market asks for approvals, and none was given")
        return
    rows = [
        (
            str(one.wanted.subject),
            one.wanted.role.value,
            one.state,
            one.record.person if one.record else "",
            f"{one.record.time:%Y-%m-%d}" if one.record else "",
            one.valid_until.isoformat() if one.valid_until else "",
            one.record.id[:12] if one.record else "",
        )
        for one in shown
    ]
    table(("what", "role", "state", "person", "on", "until", "record"), rows)
    for one in shown if stale else ():
        out()
        if one.problem:
            show_findings((one.problem,))
        for change in one.changes:
            _show_change(change)


def _show_change(change: Change) -> None:
    out(f"{change.part}, from byte {change.byte} on:")
    for line in change.diff:
        out(f"  {line}")


COMMANDS = (approve, approvals)
NEED_WORDS = (approve,)
