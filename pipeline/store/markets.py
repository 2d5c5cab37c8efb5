"""Reads the law of a workspace: market files and products, each rule with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model import Effect, Finding, Gate, Market, Placement, Product, Rule, When, Where
from pipeline.store.files import read_text
from pipeline.store.market_checks import content_problems, market_problems, options_of, rule_lines
from pipeline.store.market_names import FOLDER, market_files
from pipeline.store.products import load_products
from pipeline.store.statements import load_statements

if TYPE_CHECKING:
    from pipeline.store.market_schema import MarketTable, RuleTable, WhenTable

__all__ = ["installed_effects", "load_markets", "load_products", "load_statements"]

GATES = {"self-declare": Gate.SELF_DECLARE, "login": Gate.LOGIN}


def load_markets(root: Path, effects: tuple[Effect, ...] | None = None) -> tuple[Market, ...]:
    """The markets of a workspace in the order of their codes, each with its own rules only.

    `stages.regulate.inherit` adds what they inherit. `effects` are those that rules may
    use; without it, all that are installed.

    Raises:
        ConfigError: with a finding for every problem of every market file.
    """
    known = installed_effects() if effects is None else effects
    products = load_products(root)
    markets: list[Market] = []
    findings: list[Finding] = []
    for path in market_files(root):
        _load(path, known, products, markets, findings)
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(markets)


def installed_effects() -> tuple[Effect, ...]:
    """Every rule effect of the `pipeline.effects` package."""
    from pipeline import effects
    from pipeline.plugins import collect

    return collect(effects, "EFFECT")


def _load(
    path: Path,
    effects: tuple[Effect, ...],
    products: tuple[Product, ...],
    markets: list[Market],
    findings: list[Finding],
) -> None:
    """Read one market file into `markets`, or its problems into `findings`."""
    from pipeline.store.market_schema import MarketTable
    from pipeline.store.toml import read_toml

    shown = f"{FOLDER}/{path.name}"
    try:
        table = read_toml(path, MarketTable, shown)
    except ConfigError as error:
        findings += error.as_findings()
        return
    text = read_text(path, shown)
    problems = market_problems(table, text, shown, effects, products)
    if not problems:
        market = _market(table, text, shown)
        problems = tuple(content_problems(market, effects))
        markets.append(market)
    findings += problems


def _market(table: MarketTable, text: str, shown: str) -> Market:
    """A market file's table as a value."""
    from pipeline.store.toml import line_of

    lines = rule_lines(text, len(table.rules))
    rules = tuple(
        _rule(rule, table, Where(shown, line))
        for rule, line in zip(table.rules, lines, strict=True)
    )
    return Market(
        code=table.market,
        parent=table.parent or "",
        languages=tuple(table.languages),
        owner=table.owner,
        zone=table.zone,
        publisher=table.publisher,
        publish=table.publish,
        authority=table.authority,
        rules=rules,
        where=Where(shown, line_of(text, ("market",))),
        stamped_by=tuple(table.stamped_by or ()),
        different_people=tuple(table.different_people or ()),
    )


def _rule(table: RuleTable, market: MarketTable, where: Where) -> Rule:
    """One `[[rules]]` table as a value."""
    return Rule(
        id=table.id,
        effect=table.effect,
        market=market.market,
        where=where,
        legal=tuple(table.legal),
        when=_when(table.when),
        slot=table.slot or "",
        statement=table.statement or "",
        placement=Placement(table.placement) if table.placement else None,
        gate=GATES[table.gate] if table.gate else Gate.NONE,
        reason=table.reason,
        authority=table.authority or market.authority,
        effective_from=table.effective_from,
        effective_until=table.effective_until,
        review_by=table.review_by,
        repealed=table.repealed,
        statutory=table.statutory or "",
        locked=table.locked,
        options=options_of(table),
    )


def _when(table: WhenTable) -> When:
    """The conditions of a rule as a value."""
    return When(
        audience=tuple(table.audience or ()),
        product=tuple(table.product or ()),
        product_kind=tuple(table.product_kind or ()),
        substance=tuple(table.substance or ()),
        category=tuple(table.category or ()),
    )
