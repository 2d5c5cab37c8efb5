"""PO bytes in the layout that we write → its blocks, cut but not read.

Merging leaves most entries as they are. Cutting a file at its empty lines and looking the
blocks up costs a fifth of reading them; whoever has to change one reads that one alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Entry
from pipeline.po.encoding import BOM, LIMIT
from pipeline.po.strings import literals
from pipeline.po.swift import notes_in
from pipeline.po.write import sections

_BODY = rb'[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*+'
_LITERALS = re.compile(rb'"' + _BODY + rb'"(?:\n"' + _BODY + rb'")*+')
_WORDS = b"\nmsgstr "
_STRANGE = (b"\r", b"\0", b"\x04")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a file, each without the line feed at its end."""

    header: bytes
    blocks: tuple[bytes, ...]
    heads: dict[bytes, bytes]  # the lines before `msgstr` → the block


def cut(content: bytes) -> Blocks | None:
    """The blocks of a file, or None where only the exact reader may judge."""
    if len(content) > LIMIT or content.startswith(BOM) or not content.endswith(b'"\n'):
        return None
    if any(mark in content for mark in _STRANGE) or not _is_plain(content):
        return None
    header, *blocks = content[:-1].split(b"\n\n")
    heads = {block.partition(_WORDS)[0]: block for block in blocks}
    return Blocks(header, tuple(blocks), heads) if len(heads) == len(blocks) else None


def _is_plain(content: bytes) -> bool:
    """Whether the bytes are UTF-8 without overrides of the writing direction."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return text.isascii() or not ("\u202d" in text or "\u202e" in text)


def well_formed(found: dict[bytes, bytes]) -> bool:
    """Whether nothing but literals stands behind the heads of these blocks."""
    start = len(_WORDS)
    words = b"\n".join([block[len(head) + start :] for head, block in found.items()])
    return not found or _LITERALS.fullmatch(words) is not None


class Heads:
    """Makes the lines of a template's entries before their `msgstr`, as a catalog has them."""

    def __init__(self) -> None:
        self._notes: dict[tuple[tuple[str, ...], ...], str | None] = {}

    def head(self, entry: Entry, *more: str) -> bytes | None:
        """The head of one entry; `more` are extracted notes that one locale adds.

        None for an entry whose block cannot be known by its head: a plural, a fuzzy one,
        or one whose notes would not be read back the same.
        """
        if entry.msgid_plural or entry.previous or "fuzzy" in entry.flags or not entry.msgid:
            return None
        key = ((*entry.extracted, *more), entry.references, entry.flags)
        notes = self._notes[key] if key in self._notes else self._notes.setdefault(key, _notes(key))
        if notes is None:
            return None
        context = literals("msgctxt", entry.msgctxt) if entry.msgctxt else ()
        return (notes + "\n".join((*context, *literals("msgid", entry.msgid)))).encode()


def _notes(key: tuple[tuple[str, ...], ...]) -> str | None:
    """The lines of notes, references and flags; entries of one section share them."""
    extracted, references, flags = key
    plain = Entry("", extracted=extracted, references=references, flags=flags)
    kinds = ("extracted", "references", "flags")
    lines = [line for kind, found in sections(plain) if kind in kinds for line in found]
    notes = "".join(f"{line}\n" for line in lines)
    return notes if notes_in(notes) == ((), extracted, references, flags, ()) else None
