"""Market files, products and statements on disk → a verdict for each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model import (
    Article,
    Demand,
    Effect,
    Finding,
    Market,
    Moment,
    PageFacts,
    Product,
    Statement,
    Term,
    Verdict,
    Where,
)
from pipeline.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Law:
    """The law of every market of a workspace, on the day of one moment in its own zone."""

    markets: tuple[Market, ...]
    products: Mapping[str, Product]
    statements: Mapping[tuple[str, str], Statement]  # by locale and id
    effects: tuple[Effect, ...]
    as_of: Moment
    terms: tuple[Term, ...] = ()

    @property
    def locales(self) -> tuple[tuple[str, Market], ...]:
        """Each locale with its market, in the order of the locales."""
        pairs = [(locale, market) for market in self.markets for locale in market.languages]
        return tuple(sorted(pairs, key=lambda pair: pair[0]))

    def day_in(self, market: Market) -> date:
        """The day on which a market's pages are judged: that of its own zone."""
        return self.as_of.day_in(market.zone)


def read_law(workspace: Workspace, as_of: Moment) -> Law:
    """Read the law of a workspace.

    Raises:
        PolicyError: with every problem of the market and products files, and whom to ask.
    """
    from pipeline.store.owners import law_of

    with law_of(workspace.root):
        return _read_law(workspace, as_of)


def _read_law(workspace: Workspace, as_of: Moment) -> Law:
    """The law of a workspace; a ConfigError tells what is wrong with it."""
    from pipeline.stages.regulate import inherit
    from pipeline.store.markets import installed_effects, load_markets, load_products
    from pipeline.store.statements import load_statements
    from pipeline.store.terms import load_terms

    effects = installed_effects()
    markets = inherit(load_markets(workspace.root, effects))
    statements = {
        (locale, statement.id): statement
        for market in markets
        for locale in market.languages
        for statement in load_statements(workspace.root, locale)
    }
    described = load_products(workspace.root)
    products = {product.id: product for product in described}
    terms = load_terms(workspace.root, described)
    return Law(markets, products, statements, effects, as_of, terms)


def judge(article: Article, locale: str, market: Market, law: Law) -> Verdict:
    """What a market's law says of an article in one of its locales."""
    from pipeline.stages.regulate import regulate, with_words

    unknown = unknown_products(article, law)
    if unknown:
        return Verdict(blocks=unknown)
    verdict = regulate(market, facts_of(article, law), law.day_in(market), law.effects)
    return with_words(verdict, market, locale, tuple(law.statements.values()))


def facts_of(article: Article, law: Law) -> PageFacts:
    """What the law asks about an article; products that nobody has described are left out."""
    return PageFacts(
        article=article.id,
        audience=article.audience,
        category=next((field.text for field in article.fields if field.key == "category"), ""),
        products=tuple(law.products[name] for name in article.products if name in law.products),
    )


def texts_of(verdict: Verdict, locale: str, law: Law) -> tuple[tuple[Demand, Statement], ...]:
    """The statements that a page must carry, each with its text in the page's locale."""
    return tuple(
        (demand, law.statements[locale, demand.statement])
        for demand in verdict.demands
        if (locale, demand.statement) in law.statements
    )


def unknown_products(article: Article, law: Law) -> tuple[Finding, ...]:
    """Products that an article declares and nobody has described."""
    return tuple(
        Finding(
            "unknown-product",
            f"the article declares the product {name!r}, which source/products.toml lacks",
            Where(article.path, 1),
            f"describe it there; known products: {', '.join(sorted(law.products)) or 'none'}",
        )
        for name in article.products
        if name not in law.products
    )
