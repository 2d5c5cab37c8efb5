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
from pipeline.po.scan import catalog_of, read
from pipeline.po.strict import Reading
from pipeline.po.strings import literals, unescaped
from pipeline.po.write import entry_lines, header_lines, sections, write

_KEYWORD = re.compile(rb"[ \t]*(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_QUOTED = re.compile(r'"(.*)"[ \t\r]*$')
_KINDS = {b".": "extracted", b":": "references", b",": "flags", b"=": "flags", b"|": "previous"}
_ORDER = (
    "comments", "extracted", "references", "flags", "previous",
    "msgctxt", "msgid", "msgid_plural", "msgstr",
)  # fmt: skip  # one group of lines: notes, then keywords


def save(content: bytes, after: Catalog, path: str = "") -> bytes:
    """The bytes of `after`, given the file that it grew from.

    Entries are known by their id. Nothing changed gives `content` itself; a file that is
    empty or was not there (b"") gives `write(after)`.

    Raises:
        UnreadableError: `content` is not a PO file that `scan` would take.
    """
    if not content:
        return write(after)
    reading = read(content, path)
    if catalog_of(reading) == after:
        return content
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    chunks = _chunks(content, reading, after, newline)
    body = _joined(chunks, newline)
    ends = [e.span.end for e in (*reading.entries, *filter(None, [reading.header]))]
    tail = content[max(ends, default=len(content)) :]
    bom = BOM if content.startswith(BOM) else b""
    return bom + body + tail


def _chunks(
    content: bytes, reading: Reading, after: Catalog, newline: bytes
) -> Iterable[tuple[bytes, bytes]]:
    """For each entry to be written the bytes that part it from the one before, and its own."""
    gaps = _gaps(content, reading)
    header = reading.header
    if header:
        yield gaps[header.span.start], _header(content, header, after, newline)
    elif after.header or after.header_comments:
        yield b"", _bytes(header_lines(after), newline)
    before = {entry.id: entry for entry in reading.entries}
    first = header is None  # of the file: what stood before it is not a gap elsewhere
    for entry in _in_file_order(reading, after):
        old = before.get(entry.id)
        if old is None:
            yield newline, _bytes(entry_lines(entry), newline)
        else:
            moved = header is None and old is reading.entries[0] and not first
            gap = newline if moved else gaps[old.span.start]
            yield gap, _entry(content, old, entry, newline)
        first = False


def _in_file_order(reading: Reading, after: Catalog) -> Iterable[Entry]:
    """The new entries; where the old ones stood if none came, went or moved."""
    ids = [entry.id for entry in after.entries]
    if ids != [entry.id for entry in catalog_of(reading).entries]:
        return after.entries
    new = {entry.id: entry for entry in after.entries}
    return [new[entry.id] for entry in reading.entries]


def _gaps(content: bytes, reading: Reading) -> dict[int, bytes]:
    """The bytes before each entry, by where it starts."""
    end = len(BOM) if content.startswith(BOM) else 0
    gaps = {}
    for entry in (*filter(None, [reading.header]), *reading.entries):
        gaps[entry.span.start] = content[end : entry.span.start]
        end = entry.span.end
    return gaps


def _joined(chunks: Iterable[tuple[bytes, bytes]], newline: bytes) -> bytes:
    """The entries one after the other; a moved one must not run into its neighbour."""
    pieces: list[bytes] = []
    for gap, chunk in chunks:
        if pieces and not pieces[-1].endswith(b"\n"):
            pieces.append(newline)
        pieces += (gap, chunk)
    return b"".join(pieces)


def _bytes(lines: Iterable[str], newline: bytes) -> bytes:
    return b"".join(line.encode() + newline for line in lines)


def _entry(content: bytes, old: Entry, new: Entry, newline: bytes) -> bytes:
    """One entry: its lines of each kind, as they stood if they say the same."""
    raw = content[old.span.start : old.span.end]
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
        return _entry(content, old, new, newline)
    groups = _groups(raw)
    stood = _fields([line for kind, line in groups if kind == "msgstr"])
    words = b"msgstr " + b'""' + newline
    for key, value in after.header:
        text = field(key, value)
        kept = stood.get((key, value))
        words += kept or _bytes(literals("", text), newline).lstrip()
    kept_lines = _entry(content, replace(old, msgstr=("",)), replace(new, msgstr=("",)), newline)
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
