"""The memory and a catalog's bytes → the bytes with suggestions in its empty entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pipeline.model import Entry, Finding, Pair, Severity
from pipeline.model.memory import Match
from pipeline.po.header import changed
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import previous_lines
from pipeline.stages.carry import Id
from pipeline.stages.extract import stamp
from pipeline.stages.merge import FROM_MEMORY
from pipeline.stages.remember import Asked, fitted
from pipeline.store.workspace import Workspace
from pipeline.workflows.check import segment_of
from pipeline.workflows.memory import Remembered, remember
from pipeline.workflows.words import look

_WITHOUT = ("slug",)  # roles that get no suggestion: an empty slug follows its title


class Prefill:
    """Fills the empty entries of catalogs, as far as l10n.toml asks for it.

    A suggestion is fuzzy, tells its origin and score, and never crosses a difference of
    number, unit, negation or product; what a check would call an error is no suggestion.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.least = workspace.memory.prefill
        self._open: Remembered | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What of the memory could not be read."""
        return self._open.findings if self._open else ()

    def close(self) -> None:
        """Give up the memory, if it was asked."""
        if self._open:
            self._open.memory.close()

    def fill(
        self,
        content: bytes,
        path: str,
        locale: str,
        article: str,
        not_: Collection[Id],
        now: datetime,
    ) -> tuple[bytes, int]:
        """The catalog with its suggestions, and how many; entries of the ids `not_` stay."""
        before = scan(content, path)
        texts = ["", *(entry.msgid for entry in before.entries if not entry.obsolete), ""]
        entries = list(before.entries)
        filled = 0
        for at, entry in enumerate(before.entries):
            if not _wants(entry) or entry.id in not_:
                continue
            beside = texts[at], texts[at + 2]
            found = self._suggested(entry, locale, article, beside)
            if found:
                entries[at] = found
                filled += 1
        if not filled:
            return content, 0
        header = changed(before.header, {"PO-Revision-Date": stamp(now)})
        after = replace(before, entries=tuple(entries), header=header)
        return save(content, after, path, before=before), filled

    def _suggested(
        self, entry: Entry, locale: str, article: str, beside: tuple[str, str]
    ) -> Entry | None:
        """The entry with the best words that may serve, or None."""
        if self._open is None:
            self._open = remember(self.workspace)
        asked = Asked(entry.msgid, entry.msgctxt, article, *beside)
        for match in self._open.look(asked, locale):
            if match.score < self.least:
                return None
            made = _with(entry, match)
            if not match.differs and self._sound(made, locale):
                return made
        return None

    def _sound(self, entry: Entry, locale: str) -> bool:
        """Whether no check finds an error in the words."""
        source = self.workspace.site.source_locale
        pair = Pair(segment_of(entry), entry.msgstr[0], locale, source)
        return all(finding.severity < Severity.ERROR for finding in look(pair, ""))


def _wants(entry: Entry) -> bool:
    empty = not any(entry.msgstr) and not entry.obsolete and not entry.msgid_plural
    return empty and entry.msgctxt not in _WITHOUT


def _with(entry: Entry, match: Match) -> Entry:
    """The entry with a match's words, fuzzy, and where they come from."""
    words = fitted(match.target, match.source, entry.msgid)
    return replace(
        entry,
        msgstr=(words,),
        extracted=(*entry.extracted, f"{FROM_MEMORY}{match.score} % from {match.origin}"),
        flags=("fuzzy", *entry.flags),
        previous=() if match.source == entry.msgid else previous_lines("", match.source),
    )
