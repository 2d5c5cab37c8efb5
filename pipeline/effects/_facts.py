"""A name and the facts of a page → what is on file under it, or why nothing of it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model import Fact, Finding, Market, PageFacts, Product, Where

# Why a fact does not count, the one that is nearest to counting first.
_NEAREST = (
    "law-fact-ends-early",
    "law-fact-other-text",
    "law-fact-sample",
    "law-fact-expired",
    "law-fact-missing",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is on file: the facts that count, the longest first, or why none does."""

    facts: tuple[Fact, ...]
    lack: Finding | None = None


def find(
    name: str,
    product: Product | None,
    facts: PageFacts,
    market: Market,
    *,
    for_text: bool = False,
) -> Found:
    """The facts of that name that count for a page on its day, for one of its products.

    `for_text` asks for facts that were given for the page's own words. A fact that names
    words never counts for others, whether it is asked or not.
    """
    scope = [fact for fact in facts.facts if in_scope(fact, name, product, facts, market)]
    lacks = {fact: _lack(fact, facts, for_text=for_text) for fact in scope}
    counting = sorted((fact for fact, lack in lacks.items() if lack is None), key=_longest)
    return Found(tuple(counting), None if counting else _nearest(facts, lacks))


def in_scope(
    fact: Fact, name: str, product: Product | None, facts: PageFacts, market: Market
) -> bool:
    """Whether a fact speaks of the market, the product and the page at all."""
    return (
        fact.name == name
        and fact.market == market.code
        and fact.product in {"", product.id if product else ""}
        and fact.article in {"", facts.article}
        and fact.locale in {"", facts.locale}
    )


def _lack(fact: Fact, facts: PageFacts, *, for_text: bool) -> Finding | None:
    """Why a fact does not count on the day; None when it does."""
    there, where = f"that of {fact.where}", fact.where
    if fact.valid_until and fact.valid_until < facts.as_of:
        return Finding("law-fact-expired", f"{there} held until {fact.valid_until}", where)
    if fact.valid_from and fact.valid_from > facts.as_of:
        return Finding("law-fact-missing", f"{there} holds only from {fact.valid_from}", where)
    if fact.sample and not facts.samples:
        return Finding("law-fact-sample", f"{there} is an example and no fact", where)
    if for_text and not fact.text:
        wanted = f"; the digest of this page's words is {facts.text}" if facts.text else ""
        problem = f"{there} does not say for which words it was given{wanted}"
        return Finding("law-fact-other-text", problem, where)
    if fact.text and facts.text and fact.text != facts.text:
        problem = f"{there} was given for other words ({fact.text}), this page's are {facts.text}"
        return Finding("law-fact-other-text", problem, where)
    if fact.valid_until and fact.valid_until < facts.next_build:
        ends = f"holds until {fact.valid_until}, and the next build is on {facts.next_build}"
        return Finding("law-fact-ends-early", f"{there} {ends}", where)
    return None


def _nearest(facts: PageFacts, lacks: Mapping[Fact, Finding | None]) -> Finding:
    """Nothing counts: the reason of what comes nearest."""
    told = [lack for lack in lacks.values() if lack]
    if told:
        return min(told, key=lambda lack: (_NEAREST.index(lack.code), lack.where.line))
    wanted = f", for the words {facts.text}" if facts.text else ""
    problem = f"none is on file{wanted}; add it to source/products.toml under [[facts]]"
    return Finding("law-fact-missing", problem, Where("source/products.toml"))


def _longest(fact: Fact) -> tuple[int, int, str]:
    """What stands first: a fact that holds longer; the rest is for a fixed order."""
    return -(fact.valid_until or date.max).toordinal(), fact.where.line, fact.value
