"""A document → the same document with its blocks cut into segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias

from pipeline.codes import escape
from pipeline.model import (
    Block,
    Document,
    Mark,
    Passage,
    Piece,
    Protected,
    Role,
    Segment,
    SegmentedDocument,
    Text,
    join,
)
from pipeline.stages.cutting import plain_of, split
from pipeline.stages.number import Nested, number, page_pieces, source_pieces
from pipeline.stages.peel import LAYOUT_SPACE, Inlines, has_words, in_words, peel
from pipeline.stages.quick import new_passage, new_segment
from pipeline.stages.sentences import STAND_IN, cuts

Cut: TypeAlias = Callable[[str], tuple[int, ...]]
Trail: TypeAlias = tuple[str, ...]

# Prose is cut into sentences; everything else is one segment.
PROSE = frozenset({Role.TEXT, Role.ITEM, Role.CELL, Role.CAPTION, Role.FOOTNOTE, Role.SUMMARY})
_BODY = PROSE - {Role.CELL}
_LONGEST_AMBIGUOUS = 4  # words
_LONGEST_AMBIGUOUS_CELL = 2


def segment(document: Document, *, cut: Cut = cuts) -> SegmentedDocument:
    """Cut every block of a document; law: the pieces of a passage give its block's raw text.

    `cut` gives the offsets at which new sentences begin in plain text.
    """
    parts: list[str | Protected | Passage] = []
    trail: list[tuple[int, str]] = []
    above: Trail = ()
    for part in document.parts:
        if not isinstance(part, Block):
            parts.append(part)
            continue
        if part.role is Role.HEADING and part.level:
            trail = [(level, words) for level, words in trail if level < part.level]
            above = tuple(words for _, words in trail)
            parts.append(_passage(part, above, cut))
            trail.append((part.level, _heading(part)))
            above = tuple(words for _, words in trail)
        else:
            parts.append(_passage(part, above, cut))
    return SegmentedDocument(tuple(parts), document.front, document.body)


def segments_of(document: SegmentedDocument) -> Iterator[Segment]:
    """Every segment in document order, each followed by those inside its codes."""
    for part in document.parts:
        if isinstance(part, Passage):
            for piece in part.pieces:
                if isinstance(piece, Segment):
                    yield piece
                    if piece.codes:
                        yield from _in_codes(piece)


def within(pieces: Iterable[Piece]) -> Iterator[Segment]:
    """The segments among pieces, each followed by those inside its codes."""
    for piece in pieces:
        if isinstance(piece, Segment):
            yield piece
            yield from _in_codes(piece)


def _in_codes(segment: Segment) -> Iterator[Segment]:
    for code in segment.codes:
        yield from within(code.open)
        yield from within(code.close)


def context_of(role: Role, words: str) -> str:
    """The msgctxt: a role for short or ambiguous text, so that "Date" can differ, else ""."""
    if role is Role.SLUG:
        return role.value
    if role in _BODY:
        return "" if len(words.split(None, 1)) > 1 else role.value
    longest = _LONGEST_AMBIGUOUS_CELL if role is Role.CELL else _LONGEST_AMBIGUOUS
    if len(words.split(None, longest)) > longest:
        return ""
    # a title and the first heading are most often the same words
    return Role.HEADING.value if role is Role.TITLE else role.value


def _heading(block: Block) -> str:
    return " ".join(plain_of(block.inlines).replace(STAND_IN, "").split())


def _passage(block: Block, trail: Trail, cut: Cut) -> Passage:
    inlines = block.inlines
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        bare = _bare(block, only, trail, cut)
        if bare:
            return new_passage(block, bare, bare)
    nested = partial(_passage, trail=trail, cut=cut)
    around = peel(inlines)
    words = around[1]
    if not has_words(words):
        source = source_pieces(inlines, nested)
        return Passage(block, source, page_pieces(inlines, nested))
    offsets = cut(plain_of(words)) if block.role in PROSE else ()
    return _sentences(block, around, offsets, trail, nested)


def _bare(block: Block, only: Text, trail: Trail, cut: Cut) -> tuple[Piece, ...]:
    """The pieces of a block of bare words, which most blocks are; none for any other."""
    text, raw = only.text, only.raw
    if not text or text[0] in LAYOUT_SPACE or text[-1] in LAYOUT_SPACE:
        return ()
    offsets = cut(text) if block.role in PROSE else ()
    if offsets:
        return _bare_sentences(block, text, offsets, trail) if raw == text else ()
    if not in_words(text):
        return ()
    words = (escape(text), context_of(block.role, text), raw)
    return (new_segment(block, words, block.line, (), trail),)


def _bare_sentences(
    block: Block, text: str, offsets: tuple[int, ...], trail: Trail
) -> tuple[Piece, ...]:
    """The sentences of bare words and the space between them; none if one has no words."""
    pieces: list[Piece] = []
    role, line, begin = block.role, block.line, 0
    for end in (*offsets, len(text)):
        spaced = text[begin:end]
        words = spaced.rstrip(LAYOUT_SPACE)
        if not in_words(words):
            return ()
        told = (escape(words), context_of(role, words), words)
        pieces.append(new_segment(block, told, line, (), trail))
        if len(words) < len(spaced):
            pieces.append(spaced[len(words) :])
        line += spaced.count("\n")
        begin = end
    return tuple(pieces)


def _sentences(
    block: Block,
    around: tuple[Inlines, Inlines, Inlines],
    offsets: tuple[int, ...],
    trail: Trail,
    nested: Nested,
) -> Passage:
    """The pieces of a block: what stands around its words, and one segment a sentence."""
    head, words, tail = around
    pieces, shown = [*source_pieces(head, nested)], [*page_pieces(head, nested)]
    line = block.line + _raw(head).count("\n")
    for sentence, space in split(words, offsets):
        text, codes = number(sentence, nested)
        raw = _raw(sentence)
        context = _context(block.role, sentence) if codes else context_of(block.role, text)
        found = new_segment(block, (text, context, raw), line, codes, trail)
        pieces.append(found)
        shown.append(found)
        line += raw.count("\n")
        if space:
            pieces += source_pieces(space, nested)
            shown += page_pieces(space, nested)
            line += _raw(space).count("\n")
    pieces += source_pieces(tail, nested)
    shown += page_pieces(tail, nested)
    return Passage(block, tuple(pieces), tuple(shown))


def _context(role: Role, sentence: Inlines) -> str:
    """The context of a sentence with codes; most have one run of words that is long enough."""
    for inline in sentence:
        if isinstance(inline, Text) and not context_of(role, inline.text.replace(STAND_IN, " ")):
            return ""
    return context_of(role, plain_of(sentence).replace(STAND_IN, " "))


def _raw(inlines: Inlines) -> str:
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return only.raw
    return "".join([i.raw if isinstance(i, Text) else _mark_raw(i) for i in inlines])


def _mark_raw(mark: Mark) -> str:
    parts = mark.raw
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else join(parts)
