"""A catalog's bytes and a new template → the bytes brought up to date.

Law: the same bytes and report as `scan`, `merge` and `save` one after the other. Entries
that the template left alone are recognised by their lines and never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.model import Entry
from pipeline.po.blocks import Blocks, Heads, cut, well_formed
from pipeline.po.save import entry_bytes, head_bytes, save
from pipeline.po.scan import scan
from pipeline.po.swift import read_block, read_swiftly
from pipeline.po.write import entry_lines
from pipeline.stages.carry import Id
from pipeline.stages.changes import Changes
from pipeline.stages.merge import (
    Locale,
    MergeReport,
    MergeRun,
    forms_of,
    inherits,
    merge,
    new_header,
)


def update(
    content: bytes, changes: Changes, locale: Locale, revised: datetime, path: str = ""
) -> tuple[bytes, MergeReport]:
    """Bring the bytes of a catalog up to date; b"" starts one.

    Raises:
        UnreadableError: `content` is not a PO file that `scan` would take.
    """
    quick = _quick(content, changes, locale, revised)
    if quick:
        return quick
    before = scan(content, path) if content else None
    result, report = merge(before, changes, locale, revised)
    return save(content, result, path, before=before), report


def _quick(
    content: bytes, changes: Changes, locale: Locale, revised: datetime
) -> tuple[bytes, MergeReport] | None:
    """The update of a file in our own layout, or None."""
    blocks = cut(content)
    if not blocks or not changes.template.entries:
        return None
    header = read_swiftly(blocks.header)
    stood = _stood(blocks, _heads(changes, locale)) if header else None
    if not stood:
        return None
    before = scan(blocks.header, "")
    if not before.header or before.entries:
        return None
    strange = [entry for key, entry in stood.read.items() if key not in changes.ids]
    run = MergeRun(stood.entry, strange, changes, locale, forms_of(before.header, locale))
    pieces = [
        stood.kept.get((wanted.msgctxt, wanted.msgid)) or stood.bytes_of(run.entry(wanted))
        for wanted in changes.template.entries
    ]
    run.counts["kept"] += len(stood.kept)
    gone = run.left_over()
    pieces += [stood.bytes_of(entry) for entry in (*run.kept_obsolete(), *gone)]
    fields = new_header(before.header, changes.template, locale, revised, moved=run.moved)
    after = replace(before, header=fields)
    head = head_bytes(blocks.header + b"\n", before, after).removesuffix(b"\n")
    return b"\n\n".join((head, *pieces)) + b"\n", run.report()


def _heads(changes: Changes, locale: Locale) -> Mapping[bytes, Id]:
    """The heads of the template's entries, with what this locale adds to their notes."""
    if not (locale.parent and locale.inherited):
        return changes.heads
    make = Heads()
    notes = {key: inherits(locale, key) for key in changes.ids}
    made = ((make.head(entry, *notes[entry.id]), entry.id) for entry in changes.template.entries)
    return {head: key for head, key in made if head}


@dataclass(frozen=True, slots=True)
class _Stood:
    """The entries of a file: those to keep as bytes, and the others read."""

    kept: Mapping[Id, bytes]
    read: Mapping[Id, Entry]
    raw: Mapping[Id, bytes]  # the blocks of those that were read

    def entry(self, key: Id) -> Entry | None:
        """The entry of an id."""
        block = self.kept.get(key)
        return read_block(block.decode()) if block is not None else self.read.get(key)

    def bytes_of(self, entry: Entry) -> bytes:
        """The bytes of an entry after the merge, without its last line feed."""
        old = self.read.get(entry.id)
        if old is None:
            return "\n".join(entry_lines(entry)).encode()
        return entry_bytes(self.raw[entry.id] + b"\n", old, entry).removesuffix(b"\n")


def _stood(blocks: Blocks, heads: Mapping[bytes, Id]) -> _Stood | None:
    """Know what can be known by its head and read the rest; None if a block is unusual."""
    known = {head: block for head, block in blocks.heads.items() if head in heads}
    if not well_formed(known):
        return None
    kept = {heads[head]: block for head, block in known.items()}
    read: dict[Id, Entry] = {}
    raw: dict[Id, bytes] = {}
    obsolete = False
    for head, block in blocks.heads.items():
        if head in known:
            if obsolete:
                return None  # a live entry behind an obsolete one
            continue
        entry = read_block(block.decode())
        if entry is None or not entry.msgid or entry.id in kept or entry.id in read:
            return None
        if obsolete and not entry.obsolete:
            return None
        obsolete = entry.obsolete
        read[entry.id], raw[entry.id] = entry, block
    return _Stood(kept, read, raw)
