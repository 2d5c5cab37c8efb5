"""A git revision and the articles as they are now → what a change of the source touches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Article, Finding, Moment, StampRole
from pipeline.stages.differ import Difference, differ
from pipeline.store.files import read_text
from pipeline.store.revisions import export, overlay
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.approvals import approved_pages
from pipeline.workflows.articles import read_articles
from pipeline.workflows.forecast import Forecast, forecast
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.rows import Row
from pipeline.workflows.standing import Standing, standings


@dataclass(frozen=True, slots=True)
class Since:
    """What a change of the source changes and touches."""

    revision: str
    differences: tuple[Difference, ...]
    work: Forecast | None  # what it asks for in each locale; None if no text changed
    pages: tuple[Row, ...]  # live before, of an article that changed
    void: tuple[Standing, ...]  # approvals that counted before and would not any more
    findings: tuple[Finding, ...]

    @property
    def markets(self) -> tuple[str, ...]:
        """The markets that show one of the articles."""
        return tuple(sorted({row.market for row in self.pages}))


def since(
    root: Path,
    revision: str,
    as_of: Moment,
    locales: tuple[str, ...] = (),
    articles: tuple[str, ...] = (),
) -> Since:
    """Compare the articles of a revision with those in the work tree.

    Words, law and approvals are those of the revision in both, so that what differs comes
    from the articles alone, and whether `extract` ran already makes no difference.

    Raises:
        UsageError: no such revision, locale or article.
        ConfigError, PolicyError, UnreadableError: as for the pages themselves.
    """
    with tempfile.TemporaryDirectory(prefix="l10n-since-") as folder:
        before, after = Path(folder) / "before", Path(folder) / "after"
        before.mkdir()
        export(root, revision, before)
        overlay(root, before, after)
        old, new = open_workspace(before), open_workspace(after)
        was, faults = read_articles(old)
        now, problems = read_articles(new)
        if problems or faults:
            return Since(revision, (), None, (), (), problems or faults)
        refuse_unknown("article", articles, tuple({article.id for article in (*was, *now)}))
        every = differ(was, now, _texts(old, was, new, now))
        chosen = tuple(one for one in every if not articles or one.article in articles)
        return _touched(revision, before, after, as_of, chosen, locales, root)


def _touched(
    revision: str,
    before: Path,
    after: Path,
    as_of: Moment,
    differences: tuple[Difference, ...],
    locales: tuple[str, ...],
    root: Path,
) -> Since:
    """What some differences touch: words, pages and approvals."""
    stood = tuple(one.article for one in differences if one.fate != "new")
    stay = tuple(one.article for one in differences if one.fate != "gone")
    worded = tuple(one.article for one in differences if one.words)
    work = forecast(after, locales, worded, memory_of=root) if worded else None
    rows: tuple[Row, ...] = ()
    void: tuple[Standing, ...] = ()
    if stood:
        pages = approved_pages(before, as_of, locales, stood)
        rows = tuple(row for row in pages.rows if row.page in ("published", "gated"))
        still = _counting(after, as_of, tuple(name for name in stood if name in stay))
        counted = _counting(before, as_of, stood)
        void = tuple(
            one
            for key, one in counted.items()
            if key not in still and (not locales or one.wanted.subject.locale in locales)
        )
    return Since(revision, differences, work, rows, void, ())


def _counting(
    root: Path, as_of: Moment, articles: tuple[str, ...]
) -> Mapping[tuple[str, str, str, StampRole], Standing]:
    """The approvals of some articles that count: by market, locale, article and role."""
    if not articles:
        return {}
    return {
        (one.wanted.market, subject.locale, subject.article, one.wanted.role): one
        for one in standings(root, as_of, articles=articles).standings
        if one.record is not None and not one.stale
        for subject in (one.wanted.subject,)
    }


def _texts(
    old: Workspace, was: tuple[Article, ...], new: Workspace, now: tuple[Article, ...]
) -> dict[str, tuple[str, str]]:
    """The old and the new text of each article's file."""
    then, there = dict(_read(old, was)), dict(_read(new, now))
    return {name: (then.get(name, ""), there.get(name, "")) for name in then.keys() | there.keys()}


def _read(workspace: Workspace, articles: tuple[Article, ...]) -> Iterator[tuple[str, str]]:
    for article in articles:
        yield article.id, read_text(workspace.root / article.path, article.path)
