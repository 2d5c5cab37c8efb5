"""Articles and templates → catalogs brought up to date, with nothing translated lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Article, Catalog, Finding, Plan, State, Write
from pipeline.po.save import save
from pipeline.po.scan import Words, scan, scan_words
from pipeline.stages.changes import Changes, compare
from pipeline.stages.extract import extract as extract_entries
from pipeline.stages.extract import extract_site, template_header, undated
from pipeline.stages.merge import Locale
from pipeline.stages.update import update
from pipeline.store.files import apply, locked, read_bytes
from pipeline.store.glossary import read_glossary
from pipeline.store.journal import keep
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.declared import Declared, declared_in
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.prefill import Prefill
from pipeline.workflows.wording import template_texts
from pipeline.workflows.words import catalog_path, template_path


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extraction did, or would do."""

    plan: Plan
    exit_code: int
    orphans: tuple[tuple[str, int], ...] = ()  # ids that no article has, and their catalogs
    declared: tuple[str, ...] = ()  # what declared changes of articles did, a line each

    @property
    def told(self) -> str:
        """The outcome in a line."""
        if self.plan.findings:
            return "nothing was written: mend what is told above first"
        if not self.plan.writes:
            return "every catalog is up to date"
        counts = self.plan.counts
        kinds = ("kept", "fuzzy", "filled", "revived", "new", "remembered", "obsolete")
        told = ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts.get(kind))
        return (
            f"{len(self.plan.writes)} files: {told}" if told else f"{len(self.plan.writes)} files"
        )


def extract(
    root: Path, *, locales: tuple[str, ...], articles: tuple[str, ...], write: bool
) -> Extracted:
    """Bring the catalogs of the workspace in `root` up to date.

    What cannot be read is a finding; then nothing at all is written, so that a template
    and its catalogs never drift apart.

    Raises:
        ConfigError: the settings cannot be read.
        PolicyError: a market file cannot be read.
        ConflictError: another command works here, or a file changed meanwhile.
    """
    workspace = open_workspace(root)
    every = locales_of(workspace)
    refuse_unknown("locale", locales, every)
    if not write:
        return _extract(workspace, locales or every, articles, write=False)
    with locked(root):
        return _extract(workspace, locales or every, articles, write=True)


def locales_of(workspace: Workspace) -> tuple[str, ...]:
    """The locales of every market; those that they inherit from come with them."""
    from pipeline.store.markets import load_markets
    from pipeline.store.owners import law_of

    with law_of(workspace.root):
        own = {name for market in load_markets(workspace.root) for name in market.languages}
    inherit = workspace.site.inherit
    return tuple(sorted(own | {inherit[name] for name in own if name in inherit}))


def _extract(
    workspace: Workspace, locales: tuple[str, ...], names: tuple[str, ...], *, write: bool
) -> Extracted:
    articles, findings = read_articles(workspace)
    if not findings:  # an article that cannot be read has no id yet
        refuse_unknown("article", names, tuple(article.id for article in articles))
    run = _Run(workspace, locales, declared_in(articles))
    for name, template in _templates(workspace, articles):
        if not names or name in names:
            run.update(name, template)
    plan = run.plan((*findings, *run.findings, *run.declared.findings, *run.memory.findings))
    run.memory.close()
    if plan.findings:
        return Extracted(plan, 3)
    orphans = _orphans(workspace.root, {"site", *(article.id for article in articles)})
    if write:
        for path, (old, new) in run.replaced.items():
            keep(workspace.root, path, old, new, run.now.isoformat())
        run.declared.record(workspace.root, run.now.isoformat())
        apply(workspace.root, plan.writes, run.before)
    return Extracted(plan, 0, orphans, run.declared.told(workspace))


def _orphans(root: Path, known: set[str]) -> tuple[tuple[str, int], ...]:
    """Catalogs of no article: of one that left, or whose id was changed without them."""
    names = Counter(path.stem for path in root.glob("locales/*/LC_MESSAGES/*.po"))
    return tuple(sorted((name, count) for name, count in names.items() if name not in known))


def _templates(
    workspace: Workspace, articles: tuple[Article, ...]
) -> Iterator[tuple[str, Catalog]]:
    """Each article's template, and that of the site's own words, without a date yet."""
    site = workspace.site
    header = template_header(site.name, datetime.fromtimestamp(0, UTC), site.source_locale)
    glossary = read_glossary(workspace.root)
    for article in articles:
        yield (
            article.id,
            extract_entries(article.document, article.path, header=header, terms=glossary.notes),
        )
    texts = template_texts(workspace.root)
    if texts:
        yield "site", extract_site(texts, header=header)


class _Run:
    """One extraction, while it goes through the articles."""

    def __init__(self, workspace: Workspace, locales: tuple[str, ...], declared: Declared) -> None:
        self.workspace = workspace
        self.declared = declared
        self.locales = locales
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.writes: list[Write] = []
        self.findings: list[Finding] = []
        self.before: dict[str, bytes | None] = {}
        self.replaced: dict[str, tuple[Catalog, Catalog]] = {}  # what the journal has to hold first
        self.counts: dict[str, int] = {}
        self.memory = Prefill(workspace)

    def plan(self, findings: tuple[Finding, ...]) -> Plan:
        """What is to be written; nothing when something cannot be read."""
        return Plan(() if findings else tuple(self.writes), findings, self.counts)

    def update(self, name: str, template: Catalog) -> None:
        """Bring one template and its catalogs up to date."""
        try:
            path = template_path(name)
            content, old = self.read(path)
            dated = undated(old, _dated(template, self.now))
            changes = self.declared.judge(name, old, compare(old, dated), self.workspace)
            dated = changes.template
            new = replace(old, entries=dated.entries, header=dated.header) if old else dated
            self.write(path, content, save(content, new, path, before=old))
        except PipelineError as error:
            self.findings += error.as_findings()
            return
        # parents first: what a locale inherits stands in the notes of its catalog
        for locale in sorted(self.locales, key=lambda name: name in self.workspace.site.inherit):
            try:
                self.merge(name, locale, changes)
            except PipelineError as error:
                self.findings += error.as_findings()

    def merge(self, name: str, locale: str, changes: Changes) -> None:
        """Bring one catalog up to date."""
        path = catalog_path(locale, name)
        content = self.content(path)
        parent = self.workspace.site.inherit.get(locale, "")
        inherited = self.finished(catalog_path(parent, name)) if parent else {}
        where = Locale(locale, self.workspace.site.source_locale, parent, inherited)
        new, report = update(content, changes, where, self.now, path)
        for kind in report.__slots__:
            self.counts[kind] = self.counts.get(kind, 0) + getattr(report, kind)
        if self.memory.least:
            # not even unfinished words of the parent are hidden by a suggestion
            parents = self.words(catalog_path(parent, name)) if parent else {}
            theirs = {key for key, (forms, _) in parents.items() if any(forms)}
            new, found = self.memory.fill(new, path, locale, name, theirs, self.now)
            self.counts["remembered"] = self.counts.get("remembered", 0) + found
        if self.write(path, content, new) and content:
            self.replaced[path] = scan(content, path), scan(new, path)

    def finished(self, path: str) -> dict[tuple[str, str], str]:
        """The finished words of a parent's catalog, as this run leaves it."""
        words = self.words(path)
        return {key: forms[0] for key, (forms, state) in words.items() if state is State.DONE}

    def words(self, path: str) -> Words:
        """The words of a catalog, as this run leaves it."""
        planned = [write.content for write in self.writes if write.path == path]
        content = planned[0] if planned else self.content(path)
        return scan_words(content, path) if content else {}

    def read(self, path: str) -> tuple[bytes, Catalog | None]:
        """A catalog's bytes and entries; none when there is no file yet."""
        content = self.content(path)
        return content, scan(content, path) if self.before[path] is not None else None

    def content(self, path: str) -> bytes:
        """A catalog's bytes, noted as what this run found; b"" when there is no file yet."""
        file = self.workspace.root / path
        found = read_bytes(file, path) if file.exists() else None
        self.before[path] = found
        if found == b"":  # work was lost here: the reader says so, and nothing is overwritten
            scan(found, path)
        return found or b""

    def write(self, path: str, content: bytes, new: bytes) -> bool:
        """Plan a write if a catalog's bytes change."""
        if new == content:
            return False
        self.writes.append(Write(path, new))
        return True


def _dated(template: Catalog, now: datetime) -> Catalog:
    """A template that was made now."""
    from pipeline.stages.extract import stamp

    header = tuple(
        (key, stamp(now) if key == "POT-Creation-Date" else value) for key, value in template.header
    )
    return replace(template, header=header)
