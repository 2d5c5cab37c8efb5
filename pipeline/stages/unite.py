"""A catalog as it was and as two branches left it → one catalog that holds what both wrote.

Laws: the result is the same whichever side is called "ours"; words that a side added or
changed are in the result, as a msgstr or, where both changed an entry, in its comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model import Catalog, Entry
from pipeline.po.header import Header, changed, plural_count, value_of
from pipeline.stages.carry import Id, as_obsolete, refitted
from pipeline.stages.unite_entry import Pair, either, unite_entry, united_lines

_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_NEWER = (*_DATES, "Last-Translator")  # who revised goes with when


@dataclass(frozen=True, slots=True)
class United:
    """A united catalog, and how it came about."""

    catalog: Catalog
    conflicts: tuple[Id, ...] = ()  # entries whose words both sides had changed differently


def unite(base: Catalog, lead: Catalog, other: Catalog) -> United:
    """Unite two catalogs that grew from `base`; an empty one if there was none.

    `lead` decides the order and what our own tools wrote: see `lead_first`.
    """
    known = _by_id(base), _by_id(lead), _by_id(other)
    authors = author(lead), author(other)
    header = _header(base.header, lead.header, other.header)
    forms = plural_count(header)
    entries: list[Entry] = []
    conflicts: list[Id] = []
    for key in _order(lead, other):
        was, left, right = (entries_of.get(key) for entries_of in known)
        if left and right:
            entry, conflict = unite_entry(was, Pair(left, right, *authors))
            conflicts += [key] if conflict else []
        else:
            gone_from = lead if right else other
            found = _alone(was, left or right, gone_from)
            if found is None:
                continue
            entry = found
        entries.append(_fitted(entry, forms))
    united = Catalog(
        (*(e for e in entries if not e.obsolete), *(e for e in entries if e.obsolete)),
        header,
        united_lines(base.header_comments, lead.header_comments, other.header_comments),
        united_lines(base.header_flags, lead.header_flags, other.header_flags),
    )
    return United(lead if united == lead else united, tuple(conflicts))


def lead_first(one: Catalog, two: Catalog) -> bool:
    """Whether `one` leads: its template is newer, then its words; then any rule will do."""
    return _age(one) >= _age(two)


def author(catalog: Catalog) -> str:
    """Who wrote last in a catalog, and when, as its header has it."""
    name = value_of(catalog.header, "Last-Translator").strip() or "another translator"
    date = value_of(catalog.header, "PO-Revision-Date").strip()
    return f"{name} ({date})" if date else name


def _age(catalog: Catalog) -> tuple[object, ...]:
    dates = tuple(value_of(catalog.header, key) for key in _DATES)
    told = [(e.id, e.obsolete, e.msgid_plural, e.msgstr, e.flags) for e in catalog.entries]
    notes = [(e.comments, e.extracted, e.references, e.previous) for e in catalog.entries]
    return *dates, told, notes, catalog.header, catalog.header_comments, catalog.header_flags


def _by_id(catalog: Catalog) -> Mapping[Id, Entry]:
    return {entry.id: entry for entry in catalog.entries}


def _order(lead: Catalog, other: Catalog) -> Iterator[Id]:
    """The ids of the lead, and each that only the other has behind its neighbour there."""
    own = {entry.id for entry in lead.entries}
    behind: dict[Id | None, list[Id]] = {}
    neighbour: Id | None = None
    for entry in other.entries:
        if entry.id in own:
            neighbour = entry.id
        else:
            behind.setdefault(neighbour, []).append(entry.id)
    yield from behind.get(None, ())
    for entry in lead.entries:
        yield entry.id
        yield from behind.get(entry.id, ())


def _alone(was: Entry | None, entry: Entry | None, gone_from: Catalog) -> Entry | None:
    """What becomes of an entry that only one side has; None: it may go.

    One that the other side took out stays as an obsolete one if it holds words or notes,
    but for those that went on to another entry there, as they do when a text changed.
    """
    if entry is None or was is None:
        return entry
    if not any(entry.msgstr) and not entry.comments:
        return None
    went_on = (entry.msgstr, entry.comments) == (was.msgstr, was.comments) and any(
        one.msgstr == entry.msgstr and set(entry.comments) <= set(one.comments)
        for one in gone_from.entries
    )
    if went_on:
        return None
    return entry if entry.obsolete else as_obsolete(entry)


def _fitted(entry: Entry, forms: int) -> Entry:
    """A plural entry with as many forms as the header promises; none of its words goes."""
    if not entry.msgid_plural or not forms or len(entry.msgstr) == forms:
        return entry
    return refitted(entry, replace(entry, msgstr=("",) * forms))


def _header(base: Header, lead: Header, other: Header) -> Header:
    """The lead's header with what the other changed; dates and the reviser are the newer."""
    if not lead or not other:
        return lead or other
    newer = max((lead, other), key=_revised)
    values: dict[str, str] = {}
    gone: set[str] = set()
    for key in dict.fromkeys(key for key, _ in (*lead, *other) if key):
        was, left, right = (_field(header, key) for header in (base, lead, other))
        value = either(was, left, right)
        if key == "POT-Creation-Date":
            value = max(left or "", right or "")
        elif key in _NEWER:
            value = _field(newer, key)
        if value is None:
            gone.add(key)
        elif value != left:
            values[key] = value
    return changed(tuple(pair for pair in lead if pair[0] not in gone), values)


def _revised(header: Header) -> tuple[str, str]:
    return value_of(header, "PO-Revision-Date"), value_of(header, "Last-Translator")


def _field(header: Header, key: str) -> str | None:
    return next((value for name, value in header if name == key), None)
