"""Articles, words and law → what becomes of each page, and why: the table of `status`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.effects._rules import ask
from pipeline.errors import ConfigError, PipelineError, UsageError
from pipeline.model import (
    Article,
    Demand,
    Finding,
    Gate,
    Localized,
    Market,
    Moment,
    Statement,
    Verdict,
)
from pipeline.stages.conditions import unknown_categories
from pipeline.stages.templates import Templates
from pipeline.stages.words import Words
from pipeline.store.owners import law_of
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.forbidden import Censor
from pipeline.workflows.law import Law, judge, read_law, texts_of
from pipeline.workflows.mentions import Lookout
from pipeline.workflows.rows import Row, reason
from pipeline.workflows.wording import read_templates, site_words, unfinished
from pipeline.workflows.words import Words as Spoken
from pipeline.workflows.words import catalog_path, read_ground, words_of


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One article in one locale for one market: its words, its law, and the outcome."""

    article: Article
    locale: str
    market: Market
    localized: Localized
    verdict: Verdict
    statements: tuple[tuple[Demand, Statement], ...]
    unworded: int = 0  # words of the templates that the locale still lacks

    @property
    def complete(self) -> bool:
        """Whether every word of the article and of the page around it is there."""
        return self.localized.complete and not self.unworded

    @property
    def published(self) -> bool:
        """Whether readers get the page: the law allows it and every word is there."""
        return self.verdict.publishable and self.complete

    @property
    def outcome(self) -> str:
        """What becomes of the page: published, gated, draft or blocked."""
        if not self.verdict.publishable:
            return "blocked"
        if not self.complete:
            return "draft"
        return "gated" if self.verdict.gate > Gate.NONE else "published"

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons, one for each: what blocks the page, and whom to ask."""
        if self.verdict.blocks:
            return tuple(reason(block) for block in self.verdict.blocks)
        if self.unworded and self.localized.complete:
            where = catalog_path(self.locale, "site")
            return (f"untranslated words of the site itself: {self.unworded}, in {where}",)
        if self.outcome == "gated":
            return ("readers declare first that the page is meant for them",)
        return ()


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page that a workspace could have, judged, and the problems on the way."""

    workspace: Workspace
    law: Law
    articles: tuple[Article, ...]
    planned: tuple[PlannedPage, ...]
    templates: Templates
    words: Mapping[str, Words]  # of the templates, by locale
    findings: tuple[Finding, ...]
    exit_code: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table, by locale and article."""
        return tuple(row_of(page) for page in self.planned)


def row_of(page: PlannedPage) -> Row:
    """The line of the table for a page."""
    words = page.localized
    return Row(
        page.locale,
        page.market.code,
        page.article.id,
        words.done,
        words.fuzzy,
        words.missing,
        page.outcome,
        page.why,
        page.verdict.blocks,
    )


def plan_pages(
    root: Path, as_of: Moment, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> Pages:
    """Judge every page of the workspace in `root`, or those of some locales and articles.

    Raises:
        ConfigError: the settings or a template cannot be read: then nothing can be judged.
        PolicyError: the law cannot be read.
        UsageError: a locale or article that is asked for does not exist.
    """
    workspace = open_workspace(root)
    law = read_law(workspace, as_of)
    every, findings = read_articles(workspace)
    if not findings:
        with law_of(root):
            refuse(unknown_categories(law.markets, every))
    templates = read_templates(root)
    known = tuple(locale for locale, _ in law.locales)
    refuse_unknown("locale", locales, known)
    if not findings:  # an article that cannot be read has no id yet
        refuse_unknown("article", articles, tuple(article.id for article in every))
    chosen = [article for article in every if not articles or article.id in articles]
    planned: list[PlannedPage] = []
    problems = list(findings)
    fill = filler(workspace, as_of.day_in("UTC"))
    lookout = Lookout(workspace, law)
    censor = Censor(workspace)
    words: dict[str, Words] = {}
    for locale, market in law.locales:
        if locales and locale not in locales:
            continue
        try:
            words[locale] = site_words(workspace, locale)
        except PipelineError as error:
            problems += error.as_findings()
            continue
        unworded = unfinished(templates, words[locale])
        for article in chosen:
            try:
                localized, spoken = fill(article, locale)
                page = _planned(localized, market, law, unworded)
                planned.append(_with_words(page, spoken, lookout, censor))
            except PipelineError as error:
                problems += error.as_findings()
    every_page = tuple(planned)
    exit_code = 3 if problems else 0
    return Pages(workspace, law, every, every_page, templates, words, tuple(problems), exit_code)


def _planned(localized: Localized, market: Market, law: Law, unworded: int) -> PlannedPage:
    """One page, judged by its law."""
    article, locale = localized.article, localized.locale
    verdict = judge(article, locale, market, law, localized)
    texts = texts_of(verdict, locale, law)
    return PlannedPage(article, locale, market, localized, verdict, texts, unworded)


def _with_words(page: PlannedPage, words: Spoken, lookout: Lookout, censor: Censor) -> PlannedPage:
    """A page with the blocks for what its words name, leave unnamed, or may not say."""
    named = lookout.blocks(page.article, page.locale, page.market, words)
    said = censor.blocks(page.localized, words, page.market, page.verdict, page.statements)
    blocks = (*page.verdict.blocks, *named, *said, *_login(page))
    return replace(page, verdict=replace(page.verdict, blocks=blocks))


def _login(page: PlannedPage) -> tuple[Finding, ...]:
    """A page by itself can ask for a declaration; that is weaker than the login asked for."""
    market = page.market
    if page.verdict.gate is not Gate.LOGIN:
        return ()
    problem = f"{market.code}: the law asks for a login, which a page by itself cannot give"
    return (Finding("gate-login", problem, market.where, ask(market)),)


def filler(workspace: Workspace, day: date) -> Callable[[Article, str], tuple[Localized, Spoken]]:
    """A function that fills an article with a locale's words, and gives these words too.

    `day` decides which waivers have ended.
    """
    from pipeline.stages.recombine import fill

    known = read_ground(workspace, day)
    source = workspace.site.source_locale.split("-")[0]

    def localize(article: Article, locale: str) -> tuple[Localized, Spoken]:
        words = words_of(workspace, locale, article.id, known)
        return fill(article, locale, words, source, {}), words

    return localize


def refuse(findings: tuple[Finding, ...]) -> None:
    """End the command with these findings, if there are any."""
    if findings:
        raise ConfigError.of(findings)


def refuse_unknown(kind: str, asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Refuse a name that does not exist, with the nearest one that does."""
    from difflib import get_close_matches

    for name in asked:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            raise UsageError(f"there is no {kind} {name!r} in this workspace", None, hint)
