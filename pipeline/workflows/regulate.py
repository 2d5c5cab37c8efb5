"""A workspace → what each market's law says of its articles, and why, as officers read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import Act, Article, Audience, Finding, Market, Moment, Site
from pipeline.stages.due import (
    Dated,
    Event,
    falling_due,
    of_claim,
    of_fact,
    of_stamp,
    of_wording,
)
from pipeline.stages.matrix import Cell, Column, Given, Matrix, Wording, judged, make_matrix
from pipeline.stages.tell import READERS, Told, tell
from pipeline.store.approvals import load_ledgers
from pipeline.store.files import write_atomic
from pipeline.store.statutory import FOLDER as STATUTORY
from pipeline.store.workspace import open_workspace
from pipeline.workflows.law import Law, facts_of, read_law, unknown_products
from pipeline.workflows.pages import Pages, plan_pages, refuse_unknown

# What blocks a page for what its words name or leave unnamed, and not for its law.
NAMING = frozenset({"law-undeclared-product", "law-product-dropped"})
# What blocks a page for words that are not those that the law or an authority wants.
WORDING = frozenset(
    {"law-forbidden-wording", "law-fact-other-text", "law-statutory-differs"}
    | {"law-placeholder-unresolved"}
)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question about pages that are not as their articles say; empty: as they are."""

    audiences: tuple[Audience, ...] = ()  # readers to judge for, in place of an article's own
    without: tuple[str, ...] = ()  # ids of products that the pages do not name

    @property
    def told(self) -> tuple[str, ...]:
        """What is supposed, in words."""
        readers = " and again for ".join(READERS[audience.value] for audience in self.audiences)
        supposed = [f"every article is for {readers}"] if readers else []
        return (*supposed, *(f"no article names {name}" for name in self.without))


@dataclass(frozen=True, slots=True)
class Judged:
    """The matrix of a workspace, and what could not be read on the way."""

    site: Site
    matrix: Matrix
    what_if: WhatIf
    findings: tuple[Finding, ...]
    exit_code: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One market's law on one article, rule by rule; a cell for each kind of readers."""

    cells: tuple[tuple[Cell, tuple[Told, ...]], ...]
    as_of: Moment
    findings: tuple[Finding, ...]
    exit_code: int


def judge_all(
    root: Path,
    as_of: Moment,
    markets: tuple[str, ...] = (),
    articles: tuple[str, ...] = (),
    what_if: WhatIf | None = None,
    locales: tuple[str, ...] = (),
) -> Judged:
    """Judge articles by the law of markets; without names, all articles and published markets.

    With `locales`, the words of these alone are read: only their marks are told.

    Raises:
        ConfigError: the settings or a template cannot be read.
        PolicyError: the law cannot be read.
        UsageError: a market, article or product that is asked for does not exist.
    """
    supposed = what_if or WhatIf()
    pages = plan_pages(root, as_of, locales, articles)
    chosen = _markets(pages.law, markets)
    columns = _columns(pages, articles, supposed)
    matrix = make_matrix(chosen, columns, _given(pages))
    return Judged(pages.workspace.site, matrix, supposed, pages.findings, pages.exit_code)


def explain_page(
    root: Path, as_of: Moment, market: str, article: str, what_if: WhatIf | None = None
) -> Explained:
    """Tell of each rule of a market whether it speaks of an article, and why.

    Raises:
        ConfigError: the settings or a template cannot be read.
        PolicyError: the law cannot be read.
        UsageError: the market, the article or a product does not exist.
    """
    pages = plan_pages(root, as_of, articles=(article,))
    (law_of,) = _markets(pages.law, (market,))
    given = _given(pages)
    cells = tuple(
        (judged(law_of, column, given), tell(law_of, column.facts, pages.law.day_in(law_of)))
        for column in _columns(pages, (article,), what_if or WhatIf())
    )
    return Explained(cells, as_of, pages.findings, pages.exit_code)


def calendar(
    root: Path, as_of: Moment, days: int, markets: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    """What begins, ends or is due for review within some days, and whose it is.

    Raises:
        ConfigError: the settings cannot be read.
        PolicyError: the law cannot be read.
        UsageError: a market that is asked for does not exist.
    """
    law = read_law(open_workspace(root), as_of)
    refuse_unknown("market", markets, law.codes)
    return falling_due(law.markets, _dated(root, law), as_of, days, markets)


def _dated(root: Path, law: Law) -> tuple[Dated, ...]:
    """What has a day beside the rules: facts, claims, fixed wordings, and the stamps that stand."""
    records = [record for ledger in load_ledgers(root).values() for record in ledger.records]
    gone = {record.withdraws for record in records}
    standing = [r for r in records if r.act is Act.STAMP and r.id not in gone]
    newest = {(r.ledger, r.subject, r.role): r for r in sorted(standing, key=lambda r: r.time)}
    return (
        *map(of_fact, law.facts),
        *(of_claim(claim, market) for claim in law.claims for market in claim.markets),
        *map(of_wording, law.statutory),
        *map(of_stamp, newest.values()),
    )


def matrix_page(report: Judged) -> bytes:
    """The matrix as one HTML page that needs no other file."""
    from pipeline.stages.matrix_page import render_matrix

    template = (files("pipeline.stages") / "matrix.html").read_text("utf-8")
    html = render_matrix(report.matrix, report.site, report.what_if.told, template)
    return html.encode("utf-8")


def write_page(content: bytes, path: Path) -> None:
    """Write an HTML page; a file that is there gives way to it.

    Raises:
        UsageError: there is no such folder, or nothing can be written there.
    """
    try:
        if path.is_dir() or not path.resolve().parent.is_dir():
            raise UsageError(f"{path} is no file in a folder that is there", None, "check the path")
        write_atomic(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", None, "check it") from error


def _markets(law: Law, asked: tuple[str, ...]) -> tuple[Market, ...]:
    """The markets that are asked for; without a name, those that are published."""
    refuse_unknown("market", asked, tuple(market.code for market in law.markets))
    return tuple(m for m in law.markets if (m.code in asked if asked else m.languages))


def _columns(pages: Pages, asked: tuple[str, ...], what_if: WhatIf) -> tuple[Column, ...]:
    """The articles as the law sees them, once for each kind of readers."""
    declared = (name for article in pages.articles for name in article.products)
    refuse_unknown("product", what_if.without, tuple({*pages.law.products, *declared}))
    return tuple(
        replace(column, facts=replace(column.facts, audience=audience))
        for article in pages.articles
        if not asked or article.id in asked
        for column in (_column(article, pages.law, what_if.without),)
        for audience in what_if.audiences or (article.audience,)
    )


def _column(article: Article, law: Law, without: tuple[str, ...]) -> Column:
    """An article as the law sees it, some of its products left out."""
    kept = tuple(name for name in article.products if name not in without)
    supposed = replace(article, products=kept)
    title = next((field.text for field in article.fields if field.key == "title"), article.id)
    return Column(facts_of(supposed, law), title, unknown_products(supposed, law))


def _given(pages: Pages) -> Given:
    """What every cell is judged with."""
    wordings = {
        (page.locale, page.article.id): Wording(
            page.localized.fuzzy + page.localized.missing + page.unworded,
            tuple(block.message for block in page.verdict.blocks if block.code in NAMING),
            tuple(block.message for block in page.verdict.blocks if _of_words(block)),
        )
        for page in pages.planned
    }
    law = pages.law
    every = pages.workspace.site.build_every
    return Given(law.as_of, law.effects, law.statements, wordings, every)


def _of_words(block: Finding) -> bool:
    """Whether a block is about the page's own words; one about a fixed wording names its file."""
    return block.code in WORDING or f"{STATUTORY}/" in block.message
