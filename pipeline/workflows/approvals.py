"""Judged pages and the ledgers → pages that the right people have approved, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import (
    POLICY,
    Finding,
    Moment,
    StampRole,
)
from pipeline.stages.stamps import Stamped, judge
from pipeline.stages.together import waiting
from pipeline.workflows.desk import Desk, demanded_roles, open_desk
from pipeline.workflows.pages import Pages, PlannedPage, plan_pages
from pipeline.workflows.trust import lowered_assurance


def approved_pages(
    root: Path, as_of: Moment, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> Pages:
    """Judge every page of a workspace by its words, its law and its stamps.

    Raises:
        ConfigError: the settings cannot be read: then nothing can be judged.
        PolicyError: the law or people.toml cannot be read.
        UsageError: a locale or article that is asked for does not exist.
    """
    return together(approved(plan_pages(root, as_of, locales, articles)))


def together(pages: Pages) -> Pages:
    """The pages, those held back whose market publishes its languages together."""
    ready: dict[tuple[str, str], dict[str, bool]] = {}
    for page in pages.planned:
        key = (page.market.code, page.article.id)
        ready.setdefault(key, {})[page.locale] = page.published
    held = {
        (article, locale): finding
        for (code, article), locales in ready.items()
        for market in pages.law.markets
        if market.code == code
        for locale, finding in waiting(market, locales).items()
    }
    planned = tuple(
        _blocked(page, (held[page.article.id, page.locale],))
        if (page.article.id, page.locale) in held
        else page
        for page in pages.planned
    )
    return replace(pages, planned=planned) if held else pages


def approved(pages: Pages) -> Pages:
    """The pages, each with a block for every stamp that its market asks for and that is missing.

    Raises:
        PolicyError: people.toml cannot be read.
    """
    assurance = pages.workspace.site.assurance
    if lowered := lowered_assurance(assurance):
        return replace(pages, planned=tuple(_blocked(page, lowered) for page in pages.planned))
    if not any(demanded_roles(market, assurance) for market in pages.law.markets):
        return pages
    desk = open_desk(pages)
    return replace(pages, planned=tuple(_approved(page, desk) for page in pages.planned))


def _blocked(page: PlannedPage, findings: tuple[Finding, ...]) -> PlannedPage:
    blocks = (*page.verdict.blocks, *findings)
    return replace(page, verdict=replace(page.verdict, blocks=blocks))


def stamps_on(page: PlannedPage, desk: Desk) -> Stamped:
    """The stamps that count on a page, or what is missing of those that its market asks for."""
    roles = demanded_roles(page.market, desk.assurance)
    found = (
        *desk.untrusted,
        *desk.broken.get(page.market.code, ()),
        *(desk.policy(page.market) if StampRole.OWNER.value in roles else ()),
        *_unproven_suppressions(page, desk),
    )
    terms = desk.terms(page.market, page.market.different_people)
    stamped = judge(desk.wanted(page, roles), desk.records(page.market.code), terms)
    return replace(stamped, findings=tuple(dict.fromkeys([*found, *stamped.findings])))


def _approved(page: PlannedPage, desk: Desk) -> PlannedPage:
    """A page with what its stamps say; nobody is asked about one that stays back anyway."""
    asked = demanded_roles(page.market, desk.assurance) or page.verdict.suppressions
    if not asked or not page.complete or page.verdict.blocks:
        return page
    try:
        stamped = stamps_on(page, desk)
    except PipelineError as error:
        stamped = Stamped((), error.as_findings())
    verdict = page.verdict
    ends = [day for day in (verdict.valid_until, stamped.valid_until) if day]
    blocks = (*verdict.blocks, *stamped.findings)
    return replace(
        page, verdict=replace(verdict, blocks=blocks, valid_until=min(ends, default=None))
    )


def _unproven_suppressions(page: PlannedPage, desk: Desk) -> Iterable[Finding]:
    """A statement is taken away only by a rule whose file has its owner's stamp."""
    if not page.verdict.suppressions:
        return
    for rule in page.verdict.suppressions:
        want = desk.wanted_policy(rule.where.path)
        for problem in judge((want,), desk.records(POLICY), desk.terms(page.market, ())).findings:
            told = f"rule {rule.id} takes a statement away: {problem.message}"
            yield Finding("law-suppression-unstamped", told, rule.where, problem.hint)
