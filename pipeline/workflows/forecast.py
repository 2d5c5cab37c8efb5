"""A workspace → the words that await translation, by match band, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Article, Catalog, Entry, Finding, State
from pipeline.model.rates import Rates
from pipeline.po.scan import scan
from pipeline.stages.bands import Awaiting, Bands, Work
from pipeline.stages.carry import Id, original
from pipeline.stages.extract import extract_site, template_header
from pipeline.stages.segment import segments_of
from pipeline.store.files import read_bytes
from pipeline.store.rates import load_rates
from pipeline.store.workspace import Workspace, folder_of, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.extract import locales_of
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.recall import recall
from pipeline.workflows.wording import template_texts
from pipeline.workflows.words import NOTHING, Words, catalog_path, lookup, words_of

SITE = "site"  # the words of the templates


@dataclass(frozen=True, slots=True)
class Task:
    """The work that one article asks for in one locale."""

    locale: str
    article: str
    work: Work


@dataclass(frozen=True, slots=True)
class Forecast:
    """The work of every locale and article, and what it costs where rates are known."""

    tasks: tuple[Task, ...]
    rates: Rates | None
    findings: tuple[Finding, ...]


def forecast(
    root: Path,
    locales: tuple[str, ...] = (),
    articles: tuple[str, ...] = (),
    memory_of: Path | None = None,
) -> Forecast:
    """Count the words that await translation in each locale and article.

    `memory_of` is the workspace whose memory knows; without it, the same one's.

    Raises:
        ConfigError: the settings cannot be read.
        PolicyError: a market file cannot be read.
        UnreadableError: a catalog cannot be read.
        UsageError: a locale or article that is asked for does not exist.
    """
    workspace = open_workspace(root)
    every = locales_of(workspace)
    refuse_unknown("locale", locales, every)
    found, findings = read_articles(workspace)
    if not findings:
        refuse_unknown("article", articles, (SITE, *(article.id for article in found)))
    wanted = sorted(set(locales or every) - {workspace.site.source_locale})
    memory = open_workspace(memory_of) if memory_of else workspace
    known = recall(memory, tuple(wanted))
    tasks = [
        task
        for name in wanted
        for task in _tasks(workspace, name, found, articles, known.get(name, ()))
    ]
    return Forecast(tuple(tasks), load_rates(root), findings)


def _tasks(
    workspace: Workspace,
    locale: str,
    articles: tuple[Article, ...],
    only: tuple[str, ...],
    remembered: tuple[str, ...],
) -> Iterator[Task]:
    """One locale's tasks; what an earlier article asks for is a repetition in a later one."""
    catalogs = _catalogs(workspace, locale)
    bands = Bands(tuple(dict.fromkeys((*_known_texts(catalogs.values()), *remembered))))
    for article in articles:
        if not only or article.id in only:
            words = words_of(workspace, locale, article.id)
            entries = _by_id(catalogs.get(catalog_path(locale, article.id)))
            awaiting = _of_article(article, words, entries)
            if locale in workspace.site.inherit:
                # what a locale does not say itself comes with its parent's words
                awaiting = (item for item in awaiting if item.was)
            yield Task(locale, article.id, bands.work(awaiting))
    if (not only or SITE in only) and locale not in workspace.site.inherit:
        yield Task(locale, SITE, bands.work(_of_site(workspace, locale)))


def _catalogs(workspace: Workspace, locale: str) -> Mapping[str, Catalog]:
    """The catalogs of a locale and of the one whose words it inherits, by path."""
    names = [locale, workspace.site.inherit.get(locale, locale)]
    paths = [
        path
        for name in dict.fromkeys(names)
        for path in sorted(workspace.root.glob(f"locales/{folder_of(name)}/LC_MESSAGES/*.po"))
    ]
    shown = {workspace.shown(path): path for path in paths}
    return {name: scan(read_bytes(path, name), name) for name, path in shown.items()}


def _known_texts(catalogs: Iterable[Catalog]) -> tuple[str, ...]:
    """The texts that have finished words in some catalogs, obsolete entries among them."""
    done = (e.msgid for c in catalogs for e in c.entries if e.state is State.DONE)
    return tuple(dict.fromkeys(done))


def _of_article(article: Article, words: Words, entries: Mapping[Id, Entry]) -> Iterator[Awaiting]:
    """The texts of an article that lack finished words, each once."""
    seen: set[Id] = set()
    for segment in segments_of(article.document):
        if segment.id in seen or not segment.text.strip():
            continue
        seen.add(segment.id)
        if words(segment)[1] is not State.DONE:
            yield Awaiting(segment.text, _was(entries.get(segment.id)))


def _of_site(workspace: Workspace, locale: str) -> Iterator[Awaiting]:
    """The texts of the templates that lack finished words."""
    site = workspace.site
    texts = template_texts(workspace.root)
    if not texts:
        return
    header = template_header(site.name, datetime.fromtimestamp(0, UTC), site.source_locale)
    own = lookup(workspace.root, locale, SITE)
    for entry in extract_site(texts, header=header).entries:
        if own.get(entry.id, NOTHING)[1] is not State.DONE:
            yield Awaiting(f"{entry.msgid} {entry.msgid_plural}".strip())


def _by_id(catalog: Catalog | None) -> Mapping[Id, Entry]:
    return {entry.id: entry for entry in catalog.entries if not entry.obsolete} if catalog else {}


def _was(entry: Entry | None) -> str:
    """The text that an entry's unfinished words were made for."""
    return original(entry)[1] if entry is not None and any(entry.msgstr) else ""
