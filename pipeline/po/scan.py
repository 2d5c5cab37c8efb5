"""PO bytes → a catalog, or the words of a build; a faulty file is refused with each place.

Two readers stand behind it. The quick one takes well-formed files in the layouts that
tools write; whatever it does not know at sight goes to the exact one, which reads all
that PO allows and is the only source of errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pipeline.model import Catalog, Entry, State
from pipeline.po.header import parsed
from pipeline.po.strict import Reading, read_strictly
from pipeline.po.swift import read_swiftly, words_swiftly

Words: TypeAlias = Mapping[tuple[str, str], tuple[tuple[str, ...], State]]


def scan(content: bytes, path: str) -> Catalog:
    """The catalog that stands in a PO file, its entries with their byte spans.

    Raises:
        UnreadableError: with a finding, place and hint for each fault.
    """
    return catalog_of(read(content, path))


def scan_words(content: bytes, path: str) -> Words:
    """What a build needs: (msgctxt, msgid) → (one string a plural form, state).

    Obsolete entries are left out; the file is held to the same rules as by `scan`.

    Raises:
        UnreadableError: with a finding, place and hint for each fault.
    """
    words = words_swiftly(content)
    if words is not None:
        return words
    entries = read_strictly(content, path).entries
    return {e.id: (e.msgstr, e.state) for e in entries if not e.obsolete}


def read(content: bytes, path: str) -> Reading:
    """The header entry and the others in file order, for those who patch the bytes."""
    return read_swiftly(content) or read_strictly(content, path)


def catalog_of(reading: Reading) -> Catalog:
    """The catalog of what was read: obsolete entries last."""
    entries: tuple[Entry, ...] = reading.entries
    if any(entry.obsolete for entry in entries):
        entries = tuple(sorted(entries, key=_is_obsolete))
    header = reading.header
    if header is None:
        return Catalog(entries)
    return Catalog(entries, parsed(header.msgstr[0]), header.comments, header.flags)


def _is_obsolete(entry: Entry) -> bool:
    return entry.obsolete
