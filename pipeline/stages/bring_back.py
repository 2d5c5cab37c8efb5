"""A catalog and words that it once held → the catalog with these words, over nothing newer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Catalog, Entry
from pipeline.model.kept import Kept
from pipeline.po.strings import escaped
from pipeline.stages.carry import original


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """A catalog and how many words came back as what."""

    catalog: Catalog
    filled: int = 0  # into an entry without words, fuzzy
    noted: int = 0  # into a comment: newer words stand there
    obsolete: int = 0  # as an obsolete entry: the text is no longer in the catalog


def bring_back(catalog: Catalog, kept: Sequence[Kept]) -> BroughtBack:
    """Bring back what is not there any more, the newest words first.

    Law: no msgstr that holds words changes; what comes back is fuzzy, a comment, or an
    obsolete entry; doing it twice changes nothing more.
    """
    entries = {entry.id: entry for entry in catalog.entries}
    went_on = {(*original(e)[:2], e.msgstr) for e in catalog.entries if e.fuzzy}
    counts = {"filled": 0, "noted": 0, "obsolete": 0}
    for old in reversed(kept):
        if (*old.id, old.words) in went_on and old.id not in entries:
            continue
        kind, entry = _with(entries.get(old.id), old)
        if kind:
            counts[kind] += 1
            entries[old.id] = entry
    live = tuple(e for e in entries.values() if not e.obsolete)
    gone = tuple(e for e in entries.values() if e.obsolete)
    found = replace(catalog, entries=(*live, *gone))
    return BroughtBack(catalog if found == catalog else found, **counts)


def _with(entry: Entry | None, old: Kept) -> tuple[str, Entry]:
    """The entry with the old words, and as what they came back; "" if they are there."""
    if entry is None:
        return "obsolete", _made(old)
    notes = _notes(old)
    if entry.msgstr == old.words or all(_has(entry, note) for note in notes):
        return "", entry
    if not any(entry.msgstr) and len(entry.msgstr) == len(old.words):
        flags = tuple(dict.fromkeys(("fuzzy", *entry.flags)))
        return "filled", replace(entry, msgstr=old.words, flags=flags)
    new = tuple(note for note in notes if not _has(entry, note))
    return "noted", replace(entry, comments=(*entry.comments, *new))


def _made(old: Kept) -> Entry:
    plural = old.plural or (old.source if len(old.words) > 1 else "")
    flags = ("fuzzy",) if old.fuzzy else ()
    return Entry(old.source, old.words, old.context, plural, flags=flags, obsolete=True)


def _notes(old: Kept) -> tuple[str, ...]:
    time = f"{old.time:%Y-%m-%d %H:%M%z}"
    return tuple(f'kept {time}: "{escaped(form)}"' for form in old.words if form)


def _has(entry: Entry, note: str) -> bool:
    """Whether the words of a note stand in the entry's comments, kept at whatever time."""
    words = note.partition(": ")[2]
    return any(words in line for line in entry.comments)
