"""The languages of a market → which pages wait for another language of the same article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.effects._rules import ask
from pipeline.model import Finding, Market

ALL = "all"  # `publish` of a market whose languages go live together


def waiting(market: Market, ready: Mapping[str, bool]) -> Mapping[str, Finding]:
    """The locales of one article that must wait, each with the finding that says for whom.

    `ready` tells of each locale of the market whether its page could go live by itself.
    """
    late = sorted(locale for locale, is_ready in ready.items() if not is_ready)
    if market.publish != ALL or not late:
        return {}
    return {locale: _waits(market, late) for locale, is_ready in ready.items() if is_ready}


def _waits(market: Market, late: Iterable[str]) -> Finding:
    problem = (
        f"{market.code} publishes its languages together, and {', '.join(late)} is not ready yet"
    )
    hint = f"finish that language, or {ask(market)}: whether one may go first"
    return Finding("market-waits", problem, market.where, hint)
