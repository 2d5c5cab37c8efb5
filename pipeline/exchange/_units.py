"""Entries of a catalog ↔ units with notes, the common ground of XLIFF 1.2 and 2.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.errors import UnreadableError
from pipeline.model import Catalog, Entry, Finding, Span, State, Where

# Who says a note: what tells developers from translators in common editors comes first.
COMMENTS = "translator"
EXTRACTED = "developer"
REFERENCES = "reference"
FLAGS = "flags"
PREVIOUS = "previous-source"
PLURAL = "plural-source"
HEADER = "header"
HEADER_COMMENTS = "header-comment"
HEADER_FLAGS = "header-flags"

Notes = tuple[tuple[str, str], ...]
_FORBIDDEN = {
    "\0": "a NUL character",
    "\x04": "an EOT character (U+0004)",
    "\u202d": "a left-to-right override (U+202D)",
    "\u202e": "a right-to-left override (U+202E)",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One catalog as it goes to another tool."""

    name: str  # the article's id, or `site`
    source_locale: str
    locale: str
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Unit:
    """One text and its translation."""

    source: str
    target: str
    state: State
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """An entry: one unit, or one for each plural form."""

    id: str
    name: str  # the msgctxt
    units: tuple[Unit, ...]
    notes: Notes
    plural: bool = False
    obsolete: bool = False
    line: int = 0


def groups_of(catalog: Catalog) -> Iterator[Group]:
    """The entries as groups, numbered from 1 in the order of the catalog."""
    for number, entry in enumerate(catalog.entries, 1):
        plural = bool(entry.msgid_plural)
        texts = (entry.msgid, *(entry.msgid_plural,) * (len(entry.msgstr) - 1))
        units = tuple(
            Unit(source, words, _state(words, entry))
            for source, words in zip(texts, entry.msgstr, strict=True)
        )
        yield Group(str(number), entry.msgctxt, units, _notes(entry), plural, entry.obsolete)


def _state(words: str, entry: Entry) -> State:
    if not words:
        return State.MISSING
    return State.FUZZY if entry.fuzzy else State.DONE


def _notes(entry: Entry) -> Notes:
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    told = (
        (COMMENTS, entry.comments),
        (EXTRACTED, entry.extracted),
        (REFERENCES, entry.references),
        (FLAGS, flags),
        (PREVIOUS, entry.previous),
        (PLURAL, (entry.msgid_plural,) if entry.msgid_plural else ()),
    )
    return tuple((who, "\n".join(lines)) for who, lines in told if lines)


def catalog_of(groups: Iterable[Group], notes: Notes, path: str) -> Catalog:
    """The entries of groups, obsolete ones last, with the header that the notes hold.

    Raises:
        UnreadableError: a text stands twice, or holds a character that no catalog may hold.
    """
    entries: list[Entry] = []
    faults: list[Finding] = []
    lines: dict[tuple[str, str], int] = {}
    for group in groups:
        entry = _entry(group)
        faults += _characters(entry, Where(path, group.line))
        if entry.id in lines:
            faults.append(_twice(entry, Where(path, group.line), lines[entry.id]))
        lines.setdefault(entry.id, group.line)
        entries.append(entry)
    if faults:
        raise UnreadableError.of(tuple(faults))
    header = _lines(notes, HEADER)
    return Catalog(
        tuple(sorted(entries, key=lambda entry: entry.obsolete)),
        tuple(map(_field, header)),
        _lines(notes, HEADER_COMMENTS),
        _lines(notes, HEADER_FLAGS),
    )


def header_notes(catalog: Catalog) -> Notes:
    """The header of a catalog as notes of its file."""
    fields = tuple(f"{key}: {value}" if key else value for key, value in catalog.header)
    told = (
        (HEADER, fields),
        (HEADER_COMMENTS, catalog.header_comments),
        (HEADER_FLAGS, catalog.header_flags),
    )
    return tuple((who, "\n".join(lines)) for who, lines in told if lines)


def _field(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    return (key, value.removeprefix(" ")) if colon else ("", line)


def _lines(notes: Notes, who: str) -> tuple[str, ...]:
    return tuple(line for said, text in notes if said == who for line in text.split("\n"))


def _entry(group: Group) -> Entry:
    fuzzy = any(unit.state is State.FUZZY for unit in group.units)
    ours = (EXTRACTED, REFERENCES, FLAGS, PREVIOUS, PLURAL)
    # whatever else an editor calls the person, a note that is not ours is a translator's
    comments = tuple(
        line for who, told in group.notes if who not in ours for line in _comment_lines(told)
    )
    plural = "\n".join(_lines(group.notes, PLURAL)) if group.plural else ""
    return Entry(
        group.units[0].source,
        tuple(unit.target for unit in group.units),
        group.name,
        plural,
        comments,
        _lines(group.notes, EXTRACTED),
        _lines(group.notes, REFERENCES),
        (*(("fuzzy",) if fuzzy else ()), *_lines(group.notes, FLAGS)),
        _lines(group.notes, PREVIOUS),
        group.obsolete,
        Span(0, 0, group.line),
    )


def _comment_lines(text: str) -> list[str]:
    """The lines of a note; a carriage return has no place in a comment."""
    return text.replace("\r\n", "\n").replace("\r", " ").split("\n")


def _characters(entry: Entry, where: Where) -> Iterator[Finding]:
    """Characters that PO files are refused for, whatever door they come through."""
    words = "".join((entry.msgid, entry.msgid_plural, entry.msgctxt, *entry.msgstr))
    notes = "".join((*entry.comments, *entry.extracted, *entry.previous))
    for character, name in _FORBIDDEN.items():
        # what turns the writing around does no harm in a note, which no reader sees
        if character in words or (character in notes and character < " "):
            yield Finding("xliff-character", f"{name} in this unit", where, "delete the character")


def _twice(entry: Entry, where: Where, first: int) -> Finding:
    problem = f"the text {entry.msgid[:40]!r} stands in this file already"
    return Finding("xliff-twice", problem, where, f"keep one of the two; see line {first}")


def without_lines(catalog: Catalog) -> Catalog:
    """The catalog without the places of its entries, to compare it."""
    bare = tuple(replace(entry, span=Span(0, 0, 0)) for entry in catalog.entries)
    return replace(catalog, entries=bare)
