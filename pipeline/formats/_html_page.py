"""The parts of an HTML article in, the pieces that its page shows out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from pipeline.formats._html_attributes import values_of
from pipeline.formats._html_ends import element_ends
from pipeline.formats._html_tokens import Kind, Token, tokens
from pipeline.model import Block, Mark, Passage, Piece, Protected, Segment

_ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""", re.I)
_WHOLE = frozenset(("html", "head", "body"))
_HEADING = re.compile(r"h[1-6]\Z")

# Takes the place of a slot while the skeleton is read as HTML: a letter fits anywhere.
_SLOT = "x"


def page(parts: tuple[str | Protected | Passage, ...]) -> tuple[Piece, ...]:
    """What a page shows of the article, with an id for each heading.

    Of a whole page, as content systems export it, this is the inside of its main, article
    or body element, the first that it has. Scripts are left out.
    """
    pieces: list[Piece] = []
    titles: dict[int, str] = {}  # piece → the words of the block that begins with it
    for part in parts:
        if isinstance(part, Passage):
            titles[len(pieces)] = _words(part.block)
            pieces += part.html or part.pieces
        else:
            pieces.append(part)
    return tuple(_edited(pieces, _edits(pieces, titles)))


def _words(block: Block) -> str:
    return "".join(i.plain if isinstance(i, Mark) else i.text for i in block.inlines)


def _edits(pieces: list[Piece], titles: dict[int, str]) -> list[tuple[int, int, str]]:
    """What to put instead of what, in characters of the skeleton with slots one wide."""
    flat = [piece if isinstance(piece, str) else _SLOT for piece in pieces]
    starts = [0, *accumulate(map(len, flat))]
    found = tokens("".join(flat))
    offsets = [0, *accumulate(len(token.raw) for token in found)]
    ends = element_ends(found)
    first, last = _shown(found, ends)
    words = [(starts[index], title) for index, title in titles.items()]
    places = [place for place, _ in words]
    edits = [(0, offsets[first], "")]
    ids = _Ids(found, pieces)
    index = first
    while index < last:
        token = found[index]
        if token.kind is Kind.START and token.name == "script":
            end = min(ends[index] + 1, last)
            edits.append((offsets[index], offsets[end], ""))
            index = end
            continue
        if token.kind is Kind.START and _HEADING.match(token.name):
            low = bisect_left(places, offsets[index + 1])
            high = bisect_left(places, offsets[max(ends[index], index)])
            title = [title for _, title in words[low:high]]
            if title and not values_of(token).get("id"):
                place = offsets[index] + 3
                edits.append((place, place, f' id="{ids.new(" ".join(title))}"'))
        index += 1
    return [*edits, (offsets[last], offsets[-1], "")]


def _shown(found: list[Token], ends: list[int]) -> tuple[int, int]:
    """The tokens that a page shows, from the first to before the last."""
    tags = [(i, t.name) for i, t in enumerate(found) if t.kind is Kind.START]
    if any(name in _WHOLE for _, name in tags):
        for wanted in ("main", "article", "body"):
            for index, name in tags:
                if name == wanted:
                    return index + 1, ends[index]
    return 0, len(found)


class _Ids:
    """The ids of an article: given ones, and new ones that differ from all others."""

    def __init__(self, found: list[Token], pieces: list[Piece]) -> None:
        tags = (t for t in found if t.kind is Kind.START and "=" in t.raw)
        self._taken = {values_of(tag).get("id", "") for tag in tags}
        for piece in pieces:
            if isinstance(piece, Segment):
                opens = (p for c in piece.codes for p in c.html_open if isinstance(p, str))
                self._taken.update(_ID.findall(" ".join(opens)))
            elif isinstance(piece, Protected):
                self._taken.update(_ID.findall(piece.raw))
        self._next: dict[str, int] = {}  # slug → the number to try next

    def new(self, title: str) -> str:
        """The title as an id that no other element of the article has."""
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "section"
        slug, number = base, self._next.get(base, 2)
        while slug in self._taken:
            slug, number = f"{base}-{number}", number + 1
        self._next[base] = number
        self._taken.add(slug)
        return slug


def _edited(pieces: Iterable[Piece], edits: list[tuple[int, int, str]]) -> Iterator[Piece]:
    """The pieces with the edits made, which are in order and do not overlap."""
    place = 0  # of the piece, in characters of the skeleton
    todo = iter([*edits, (1 << 62, 1 << 62, "")])
    start, end, new = next(todo)
    for piece in pieces:
        size = len(piece) if isinstance(piece, str) else 1
        at = place
        while at < place + size or (start == end == at):
            if at < start:
                stop = min(start, place + size)
                yield piece[at - place : stop - place] if isinstance(piece, str) else piece
                at = stop
                if at == place + size:
                    break
            elif at < end:
                at = min(end, place + size)
            else:
                if new:
                    yield new
                start, end, new = next(todo)
        place += size
