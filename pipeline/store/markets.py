"""Reads the law of a workspace: market files and products, each rule with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model import Effect, Finding, Gate, Market, Placement, Product, Rule, When, Where
from pipeline.store.files import read_text
from pipeline.store.market_checks import market_problems, options_of, rule_lines
from pipeline.store.statements import load_statements

if TYPE_CHECKING:
    from pipeline.store.market_schema import MarketTable, RuleTable, WhenTable

__all__ = ["installed_effects", "load_markets", "load_products", "load_statements"]

FOLDER = "locales/markets"
PRODUCTS = "source/products.toml"
# Files of this folder that are not markets.
OTHER_FILES = frozenset({"claims.toml", "people.toml"})
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
    folder = root / FOLDER
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        if path.name not in OTHER_FILES:
            _load(path, known, products, markets, findings)
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(markets)


def installed_effects() -> tuple[Effect, ...]:
    """Every rule effect of the `pipeline.effects` package."""
    from pipeline import effects
    from pipeline.plugins import collect

    return collect(effects, "EFFECT")


def load_products(root: Path) -> tuple[Product, ...]:
    """The products of a workspace in the order of the file; none without a file.

    Raises:
        ConfigError: with a finding for every problem of the file.
    """
    path = root / PRODUCTS
    if not path.exists():
        return ()
    from pipeline.store.market_schema import ProductsFile
    from pipeline.store.toml import line_of, read_toml

    tables = read_toml(path, ProductsFile, PRODUCTS).products
    products = tuple(
        Product(
            key, tuple(table.names), table.kind, tuple(table.substances), tuple(table.exact_case)
        )
        for key, table in tables.items()
    )
    text = read_text(path, PRODUCTS)
    findings = []
    owners: dict[str, str] = {}
    for product in products:
        where = Where(PRODUCTS, line_of(text, ("products", product.id)))
        if product.kind == "none":
            hint = "give the kind that the markets' rules ask for, such as coronary-des"
            findings.append(Finding("bad-value", "'none' means: no product", where, hint))
        for name in product.names:
            if owners.setdefault(name, product.id) != product.id:
                problem = f"{name!r} is a name of {owners[name]!r} already"
                findings.append(Finding("product-name-twice", problem, where, "leave one out"))
        for name in product.exact_case:
            if name not in product.names:
                problem = f"exact_case: {name!r} is no name of {product.id!r}"
                hint = f"its names are {', '.join(product.names)}"
                findings.append(Finding("bad-value", problem, where, hint))
    if findings:
        raise ConfigError.of(tuple(findings))
    return products


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
    findings += problems
    if not problems:
        markets.append(_market(table, text, shown))


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
