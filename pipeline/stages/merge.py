"""A locale's catalog and a new template → the catalog brought up to date, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.model import Catalog, Entry
from pipeline.po.header import Header, changed, plural_count, value_of
from pipeline.po.plurals import plural_forms
from pipeline.stages.carry import (
    Id,
    as_it_was,
    as_obsolete,
    carry,
    original,
    refitted,
    reopened,
    updated,
)
from pipeline.stages.changes import CHANGE_FIELD, Candidates, Changes, compare
from pipeline.stages.extract import stamp
from pipeline.stages.locale import Locale, inherits

__all__ = ["Changes", "Locale", "MergeReport", "compare", "inherits", "merge"]

CONFIRM = "starts from the source's own words; confirm or adapt"
FROM_MEMORY = "from memory: "
ORIGINS = ("aligned: ", FROM_MEMORY)  # begin notes that a command left beside words it filled in
_TEMPLATE_FIELDS = ("POT-Creation-Date", "X-Segmentation", "X-Source-Locale")


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: how many entries of each fate."""

    kept: int = 0  # same id: translation untouched
    revived: int = 0  # came back from the obsolete ones
    fuzzy: int = 0  # took over the words of a text that was like it
    filled: int = 0  # took the source's own words
    new: int = 0  # wait for a translation
    obsolete: int = 0  # left the article; their words are kept
    dropped: int = 0  # left the article and had no words


def merge(
    catalog: Catalog | None,
    changes: Changes,
    locale: Locale,
    revised: datetime,
) -> tuple[Catalog, MergeReport]:
    """Bring a catalog up to date with `changes.template`.

    Laws: a second merge changes nothing; every finished translation is still there, in
    its entry, in a fuzzy one that names its old text in `#|`, or in an obsolete one.
    `revised` becomes PO-Revision-Date if a msgstr changed; None for `catalog` starts one.
    """
    before = catalog or Catalog(())
    known = {(entry.msgctxt, entry.msgid): entry for entry in before.entries}
    strange = [e for e in before.entries if (e.msgctxt, e.msgid) not in changes.ids]
    run = MergeRun(known.get, strange, changes, locale, forms_of(before.header, locale))
    entries = [run.entry(wanted) for wanted in changes.template.entries]
    gone = run.left_over()
    merged = replace(before, entries=(*entries, *run.kept_obsolete(), *gone))
    header = new_header(before.header, changes.template, locale, revised, moved=run.moved)
    result = replace(merged, header=header)
    return (before if result == before else result), run.report()


def forms_of(header: Header, locale: Locale) -> int:
    """How many plural forms a catalog's entries have."""
    return plural_count((("Plural-Forms", plural_forms(locale.name, header)),)) or 1


class MergeRun:
    """One merge, while it goes through the template.

    `known` gives the catalog's entry of an id; `strange` are the entries that the template
    does not ask for, obsolete ones last.
    """

    def __init__(
        self,
        known: Callable[[Id], Entry | None],
        strange: Sequence[Entry],
        changes: Changes,
        locale: Locale,
        forms: int,
    ) -> None:
        self.known = known
        self.strange = strange
        self.changes = changes
        self.locale = locale
        self.forms = forms
        self.from_source = locale.starts_from_source
        self.moved = False  # whether words changed or became obsolete
        self.wanted = changes.ids
        self.used: set[Id] = set()
        self.counts = dict.fromkeys(MergeReport.__slots__, 0)
        self._own: Candidates | None = None

    def entry(self, wanted: Entry) -> Entry:
        """The entry of a template with the words that this locale has for it."""
        old = self.known((wanted.msgctxt, wanted.msgid))
        if old is not None and bool(old.msgid_plural) == bool(wanted.msgid_plural):
            self.moved = self.moved or (old.obsolete and any(old.msgstr))
            self.counts["revived" if old.obsolete else "kept"] += 1
            entry = updated(old, wanted)
            entry = entry if self.locale.is_source else reopened(entry, wanted, old.extracted)
            return self._noted(entry, wanted, old.extracted)
        empty = ("",) * (self.forms if wanted.msgid_plural else 1)
        blank = wanted if wanted.msgstr == empty else replace(wanted, msgstr=empty)
        self.moved = self.moved or self.from_source
        if old is not None:
            self.moved = True
            self.counts["fuzzy" if any(old.msgstr) else "new"] += 1
            return self._noted(refitted(old, blank), wanted)
        return self._noted(self._made(blank), wanted)

    def _made(self, blank: Entry) -> Entry:
        """An entry that the catalog did not have."""
        if kept := self._kept(blank):
            return kept
        near = self._near(blank)
        if self.from_source:
            return self._from_source(blank, list(near))
        for old in near:
            carried = carry(old, blank, same_figures=self.changes.agree(blank, old))
            if carried:
                self.moved = True
                self._use(old)
                self.counts["fuzzy"] += 1
                return carried
        self.counts["new"] += 1
        return blank

    def _kept(self, blank: Entry) -> Entry | None:
        """The words of a text that changed in nothing that matters, as finished as they were."""
        place = self.changes.cosmetic.get(blank.id)
        old = self.known(place) if place else None
        if old is None or self.locale.is_source:
            return None
        kept = as_it_was(old, blank, follows=self.from_source)
        if kept:
            self._use(old)
            self.counts["kept"] += 1
        return kept

    def _from_source(self, blank: Entry, near: list[Entry]) -> Entry:
        """A locale of the source's language follows its text, but for words of its own."""
        texts = (blank.msgid, blank.msgid_plural) if blank.msgid_plural else (blank.msgid,)
        own_words = [old for old in near if old.msgstr[0] not in ("", original(old)[1])]
        for old in own_words[:1]:
            carried = carry(old, blank, same_figures=self.changes.agree(blank, old))
            if carried:
                self.moved = True
                self._use(old)
                self.counts["fuzzy"] += 1
                return carried
        for old in near[:1]:
            if old not in own_words:
                self._use(old)
        self.counts["filled"] += 1
        words = (*texts, *texts[-1:] * (len(blank.msgstr) - len(texts)))[: len(blank.msgstr)]
        adapted = bool(own_words) or not self.locale.is_source
        flags = ("fuzzy", *blank.flags) if adapted else blank.flags
        return replace(blank, msgstr=words, flags=flags)

    def _near(self, wanted: Entry) -> Iterator[Entry]:
        """Entries with words whose text is like the wanted one, the best first."""
        ids = self.changes.near(wanted)
        found = (old for old in map(self.known, ids) if old is not None and any(old.msgstr))
        best = next(found, None)
        if best is not None:
            yield best
            yield from found
            if not best.obsolete:
                return
        if self._own is None:
            # what the templates do not know: obsolete entries, and all without an old template
            strange = [
                entry
                for entry in self.strange
                if any(entry.msgstr) and entry.id not in self.changes.old_ids
            ]
            self._own = Candidates(strange)
        own = map(self.known, (i for i in self._own.near(wanted) if i not in ids))
        yield from (old for old in own if old is not None)

    def _use(self, old: Entry) -> None:
        if not old.obsolete and old.id not in self.wanted:
            self.used.add(old.id)

    def _noted(self, entry: Entry, wanted: Entry, before: tuple[str, ...] = ()) -> Entry:
        """The entry with our notes: the template's, and what this locale adds to them."""
        notes = wanted.extracted
        if entry.fuzzy:  # where its words come from matters until somebody confirms them
            notes += tuple(note for note in before if note.startswith(ORIGINS))
        inherited = inherits(self.locale, entry.id)
        if inherited:
            notes += inherited
        elif self.from_source and entry.fuzzy and not entry.previous:
            notes += (CONFIRM,) if entry.msgstr[0] == entry.msgid else ()
        return entry if notes == entry.extracted else replace(entry, extracted=notes)

    def kept_obsolete(self) -> list[Entry]:
        """The obsolete entries whose text did not come back."""
        return [entry for entry in self.strange if entry.obsolete]

    def left_over(self) -> list[Entry]:
        """The entries that left the article, as obsolete ones if there is anything to keep."""
        left = [e for e in self.strange if not e.obsolete and e.id not in self.used]
        kept = [as_obsolete(entry) for entry in left if any(entry.msgstr) or entry.comments]
        self.counts |= {"obsolete": len(kept), "dropped": len(left) - len(kept)}
        self.moved = self.moved or any(any(entry.msgstr) for entry in kept)
        return kept

    def report(self) -> MergeReport:
        """What the merge did."""
        return MergeReport(**self.counts)


def new_header(
    before: Header, template: Catalog, locale: Locale, revised: datetime, *, moved: bool
) -> Header:
    """The header of a merged catalog: what the template says, and when its words changed."""
    values = {key: value_of(template.header, key) for key in _TEMPLATE_FIELDS}
    values = {key: value for key, value in values.items() if value}
    if template.header and not before:
        name = locale.name.replace("-", "_")
        values |= {
            "Language": name,
            "Language-Team": name,
            "Last-Translator": "",
            "Plural-Forms": plural_forms(locale.name),
            "PO-Revision-Date": stamp(revised),
        }
        return changed(tuple(p for p in template.header if p[0] != CHANGE_FIELD), values)
    if moved:
        values["PO-Revision-Date"] = stamp(revised)
    return changed(before, values)
