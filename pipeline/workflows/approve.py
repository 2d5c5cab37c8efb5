"""A person's approval → records for the ledgers, with the texts that were approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.errors import PolicyError, UsageError
from pipeline.model import POLICY, Act, Moment, Record, StampRole, Subject, Where, Write
from pipeline.stages.chain import heads, overtaken
from pipeline.stages.entitled import entitled
from pipeline.stages.stamps import Wanted, judge
from pipeline.store.approvals import evidence_write, record_write
from pipeline.store.files import apply, locked
from pipeline.store.records import body_of
from pipeline.store.signatures import SIGNERS, namespace, sign
from pipeline.workflows.chosen import OF_WORDS, Asked, Chosen, chosen_for, refuse_half_said
from pipeline.workflows.desk import Desk, open_desk
from pipeline.workflows.pages import plan_pages
from pipeline.workflows.policy_files import scope_of


@dataclass(frozen=True, slots=True)
class Approval:
    """What was approved, what stood already, and what could not be approved, with why."""

    made: tuple[Record, ...]
    standing: tuple[Subject, ...]
    left: tuple[tuple[Subject, str], ...]


def approve(root: Path, now: datetime, asked: Asked, *, write: bool) -> Approval:
    """Record that a person approves pages, words or policy files, as they are now.

    Raises:
        UsageError: nothing is chosen, a name is unknown, or the key cannot sign.
        PolicyError: people.toml or allowed_signers does not let the person approve.
        ConflictError: a ledger changed while this ran; then nothing is written.
    """
    refuse_half_said(asked)
    with locked(root):
        desk = open_desk(plan_pages(root, Moment(now)))
        if asked.role is not StampRole.TRANSLATOR:
            asked = replace(asked, origin=asked.origin if asked.role in OF_WORDS else None)
        chosen, left = chosen_for(asked, desk)
        return _record(chosen, left, asked, desk, now, write=write)


def withdraw(root: Path, now: datetime, name: str, asked: Asked, *, write: bool) -> Record:
    """Take an earlier record back; whoever may approve the same may take it back.

    Raises:
        UsageError: there is no such record, or no reason is given.
        PolicyError: people.toml does not let the person take it back.
    """
    if not asked.reason:
        raise UsageError("taking an approval back needs a reason", None, "add --reason TEXT")
    with locked(root):
        desk = open_desk(plan_pages(root, Moment(now)))
        every = [record for led in desk.ledgers for record in desk.records(led)]
        found = [record for record in every if record.id.startswith(name)]
        if len(found) != 1 or len(name) < 6:
            hint = "`l10n approvals` lists them; give at least six digits of one"
            raise UsageError(f"{name!r} names {len(found)} records", None, hint)
        (old,) = found
        asked = replace(asked, role=old.role)
        _refuse_not_entitled(asked, desk, _scope(old, desk), old.subject.path, now.date())
        new = _new(Act.WITHDRAW, old.subject, old.ledger, old.evidence, asked, desk, now)
        new, file = record_write(_signed(replace(new, withdraws=old.id, origin=None), asked))
        _refuse_wrong_key(new, desk)
        if write:
            apply(root, (file,), {file.path: None})
        return new


def _record(
    chosen: Iterable[Chosen],
    left: list[tuple[Subject, str]],
    asked: Asked,
    desk: Desk,
    now: datetime,
    *,
    write: bool,
) -> Approval:
    """Make the records, each naming the heads of its ledger, and write them with their texts."""
    made: list[Record] = []
    standing: list[Subject] = []
    writes: dict[str, Write] = {}
    grown = {ledger: list(desk.records(ledger)) for ledger in desk.ledgers}
    for want, ledger, texts in chosen:
        _refuse_not_entitled(asked, desk, want.market, want.subject.path, now.date())
        if _stands(want, asked, desk, ledger):
            standing.append(want.subject)
            continue
        evidence = {part: evidence_write(text) for part, text in texts.items()}
        hashes = {part: name for part, (name, _) in evidence.items()}
        before = heads(grown.setdefault(ledger, []))
        new = _new(Act.STAMP, want.subject, ledger, hashes, asked, desk, now)
        new, file = record_write(_signed(replace(new, parents=before), asked))
        _refuse_wrong_key(new, desk)
        grown[ledger].append(new)
        made.append(new)
        writes |= {one.path: one for one in (file, *(text for _, text in evidence.values()))}
    if write:
        apply(desk.root, tuple(writes.values()), {})
    return Approval(tuple(made), tuple(standing), tuple(left))


def _stands(want: Wanted, asked: Asked, desk: Desk, ledger: str) -> bool:
    """Whether the person's own stamp on these very bytes counts already."""
    about = [r for r in desk.records(ledger) if (r.subject, r.role) == (want.subject, want.role)]
    late = overtaken(about, desk.records(ledger))
    same = [
        record
        for record in desk.records(ledger)
        if record.person == asked.person
        and record.id not in late
        and record.origin == asked.origin
        and (record.valid_from, record.valid_until) == (asked.valid_from, asked.valid_until)
        and _signed_well_enough(record, asked, desk)
        and record.sample == asked.sample
    ] + [record for record in desk.records(ledger) if record.withdraws]
    market = next((m for m in desk.pages.law.markets if m.code == ledger), None)
    terms = desk.terms(market or desk.pages.law.markets[0], ())
    return not judge((want,), same, replace(terms, assurance="sample")).findings


def _new(
    act: Act,
    subject: Subject,
    ledger: str,
    evidence: Mapping[str, str],
    asked: Asked,
    desk: Desk,
    now: datetime,
) -> Record:
    return Record(
        id="",
        act=act,
        ledger=ledger,
        subject=subject,
        role=asked.role,
        person=asked.person,
        evidence=evidence,
        time=now.astimezone(UTC).replace(microsecond=0),
        parents=heads(desk.records(ledger)),
        origin=asked.origin,
        valid_from=asked.valid_from,
        valid_until=asked.valid_until,
        reason=asked.reason,
        sample=asked.sample,
        where=Where(""),
    )


def _signed(record: Record, asked: Asked) -> Record:
    if asked.key is None:
        return record
    return replace(record, signature=sign(body_of(record), record.role.value, asked.key))


def _signed_well_enough(record: Record, asked: Asked, desk: Desk) -> bool:
    """Whether a signature now would add nothing: a stolen key's is not one that stands."""
    if not asked.key:
        return True
    if desk.assurance == "signed":
        return not desk.signatures.trouble(record)
    return bool(record.signature)


def _refuse_wrong_key(record: Record, desk: Desk) -> None:
    """Where signatures count, a person learns at once that theirs would not."""
    if record.signature and desk.assurance == "signed" and (why := desk.signatures.trouble(record)):
        hint = (
            f"sign with the key that {SIGNERS} has for {record.person} with "
            f'namespaces="{namespace(record.role.value)}", or have it added there'
        )
        raise PolicyError(why, Where(SIGNERS), hint, "stamp-signature")


def _scope(record: Record, desk: Desk) -> str:
    return (
        record.ledger
        if record.ledger != POLICY
        else scope_of(record.subject.path, desk.pages.law.codes)
    )


def _refuse_not_entitled(asked: Asked, desk: Desk, market: str, path: str, day: date) -> None:
    owner = desk.people.owners.get(path, "") if path else ""
    if path and not owner:
        hint = "name one under [owners] there"
        raise PolicyError(f"{path} has no owner", desk.people.where, hint, "policy-no-owner")
    if why := entitled(desk.people, asked.person, asked.role, market, day, owner):
        hint = "let somebody approve who may, or ask for the right in locales/markets/people.toml"
        raise PolicyError(why, desk.people.where, hint, "stamp-not-entitled")
