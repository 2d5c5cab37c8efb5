"""A judged page → the texts that its approvers put their names to, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum

from pipeline.model import (
    Demand,
    Fact,
    Localized,
    Market,
    PageFacts,
    Rule,
    Statement,
    Verdict,
    When,
)
from pipeline.stages.evidence import canonical, reader_text

# What a rule is bound by: all of it but the place where it stands in its file.
_RULE = tuple(field.name for field in fields(Rule) if field.name not in {"where", "when"})
_WHEN = tuple(field.name for field in fields(When))
_FACT = tuple(field.name for field in fields(Fact) if field.name != "where")


def words_evidence(source: str, localized: Localized) -> dict[str, str]:
    """What a words stamp binds: the whole source file, and all words of its translation."""
    return {"source": canonical(source), "words": reader_text(localized)}


def page_evidence(
    localized: Localized,
    law: str,
    statements: Iterable[tuple[Demand, Statement]],
    frame: Mapping[str, str],
    media: Mapping[str, str],
) -> dict[str, str]:
    """What a page stamp binds: all that a reader perceives, and the law that it rests on.

    `frame` are the words of the templates around the article by their source, `media` the
    addresses of links and the digests of images by name. Template markup and style go into
    a release's manifest and not in here: a new colour must not void thirty markets.
    """
    return {
        "words": reader_text(localized),
        "law": law,
        "statements": canonical("\n".join(map(_statement, statements))),
        "frame": _lines(frame),
        "media": _lines(media),
    }


def law_text(market: Market, facts: PageFacts, rules: Iterable[Rule], verdict: Verdict) -> str:
    """What a market's law says of a page, and of what page: rules, gate, facts and claims."""
    products = (
        f"product {p.id}: {p.kind}, {p.status_in(market.code) or 'not sold'}"
        for p in facts.products
    )
    rows = [
        f"market: {market.code}",
        f"audience: {facts.audience.value}",
        f"category: {facts.category}",
        f"publisher: {market.publisher}",
        f"host: {facts.host}",
        *products,
        *(f"claim {claim}" for claim in facts.claims),
        f"gate: {verdict.gate.name.lower()}",
        *(f"rule {_told(rule, _RULE)}; {_told(rule.when, _WHEN)}" for rule in rules),
        *(f"fact {_told(fact, _FACT)}" for fact in verdict.facts),
    ]
    return canonical("\n".join(rows))


def _statement(demanded: tuple[Demand, Statement]) -> str:
    demand, statement = demanded
    head = f"{demand.placement.value} {statement.id} ({demand.rule.id})"
    return "\n".join([head, *(f"  {sentence}" for sentence in statement.sentences)])


def _told(value: object, names: tuple[str, ...]) -> str:
    """The fields of a value that say something, in their order."""
    told = ((name, getattr(value, name)) for name in names)
    return "; ".join(f"{name} = {_plain(one)}" for name, one in told if one)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return value.name.lower() if isinstance(value, Enum) else str(value)


def _lines(table: Mapping[str, str]) -> str:
    return canonical("\n".join(f"{key}: {value}" for key, value in sorted(table.items())))
