"""Market files, products and statements on disk → a verdict for each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.model import (
    Article,
    Claim,
    Demand,
    Effect,
    Fact,
    Finding,
    Localized,
    Market,
    Moment,
    PageFacts,
    Product,
    Site,
    Statement,
    Statutory,
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
    site: Site
    terms: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    statutory: tuple[Statutory, ...] = ()

    @property
    def locales(self) -> tuple[tuple[str, Market], ...]:
        """Each locale with its market, in the order of the locales."""
        pairs = [(locale, market) for market in self.markets for locale in market.languages]
        return tuple(sorted(pairs, key=lambda pair: pair[0]))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all markets, those that are only parents among them."""
        return tuple(market.code for market in self.markets)

    def parents_of(self, market: Market) -> tuple[str, ...]:
        """The codes of the markets that one inherits from, the nearest first."""
        by_code = {one.code: one for one in self.markets}
        line = []
        while market.parent:
            market = by_code[market.parent]
            line.append(market.code)
        return tuple(line)

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
    from pipeline.stages.inherit import inherit
    from pipeline.store.claims import load_claims
    from pipeline.store.facts import load_facts
    from pipeline.store.markets import installed_effects, load_markets, load_products
    from pipeline.store.statements import load_statements
    from pipeline.store.statutory import load_statutory
    from pipeline.store.terms import load_terms

    effects = installed_effects()
    files = load_markets(workspace.root, effects)
    markets = inherit(files)
    statements = {
        (locale, statement.id): statement
        for market in markets
        for locale in market.languages
        for statement in load_statements(workspace.root, locale)
    }
    described = load_products(workspace.root)
    return Law(
        markets=markets,
        products={product.id: product for product in described},
        statements=statements,
        effects=effects,
        as_of=as_of,
        site=workspace.site,
        terms=load_terms(workspace.root, described),
        facts=load_facts(workspace.root, described, markets),
        claims=load_claims(workspace.root),
        statutory=load_statutory(workspace.root, files),
    )


def judge(
    article: Article, locale: str, market: Market, law: Law, localized: Localized | None
) -> Verdict:
    """What a market's law says of an article in one of its locales.

    Without its words (None) the question is what the law says of a page with the right ones:
    what an authority approved for some words is not compared. A page that readers are to see
    is judged with them.
    """
    from pipeline.stages.placeholders import with_placeholders
    from pipeline.stages.regulate import next_build, regulate, with_words
    from pipeline.stages.statutory import with_statutory

    unknown = unknown_products(article, law)
    if unknown:
        return Verdict(blocks=unknown)
    day = law.day_in(market)
    facts = replace(
        facts_of(article, law),
        as_of=day,
        next_build=next_build(day, law.site.build_every),
        locale=locale,
        text=_words_of(localized, market, law),
    )
    verdict = regulate(market, facts, day, law.effects)
    verdict = with_words(verdict, market, locale, tuple(law.statements.values()))
    own = {name: text for (of, name), text in law.statements.items() if of == locale}
    verdict = with_statutory(verdict, market, locale, own, law.statutory, day)
    return with_placeholders(verdict, market, facts, own)


def _words_of(localized: Localized | None, market: Market, law: Law) -> str:
    """The digest of a page's words, where some fact or rule of its market may ask for it."""
    from pipeline.stages.evidence import digest, reader_text

    asked = any(fact.text for fact in law.facts if fact.market == market.code)
    if localized and (asked or any(rule.option("for_text") for rule in market.rules)):
        return digest(reader_text(localized))
    return ""


def facts_of(article: Article, law: Law) -> PageFacts:
    """What the law asks about an article; products that nobody has described are left out."""
    from urllib.parse import urlsplit

    return PageFacts(
        article=article.id,
        audience=article.audience,
        category=next((field.text for field in article.fields if field.key == "category"), ""),
        products=tuple(law.products[name] for name in article.products if name in law.products),
        claims=article.claims,
        known_claims=law.claims,
        host=urlsplit(law.site.base_url).hostname or "",
        facts=law.facts,
        samples=law.site.assurance == "sample",
    )


def texts_of(verdict: Verdict, locale: str, law: Law) -> tuple[tuple[Demand, Statement], ...]:
    """The statements that a page must carry, each with its text in the page's locale."""
    from pipeline.stages.placeholders import filled

    return tuple(
        (demand, filled(law.statements[locale, demand.statement], verdict))
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


def names_of(article: Article, law: Law) -> tuple[str, ...]:
    """The names of the products that an article declares."""
    declared = (law.products[key] for key in article.products if key in law.products)
    return tuple(name for product in declared for name in product.names)
