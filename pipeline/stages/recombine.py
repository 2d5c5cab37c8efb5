"""A segmented document and its translations → the source text of another locale.

`compile_skeleton` and `fill` do the same for its page; they are told from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.codes import End, Word, is_skip, parse
from pipeline.model import (
    Format,
    Kind,
    Passage,
    Piece,
    Protected,
    Segment,
    SegmentedDocument,
    Tag,
    Token,
    Verbatim,
)
from pipeline.stages.fill import fill
from pipeline.stages.peel import LAYOUT_SPACE
from pipeline.stages.skeleton import compile_skeleton, follows, is_gap

__all__ = ["compile_skeleton", "fill", "rebuild"]


def rebuild(
    document: SegmentedDocument,
    fmt: Format,
    translate: Callable[[Segment], str | None],
    *,
    joined: bool = False,
) -> str:
    """The source text with its segments translated; law: without a translation, the same bytes.

    A segment without a translation, with its own text as translation or with broken codes
    stands as in the source. `<skip/>` takes a segment and the gap before it away. `joined`
    is for languages that write no space between sentences.
    """
    writer = _Writer(fmt, translate, joined)
    return "".join(
        part
        if isinstance(part, str)
        else part.raw
        if isinstance(part, Protected)
        else writer.passage(part)
        for part in document.parts
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    fmt: Format
    translate: Callable[[Segment], str | None]
    joined: bool

    def passage(self, passage: Passage) -> str:
        """One block: its raw bytes if nothing in it changes, else all of it written anew."""
        block, pieces = passage.block, passage.pieces
        words = [self.words(p, i, pieces) for i, p in enumerate(pieces)]
        if all(word is None for word in words):
            return source_of(pieces)
        tokens: list[Token] = []
        for at, (piece, new) in enumerate(zip(pieces, words, strict=True)):
            if not isinstance(piece, Segment):
                if not self.is_dropped(at, pieces, words):
                    tokens.append(" " if block.key else Verbatim(source_of([piece])))
            elif piece.escape != block.escape:
                tokens.append(Verbatim(self.apart(piece, new)))
            elif new is not None:
                tokens += self.tokens(new)
            elif block.key:
                # a front matter scalar is quoted as a whole or not at all
                tokens += self.tokens(parse(piece.text, piece.codes)[0])
            else:
                tokens.append(Verbatim(piece.raw))
        return self.fmt.write(tuple(tokens), block.escape)

    def words(self, piece: Piece, at: int, pieces: tuple[Piece, ...]) -> tuple[Word, ...] | None:
        """The words of a segment's translation; None when it stays as it is."""
        if not isinstance(piece, Segment):
            return None
        text = self.translate(piece)
        if text is not None and text != piece.text:
            # space at the edges is the skeleton's; `** bold**` would not be bold
            words, faults = parse(text.strip(LAYOUT_SPACE), piece.codes)
            if not faults and (words or (is_skip(text) and follows(at, pieces))):
                return words
        inner = (p for c in piece.codes for p in (*c.open, *c.close))
        if any(self.words(p, 0, ()) is not None for p in inner):
            return parse(piece.text, piece.codes)[0]
        return None

    def is_dropped(
        self, at: int, pieces: tuple[Piece, ...], words: list[tuple[Word, ...] | None]
    ) -> bool:
        """Whether the space between two sentences goes: one is skipped, or none is written."""
        if not is_gap(at, pieces):
            return False
        return words[at + 1] == () or (
            self.joined and words[at - 1] is not None and words[at + 1] is not None
        )

    def tokens(self, words: Iterable[Word]) -> list[Token]:
        return [w if isinstance(w, str) else self.tag(w) for w in words]

    def tag(self, end: End) -> Tag:
        code = end.code
        if end.kind is Kind.CLOSE:
            return Tag(end.kind, code, code.rewrite or self.notation(code.close))
        return Tag(end.kind, code, self.notation(code.open))

    def notation(self, pieces: tuple[Piece, ...]) -> str:
        """Source notation with the segments inside it translated."""
        return "".join(
            self.apart(p, self.words(p, 0, ())) if isinstance(p, Segment) else source_of([p])
            for p in pieces
        )

    def apart(self, segment: Segment, new: tuple[Word, ...] | None) -> str:
        """A segment that is a block of its own, such as an alt text."""
        if new is None:
            return segment.raw
        return self.fmt.write(tuple(self.tokens(new)), segment.escape)


def source_of(pieces: Iterable[Piece]) -> str:
    """The source text that the pieces were cut from."""
    return "".join(p if isinstance(p, str) else p.raw for p in pieces)
