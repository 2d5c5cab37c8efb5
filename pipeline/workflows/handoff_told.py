"""What became of the entries of a kit → findings, each for a person to know or to decide."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Entry, Finding, Pair, Severity, Where
from pipeline.stages.hand_back import HandedBack
from pipeline.store.kit import Kit
from pipeline.store.kit_manifest import KitCatalog
from pipeline.workflows.words import checks

_LISTED = (
    ("gone", "has left the article; its translation is kept as an obsolete entry"),
    ("emptied", "came back without words; those in the catalog stay"),
    ("strange", "was not in the kit; it is left out"),
    ("misfits", "has another number of plural forms than before; it is left out"),
)


def told(result: HandedBack, catalog: KitCatalog, kit: Kit, shown: str) -> Iterator[Finding]:
    """Conflicts, entries that could not be taken, and what the checks say of those that were."""
    for ours, theirs in result.conflicts:
        place = kit.where(catalog.file, theirs.span.line)
        problem = f"both sides changed {theirs.msgid[:60]!r}; the words in the catalog stay"
        hint = f"the kit's words ({place}) stand above them as a comment: choose, and delete it"
        where = Where(shown, ours.span.line)
        yield Finding("handoff-conflict", problem, where, hint, Severity.WARNING)
    for name, problem in _LISTED:
        for entry in getattr(result, name):
            where = kit.where(catalog.file, entry.span.line)
            problem_here = f"{entry.msgid[:60]!r} {problem}"
            yield Finding("handoff-entry", problem_here, where, "", Severity.WARNING)
    for entry in result.taken:
        if not entry.msgid_plural and entry.msgstr[0]:
            yield from _checked(entry, catalog, kit)


def _checked(entry: Entry, catalog: KitCatalog, kit: Kit) -> Iterator[Finding]:
    from pipeline.workflows.check import segment_of

    pair = Pair(segment_of(entry), entry.msgstr[0], catalog.locale)
    where = kit.where(catalog.file, entry.span.line)
    for check in checks():
        for message, hint in check.run(pair):
            yield Finding(check.code, message, where, hint, check.severity)
