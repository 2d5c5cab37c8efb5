"""An article and a page that translates it → the article's catalog, filled with fuzzy words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import Article, Plan, Write
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.stages.align import Aligned, align
from pipeline.stages.foreign import cutter
from pipeline.stages.languages import between_sentences
from pipeline.stages.recode import Filling, fill
from pipeline.stages.segment import segment
from pipeline.store.files import apply, locked, read_bytes, read_text
from pipeline.store.journal import record
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.articles import format_of, read_articles
from pipeline.workflows.extract import locales_of
from pipeline.workflows.pages import refuse, refuse_unknown
from pipeline.workflows.words import catalog_path, lookup


@dataclass(frozen=True, slots=True)
class AlignReport:
    """What an alignment found and filled."""

    path: str  # of the catalog
    aligned: Aligned
    filling: Filling
    plan: Plan


def align_page(
    root: Path, source: Path, translated: Path, locale: str, article: str, *, write: bool
) -> AlignReport:
    """Align a translated page with an article, and fill the article's catalog with its words.

    `article` is the id of the article whose catalog is filled; "" for that of `source`.

    Raises:
        UsageError: no such file, locale or article, or the article was not extracted.
        UnreadableError: a file cannot be read.
        ConflictError: another command works here, or the catalog changed meanwhile.
    """
    workspace = open_workspace(root)
    refuse_unknown("locale", (locale,), locales_of(workspace))
    chosen = _article(workspace, source, article)
    if not write:
        return _align(workspace, chosen, translated, locale, write=False)
    with locked(root):
        return _align(workspace, chosen, translated, locale, write=True)


def _article(workspace: Workspace, source: Path, name: str) -> Article:
    """The article that a path, or an id, names."""
    every, findings = read_articles(workspace)
    refuse(findings)
    if name:
        refuse_unknown("article", (name,), tuple(one.id for one in every))
        return next(one for one in every if one.id == name)
    wanted = source.resolve()
    for one in every:
        if (workspace.root / one.path).resolve() == wanted:
            return one
    known = ", ".join(one.path for one in every)
    hint = f"name a file of source/, or say with --article whose catalog is meant; here: {known}"
    raise UsageError(f"{source} is no article of this workspace", None, hint)


def _align(
    workspace: Workspace, article: Article, translated: Path, locale: str, *, write: bool
) -> AlignReport:
    path = catalog_path(locale, article.id)
    if not (workspace.root / path).is_file():
        hint = "run `l10n extract` first; it makes the catalog"
        raise UsageError(f"there is no {path} yet", None, hint)
    before = read_bytes(workspace.root / path, path)
    catalog = scan(before, path)
    site, language = workspace.site, locale.partition("-")[0]
    fmt = format_of(translated)
    page = fmt.split(read_text(translated), str(translated), workspace.options)
    same = language == site.source_locale.partition("-")[0]
    document = segment(page, cut=cutter(language))
    found = align(article.document, document, same_language=same)
    parent = site.inherit.get(locale)
    inherited = {key for key, (words, _) in lookup(workspace.root, parent, article.id).items()
                 if any(words)} if parent else set()  # fmt: skip
    joint = between_sentences(locale)
    filling = fill(catalog, found.matches, inherited, translated.name, joint=joint)
    content = save(before, filling.catalog, path, before=catalog)
    writes = (Write(path, content),) if content != before else ()
    if write and writes:
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        record(workspace.root, path, catalog.entries, now)
        apply(workspace.root, writes, {path: before})
    return AlignReport(path, found, filling, Plan(writes))
