"""A catalog → PO bytes in our layout: UTF-8, LF, unwrapped, as `msgcat --no-wrap` has it.

The bytes are written here and not by polib, which drops `#~|` lines, sorts obsolete
entries away from their comments and wraps what gettext does not.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Catalog, Entry
from pipeline.po.header import ordered, text_of
from pipeline.po.notes import ordered_flags, reference_lines
from pipeline.po.strings import literals


def write(catalog: Catalog) -> bytes:
    """The bytes of a catalog.

    Law: `scan(write(c)) == c` for every catalog that is `normal`, but for the spans;
    `write(normal(c)) == write(c)` for every other. A header entry is always written.
    """
    catalog = normal(catalog)
    blocks = [header_lines(catalog), *map(entry_lines, catalog.entries)]
    return ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode()


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
