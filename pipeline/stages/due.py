"""Markets, what is on file, stamps, and a span of days → what begins, ends or is due in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.model import POLICY, Claim, Fact, Market, Moment, Record, Rule, Statutory, Where


class Happening(StrEnum):
    """What happens on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that holds for some time: a rule, a fact, a claim, a fixed wording, a stamp."""

    kind: str
    id: str
    market: str  # the code of the market that it is of
    where: Where
    legal: tuple[str, ...] = ()
    authority: str = ""
    effect: str = ""  # of a rule
    begins: date | None = None
    ends: date | None = None  # the last day
    review: date | None = None

    @property
    def over(self) -> str:
        """What comes when it ends and nobody has done anything."""
        if self.kind in ("fact", "stamp"):
            return "pages that need it are kept back"
        return "it holds no more"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to something dated, on which day, and whose it is."""

    day: date
    happening: Happening
    dated: Dated
    owner: str
    reaches: tuple[str, ...]  # codes of the published markets that it counts in
    overdue: bool = False

    @property
    def meaning(self) -> str:
        """What the day means, in plain words."""
        kind, after = self.dated.kind, self.day + timedelta(days=1)
        if self.happening is Happening.BEGINS:
            return f"the {kind} holds from this day"
        if self.happening is Happening.ENDS:
            return f"the last day on which the {kind} holds; from {after} {self.dated.over}"
        if self.overdue:
            return f"nobody has vouched for the {kind} since; it blocks its pages from {after}"
        return f"somebody has to look at the {kind}; it blocks its pages from {after}"


def of_rule(rule: Rule) -> Dated:
    """The days of a rule."""
    last = rule.effective_until
    if rule.repealed:
        before = rule.repealed - timedelta(days=1)
        last = min(last, before) if last else before
    return Dated(
        "rule", rule.id, rule.market, rule.where, rule.legal, rule.authority, rule.effect,
        rule.effective_from, last, rule.review_by,
    )  # fmt: skip


def of_fact(fact: Fact) -> Dated:
    """The days of a fact."""
    about = f" ({fact.product or fact.article})" if fact.product or fact.article else ""
    return Dated(
        "fact", f"{fact.name}{about}", fact.market, fact.where,
        authority=fact.authority, begins=fact.valid_from, ends=fact.valid_until,
    )  # fmt: skip


def of_claim(claim: Claim, market: str) -> Dated:
    """The days of a claim in a market."""
    return Dated("claim", claim.id, market, claim.where, claim.references, review=claim.review_by)


def of_wording(wording: Statutory) -> Dated:
    """The days of a wording that a law fixes."""
    return Dated(
        "wording", wording.id, wording.market, wording.where, wording.legal,
        begins=wording.effective_from, review=wording.review_by,
        ends=wording.repealed - timedelta(days=1) if wording.repealed else None,
    )  # fmt: skip


def of_stamp(record: Record) -> Dated:
    """The days of a stamp."""
    return Dated(
        "stamp", f"{record.subject} ({record.role.value})", record.ledger, record.where,
        begins=record.valid_from, ends=record.valid_until,
    )  # fmt: skip


def falling_due(
    markets: tuple[Market, ...],
    dated: Iterable[Dated],
    as_of: Moment,
    days: int,
    asked: tuple[str, ...] = (),
) -> tuple[Event, ...]:
    """What happens from `as_of` on within `days` days, both ends included, and overdue reviews.

    The days are those of the zone of the market that something is of. `markets` have the
    rules that they inherit; a rule is told once, for the file that states it. `asked` are
    codes of markets: only what they state or inherit.
    """
    by_code = {market.code: market for market in markets}
    rules = [of_rule(rule) for m in markets for rule in m.rules if rule.market == m.code]
    events = []
    for one in dict.fromkeys([*rules, *dated]):
        market = by_code.get(one.market)
        today = as_of.day_in(market.zone if market else "UTC")
        owner = market.owner if market else "the owner of the file"
        for event in _events(one, owner, _reached(one, markets), today):
            if event.overdue or today <= event.day <= today + timedelta(days=days):
                events.append(event)
    if asked:
        events = [e for e in events if {e.dated.market, *e.reaches} & set(asked)]
    return tuple(
        sorted(events, key=lambda e: (e.day, e.dated.market, e.dated.kind, e.dated.id, e.happening))
    )


def _reached(dated: Dated, markets: tuple[Market, ...]) -> tuple[str, ...]:
    """The published markets that something counts in: a rule's also where it is inherited."""
    if dated.kind != "rule":
        published = tuple(m.code for m in markets if m.languages)
        return published if dated.market == POLICY else (dated.market,)
    return tuple(
        market.code
        for market in markets
        if market.languages
        and any((rule.market, rule.id) == (dated.market, dated.id) for rule in market.rules)
    )


def _events(dated: Dated, owner: str, reaches: tuple[str, ...], today: date) -> Iterator[Event]:
    """What is written of one thing; nobody has to review what has ended."""
    if dated.begins:
        yield Event(dated.begins, Happening.BEGINS, dated, owner, reaches)
    if dated.ends:
        yield Event(dated.ends, Happening.ENDS, dated, owner, reaches)
    ended = dated.ends and dated.ends < today
    if dated.review and not ended:
        overdue = dated.review < today
        yield Event(dated.review, Happening.REVIEW, dated, owner, reaches, overdue)
