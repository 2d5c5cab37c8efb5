"""The segmented parts of a Markdown body in, the page's HTML with its segments as slots out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TypeAlias

import pyromark

from pipeline.formats._html_names import BLOCK
from pipeline.formats._html_tokens import shortcodes
from pipeline.formats._markdown_directives import shown
from pipeline.formats._markdown_source import OPTIONS
from pipeline.model import Block, Mark, Passage, Piece, Protected, Role, Text, raw_of

_Parts: TypeAlias = Sequence[str | Protected | Passage]

_OPEN_HEADING = re.compile(r"<h[1-6](?![^>]*\sid=)(?=[^>]*>\Z)")
_LINE_START = re.compile(r"(?:\A|\n)[ \t>]*\Z")
_TAG = re.compile(r"<([A-Za-z][\w-]*)[^>]*>[ \t\r]*(\n?)")
_NOT_SLUG = re.compile(r"[\W_]+")
# The parser numbers the definitions of footnotes.
_NUMBER = re.compile(r'(?<=<sup class="footnote-definition-label">)([0-9]+)(?=</sup>)')


def render(parts: _Parts) -> tuple[Piece, ...]:
    """The page's HTML of a body: what the parser makes of it, with a slot for each segment.

    Each passage is replaced by a stand-in of private-use characters, which Markdown takes
    for a word and gives back at the place where the passage belongs. Headings get ids.
    """
    return _Page(parts).pieces()


class _Page:
    """Writes the stand-ins, and finds them again in the HTML."""

    def __init__(self, parts: _Parts) -> None:
        taken = {c for part in parts for c in _source(part) if "\ue000" <= c <= "\uf8ff"}
        free = (chr(n) for n in range(0xE000, 0xF900) if chr(n) not in taken)
        self._sign, self._end, self._close = next(free), next(free), next(free)
        self._slots: list[str | Protected | Passage] = []
        self._ready: set[int] = set()  # the slots that hold their HTML
        self._anchors = {p.block.anchor for p in parts if isinstance(p, Passage)}
        self._parts = parts

    def pieces(self) -> tuple[Piece, ...]:
        """The HTML, with neighbouring strings made one."""
        text: list[str] = []
        for part in self._parts:
            text.append(self._stand_in(part, text[-1] if text else ""))
        html = pyromark.html("".join(text).removeprefix("\ufeff"), options=OPTIONS)
        sign, end, close = self._sign, self._end, self._close
        found = re.split(f"(?:<!--)?{sign}([0-9]+){end}(?:([^{sign}{close}]*){close}|-->)?", html)
        return tuple(_joined(self._filled(found)))

    def _slot(self, filling: str | Protected | Passage) -> str:
        self._slots.append(filling)
        return f"{self._sign}{len(self._slots) - 1}{self._end}"

    def _stand_in(self, part: str | Protected | Passage, before: str) -> str:
        if isinstance(part, str):
            return self._skeleton(part) if "{{" in part or "{%" in part else part
        at_line_start = _LINE_START.search(before) is not None
        if isinstance(part, Passage):
            return self._words(part, at_line_start)
        if part.rule == "directive":
            return shown(part.raw)
        if part.rule == "shortcode":
            self._ready.add(len(self._slots))
            return self._slot(Protected(escape(part.raw, quote=False), part.rule))
        bare = part.raw.rstrip("\r\n")
        if part.rule == "skip" and at_line_start:
            html = pyromark.html(part.raw, options=OPTIONS)
            return self._comment(Protected(html.rstrip("\n"), "skip"), part.raw[len(bare) :])
        if at_line_start and part.rule != "address" and _begins_block(bare):
            return self._comment(Protected(bare, part.rule), part.raw[len(bare) :])
        return f"{self._slot(part)}{bare}{self._close}{part.raw[len(bare) :]}"

    def _comment(self, filling: Protected, end: str) -> str:
        """A stand-in for blocks: such a comment begins a block of raw HTML, as they did."""
        self._ready.add(len(self._slots))
        return f"<!--{self._slot(filling)}-->{end}"

    def _words(self, passage: Passage, at_line_start: bool) -> str:
        slot, notation = self._slot(passage), passage.block.escape
        if notation.startswith("html"):
            # Such a comment begins a block of raw HTML, as the tags that it stands for did.
            end = "\n" if _source(passage).endswith("\n") else ""
            return f"<!--{slot}-->{end}" if at_line_start else slot + end
        if notation.startswith("md-alt-of "):
            return f"{slot}][{notation.removeprefix('md-alt-of ')}]"
        # The parser numbers footnotes in the order in which it meets them.
        notes = "".join(_footnotes(passage.block))
        return f"{slot}{notes}{self._close}" if notes else slot

    def _skeleton(self, raw: str) -> str:
        """Skeleton with its shortcodes, in destinations and in tags, out of the parser's way."""
        pieces: list[str] = []
        at = 0
        for start, end in shortcodes(raw):
            code = raw[start:end]
            in_link = raw.rfind("](", at, start) > raw.rfind("<", at, start)
            pieces += (raw[at:start], self._slot(escape(code) if in_link else code))
            at = end
        return "".join([*pieces, raw[at:]])

    def _filled(self, found: list[str]) -> Iterator[Piece]:
        used = {anchor for anchor in self._anchors if anchor}
        for at in range(0, len(found), 3):
            html = found[at]
            number = int(found[at + 1]) if at + 1 < len(found) else -1
            slot = self._slots[number] if number >= 0 else ""
            if isinstance(slot, Passage) and slot.block.role is Role.HEADING:
                yield _with_id(html, slot.block, used)
            else:
                yield from _numbered(html)
            if isinstance(slot, Passage):
                yield from slot.html
            elif isinstance(slot, Protected) and number not in self._ready:
                yield Protected(found[at + 2] or "", slot.rule)
            else:
                yield slot


def _begins_block(raw: str) -> bool:
    """Whether raw HTML at the start of a line is a block and not words of a paragraph."""
    found = _TAG.match(raw)
    return found is not None and (found[1].lower() in BLOCK or found[2] == "\n")


def _source(part: str | Protected | Passage) -> str:
    if isinstance(part, Passage):
        return raw_of(part.block)
    return part if isinstance(part, str) else part.raw


def _footnotes(block: Block) -> Iterator[str]:
    """The references to footnotes in a block, as the source has them."""
    for inline in block.inlines:
        first = inline.raw[0] if isinstance(inline, Mark) else ""
        if isinstance(first, Protected) and first.rule == "footnote":
            yield first.raw


def _numbered(html: str) -> Iterator[Piece]:
    """The HTML with the numbers of footnotes apart: they are nobody's to translate."""
    for at, piece in enumerate(_NUMBER.split(html)):
        yield Protected(piece, "footnote") if at % 2 else piece


def _with_id(html: str, heading: Block, used: set[str]) -> str:
    """The HTML that ends with a heading's tag, with an id if it has none."""
    if not _OPEN_HEADING.search(html[html.rfind("<") :]):
        return html
    words = "".join(i.text if isinstance(i, Text) else i.plain for i in heading.inlines)
    slug = _NOT_SLUG.sub("-", words.lower()).strip("-") or "section"
    name, number = slug, 1
    while name in used:
        number += 1
        name = f"{slug}-{number}"
    used.add(name)
    at = html.rfind("<")
    return f'{html[: at + 3]} id="{name}"{html[at + 3 :]}'


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    out: list[Piece] = []
    strings: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            strings.append(piece)
            continue
        if text := "".join(strings):
            out.append(text)
        strings.clear()
        out.append(piece)
    text = "".join(strings)
    return [*out, text] if text else out
