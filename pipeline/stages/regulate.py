"""A market's rules, the facts of a page and a day → publish, gate, add text, or block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.effects._rules import ask, in_order, refusal, unmet
from pipeline.model import (
    Effect,
    Finding,
    Market,
    PageFacts,
    Product,
    Rule,
    Statement,
    Verdict,
)
from pipeline.stages.claims import claim_blocks, claims_until


def market_of(markets: tuple[Market, ...], locale: str) -> Market | None:
    """The market that lists a locale among its languages, if any."""
    return next((market for market in markets if locale in market.languages), None)


def regulate(market: Market, facts: PageFacts, as_of: date, effects: tuple[Effect, ...]) -> Verdict:
    """What a market's law says of a page on a day, in the market's own zone.

    Every block is a finding with the rule, its legal reference, the authority and whom to
    ask. Demands and gate are told for a blocked page too: a reviewer must see it whole.
    """
    facts = replace(facts, as_of=as_of)
    used = applicable(market, facts, as_of)
    known = {effect.name for effect in effects}
    strange = tuple(
        refusal("law-unknown-effect", f"nothing knows the effect {rule.effect!r}", rule, market)
        for rule in used
        if rule.effect not in known
    )
    verdict = Verdict()
    for effect in sorted(effects, key=lambda effect: (-effect.rank, effect.name)):
        mine = tuple(rule for rule in used if rule.effect == effect.name)
        verdict = effect.apply(mine, facts, market, verdict)
    # A statement that gave way has no say any more, and neither has its review.
    gone = {rule.option("suppresses")[0] for rule in verdict.suppressions}
    kept = tuple(rule for rule in used if rule.id not in gone)
    first = (*_parent_only(market), *_outdated(kept, as_of, market), *strange)
    more = (*_unavailable(market, facts), *claim_blocks(market, facts))
    ends = (verdict.valid_until, _valid_until(market, facts, kept), claims_until(facts))
    return replace(
        verdict,
        blocks=(*first, *verdict.blocks, *more),
        valid_until=min((end for end in ends if end), default=None),
    )


def next_build(day: date, every: int) -> date:
    """The day of the next build, when there is one every so many days."""
    return day + timedelta(days=min(every, (date.max - day).days))


def with_words(
    verdict: Verdict, market: Market, locale: str, statements: tuple[Statement, ...]
) -> Verdict:
    """Add a block for each demanded statement that has no text in the page's locale.

    There is no fallback to another language or another market's law.
    """
    have = {statement.id for statement in statements if statement.locale == locale}
    folder = f"locales/{locale.replace('-', '_')}/statements"
    missing = tuple(
        refusal(
            "law-statement-missing",
            f"{folder}/{demand.statement}.txt is missing, and the page must carry it",
            demand.rule,
            market,
        )
        for demand in verdict.demands
        if demand.statement not in have
    )
    return replace(verdict, blocks=verdict.blocks + missing)


def applicable(market: Market, facts: PageFacts, as_of: date) -> tuple[Rule, ...]:
    """The rules that speak of a page on a day, in an order of their own."""
    reasons = explain(market, facts, as_of)
    return in_order(rule for rule, why_not in reasons if not why_not)


def explain(market: Market, facts: PageFacts, as_of: date) -> tuple[tuple[Rule, str], ...]:
    """Each rule of a market with why it does not speak of a page; "" when it does."""
    why = [(rule, _not_in_force(rule, as_of) or unmet(rule.when, facts)) for rule in market.rules]
    nearest: dict[tuple[str, str], str] = {}
    for rule, why_not in why:
        if rule.slot and not why_not:
            nearest.setdefault((rule.effect, rule.slot), rule.market)
    return tuple((rule, why_not or _replaced(rule, nearest)) for rule, why_not in why)


def _replaced(rule: Rule, nearest: dict[tuple[str, str], str]) -> str:
    """Why a parent's rule gives way: a nearer one that speaks of this page fills its slot.

    A child's rule for other pages, or for a later day, takes nothing away from this page.
    """
    winner = nearest.get((rule.effect, rule.slot), rule.market)
    return "" if winner == rule.market else f"{winner} fills the slot {rule.slot!r} itself"


def _not_in_force(rule: Rule, as_of: date) -> str:
    """Why a rule does not hold on a day; both its first and its last day count."""
    if rule.effective_from and as_of < rule.effective_from:
        return f"it holds from {rule.effective_from}"
    if rule.effective_until and as_of > rule.effective_until:
        return f"it held until {rule.effective_until}"
    return ""


def _outdated(used: tuple[Rule, ...], as_of: date, market: Market) -> Iterator[Finding]:
    """A block for each rule whose law is gone, or that nobody has looked at when it was due."""
    for rule in used:
        if rule.repealed and as_of >= rule.repealed:
            problem = f"the law behind it was repealed with effect from {rule.repealed}"
            yield refusal("law-repealed", problem, rule, market)
        if rule.review_by and as_of > rule.review_by:
            problem = f"the law behind it had to be reviewed by {rule.review_by}"
            yield refusal("law-review-overdue", problem, rule, market)


def _unavailable(market: Market, facts: PageFacts) -> Iterator[Finding]:
    """A block for each product of which nobody has said that it may be sold in the market."""
    for product in facts.products:
        if problem := _not_available(product, market, facts):
            message = f"{market.code}: {problem}"
            yield Finding("law-product-unavailable", message, product.where, ask(market))


def _not_available(product: Product, market: Market, facts: PageFacts) -> str:
    """Why a product does not count as available in a market; "" when it does."""
    status = product.status_in(market.code)
    if not status:
        return (
            f"nobody has said whether the product {product.id!r} is available there; "
            f"say it in source/products.toml under [products.{product.id}.markets]"
        )
    if status != "available":
        return f"the product {product.id!r} is {status} there, so no page may name it"
    if product.sample and not facts.samples:
        return f"only an example says that the product {product.id!r} is available there"
    return ""


def _parent_only(market: Market) -> Iterator[Finding]:
    """A block for what only passes its rules on, as the EU does."""
    if not market.languages:
        problem = f"{market.code} lists no language: it passes rules on and is never published"
        yield Finding("law-parent-only", problem, market.where, ask(market))


def _valid_until(market: Market, facts: PageFacts, used: tuple[Rule, ...]) -> date | None:
    """The last day for which the rules are known to say the same.

    A rule that is already written and starts later may change it, so the day before it
    starts counts too; and so does the day before a law is repealed.
    """
    starts = [
        rule.effective_from
        for rule in market.rules
        if rule.effective_from and rule.effective_from > facts.as_of and not unmet(rule.when, facts)
    ]
    repealed = [r.repealed for r in used if r.repealed and r.repealed > facts.as_of]
    ends = [day for rule in used for day in (rule.review_by, rule.effective_until) if day]
    return min([*ends, *(day - timedelta(days=1) for day in (*starts, *repealed))], default=None)
