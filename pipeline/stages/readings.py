"""An article → everything in it that a reader can read, each with its line and its segment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from pipeline.codes import parse, plain
from pipeline.model import Article, Code, Passage, Piece, Protected, Segment

SHOWN_KEYS = frozenset({"author", "reviewed_by"})  # never translated, on every page
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Reading:
    """Some words of an article: a segment, or what stands the same in every locale."""

    texts: tuple[str, ...]  # ways to read it: a code may part two words or stand inside one
    line: int
    segment: Segment | None = None


def readings_of(article: Article) -> tuple[Reading, ...]:
    """All that can be read in an article, in document order; for its front matter too."""
    found = [
        Reading((value,), field.line)
        for field in article.document.front
        if field.key in SHOWN_KEYS
        for value in ([field.value] if isinstance(field.value, str) else field.value)
    ]
    line = 1
    for part in article.document.parts:
        if isinstance(part, str):
            line += part.count("\n")
            continue
        if isinstance(part, Passage):
            line = part.block.line
        pieces = part.pieces if isinstance(part, Passage) else (part,)
        found += _within(pieces, line)
    return tuple(found)


def _within(pieces: Iterable[Piece], line: int) -> Iterator[Reading]:
    for piece in pieces:
        if isinstance(piece, Protected):
            raw = piece.raw
            yield Reading((unescape(_TAG.sub("", raw)), unescape(_TAG.sub(" ", raw))), line)
        elif isinstance(piece, Segment):
            yield Reading(texts_of(piece.text, piece.codes), piece.line, piece)
            for code in piece.codes:
                yield from _within((*code.open, *code.close), piece.line)


def texts_of(text: str, codes: tuple[Code, ...]) -> tuple[str, ...]:
    """What readers of a text read, with its codes as nothing and with its codes as spaces."""
    if "<" not in text:
        return (text,)
    words = parse(text, codes)[0]
    apart = " ".join(word if isinstance(word, str) else word.code.plain for word in words)
    return (plain(words), apart)
