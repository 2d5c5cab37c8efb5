"""The `[[facts]]` of source/products.toml → what is so in a market: registrations, approvals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model import Fact, Finding, Market, Product, Where
from pipeline.store.files import read_text
from pipeline.store.market_names import near, unknown_market
from pipeline.store.products import PRODUCTS
from pipeline.store.statements import INVISIBLE

if TYPE_CHECKING:
    from pipeline.store.market_schema import FactTable


def load_facts(
    root: Path, products: tuple[Product, ...], markets: tuple[Market, ...]
) -> tuple[Fact, ...]:
    """The facts of a workspace in the order of the file; none without a file.

    Raises:
        ConfigError: with a finding for every problem: a product, market or locale that is
            not there, a value that cannot be shown, dates in the wrong order, two facts that
            say different things of the same matter on the same day.
    """
    path = root / PRODUCTS
    if not path.exists():
        return ()
    from pipeline.store.market_schema import ProductsFile
    from pipeline.store.toml import line_of, read_toml

    tables = read_toml(path, ProductsFile, PRODUCTS).facts
    text = read_text(path, PRODUCTS)
    facts = tuple(
        _fact(table, Where(PRODUCTS, line_of(text, ("facts", number))))
        for number, table in enumerate(tables)
    )
    findings = [
        *(problem for fact in facts for problem in _problems(fact, products, markets)),
        *_contradictions(facts),
    ]
    if findings:
        raise ConfigError.of(tuple(sorted(findings, key=lambda finding: finding.where.line)))
    return facts


def _fact(table: FactTable, where: Where) -> Fact:
    """One `[[facts]]` table as a value."""
    return Fact(
        name=table.name,
        market=table.market,
        value=table.value,
        where=where,
        product=table.product or "",
        article=table.article or "",
        locale=table.locale or "",
        text=table.text or "",
        holder=table.holder or "",
        authority=table.authority or "",
        source=table.source,
        valid_from=table.valid_from,
        valid_until=table.valid_until,
        sample=table.sample,
    )


def _problems(
    fact: Fact, products: tuple[Product, ...], markets: tuple[Market, ...]
) -> Iterator[Finding]:
    """What is wrong with one fact by itself."""
    known = {market.code: market for market in markets}
    ids = [product.id for product in products]
    market = known.get(fact.market)
    if market is None:
        yield unknown_market(fact.market, frozenset(known), fact.where)
    elif fact.locale and fact.locale not in market.languages:
        problem = f"{fact.locale} is no locale of {fact.market}"
        hint = f"its locales are {', '.join(market.languages) or 'none: it only passes rules on'}"
        yield Finding("bad-value", problem, fact.where, hint)
    if fact.product and fact.product not in ids:
        hint = near(fact.product, ids, "describe it in this file")
        problem = f"there is no product {fact.product!r}"
        yield Finding("unknown-product", problem, fact.where, hint)
    if fact.valid_from and fact.valid_until and fact.valid_from > fact.valid_until:
        problem = f"the fact {fact.name!r} ends on {fact.valid_until}, before it starts"
        hint = "valid_until is the last day on which it holds"
        yield Finding("bad-value", problem, fact.where, hint)
    yield from _value_problems(fact)


def _value_problems(fact: Fact) -> Iterator[Finding]:
    """A value is shown in legal texts, so what cannot be seen or read alone is refused."""
    for character in dict.fromkeys(fact.value):
        if character in "{}" or unicodedata.category(character) in INVISIBLE:
            name = unicodedata.name(character, "control character")
            problem = f"the value of {fact.name!r} holds U+{ord(character):04X} ({name})"
            yield Finding("bad-value", problem, fact.where, "write it as the paper shows it")
    if unicodedata.normalize("NFC", fact.value) != fact.value:
        problem = f"the value of {fact.name!r} is not in Unicode form NFC"
        yield Finding("bad-value", problem, fact.where, "save it with composed characters")


def _contradictions(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """Facts of one matter that hold on one day: which of them is true is not for us to guess."""
    by_matter: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        matter = (fact.name, fact.market, fact.product, fact.article, fact.locale, fact.text)
        earlier = by_matter.setdefault(matter, [])
        other = next((one for one in earlier if _overlap(one, fact)), None)
        if other:
            problem = (
                f"the fact {fact.name!r} of {fact.market} stands at line {other.where.line} too"
            )
            hint = "keep one, or let the first end (valid_until) before the second starts"
            yield Finding("fact-twice", problem, fact.where, hint)
        earlier.append(fact)


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether there is a day on which both facts hold."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_until or date.max, other.valid_until or date.max)
