"""A market's rules, the facts of a page and a day → publish, gate, add text, or block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.effects._rules import ask, in_order, refusal, unmet
from pipeline.errors import ConfigError
from pipeline.model import Effect, Finding, Market, PageFacts, Rule, Statement, Verdict

# A country lets a page be shown; what its parent permits is no answer to that.
NEVER_INHERITED = frozenset({"permit"})


def inherit(files: tuple[Market, ...]) -> tuple[Market, ...]:
    """Give each market the rules of its parents: global → EU → country.

    Takes markets with the rules of their own files. In the result a market's own rules come
    first, then its parent's, and so on; `regulate` lets the nearest one fill a slot.

    Raises:
        ConfigError: an unknown parent, a circle, a locked rule that a child would override,
            a rule id used twice in one line of parents, or a locale of two markets.
    """
    known = {market.code: market for market in files}
    findings: list[Finding] = list(_shared_locales(files))
    full: list[Market] = []
    for market in files:
        line, problems = _line_of(market, known)
        findings += problems or _overrides(line)
        passed_on = [r for m in line[1:] for r in m.rules if r.effect not in NEVER_INHERITED]
        full.append(replace(market, rules=(*market.rules, *passed_on)))
    if findings:
        raise ConfigError.of(tuple(dict.fromkeys(findings)))
    return tuple(full)


def market_of(markets: tuple[Market, ...], locale: str) -> Market | None:
    """The market that lists a locale among its languages, if any."""
    return next((market for market in markets if locale in market.languages), None)


def regulate(market: Market, facts: PageFacts, as_of: date, effects: tuple[Effect, ...]) -> Verdict:
    """What a market's law says of a page on a day, in the market's own zone.

    Every block is a finding with the rule, its legal reference, the authority and whom to
    ask. Demands and gate are told for a blocked page too: a reviewer must see it whole.
    """
    used = applicable(market, facts, as_of)
    verdict = Verdict(
        blocks=(*_parent_only(market), *_overdue(used, as_of, market)),
        valid_until=_valid_until(market, facts, as_of, used),
    )
    known = {effect.name for effect in effects}
    strange = tuple(
        refusal("law-unknown-effect", f"nothing knows the effect {rule.effect!r}", rule, market)
        for rule in used
        if rule.effect not in known
    )
    verdict = replace(verdict, blocks=verdict.blocks + strange)
    for effect in sorted(effects, key=lambda effect: (-effect.rank, effect.name)):
        mine = tuple(rule for rule in used if rule.effect == effect.name)
        verdict = effect.apply(mine, facts, market, verdict)
    return verdict


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


def _overdue(used: tuple[Rule, ...], as_of: date, market: Market) -> Iterator[Finding]:
    """A block for each rule whose law nobody has looked at since the day it was due."""
    for rule in used:
        if rule.review_by and as_of > rule.review_by:
            problem = f"the law behind it had to be reviewed by {rule.review_by}"
            yield refusal("law-review-overdue", problem, rule, market)


def _parent_only(market: Market) -> Iterator[Finding]:
    """A block for what only passes its rules on, as the EU does."""
    if not market.languages:
        problem = f"{market.code} lists no language: it passes rules on and is never published"
        yield Finding("law-parent-only", problem, market.where, ask(market))


def _valid_until(
    market: Market, facts: PageFacts, as_of: date, used: tuple[Rule, ...]
) -> date | None:
    """The last day for which the verdict is known to hold.

    A rule that is already written and starts later may change it, so the day before it
    starts counts too.
    """
    ends = [day for rule in used for day in (rule.review_by, rule.effective_until) if day]
    starts = (
        rule.effective_from
        for rule in market.rules
        if rule.effective_from and rule.effective_from > as_of and not unmet(rule.when, facts)
    )
    return min([*ends, *(start - timedelta(days=1) for start in starts)], default=None)


def _line_of(market: Market, known: dict[str, Market]) -> tuple[tuple[Market, ...], list[Finding]]:
    """A market with its parents, nearest first; or why the line has no end."""
    line = [market]
    while parent := line[-1].parent:
        child = line[-1]
        if parent not in known:
            hint = f"write locales/markets/{parent}.toml, or correct the parent"
            problem = f"{child.code} has a parent {parent!r} that has no file"
            return tuple(line), [Finding("law-unknown-parent", problem, child.where, hint)]
        if known[parent] in line:
            circle = " → ".join([*(m.code for m in line), parent])
            hint = "a line of parents must come to an end"
            problem = f"the parents of {market.code} go in a circle: {circle}"
            return tuple(line), [Finding("law-parent-circle", problem, child.where, hint)]
        line.append(known[parent])
    return tuple(line), []


def _overrides(line: tuple[Market, ...]) -> list[Finding]:
    """What the nearest market of a line does that its parents do not let it do."""
    findings = []
    above = [rule for parent in line[1:] for rule in parent.rules]
    locked = {rule.slot: rule for rule in above if rule.locked and rule.slot}
    ids = {rule.id: rule for rule in above}
    for rule in line[0].rules:
        if rule.slot in locked:
            held = locked[rule.slot]
            problem = f"rule {rule.id} would override {held.id} of {held.market}, which is locked"
            hint = f"take the rule out, or ask the owner of {held.market} to unlock the slot"
            findings.append(Finding("law-locked", problem, rule.where, hint))
        if rule.id in ids:
            problem = f"{ids[rule.id].market} has a rule {rule.id!r} already"
            hint = "give it an id of its own; to replace a parent's rule, use its slot"
            findings.append(Finding("law-rule-twice", problem, rule.where, hint))
    return findings


def _shared_locales(files: tuple[Market, ...]) -> Iterator[Finding]:
    """A finding for each locale of two markets: a page has one law."""
    first: dict[str, str] = {}
    for market in files:
        for locale in market.languages:
            if first.setdefault(locale, market.code) != market.code:
                problem = f"{locale} belongs to {first[locale]} already"
                hint = "a locale belongs to one market, because a page has one law"
                yield Finding("law-locale-twice", problem, market.where, hint)
