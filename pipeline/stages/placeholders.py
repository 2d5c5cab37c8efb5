"""Statements with `{fact}` and the facts on file → the same with the facts' values in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pipeline.effects._facts import find, in_scope
from pipeline.effects._rules import refusal
from pipeline.model import Demand, Fact, Finding, Market, PageFacts, Statement, Verdict

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def with_placeholders(
    verdict: Verdict, market: Market, facts: PageFacts, statements: Mapping[str, Statement]
) -> Verdict:
    """Note what each placeholder of a demanded statement stands for; block what nothing fills.

    `facts` are those of the page on its day, in its locale; `statements` those of the locale
    by their ids.
    """
    blocks: list[Finding] = []
    used: dict[str, Fact] = {}
    for demand in verdict.demands:
        if demand.statement not in statements:
            continue
        for name in _names(statements[demand.statement]):
            fact, problem = _value(name, market, facts)
            if fact:
                used[name] = fact
            else:
                blocks.append(_unresolved(name, problem, demand, statements, market))
    shown = tuple(sorted((name, fact.value) for name, fact in used.items()))
    ends = [end for name, fact in used.items() for end in _ends(name, fact, market, facts)]
    ends += [verdict.valid_until] if verdict.valid_until else []
    return replace(
        verdict,
        blocks=(*verdict.blocks, *dict.fromkeys(blocks)),
        facts=tuple(dict.fromkeys((*verdict.facts, *used.values()))),
        shown=shown,
        valid_until=min(ends, default=None),
    )


def filled(statement: Statement, verdict: Verdict) -> Statement:
    """A statement with the values of a verdict in place; what has none stays as it is."""
    values = dict(verdict.shown)
    sentences = (
        _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), sentence)
        for sentence in statement.sentences
    )
    return replace(statement, sentences=tuple(sentences))


def _names(statement: Statement) -> tuple[str, ...]:
    """The placeholders of a statement, and each brace that belongs to none."""
    text = "\n".join(statement.sentences)
    strays = re.findall("[{}]", _PLACEHOLDER.sub("", text))
    return tuple(dict.fromkeys([*_PLACEHOLDER.findall(text), *strays]))


def _value(name: str, market: Market, facts: PageFacts) -> tuple[Fact | None, str]:
    """The fact whose value stands for a name; or why there is none, or more than one."""
    nearest: list[Fact] = []
    for product in facts.products or (None,):
        found = find(name, product, facts, market)
        if found.lack:
            whom = f"for product {product.id!r}, " if product else ""
            return None, f"{whom}{found.lack.message}"
        closest = max(map(_nearness, found.facts))
        nearest += [fact for fact in found.facts if _nearness(fact) == closest]
    values = sorted({fact.value for fact in nearest})
    if len(values) > 1:
        return None, f"the facts on file disagree: {', '.join(map(repr, values))}"
    return nearest[0], ""


def _nearness(fact: Fact) -> int:
    """How closely a fact is tied to a page: its product, article, locale or words."""
    return sum(map(bool, (fact.product, fact.article, fact.locale, fact.text)))


def _ends(name: str, fact: Fact, market: Market, facts: PageFacts) -> Iterator[date]:
    """The last days on which the value is known to stand there.

    A fact that starts later may be nearer to the page, so the day before it counts too.
    """
    if fact.valid_until:
        yield fact.valid_until
    for other in facts.facts:
        scoped = any(
            in_scope(other, name, product, facts, market) for product in facts.products or (None,)
        )
        if scoped and other.valid_from and other.valid_from > facts.as_of:
            yield other.valid_from - timedelta(days=1)


def _unresolved(
    name: str, problem: str, demand: Demand, statements: Mapping[str, Statement], market: Market
) -> Finding:
    """The block for a placeholder that nothing fills."""
    statement = statements[demand.statement]
    if name in "{}":
        said = f"{statement.where} has a {name!r} that belongs to no placeholder"
    else:
        said = f"{statement.where} shows {{{name}}}, and no fact can fill it: {problem}"
    return refusal("law-placeholder-unresolved", said, demand.rule, market)
