"""The inlines of one sentence → the text a translator sees, its codes, its skeleton pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from pipeline.codes import escape, mark
from pipeline.model import Block, Code, Inline, Kind, Mark, Part, Passage, Piece, Text
from pipeline.stages.peel import ALONE, partners
from pipeline.stages.quick import new_code

# Cuts a block that a mark holds, such as the alt text of an image.
Nested: TypeAlias = Callable[[Block], Passage]

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def source_pieces(inlines: tuple[Inline, ...], nested: Nested) -> tuple[Piece, ...]:
    """Inlines as they stand in the source, with the segments that their marks hold."""
    if not inlines:
        return ()
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return (only.raw,) if only.raw else ()
    return _joined(
        piece
        for inline in inlines
        for piece in ((inline.raw,) if isinstance(inline, Text) else _source(inline.raw, nested))
    )


def page_pieces(inlines: tuple[Inline, ...], nested: Nested) -> tuple[Piece, ...]:
    """Inlines as a page shows them, with the segments that their marks hold."""
    if not inlines:
        return ()
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return (only.text.translate(_HTML),) if only.text else ()
    return _joined(
        piece
        for inline in inlines
        for piece in (
            (inline.text.translate(_HTML),)
            if isinstance(inline, Text)
            else _page(inline.html, nested)
        )
    )


def _source(parts: tuple[Part, ...], nested: Nested) -> tuple[Piece, ...]:
    if not parts:
        return ()
    if len(parts) == 1 and isinstance(parts[0], str):
        return (parts[0],)
    return _joined(
        piece
        for part in parts
        for piece in (nested(part).pieces if isinstance(part, Block) else (part,))
    )


def _page(parts: tuple[Part, ...], nested: Nested) -> tuple[Piece, ...]:
    if not parts:
        return ()
    if len(parts) == 1 and isinstance(parts[0], str):
        return (parts[0],)
    return _joined(
        piece
        for part in parts
        for piece in (nested(part).html if isinstance(part, Block) else (part,))
    )


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(last := out[-1], str):
            out[-1] = last + piece
        elif piece != "":
            out.append(piece)
    return tuple(out)


def number(inlines: Sequence[Inline], nested: Nested) -> tuple[str, tuple[Code, ...]]:
    """The msgid and the codes, counted from 1 in the order in which they appear."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return escape(only.text), ()
    partner = partners(inlines)
    names: dict[int, str] = {}
    codes: list[Code] = []
    out: list[str] = []
    words = ""
    link_ends = ALONE
    for at, inline in enumerate(inlines):
        if isinstance(inline, Text):
            words += inline.text
            continue
        other = partner[at]
        out.append(escape(words))
        words = ""
        if other == ALONE or other > at:
            # HTML knows no links in links: translations must not be able to make more of them
            letters = "x" if inline.name == "a" and at < link_ends else inline.name
            names[at] = f"{letters}{len(codes) + 1}"
            if letters == "a":
                link_ends = other
            close = inlines[other] if other > at else None
            codes.append(_code(names[at], inline, close, nested))
        kind = Kind.ALONE if other == ALONE else inline.kind
        out.append(mark(kind, names[min(at, other) if other != ALONE else at]))
    return "".join([*out, escape(words)]), tuple(codes)


def _code(name: str, start: Mark, close: Inline | None, nested: Nested) -> Code:
    if not isinstance(close, Mark):
        return new_code(
            name, start, None, (_source(start.raw, nested), ()), (_page(start.html, nested), "")
        )
    source = _source(start.raw, nested), _source(close.raw, nested)
    shown = "".join([part for part in close.html if isinstance(part, str)])
    return new_code(name, start, close, source, (_page(start.html, nested), shown))
