"""What stood in a file and what changed → its new bytes, every other line as it stood.

An editor's layout (CRLF, BOM, wrapped lines, its own order of flags) is kept wherever the
words are kept: by entry, within a changed entry by kind of line, and within a changed
header by field. So our diff in a translator's file shows our change and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Catalog, Entry, Span
from pipeline.po.encoding import BOM
from pipeline.po.header import field, parsed, text_of
from pipeline.po.scan import read, scan
from pipeline.po.strings import literals, unescaped
from pipeline.po.write import entry_lines, header_lines, sections, write

_KEYWORD = re.compile(rb"[ \t]*(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_QUOTED = re.compile(r'"(.*)"[ \t\r]*$')
_KINDS = {b".": "extracted", b":": "references", b",": "flags", b"=": "flags", b"|": "previous"}
_ORDER = (
    "comments", "extracted", "references", "flags", "previous",
    "msgctxt", "msgid", "msgid_plural", "msgstr",
)  # fmt: skip  # one group of lines: notes, then keywords


def save(content: bytes, after: Catalog, path: str = "", *, before: Catalog | None = None) -> bytes:
    """The bytes of `after`, given the file that it grew from.

    Entries are known by their id. Nothing changed gives `content` itself; a file that was
    not there (b"") gives `write(after)`. Who has scanned `content` already hands over the
    catalog as `before`, which saves half of the time.

    Raises:
        UnreadableError: `content` is not a PO file that `scan` would take.
    """
    if not content:
        return write(after)
    before = before or scan(content, path)
    if after == before:
        return content
    old = sorted(before.entries, key=_start)
    head = content[: old[0].span.start] if old else content
    newline = b"\r\n" if b"\r\n" in head else b"\n"
    stood = _Stood(content, newline, old)
    pieces = [head_bytes(head, before, after, newline, path)]
    for entry in _in_file_order(old, before, after):
        if not pieces[-1].endswith(b"\n") and pieces[-1] not in (b"", BOM):
            pieces.append(newline)
        # the head ends with the gap before the first entry
        pieces.append(stood.with_gap(entry, first=len(pieces) == 1 and bool(old)))
    pieces.append(content[old[-1].span.end :] if old else b"")
    return b"".join(pieces)


def _start(entry: Entry) -> int:
    return entry.span.start


class _Stood:
    """The entries of a file, as bytes."""

    def __init__(self, content: bytes, newline: bytes, old: list[Entry]) -> None:
        self.content = content
        self.newline = newline
        self.known = {(entry.msgctxt, entry.msgid): entry for entry in old}
        ends = [entry.span.end for entry in old]
        self.gap_starts = {entry.span.start: end for entry, end in zip(old[1:], ends, strict=False)}

    def with_gap(self, entry: Entry, *, first: bool) -> bytes:
        """The bytes of an entry and of what parts it from the one before."""
        old = self.known.get((entry.msgctxt, entry.msgid))
        if old is None:
            return (b"" if first else self.newline) + _bytes(entry_lines(entry), self.newline)
        start = old.span.start
        gap_start = start if first else self.gap_starts.get(start, -1)
        if entry is old and gap_start >= 0:
            return self.content[gap_start : old.span.end]
        gap = self.content[gap_start:start] if gap_start >= 0 else self.newline
        raw = self.content[old.span.start : old.span.end]
        return gap + entry_bytes(raw, old, entry, self.newline)


def head_bytes(
    head: bytes, before: Catalog, after: Catalog, newline: bytes = b"\n", path: str = ""
) -> bytes:
    """The bytes before the first entry: the header entry, with its new fields if any."""
    kept = (before.header, before.header_comments, before.header_flags)
    if kept == (after.header, after.header_comments, after.header_flags):
        return head
    if not head.removeprefix(BOM).strip():
        return head + _bytes([*header_lines(after), ""], newline)
    header = read(head, path).header
    if header is None:  # notes alone, which belong to no entry
        return _bytes([*header_lines(after), ""], newline) + head
    return (
        head[: header.span.start] + _header(head, header, after, newline) + head[header.span.end :]
    )


def _in_file_order(old: list[Entry], before: Catalog, after: Catalog) -> Iterable[Entry]:
    """The new entries; where the old ones stood if none came, went or moved."""
    ids = [entry.id for entry in after.entries]
    if ids != [entry.id for entry in before.entries]:
        return after.entries
    new = {entry.id: entry for entry in after.entries}
    return [new[entry.id] for entry in old]


def _bytes(lines: Iterable[str], newline: bytes) -> bytes:
    return b"".join(line.encode() + newline for line in lines)


def entry_bytes(raw: bytes, old: Entry, new: Entry, newline: bytes = b"\n") -> bytes:
    """One entry, given its old lines: those of each kind as they stood if they say the same."""
    if new is old or replace(new, span=old.span) == old:
        return raw
    if new.obsolete != old.obsolete:
        return _bytes(entry_lines(new), newline)
    was = dict(sections(old))
    will = dict(sections(new))
    changed = {kind for kind in _ORDER if was.get(kind) != will.get(kind)}
    return _merged(_groups(raw), will, changed, newline)


def _groups(raw: bytes) -> list[tuple[str, bytes]]:
    """The lines of an entry with the kind of each; a continued string goes with its keyword."""
    groups: list[tuple[str, bytes]] = []
    kind = "comments"
    for line in raw.splitlines(keepends=True):
        text = line.lstrip(b" \t")
        keyword = _KEYWORD.match(line)
        if keyword:
            kind = keyword[1].decode()
        elif text.startswith(b"#~|"):
            kind = "previous"
        elif text.startswith(b"#") and not text.startswith(b"#~"):
            kind = _KINDS.get(text[1:2], "comments")
        groups.append((kind, line))
    return groups


def _merged(
    groups: list[tuple[str, bytes]],
    will: dict[str, list[str]],
    changed: set[str],
    newline: bytes,
) -> bytes:
    """Old lines of unchanged kinds, and new ones where the changed kind stood or belongs."""
    pieces: list[bytes] = []
    todo = [kind for kind in _ORDER if kind in changed]
    present = {kind for kind, _ in groups}
    for kind, line in groups:
        rank = _ORDER.index(kind)
        while todo and (
            todo[0] == kind or (todo[0] not in present and _ORDER.index(todo[0]) < rank)
        ):
            pieces.append(_bytes(will.get(todo.pop(0), ()), newline))
        if kind not in changed:
            pieces.append(line if line.endswith(b"\n") else line + newline)
        elif kind in todo:  # it stands out of our order
            todo.remove(kind)
            pieces.append(_bytes(will.get(kind, ()), newline))
    pieces += [_bytes(will.get(kind, ()), newline) for kind in todo]
    return b"".join(pieces)


def _header(content: bytes, old: Entry, after: Catalog, newline: bytes) -> bytes:
    """The header entry: its fields as they stood, but for those with a new value."""
    new = replace(
        old,
        msgstr=(text_of(after.header),),
        comments=after.header_comments,
        flags=after.header_flags,
    )
    if parsed(old.msgstr[0]) == after.header:
        new = replace(new, msgstr=old.msgstr)
    raw = content[old.span.start : old.span.end]
    if new.msgstr == old.msgstr:
        return entry_bytes(raw, old, new, newline)
    groups = _groups(raw)
    stood = _fields([line for kind, line in groups if kind == "msgstr"])
    words = b"msgstr " + b'""' + newline
    for key, value in after.header:
        text = field(key, value)
        kept = stood.get((key, value))
        words += kept or _bytes(literals("", text), newline).lstrip()
    kept_lines = entry_bytes(raw, replace(old, msgstr=("",)), replace(new, msgstr=("",)), newline)
    others = [line for kind, line in _groups(kept_lines) if kind != "msgstr"]
    return b"".join(others) + words


def _fields(lines: list[bytes]) -> dict[tuple[str, str], bytes]:
    """The literals of each header field, wrapped or not, as they stand."""
    fields: dict[tuple[str, str], bytes] = {}
    text, raw = "", b""
    for line in lines:
        quoted = _QUOTED.search(line.decode().rstrip("\n"))
        if not quoted or not line.lstrip().startswith(b'"'):
            continue
        text += unescaped(quoted[1])
        raw += line if line.endswith(b"\n") else line + b"\n"
        if text.endswith("\n"):
            fields[parsed(text)[0]] = raw
            text, raw = "", b""
    return fields


def msgstr_spans(content: bytes, entry: Entry) -> tuple[Span, ...]:
    """Where each msgstr of an entry stands: from its keyword to the end of its last line."""
    spans: list[Span] = []
    at, line_number = entry.span.start, entry.span.line
    for kind, line in _groups(content[entry.span.start : entry.span.end]):
        if kind == "msgstr":
            if _KEYWORD.match(line):
                spans.append(Span(at, at + len(line), line_number))
            else:
                spans[-1] = replace(spans[-1], end=at + len(line))
        at += len(line)
        line_number += 1
    return tuple(spans)
