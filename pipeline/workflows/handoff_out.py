"""Catalogs of a workspace → one zip with all that a translator needs, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

from pipeline import __version__
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Article, Catalog, Entry, Role, State, Where
from pipeline.po.scan import scan
from pipeline.po.write import write as write_po
from pipeline.stages.bands import count
from pipeline.stages.extract import extract
from pipeline.stages.hand_back import fingerprint
from pipeline.stages.instructions import Task, instructions
from pipeline.stages.recombine import fill
from pipeline.stages.reference_page import numbered, place_note, reference_page
from pipeline.store.files import locked, read_bytes, read_text, write_atomic
from pipeline.store.glossary import COLUMNS, PLACE
from pipeline.store.kit import zip_bytes
from pipeline.store.kit_manifest import (
    ENDINGS,
    INSTRUCTIONS,
    NAME,
    KitCatalog,
    KitFile,
    KitFormat,
    Manifest,
    digest,
    manifest_bytes,
    remember_kit,
)
from pipeline.store.workspace import Workspace, folder_of, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.check import catalogs, locale_of
from pipeline.workflows.memory import units_of
from pipeline.workflows.words import catalog_path

SITE = "site"


@dataclass(frozen=True, slots=True)
class Exported:
    """A kit as it was written."""

    path: Path
    manifest: Manifest
    size: int


def export(
    root: Path,
    locales: tuple[str, ...],
    articles: tuple[str, ...],
    format_: KitFormat,
    out: Path | None,
) -> Exported:
    """Write a kit with the catalogs of these locales; all articles if none is named.

    Raises:
        UsageError: a locale or article does not exist, or a catalog is not up to date.
        UnreadableError: an article or a catalog cannot be read.
    """
    target = _target(out, locales, format_)
    workspace = open_workspace(root)
    found, findings = read_articles(workspace)
    if findings:
        raise PipelineError.of(findings)
    paths = catalogs(root, locales, articles)
    known = {article.id: article for article in found}
    paths = tuple(path for path in paths if path.stem in known or path.stem == SITE)
    packer = _Packer(workspace, format_)
    for path in paths:
        packer.catalog(path, known.get(path.stem))
    for locale in locales:
        packer.files |= _help(workspace, locale, packer)
    manifest = packer.manifest(locales)
    content = zip_bytes({**packer.files, NAME: manifest_bytes(manifest)})
    with locked(root):
        remember_kit(root, manifest_bytes(manifest))
    write_atomic(target, content)
    return Exported(target, manifest, len(content))


def _target(out: Path | None, locales: tuple[str, ...], format_: KitFormat) -> Path:
    """The file that a kit goes to."""
    target = out or Path(f"handoff-{'-'.join(locales)}-{format_}.zip")
    if target.is_dir():
        hint = f"name a file: {target / 'kit.zip'}"
        raise UsageError("a kit is one file, and this is a folder", Where(str(target)), hint)
    return target


@dataclass(slots=True)
class _Packer:
    """A kit while it is being filled."""

    workspace: Workspace
    format: KitFormat
    files: dict[str, bytes] = field(default_factory=dict)
    catalogs: list[KitCatalog] = field(default_factory=list)

    def catalog(self, path: Path, article: Article | None) -> None:
        """Put in one catalog and the page to it; `article` is None for the site's own words."""
        shown = self.workspace.shown(path)
        catalog = _live(scan(read_bytes(path, shown), shown))
        if not catalog.entries:
            return
        locale = locale_of(path)
        name = f"{folder_of(locale)}/{path.stem}"
        if article is not None:
            _refuse_stale(article, catalog, shown)
            page = f"reference/{name}.html"
            self.files[page] = self._page(article, catalog, locale)
            catalog = _with_places(catalog, page)
        work, kept = f"{name}.{ENDINGS[self.format]}", f"do-not-edit/{name}.po"
        self.files[kept] = write_po(catalog)
        self.files[work] = self._written(catalog, path.stem, locale)
        self.catalogs.append(_told(catalog, locale, path.stem, work, kept))

    def _written(self, catalog: Catalog, name: str, locale: str) -> bytes:
        from pipeline.exchange import xliff12, xliff21
        from pipeline.exchange._units import Document

        if self.format == "po":
            return write_po(catalog)
        document = Document(name, self.workspace.site.source_locale, locale, catalog)
        if self.format == "xliff12":
            return xliff12.write(document)
        return xliff21.write(document)

    def _page(self, article: Article, catalog: Catalog, locale: str) -> bytes:
        source = self.workspace.site.source_locale
        own = fill(article, source, lambda s: (s.text, State.DONE), source.partition("-")[0])
        return reference_page(own, locale, numbered(catalog.entries)).encode()

    def manifest(self, locales: tuple[str, ...]) -> Manifest:
        """The manifest of all that was put in, and the instructions with it."""
        if not self.catalogs:
            hint = "run `l10n extract` first"
            raise UsageError("there is nothing to hand off: no catalog has an entry", None, hint)
        told = "".join(f"{name} {digest(self.files[name])}\n" for name in sorted(self.files))
        kit = digest(told.encode())[:10]
        tasks = [Task(c.file, c.entries, c.finished, c.words_open) for c in self.catalogs]
        site = self.workspace.site
        text = instructions(self.format, site.name, site.source_locale, locales, tasks, kit)
        self.files[INSTRUCTIONS] = text.encode()
        return Manifest(
            kind="l10n-handoff",
            version=1,
            kit=kit,
            tool=f"l10n {__version__}",
            format=self.format,
            source_locale=site.source_locale,
            locales=list(locales),
            catalogs=self.catalogs,
            files={
                n: KitFile(sha256=digest(c), size=len(c)) for n, c in sorted(self.files.items())
            },
        )


def _live(catalog: Catalog) -> Catalog:
    return replace(catalog, entries=tuple(e for e in catalog.entries if not e.obsolete))


def _with_places(catalog: Catalog, page: str) -> Catalog:
    """The entries with a note that leads to their place on the reference page."""
    entries = tuple(
        replace(entry, extracted=(*entry.extracted, place_note(page, number)))
        for number, entry in enumerate(catalog.entries, 1)
    )
    return replace(catalog, entries=entries)


def _refuse_stale(article: Article, catalog: Catalog, shown: str) -> None:
    """A kit of yesterday's text would be translated for nothing."""
    wanted = {entry.id for entry in extract(article.document, article.path).entries}
    if wanted != {entry.id for entry in catalog.entries}:
        raise UsageError(
            f"this catalog is not up to date with {article.path}",
            Where(shown),
            "run `l10n extract`, then export again",
        )


def _words(entry: Entry) -> int:
    """The words of an entry, as `l10n forecast` counts them: an address is made, not translated."""
    if entry.msgctxt == Role.SLUG.value:
        return 0
    return count(f"{entry.msgid} {entry.msgid_plural}")


def _told(catalog: Catalog, locale: str, article: str, work: str, kept: str) -> KitCatalog:
    """What the manifest says of a catalog."""
    states = [entry.state for entry in catalog.entries]
    words = [_words(entry) for entry in catalog.entries]
    return KitCatalog(
        locale=locale,
        article=article,
        file=work,
        exported=kept,
        source=fingerprint(catalog),
        entries=len(states),
        finished=states.count(State.DONE),
        fuzzy=states.count(State.FUZZY),
        missing=states.count(State.MISSING),
        words=sum(words),
        words_open=sum(w for w, s in zip(words, states, strict=True) if s is not State.DONE),
    )


def _help(workspace: Workspace, locale: str, packer: _Packer) -> dict[str, bytes]:
    """The glossary and the memory of a locale."""
    from pipeline.exchange.tmx import write as write_tmx

    folder = f"reference/{folder_of(locale)}"
    source = workspace.site.source_locale
    shown = [catalog_path(locale, c.article) for c in packer.catalogs if c.locale == locale]
    units = [unit for path in shown for unit in units_of(workspace.root / path, path, source)]
    files = {f"{folder}/memory.tmx": "".join(write_tmx(units, source, __version__)).encode()}
    rows = list(_terms(workspace, locale))
    if rows:
        out = StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([COLUMNS, *rows])
        # the mark tells spreadsheets that it is UTF-8
        files[f"{folder}/glossary.csv"] = out.getvalue().encode("utf-8-sig")
    return files


def _terms(workspace: Workspace, locale: str) -> Iterator[list[str]]:
    """The rows of the glossary that speak of a locale, its parent's and everyone's among them."""
    path = workspace.root / PLACE
    wanted = {"*", locale, workspace.site.inherit.get(locale, locale)}
    if path.exists():
        for row in csv.reader(StringIO(read_text(path, PLACE))):
            if len(row) == len(COLUMNS) and row[1] in wanted:
                yield row
