"""A catalog → PO bytes in our layout: UTF-8, LF, unwrapped, as `msgcat --no-wrap` has it.

The bytes are written here and not by polib, which drops `#~|` lines, sorts obsolete
entries away from their comments and wraps what gettext does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from pipeline.model import Catalog, Entry
from pipeline.po.header import ordered, text_of
from pipeline.po.notes import ordered_flags, reference_lines
from pipeline.po.strings import literal, literals

Notes: TypeAlias = tuple[tuple[str, ...], ...]
_EMPTY = 'msgstr ""'


def write(catalog: Catalog) -> bytes:
    """The bytes of a catalog.

    Law: `scan(write(c)) == c` for every catalog that is `normal`, but for the spans;
    `write(normal(c)) == write(c)` for every other. A header entry is always written.
    """
    shared: dict[Notes, str] = {}
    live: list[str] = []
    obsolete: list[str] = []
    for entry in catalog.entries:
        block = _plain_block(entry, shared) or "\n".join(entry_lines(_normal(entry)))
        (obsolete if entry.obsolete else live).append(block)
    header = "\n".join(header_lines(normal(replace(catalog, entries=()))))
    return ("\n\n".join((header, *live, *obsolete)) + "\n").encode()


def _plain_block(entry: Entry, shared: dict[Notes, str]) -> str:
    """The block of an entry that `normal` cannot change but for its notes, "" of any other.

    Nearly all are such. `shared` keeps notes as they are written: entries under one heading
    have the same.
    """
    if entry.flags or entry.obsolete or entry.msgid_plural:
        return ""
    notes = (entry.comments, entry.extracted, entry.references, entry.previous)
    told = shared.get(notes)
    if told is None:
        told = shared[notes] = "".join([f"{line}\n" for line in _note_lines(entry)])
    words = entry.msgstr[0]
    msgid, msgstr = literal("msgid", entry.msgid), literal("msgstr", words) if words else _EMPTY
    if entry.msgctxt:
        return f"{told}{literal('msgctxt', entry.msgctxt)}\n{msgid}\n{msgstr}"
    return f"{told}{msgid}\n{msgstr}"


def _note_lines(entry: Entry) -> list[str]:
    """The comment lines of an entry that is not obsolete and has no flags, made `normal`."""
    return [
        *[_note("#", _ended(text)) for text in entry.comments],
        *[_note("#.", _ended(text)) for text in entry.extracted],
        *reference_lines(entry.references),
        *[_note("#|", text) for text in entry.previous],
    ]


def normal(catalog: Catalog) -> Catalog:
    """The catalog as our layout orders it: header keys, flags, obsolete entries last.

    Like gettext it takes "fuzzy" from an entry without words. A note that ends with a
    backslash gets a space: to gettext it would swallow the next line.
    """
    entries = tuple(_normal(entry) for entry in catalog.entries)
    live = tuple(entry for entry in entries if not entry.obsolete)
    obsolete = tuple(entry for entry in entries if entry.obsolete)
    comments = tuple(map(_ended, catalog.header_comments))
    return Catalog(
        live + obsolete, ordered(catalog.header), comments, ordered_flags(catalog.header_flags)
    )


def _normal(entry: Entry) -> Entry:
    flags = ordered_flags(entry.flags) if len(entry.flags) > 1 else entry.flags
    if "fuzzy" in flags and not any(entry.msgstr):
        flags = tuple(flag for flag in flags if flag != "fuzzy")
    comments = tuple(map(_ended, entry.comments))
    extracted = tuple(map(_ended, entry.extracted))
    if (flags, comments, extracted) == (entry.flags, entry.comments, entry.extracted):
        return entry
    return replace(entry, flags=flags, comments=comments, extracted=extracted)


def _ended(note: str) -> str:
    return f"{note} " if note.endswith("\\") else note


def header_lines(catalog: Catalog) -> list[str]:
    """The lines of the header entry."""
    header = Entry(
        "",
        (text_of(catalog.header),),
        comments=catalog.header_comments,
        flags=catalog.header_flags,
    )
    return entry_lines(header)


def entry_lines(entry: Entry) -> list[str]:
    """The lines of an entry, in gettext's order."""
    return [line for _, lines in sections(entry) for line in lines]


def sections(entry: Entry) -> list[tuple[str, list[str]]]:
    """The lines of an entry by what they say, in gettext's order; empty ones left out."""
    mark = "#~ " if entry.obsolete else ""
    parts = [
        ("comments", [_note("#", text) for text in entry.comments]),
        ("extracted", [_note("#.", text) for text in entry.extracted]),
        ("references", reference_lines(entry.references)),
        ("flags", [f"#, {', '.join(entry.flags)}"] if entry.flags else []),
        ("previous", [_note("#~|" if mark else "#|", text) for text in entry.previous]),
        ("msgctxt", literals("msgctxt", entry.msgctxt) if entry.msgctxt else []),
        ("msgid", literals("msgid", entry.msgid)),
        ("msgid_plural", _plural(entry)),
        ("msgstr", _words(entry)),
    ]
    if mark:
        parts[5:] = [(name, [mark + line for line in lines]) for name, lines in parts[5:]]
    return [(name, lines) for name, lines in parts if lines]


def _note(mark: str, text: str) -> str:
    return f"{mark} {text}" if text else mark


def _plural(entry: Entry) -> list[str]:
    return literals("msgid_plural", entry.msgid_plural) if entry.msgid_plural else []


def _words(entry: Entry) -> list[str]:
    if not entry.msgid_plural:
        return literals("msgstr", entry.msgstr[0])
    forms = enumerate(entry.msgstr)
    return [line for index, form in forms for line in literals(f"msgstr[{index}]", form)]


def previous_lines(context: str, msgid: str, plural: str = "") -> tuple[str, ...]:
    """The `#|` lines, without their mark, that keep the text a translation was made for."""
    lines = literals("msgctxt", context) if context else []
    lines += literals("msgid", msgid)
    return (*lines, *(literals("msgid_plural", plural) if plural else ()))
