"""The quick reader: PO bytes in a common layout → the entries, or None for the exact reader.

It takes what tools write (one blank line between entries, LF, singular entries, notes
before the keywords) and nothing that could be a fault, so that every error comes from
the one reader that can tell its line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.model import Entry, Span, State
from pipeline.po.encoding import BOM, LIMIT, is_utf8
from pipeline.po.header import parsed, value_of
from pipeline.po.notes import flags_in, references_in
from pipeline.po.quick import OpenEntry, OpenSpan
from pipeline.po.strict import Reading
from pipeline.po.strings import unescaped

# One match is one whole block between blank lines: as many matches as blocks means that
# nothing was passed over. `.` is the regex engine's fastest loop; the few strings with a
# quote or backslash inside are looked at again by `_careful`.
_ENTRY = re.compile(
    r"(?:\A|(?<=[^\n]\n\n))((?:#(?:[ .:,|].*)?\n)*+)"
    r'(?:msgctxt "(.*)"((?:\n".*)*+)\n)?+msgid "(.*)"((?:\n".*)*+)\nmsgstr "(.*)"((?:\n".*)*+)'
    r"(?=\n\n|\Z)()"  # the empty group stands for "not obsolete"
)
_BODY = r'[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*+'
_LITERALS = re.compile(rf'"{_BODY}"(?:\n"{_BODY}")*+')
_MARK = re.compile(r"^#~ ?(\|?)", re.MULTILINE)
_UNMARKED = re.compile(r"^(?:msg|\"|#\|)", re.MULTILINE)
_CHARSET = re.compile(r"charset=([^\s;]+)")
_FUZZY = re.compile(r"^#,(?:[^\n]*[ ,])?fuzzy(?=[ ,]|$)", re.MULTILINE)

Words = dict[tuple[str, str], tuple[tuple[str, ...], State]]
_Parts = tuple[str, str, str, str, str, str, str, str]
_Lines = tuple[str, ...]
_Notes = tuple[_Lines, _Lines, _Lines, _Lines, _Lines]
_new = object.__new__


class _UnusualError(ValueError):
    """Something that the exact reader has to look at."""


def read_swiftly(content: bytes) -> Reading | None:
    """All that stands in the file, or None."""
    try:
        entries = _entries(content, _found(_text(content)))
    except _UnusualError:
        return None
    header, *others = entries
    if header.id != ("", ""):
        return None
    if header.obsolete or not _declares_utf8(header.msgstr[0]):
        return None
    return Reading(header, tuple(others))


def words_swiftly(content: bytes) -> Words | None:
    """The words of the file by context and text, obsolete ones left out, or None."""
    try:
        found = _found(_text(content))
        words, obsolete = _words(found)
    except _UnusualError:
        return None
    if len(words) + len(obsolete - words.keys()) != len(found):
        return None
    if next(iter(words), None) != ("", "") or not _declares_utf8(words["", ""][0][0]):
        return None
    del words["", ""]
    return words


def read_block(block: str) -> Entry | None:
    """The entry of one block between empty lines, or None; its span is the block's own."""
    try:
        (entry,) = _entries(block.encode() + b"\n", [_parts(block)])
    except _UnusualError:
        return None
    return entry


def _words(found: list[_Parts]) -> tuple[Words, set[tuple[str, str]]]:
    """The words of live entries, and the ids of obsolete ones."""
    words: Words = {}
    obsolete = set()
    done, missing = State.DONE, (("",), State.MISSING)
    for notes, context, more_context, first, more, words_first, rest, is_obsolete in found:
        # most strings are one plain line: they are taken without a further call
        msgid = _careful(first, more) if more or "\\" in first or '"' in first else first
        msgstr = words_first
        if rest or "\\" in msgstr or '"' in msgstr:
            msgstr = _careful(msgstr, rest)
        key = (_careful(context, more_context) if context or more_context else "", msgid)
        if is_obsolete:
            obsolete.add(key)
        elif msgstr:
            fuzzy = "#," in notes and _FUZZY.search(notes)
            words[key] = ((msgstr,), State.FUZZY if fuzzy else done)
        else:
            words[key] = missing
    return words, obsolete


def _text(content: bytes) -> str:
    """The decoded file without its BOM and last line feed."""
    if len(content) > LIMIT or b"\r" in content or b"\0" in content or b"\x04" in content:
        raise _UnusualError
    try:
        text = content.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        raise _UnusualError from error
    if "\u202d" in text or "\u202e" in text:
        raise _UnusualError
    return text.removesuffix("\n")


def _found(text: str) -> list[_Parts]:
    """The parts of every entry."""
    matches = _ENTRY.findall(text)
    if len(matches) == text.count("\n\n") + 1:
        return matches
    return [_parts(block) for block in text.split("\n\n")]


def _parts(block: str) -> _Parts:
    match = _ENTRY.fullmatch(block)
    if match:
        return match.groups("")  # type: ignore[return-value]  # eight groups of text
    if "#~" not in block or _UNMARKED.search(block):
        raise _UnusualError
    match = _ENTRY.fullmatch(_MARK.sub(_unmarked, block))
    if not match:
        raise _UnusualError
    return (*match.groups("")[:-1], "#~")  # type: ignore[return-value]  # eight, of text


def _unmarked(mark: re.Match[str]) -> str:
    return "#|" if mark[1] else ""


def _careful(first: str, more: str) -> str:
    """The text of literals, given between the first one's quotes and as further lines."""
    raw = f'"{first}"{more}'
    if not _LITERALS.fullmatch(raw):
        raise _UnusualError
    if more:
        raw = raw.replace('"\n"', "")
    return unescaped(raw[1:-1])


def _entries(content: bytes, found: list[_Parts]) -> list[Entry]:
    """The entries of a file with their spans.

    Entries and spans are filled as `quick` tells; inline, for a call would double the cost.
    """
    entries: list[Entry] = []
    ids = set()
    known: dict[str, tuple[_Notes, int]] = {}
    start, line = len(BOM) if content.startswith(BOM) else 0, 1
    blocks = content[start:].split(b"\n\n")
    entry: Any
    span: Any
    for block, parts in zip(blocks, found, strict=True):
        notes, context, more_context, first, more, words, rest, obsolete = parts
        shared = known.get(notes)
        if shared is None:  # entries of one section share their notes
            shared = known[notes] = (notes_in(notes), notes.count("\n") + 3)
        told, rows = shared
        span = _new(OpenSpan)
        span.start = start
        span.line = line
        start += len(block) + 2
        span.end = start - 1
        line += rows
        if more or "\\" in first or '"' in first:
            line += more.count("\n")
            first = _careful(first, more)
        if rest or "\\" in words or '"' in words:
            line += rest.count("\n")
            words = _careful(words, rest)
        if context or more_context:
            line += more_context.count("\n") + 1
            context = _careful(context, more_context)
        ids.add((context, first))
        span.__class__ = Span
        entry = _new(OpenEntry)
        entry.msgid = first
        entry.msgstr = (words,)
        entry.msgctxt = context
        entry.msgid_plural = ""
        entry.comments, entry.extracted, entry.references, entry.flags, entry.previous = told
        entry.obsolete = obsolete != ""
        entry.span = span
        entry.__class__ = Entry
        entries.append(entry)
    if len(ids) < len(entries):
        raise _UnusualError
    last = entries[-1]
    if last.span.end != len(content):  # the file ends without a line feed
        entries[-1] = replace(last, span=Span(last.span.start, len(content), last.span.line))
    return entries


def notes_in(notes: str) -> _Notes:
    """Comments, extracted lines, references, flags and previous lines."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in (" ", ".", ":", ",", "|")}
    for line in notes.split("\n")[:-1]:
        kind = line[1:2] or " "
        if kind == ":":
            by_kind[":"] += references_in(line)
        elif kind == ",":
            by_kind[","] += [flag for flag in flags_in(line) if flag not in by_kind[","]]
        elif kind == " ":
            by_kind[" "].append(line[2:])
        else:
            by_kind[kind].append(line[2:].removeprefix(" "))
    comments, extracted, references, flags, previous = map(tuple, by_kind.values())
    return comments, extracted, references, flags, previous


def _declares_utf8(header: str) -> bool:
    charset = _CHARSET.search(value_of(parsed(header), "Content-Type"))
    return charset is None or is_utf8(charset[1])
