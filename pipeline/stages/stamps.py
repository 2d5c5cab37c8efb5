"""What must be approved and the records of a ledger → the stamps that count, or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from pipeline.model import (
    Act,
    Finding,
    Origin,
    People,
    Record,
    StampRole,
    Subject,
    Where,
)
from pipeline.stages.chain import overtaken, withdrawn
from pipeline.stages.entitled import entitled, who


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stamp that is asked for: on what, by whom, and the digests of what stands there now."""

    subject: Subject
    role: StampRole
    market: str  # for which the person must be entitled
    evidence: Mapping[str, str]
    where: Where
    owner: str = ""  # of a policy file: no other person's stamp counts, but for a deputy's


@dataclass(frozen=True, slots=True)
class Terms:
    """What makes a stamp count."""

    assurance: str  # sample, integrity or signed
    people: People
    moment: datetime  # at which the page is judged; later records are not looked at
    day: date  # of that moment in the market's zone
    next_build: date  # what ends before this day ends too early
    different: tuple[str, ...]  # roles that must be different people
    signed: Callable[[Record], str]  # what is wrong with a record's signature; "" if nothing


@dataclass(frozen=True, slots=True)
class Stamped:
    """The records that count, one for each stamp asked for, or the findings that say why not."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]

    @property
    def valid_until(self) -> date | None:
        """The last day on which all of them hold."""
        return min((r.valid_until for r in self.records if r.valid_until), default=None)


def judge(wanted: Iterable[Wanted], records: Iterable[Record], terms: Terms) -> Stamped:
    """Find a stamp that counts for each one asked for.

    Nothing is ever "invalidated": changed bytes match no stamp. But who approves something else
    in its place means that an older text shall not come back.
    """
    every = sorted(records, key=lambda record: (record.time, record.id), reverse=True)
    gone = withdrawn(every)
    counting: list[tuple[Record, ...]] = []
    findings: list[Finding] = []
    asked = tuple(wanted)
    for want in asked:
        mine = [r for r in every if _about(r, want)]
        late = overtaken((r for r in mine if r.time <= terms.moment), every)
        mine = [r for r in mine if r.id not in late]
        refused = [(record, _refusal(record, want, terms, gone)) for record in mine]
        good = tuple(record for record, why in refused if why is None)
        good, raw = _post_edited(good, want, every, terms, gone)
        good = tuple({record.person: record for record in reversed(good)}.values())
        counting.append(good)
        if not good:
            findings.append(_missing(want, raw, [why for _, why in refused if why], terms))
    if findings:
        return Stamped((), tuple(findings))
    return _by_different_people(asked, counting, terms)


def _about(record: Record, want: Wanted) -> bool:
    return record.act is Act.STAMP and record.role is want.role and record.subject == want.subject


def _refusal(
    record: Record, want: Wanted, terms: Terms, gone: Mapping[str, Record]
) -> Finding | None:
    """Why a record does not count, if it does not."""
    by = f"{record.person} approved {record.subject} on {record.time:%Y-%m-%d}"
    if record.id in gone:
        back = gone[record.id]
        why = f"{back.person} took it back: {back.reason}"
        return _refused("stamp-withdrawn", why, record, want, terms)
    if changed := changed_parts(record.evidence, want.evidence):
        return _outdated(f"since {by}, this has changed: {', '.join(changed)}", record, want, terms)
    on = record.time.date()
    if why := entitled(terms.people, record.person, want.role, want.market, on, want.owner):
        return _refused("stamp-not-entitled", why, record, want, terms)
    if terms.assurance != "sample" and _is_sample(record, terms.people):
        why = f"{by} as a sample, which counts in a sample site only"
        return _refused("stamp-sample", why, record, want, terms)
    if terms.assurance == "signed" and (why := terms.signed(record)):
        return _refused("stamp-signature", f"{by}, but {why}", record, want, terms)
    return _wrong_days(record, by, want, terms)


def _outdated(why: str, record: Record, want: Wanted, terms: Terms) -> Finding:
    """What was approved is no longer what stands there."""
    if want.role is StampRole.OWNER:
        return _refused("policy-changed", why, record, want, terms)
    if record.evidence.get("source") != want.evidence.get("source"):
        return _refused("stamp-source-changed", why, record, want, terms)
    return _refused("stamp-outdated", why, record, want, terms)


def _is_sample(record: Record, people: People) -> bool:
    known = people.people.get(record.person)
    return record.sample or bool(known and known.sample)


def _wrong_days(record: Record, by: str, want: Wanted, terms: Terms) -> Finding | None:
    starts, ends = record.valid_from, record.valid_until
    if record.time > terms.moment:
        why = f"{by}, which is after the moment asked for"
        return _refused("stamp-not-yet", why, record, want, terms)
    if starts and starts > terms.day:
        return _refused("stamp-not-yet", f"{by}, and it holds from {starts}", record, want, terms)
    if ends and ends < terms.day:
        return _refused("stamp-ended", f"{by}, and it held until {ends}", record, want, terms)
    if ends and ends < terms.next_build:
        why = f"{by}; it ends on {ends}, before the next build on {terms.next_build}"
        return _refused("stamp-ends-early", why, record, want, terms)
    return None


def changed_parts(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the parts whose bytes are no longer what was approved."""
    return tuple(sorted(n for n in {*then, *now} if then.get(n) != now.get(n)))


def _post_edited(
    good: tuple[Record, ...],
    want: Wanted,
    every: list[Record],
    terms: Terms,
    gone: Mapping[str, Record],
) -> tuple[tuple[Record, ...], bool]:
    """The stamps without those on raw machine translation that nobody has post-edited."""
    if want.role is not StampRole.TRANSLATOR:
        return good, False
    edited = any(
        record.origin is Origin.POST_EDITED
        and record.role in (StampRole.TRANSLATOR, StampRole.REVISER)
        and record.act is Act.STAMP
        and record.subject == want.subject
        and _refusal(record, replace(want, role=record.role), terms, gone) is None
        for record in every
    )
    kept = tuple(r for r in good if r.origin not in (Origin.MACHINE, None) or edited)
    return kept, bool(good) and not kept


def _missing(want: Wanted, raw: bool, refused: list[Finding], terms: Terms) -> Finding:
    """What keeps a stamp from counting: the newest record's trouble, or that there is none."""
    if refused and not raw:
        return refused[0]
    hint = who(terms.people, want.role, want.market, terms.day, want.owner)
    what = _lacking(want)
    if raw:
        why = "the words are a machine's, and nobody has recorded that they were post-edited"
        return Finding("stamp-raw-machine", f"{what} that counts: {why}", want.where, hint)
    if want.role is StampRole.OWNER:
        return Finding("policy-unstamped", what, want.where, hint)
    return Finding("stamp-missing", what, want.where, hint)


def _refused(code: str, why: str, record: Record, want: Wanted, terms: Terms) -> Finding:
    """The finding that says why a record does not count, and whom to ask for another."""
    hint = who(terms.people, want.role, want.market, terms.day, want.owner)
    return Finding(code, f"{_lacking(want)} that counts: {why}", record.where, hint)


def _lacking(want: Wanted) -> str:
    market = "" if want.market == "*" else f"{want.market}: "
    return f"{market}{want.subject} has no stamp of the {want.role.value}"


def _by_different_people(
    asked: tuple[Wanted, ...], counting: list[tuple[Record, ...]], terms: Terms
) -> Stamped:
    """One stamp for each that is asked for, so that no person holds two roles that are apart."""
    for chosen in product(*counting):
        apart = [r.person for r in chosen if r.role.value in terms.different]
        if len(apart) == len(set(apart)):
            return Stamped(chosen, ())
    newest = [records[0] for records in counting if records[0].role.value in terms.different]
    roles = " and ".join(dict.fromkeys(record.role.value for record in newest))
    people = ", ".join(dict.fromkeys(record.person for record in newest))
    first = asked[0]
    problem = (
        f"{first.market}: {roles} must be different people, "
        f"and the stamps on {first.subject.locale}/{first.subject.article} are by {people}"
    )
    hint = who(terms.people, newest[-1].role, first.market, terms.day)
    return Stamped((), (Finding("stamp-same-person", problem, newest[-1].where, hint),))
