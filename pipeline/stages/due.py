"""Markets and a span of days → what begins, ends or is due for review in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.model import Market, Moment, Rule


class Happening(StrEnum):
    """What happens to a rule on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to one rule, on which day, and whose it is."""

    day: date
    happening: Happening
    rule: Rule
    market: Market  # the one whose file states the rule
    reaches: tuple[str, ...]  # codes of the published markets that have the rule
    overdue: bool = False

    @property
    def meaning(self) -> str:
        """What the day means, in plain words."""
        after = self.day + timedelta(days=1)
        if self.happening is Happening.BEGINS:
            return "the rule holds from this day"
        if self.happening is Happening.ENDS:
            return "the last day on which the rule holds"
        if self.overdue:
            return f"nobody has vouched for the rule since; it blocks its pages from {after}"
        return f"somebody has to look at the law; the rule blocks its pages from {after}"


def falling_due(
    markets: tuple[Market, ...], as_of: Moment, days: int, asked: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    """What happens from `as_of` on within `days` days, both ends included, and overdue reviews.

    The days are those of the zone of the market that states a rule.

    `markets` have the rules that they inherit. A rule is told once, for the file that states
    it. `asked` are codes of markets: only what they state or inherit.
    """
    events = [
        event
        for market in markets
        for today in (as_of.day_in(market.zone),)
        for rule in market.rules
        if rule.market == market.code
        for event in _events(rule, market, _reached(rule, markets), today)
        if event.overdue or 0 <= (event.day - today).days <= days
    ]
    if asked:
        events = [e for e in events if {e.market.code, *e.reaches} & set(asked)]
    return tuple(sorted(events, key=lambda e: (e.day, e.market.code, e.rule.id, e.happening)))


def _reached(rule: Rule, markets: tuple[Market, ...]) -> tuple[str, ...]:
    """The published markets that have a rule, from their own file or a parent's."""
    return tuple(
        market.code
        for market in markets
        if market.languages
        and any((r.market, r.id) == (rule.market, rule.id) for r in market.rules)
    )


def _events(rule: Rule, market: Market, reaches: tuple[str, ...], as_of: date) -> Iterator[Event]:
    """What is written of one rule; nobody has to review a rule that has ended."""
    if rule.effective_from:
        yield Event(rule.effective_from, Happening.BEGINS, rule, market, reaches)
    if rule.effective_until:
        yield Event(rule.effective_until, Happening.ENDS, rule, market, reaches)
    ended = rule.effective_until and rule.effective_until < as_of
    if rule.review_by and not ended:
        overdue = rule.review_by < as_of
        yield Event(rule.review_by, Happening.REVIEW, rule, market, reaches, overdue)
