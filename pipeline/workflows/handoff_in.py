"""A kit that comes back → our catalogs with the work in it, nothing newer overwritten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PipelineError, UnreadableError
from pipeline.model import Catalog, Entry, Finding, Plan, Severity, Write
from pipeline.po.header import changed, value_of
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.stages.hand_back import HandedBack, fingerprint, hand_back
from pipeline.store.files import apply, locked, read_bytes
from pipeline.store.journal import record
from pipeline.store.kit import Kit, open_kit
from pipeline.store.kit_manifest import (
    NAME,
    KitCatalog,
    Manifest,
    is_ours,
    read_manifest,
)
from pipeline.store.workspace import Workspace, open_workspace
from pipeline.workflows.handoff_judge import accept, unknown_kit
from pipeline.workflows.handoff_told import told as findings_of
from pipeline.workflows.words import catalog_path


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one catalog of a kit."""

    locale: str
    article: str
    result: HandedBack
    left: int  # entries that still wait for work in the kit

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of the table."""
        result = self.result
        return {
            "taken": len(result.taken),
            "conflicts": len(result.conflicts),
            "gone": len(result.gone),
            "unchanged": result.untouched,
            "left": self.left,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    kit: str
    delivered: tuple[Delivered, ...]
    plan: Plan

    @property
    def exit_code(self) -> int:
        """1 when a person has to look at something."""
        return int(any(f.severity > Severity.NOTE for f in self.plan.findings))


def import_kit(root: Path, path: Path, *, write: bool) -> Imported:
    """Bring the work of the kit at `path` into the workspace in `root`.

    Raises:
        UnreadableError: the zip, its manifest or a file in it is not to be trusted or read;
            with the place in the zip. Then nothing is written.
        ConflictError: another command works here, or a file changed meanwhile.
    """
    if not write:
        return _import(root, path, write=False)
    with locked(root):
        return _import(root, path, write=True)


def _import(root: Path, path: Path, *, write: bool) -> Imported:
    workspace = open_workspace(root)
    kit = open_kit(path)
    if NAME not in kit.members:
        problem = f"this zip has no {NAME}"
        hint = "ask for all files of the kit, in one zip"
        raise UnreadableError(problem, kit.where(NAME), hint, "handoff-manifest")
    content = kit.read(NAME)
    manifest = read_manifest(content, kit.where(NAME))
    run = _Run(workspace, kit, manifest, trusted=is_ours(root, content))
    run.findings += accept(workspace, kit, manifest)
    if not run.trusted:
        run.findings.append(unknown_kit(kit))
    for told in manifest.catalogs:
        run.deliver(told)
    if run.faults:
        raise UnreadableError.of(tuple(run.faults))
    plan = Plan(tuple(run.writes), tuple(run.findings))
    if write:
        for shown, entries in run.journal:
            record(root, shown, entries, run.now.isoformat())
        apply(root, plan.writes, run.before)
    return Imported(manifest.kit, tuple(run.delivered), plan)


@dataclass(slots=True)
class _Run:
    workspace: Workspace
    kit: Kit
    manifest: Manifest
    trusted: bool
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    delivered: list[Delivered] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    before: dict[str, bytes | None] = field(default_factory=dict)
    journal: list[tuple[str, tuple[Entry, ...]]] = field(default_factory=list)

    def deliver(self, told: KitCatalog) -> None:
        """Take in one catalog."""
        if told.file not in self.kit.members:
            note = "this file was not sent back; nothing of it changes"
            where = self.kit.where(told.file)
            self.findings.append(Finding("handoff-part", note, where, "", Severity.NOTE))
            return
        try:
            self._deliver(told)
        except PipelineError as error:
            self.faults += error.as_findings()

    def _deliver(self, told: KitCatalog) -> None:
        shown = catalog_path(told.locale, told.article)
        content = read_bytes(self.workspace.root / shown, shown)
        ours = scan(content, shown)
        exported = scan(self.kit.read(told.exported), str(self.kit.where(told.exported)))
        theirs = self._theirs(told, exported)
        self._source(told, ours, exported)
        result = hand_back(ours, exported, theirs, self.manifest.kit, trusted=self.trusted)
        new = self._saved(content, ours, result.catalog, shown)
        left = sum(e.state.value != "done" for e in theirs.entries)
        self.delivered.append(Delivered(told.locale, told.article, result, left))
        self.findings += findings_of(result, told, self.kit, shown)
        self.before[shown] = content
        if new != content:
            self.journal += [(shown, ours.entries), (shown, theirs.entries)]
            self.writes.append(Write(shown, new))

    def _theirs(self, told: KitCatalog, exported: Catalog) -> Catalog:
        """The catalog that came back, if it is one of this locale and article."""
        content, where = self.kit.read(told.file), self.kit.where(told.file)
        if self.manifest.format == "po":
            theirs = scan(content, str(where))
            locale = value_of(theirs.header, "Language").replace("_", "-")
        else:
            from pipeline.exchange import xliff12, xliff21

            reader = xliff12 if self.manifest.format == "xliff12" else xliff21
            document = reader.read(content, str(where))
            theirs, locale = document.catalog, document.locale
        language = locale.partition("-")[0].lower()
        if language and language != told.locale.partition("-")[0].lower():
            problem = f"this file says that it is in {locale!r}, not in {told.locale}"
            hint = "was it put into the wrong folder? Correct its language, or its place"
            raise UnreadableError(problem, where, hint, "handoff-name")
        if not {e.id for e in theirs.entries} & {e.id for e in exported.entries}:
            problem = "nothing in this file is of the file that was sent under this name"
            hint = "was it put into the wrong place? Send each file under the name that it had"
            raise UnreadableError(problem, where, hint, "handoff-name")
        return theirs

    def _source(self, told: KitCatalog, ours: Catalog, exported: Catalog) -> None:
        """Refuse what was made for another text; tell when the text has changed since."""
        if fingerprint(ours) == told.source:
            return
        live = {entry.id for entry in ours.entries if not entry.obsolete}
        gone = sum(entry.id not in live for entry in exported.entries)
        where = self.kit.where(told.file)
        if gone == len(exported.entries):
            problem = f"this was made for another text: {told.article} has none of its sentences"
            hint = "import it where it was exported, or look into the history of the article"
            raise UnreadableError(problem, where, hint, "handoff-source")
        problem = f"{told.article} has changed since the export; {gone} entries have left it"
        hint = "what still stands in the article is taken; export the rest anew"
        self.findings.append(Finding("handoff-source", problem, where, hint, Severity.NOTE))

    def _saved(self, content: bytes, ours: Catalog, catalog: Catalog, shown: str) -> bytes:
        """The new bytes of a catalog, read once more before anyone relies on them."""
        from pipeline.stages.extract import stamp

        words = {entry.id: entry.msgstr for entry in ours.entries}
        if any(words.get(entry.id) != entry.msgstr for entry in catalog.entries):
            header = changed(catalog.header, {"PO-Revision-Date": stamp(self.now)})
            catalog = replace(catalog, header=header)
        new = save(content, catalog, shown, before=ours)
        scan(new, shown)
        return new


def totals(delivered: tuple[Delivered, ...]) -> dict[str, int]:
    """The numbers of all catalogs together."""
    total: Counter[str] = Counter()
    for each in delivered:
        total.update(each.counts)
    return dict(total)
