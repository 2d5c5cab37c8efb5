"""Approvals → JSON for scripts, and lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json, table

if TYPE_CHECKING:
    from pipeline.model import Record, Subject
    from pipeline.stages.compare import Change
    from pipeline.workflows.approve import Approval
    from pipeline.workflows.chosen import Asked
    from pipeline.workflows.standing import Report, Standing


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


def approval_json(done: Approval, *, dry_run: bool) -> dict[str, object]:
    """What was approved, as scripts get it."""
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "made": [_record_json(record) for record in done.made],
        "standing": [_subject_json(subject) for subject in done.standing],
        "left": [{**_subject_json(subject), "why": why} for subject, why in done.left],
    }


def show_approval(done: Approval, asked: Asked, *, dry_run: bool) -> None:
    """Write what was approved, what stood already, and what was left, with why."""
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


def show_withdrawn(record: Record, *, as_json: bool) -> None:
    """Write which approval was taken back."""
    if as_json:
        show_json({"schema": SCHEMA, **_record_json(record), "withdraws": record.withdraws})
    else:
        back = record.withdraws[:12]
        out(f"{record.subject}: {record.person} took back {back} ({_worth(record)})")


def standing_json(one: Standing) -> dict[str, object]:
    """A stamp and whether it counts, as scripts get it."""
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


def show_standings(shown: list[Standing], report: Report, *, stale: bool) -> None:
    """Write the table of stamps; of stale ones also why, and what has changed."""
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
