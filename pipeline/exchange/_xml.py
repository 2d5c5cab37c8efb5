"""The bytes of somebody else's XML → elements, with everything dangerous refused first.

What a hostile file can do is cut off before the parser sees it: the text is decoded here
(so that no encoding hides a declaration), a document type is refused or blanked out, and
what remains can declare no entity at all. The parser itself opens no file and no address.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.model import Where

Element: TypeAlias = Any  # lxml's own class has no types

MAX_TREE = 16 * 1024 * 1024  # bytes of a document that is held whole
MAX_TAGS = 500_000  # `<` in it: about 300 bytes of memory each
MAX_UNIT = 8 * 1024 * 1024  # characters that may pass without a whole unit
MAX_UNIT_TAGS = 100_000
HEAD = 64 * 1024  # characters in which the first element must begin

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\r\n]*")
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+(?P<name>[\w:.-]{1,40})"
    r"(?:\s+(?:SYSTEM|PUBLIC\s+(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}'))"
    r"\s+(?:\"(?P<double>[^\"<>]{0,200})\"|'(?P<single>[^'<>]{0,200})'))?\s*>"
)
_KEEP_LINES = re.compile(r"[^\n]")
_AT = re.compile(r",? ?\(?line \d+(?:, column \d+)?\)?.*$", re.DOTALL)
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE = {**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_TEXT_TABLE, _VALUE_TABLE = str.maketrans(_TEXT), str.maketrans(_VALUE)


def illegal(text: str) -> re.Match[str] | None:
    """The first character that no XML 1.0 file can hold, not even by its number."""
    return _ILLEGAL.search(text)


def text(words: str) -> str:
    """Words as the text of an element; a carriage return survives the reader."""
    return words.translate(_TEXT_TABLE)


def value(words: str) -> str:
    """Words as the value of an attribute in double quotes."""
    return words.translate(_VALUE_TABLE)


def read_tree(content: bytes, shown: str, doctypes: Iterable[str] = ()) -> Element:
    """The root element of a document; `sourceline` of each element is its line in the file.

    `doctypes` are the names of system files (such as tmx14.dtd) that a document type may
    name; it is never read. Comments and processing instructions are left out.

    Raises:
        UnreadableError: with the place; it is no XML, too large, or not to be trusted.
    """
    if len(content) > MAX_TREE or content.count(b"<") > MAX_TAGS:
        limits = f"{MAX_TREE // 2**20} MiB or {MAX_TAGS:,} tags"
        raise _refused(f"this file has over {limits}", Where(shown), "export it in parts")
    found = _decoder(content, shown)(content)
    clean = _without_prolog(found, shown, frozenset(doctypes))
    try:
        return etree.fromstring(clean.encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise _syntax(error, shown) from error


def read_units(
    chunks: Iterable[bytes], shown: str, tags: Iterable[str], doctypes: Iterable[str] = ()
) -> Iterator[Element]:
    """Each element of the given tags, in document order, as soon as it has been read.

    An element is emptied once the next one is asked for, so that a file of any size takes
    the memory of one unit. Other elements are read and given up.

    Raises:
        UnreadableError: as `read_tree`; also when the file goes on for very long without
            one whole unit.
    """
    parser = etree.XMLPullParser(events=("end",), tag=tuple(tags), **_SAFE)
    waited = tags_seen = 0
    try:
        for piece in _pieces(chunks, shown, frozenset(doctypes)):
            parser.feed(piece.encode())
            waited, tags_seen = waited + len(piece), tags_seen + piece.count("<")
            for _, element in parser.read_events():
                waited = tags_seen = 0
                yield element
                _forget(element)
            if waited > MAX_UNIT or tags_seen > MAX_UNIT_TAGS:
                raise _refused("one unit of this file has no end", Where(shown), "is it complete?")
        parser.close()
        for _, element in parser.read_events():
            yield element
    except etree.XMLSyntaxError as error:
        raise _syntax(error, shown) from error


_SAFE: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,  # keeps the parser's own limits: 256 levels, 10 MB a text
    "remove_comments": True,
    "remove_pis": True,
}


def _parser() -> Any:  # noqa: ANN401 - lxml has no types
    return etree.XMLParser(**_SAFE)


def _forget(element: Element) -> None:
    """Give up an element and all that was read before it."""
    parent = element.getparent()
    element.clear()
    while parent is not None and len(parent) and parent[0] is not element:
        del parent[0]


def _pieces(chunks: Iterable[bytes], shown: str, doctypes: frozenset[str]) -> Iterator[str]:
    """The text of a document in pieces, the first without what stands before the root."""
    decode: Callable[[bytes], str] | None = None
    raw, head, begun = b"", "", False
    for chunk in chunks:
        if decode is None:
            raw += chunk
            if len(raw) < 256:  # a byte order mark and a declaration fit in here
                continue
            decode = _decoder(raw, shown)
            piece = decode(raw)
        else:
            piece = decode(chunk)
        if begun:
            yield piece
            continue
        head += piece
        if len(head) >= HEAD:
            begun = True
            yield _without_prolog(head, shown, doctypes)
    if decode is None:
        decode = _decoder(raw, shown)
        head = decode(raw)
    if not begun:
        yield _without_prolog(head, shown, doctypes)


def _decoder(start: bytes, shown: str) -> Callable[[bytes], str]:
    """Reads UTF-8, or UTF-16 with its byte order mark; both refuse what is not well-formed."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    name = "utf-16" if start.startswith(marks) else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(name)()
    first = True

    def decode(chunk: bytes) -> str:
        nonlocal first
        try:
            found = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            raise _refused("this file is not valid UTF-8", Where(shown), "save it so") from error
        if first:
            first = False
            _refuse_encoding(found, name, shown)
        return found

    return decode


def _refuse_encoding(start: str, used: str, shown: str) -> None:
    """Refuse a declaration of another encoding than the one that the bytes are read in."""
    declared = _DECLARED.match(start)
    names = {"utf-16": ("utf-16", "utf-16le", "utf-16be"), "utf-8-sig": ("utf-8", "us-ascii")}
    if declared and declared[1].lower() not in names[used]:
        told = f"this file says that it is in {declared[1]}"
        raise _refused(told, Where(shown, 1, 1), "save it as UTF-8")


def _without_prolog(found: str, shown: str, doctypes: frozenset[str]) -> str:
    """The text from its root element on, with all that stood before it made blank.

    Only here may a document type stand, so none gets past. Lines keep their numbers.
    """
    at = 0
    while True:
        at = _blanks(found, at)
        if found.startswith("<?", at):
            at = _after(found, "?>", at)
        elif found.startswith("<!--", at):
            at = _after(found, "-->", at)
        elif found.startswith("<!", at):
            at = _after_doctype(found, at, shown, doctypes)
        else:
            break
        if at < 0:
            raise _refused(
                "this file does not begin as XML does", Where(shown), "is it the right one?"
            )
    return _KEEP_LINES.sub(" ", found[:at]) + found[at:]


def _blanks(found: str, at: int) -> int:
    match = _BLANKS.match(found, at)
    return match.end() if match else at


def _after(found: str, end: str, at: int) -> int:
    place = found.find(end, at, at + HEAD)
    return place + len(end) if place >= 0 else -1


def _after_doctype(found: str, at: int, shown: str, doctypes: frozenset[str]) -> int:
    match = _DOCTYPE.match(found, at)
    system = (match["double"] or match["single"] or "") if match else ""
    if not match or system.rpartition("/")[2] not in doctypes:
        raise _refused(
            "this file declares a document type, which could hold traps",
            Where(shown, found.count("\n", 0, at) + 1),
            "export it again without one, or delete the line that begins with <!DOCTYPE",
        )
    return match.end()


def _syntax(error: Any, shown: str) -> UnreadableError:  # noqa: ANN401 - lxml has no types
    line, column = error.position if error.position else (0, 0)
    told = _AT.sub("", str(error.msg or "it is not well-formed")).strip()
    where = Where(shown, max(line, 0), max(column, 0))
    return _refused(f"this is not XML that can be read: {told}", where, "export it again")


def _refused(problem: str, where: Where, hint: str) -> UnreadableError:
    return UnreadableError(problem, where, hint, "xml-refused")
