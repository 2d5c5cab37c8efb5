"""A segmented document → its page as fixed pieces and slots, compiled once for all locales."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Format, Piece, Protected, Question, Segment, SegmentedDocument, Skeleton

# A comment, an element whose content is text to a browser, or a tag with its quoted values.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<text>script|style|textarea|title|option|iframe|noembed|xmp)\b(?P<tag>[^>]*)>"
    r".*?(?:</(?P=text)\b[^>]*>|\Z)"
    r"|</?[A-Za-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1\s*>", re.DOTALL | re.IGNORECASE)
_FAQ = re.compile(r"<h([2-6])\b[^>]*\bid\s*=\s*[\"']?faq[\"'\s>]", re.IGNORECASE)


def compile_skeleton(document: SegmentedDocument, fmt: Format) -> Skeleton:
    """The body's HTML, plain strings merged and each segment one piece of its own.

    Space between two sentences of a passage stays a piece of its own, so that `fill` can
    take it away. `bare` are the slots where a tag would be text: in attributes, options.
    """
    pieces = _merged(fmt.html(document.parts[document.body :]))
    headings = _faq_headings(_laid_out(pieces))
    if headings:
        edges = {edge for heading in headings for edge in (heading.start, heading.end)}
        pieces = _split(pieces, sorted(edges))
    layout = _laid_out(pieces)
    return Skeleton(pieces, _questions(layout, headings), _bare(layout))


def is_gap(at: int, pieces: Sequence[Piece]) -> bool:
    """Whether a piece is nothing but the space between two sentences."""
    piece = pieces[at]
    return (
        isinstance(piece, str)
        and piece.isspace()
        and 0 < at < len(pieces) - 1
        and isinstance(pieces[at - 1], Segment)
        and isinstance(pieces[at + 1], Segment)
    )


def follows(at: int, pieces: Sequence[Piece]) -> bool:
    """Whether a sentence of the same passage stands right before the piece at `at`."""
    return at > 0 and (isinstance(pieces[at - 1], Segment) or is_gap(at - 1, pieces))


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(last := out[-1], str):
            out[-1] = last + piece
        elif piece != "":
            out.append(piece)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The pieces, where each begins in the page's HTML, and that HTML with empty slots."""

    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    html: str


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of the FAQ: its level, and its start and end in the HTML."""

    level: int
    start: int
    end: int


def _laid_out(pieces: tuple[Piece, ...]) -> _Layout:
    texts = ["" if isinstance(p, Segment) else p if isinstance(p, str) else p.raw for p in pieces]
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text)
    return _Layout(pieces, tuple(starts), "".join(texts))


def _bare(layout: _Layout) -> frozenset[int]:
    slots = [i for i, piece in enumerate(layout.pieces) if isinstance(piece, Segment)]
    found: set[int] = set()
    markup = _MARKUP.finditer(layout.html)
    tag = next(markup, None)
    for slot in slots:
        at = layout.starts[slot]
        while tag and tag.end() <= at:
            tag = next(markup, None)
        if tag and tag.start() < at:
            found.add(slot)
    return frozenset(found)


def _faq_headings(layout: _Layout) -> tuple[_Heading, ...]:
    """The heading of the FAQ, all headings under it, and the one that ends it."""
    faq = _FAQ.search(layout.html)
    if faq is None:
        return ()
    level = int(faq[1])
    found: list[_Heading] = []
    for match in _HEADING.finditer(layout.html, faq.start()):
        heading = _Heading(int(match[1]), match.start(), match.end())
        found.append(heading)
        if len(found) > 1 and heading.level <= level:
            break
    return tuple(found)


def _split(pieces: tuple[Piece, ...], edges: Sequence[int]) -> tuple[Piece, ...]:
    """The pieces, plain strings cut at the edges."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, str):
            end = at + len(piece)
            inside = [at, *(edge for edge in edges if at < edge < end), end]
            out += (piece[a - at : b - at] for a, b in pairwise(inside))
            at = end
        else:
            out.append(piece)
            at += len(piece.raw) if isinstance(piece, Protected) else 0
    return tuple(out)


def _questions(layout: _Layout, headings: tuple[_Heading, ...]) -> tuple[Question, ...]:
    """Each heading right below the FAQ's own, with all up to the next of its level."""
    if len(headings) < 2:
        return ()
    level = headings[0].level
    asked = min((h.level for h in headings[1:] if h.level > level), default=0)
    found: list[Question] = []
    for at, heading in enumerate(headings):
        if at == 0 or heading.level != asked:
            continue
        end = next((h.start for h in headings[at + 1 :] if h.level <= asked), None)
        start, behind = _piece_from(layout, heading.start), bisect_left(layout.starts, heading.end)
        stop = len(layout.pieces) if end is None else _piece_from(layout, end)
        found.append(Question(range(start, behind), range(behind, stop)))
    return tuple(found)


def _piece_from(layout: _Layout, place: int) -> int:
    """The piece of markup that begins at a place; a slot there stands before it."""
    return bisect_right(layout.starts, place) - 1
