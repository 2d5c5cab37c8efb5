"""An article and a page that translates it → which sentences belong together, with a score.

Structure first: blocks are paired by kind, order, length and anchors; then the sentences in
each pair of blocks. Both by the cheapest way through two sequences (`path.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.model import Passage, Role, Segment, SegmentedDocument
from pipeline.stages.anchors import Anchors, anchors_of
from pipeline.stages.path import PRIORS, cheapest, length_cost
from pipeline.stages.segment import within

_CODE = re.compile(r"</?[a-z]{1,8}\d{1,4} ?/?>")
LEAST = 30  # a pair of a lower score is no pair
_PROSE = frozenset({Role.TEXT, Role.ITEM, Role.CELL, Role.CAPTION, Role.FOOTNOTE, Role.SUMMARY})
_SKIPPED = {(1, 0): 3.5, (0, 1): 2.5}  # blocks: a page has more around it than an article
_JOINED = 3.0  # two paragraphs that became one
_OTHER_LEVEL, _OTHER_PROSE, _OTHER_KIND = 1.0, 2.5, 7.0


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences that say the same; one side has one, the other one or two."""

    sources: tuple[Segment, ...]
    targets: tuple[Segment, ...]
    score: int  # 0 to 99


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A block with its sentences."""

    role: Role
    level: int
    key: str
    sentences: tuple[Segment, ...]
    anchors: Anchors
    length: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """The pairs, and how many sentences of each side are in none."""

    matches: tuple[Match, ...]
    sources: int
    targets: int


def align(
    source: SegmentedDocument, target: SegmentedDocument, *, same_language: bool = False
) -> Aligned:
    """Pair the sentences of an article with those of a page that translates it.

    Words that stand there as in the article are no translation, but in the same language.
    """
    ours, theirs = tuple(_chunks(source)), _without_site(tuple(_chunks(target)))
    ratio = _total(theirs) / (_total(ours) or 1) or 1.0
    pairs = _paired(ours, theirs, ratio)
    # once more with the ratio of what is paired: what stands around a page is no translation
    ratios = [
        b.length / a.length for some, others in pairs for a, b in zip(some, others, strict=False)
    ]
    ratio = median(ratios) if ratios else ratio
    pairs = _paired(ours, theirs, ratio)
    matches = tuple(m for some, others in pairs for m in _sentences(some, others, ratio))
    return Aligned(
        tuple(m for m in matches if m.score >= LEAST and (same_language or not _left(m))),
        sum(len(chunk.sentences) for chunk in ours),
        sum(len(chunk.sentences) for chunk in theirs),
    )


def _left(match: Match) -> bool:
    """Whether a sentence was left in the source's language."""
    said, source = (_CODE.sub("", side[0].text) for side in (match.targets, match.sources))
    return said == source and len(said.split()) > 2


def _chunks(document: SegmentedDocument) -> Iterator[_Chunk]:
    """The blocks in the order of the document; what stands in codes is a block of its own."""
    for part in document.parts:
        if not isinstance(part, Passage):
            continue
        own = [piece for piece in part.pieces if isinstance(piece, Segment)]
        nested = [one for one in within(part.pieces) if one not in own]
        groups = [tuple(one for one in own if one.role is part.block.role)]
        groups += [(one,) for one in own if one.role is not part.block.role]
        for sentences in (*groups, *((one,) for one in nested)):
            if sentences:
                level = part.block.level if sentences[0].role is part.block.role else 0
                yield _chunk(sentences, level)


def _without_site(chunks: tuple[_Chunk, ...]) -> tuple[_Chunk, ...]:
    """The blocks of a page, its title without the site's name if the first heading says so."""
    heads = [c for c in chunks if c.role is Role.HEADING and c.level == 1]
    if not heads:
        return chunks
    words = heads[0].sentences[0]
    return tuple(
        replace(chunk, sentences=(replace(words, role=Role.TITLE),), length=len(words.text))
        if chunk.role is Role.TITLE and chunk.sentences[0].text.startswith(words.text)
        else chunk
        for chunk in chunks
    )


def _chunk(sentences: tuple[Segment, ...], level: int) -> _Chunk:
    first = sentences[0]
    length = sum(len(one.text) for one in sentences)
    return _Chunk(first.role, level, first.key, sentences, anchors_of(sentences), max(length, 1))


def _total(chunks: Sequence[_Chunk]) -> int:
    return sum(chunk.length for chunk in chunks)


def _paired(
    ours: tuple[_Chunk, ...], theirs: tuple[_Chunk, ...], ratio: float
) -> list[tuple[tuple[_Chunk, ...], tuple[_Chunk, ...]]]:
    """The blocks that belong together."""

    def cost(a: int, b: int, c: int, d: int) -> float:
        step = (b - a, d - c)
        if step in _SKIPPED:
            return _SKIPPED[step]
        return _block_cost(ours[a:b], theirs[c:d], ratio)

    way = cheapest(len(ours), len(theirs), cost)
    return [(ours[a:b], theirs[c:d]) for a, b, c, d in way if a < b and c < d]


def _block_cost(some: tuple[_Chunk, ...], others: tuple[_Chunk, ...], ratio: float) -> float:
    """What it costs to take blocks for translations of each other."""
    kind = max(_kind_cost(one, other) for one in some for other in others)
    if len(some) + len(others) > 2:
        if kind or some[0].role not in _PROSE:
            return math.inf
        kind = _JOINED
    length = length_cost(_total(some), _total(others) / ratio)
    ours, theirs = _anchors(some), _anchors(others)
    return kind + min(length, 8.0) / 2 - ours.shared(theirs)


def _anchors(chunks: tuple[_Chunk, ...]) -> Anchors:
    if len(chunks) == 1:
        return chunks[0].anchors
    return anchors_of(sentence for chunk in chunks for sentence in chunk.sentences)


def _kind_cost(one: _Chunk, other: _Chunk) -> float:
    if one.role is other.role:
        if one.key != other.key and one.key and other.key:
            return _OTHER_KIND  # two keys of front matter
        return 0.0 if one.level == other.level else _OTHER_LEVEL
    if {one.role, other.role} == {Role.SUMMARY, Role.TEXT}:
        return _OTHER_LEVEL  # a page shows its summary as a paragraph
    return _OTHER_PROSE if {one.role, other.role} <= _PROSE else _OTHER_KIND


def _sentences(
    some: tuple[_Chunk, ...], others: tuple[_Chunk, ...], ratio: float
) -> Iterator[Match]:
    """The sentences that belong together in blocks that do."""
    ours = [sentence for chunk in some for sentence in chunk.sentences]
    theirs = [sentence for chunk in others for sentence in chunk.sentences]
    block_of = [number for number, chunk in enumerate(some) for _ in chunk.sentences]

    def cost(a: int, b: int, c: int, d: int) -> float:
        prior = -math.log(PRIORS[b - a, d - c])
        if a == b or c == d:
            return prior
        if b - a == 2 and (ours[b - 1].codes or block_of[a] != block_of[b - 1]):
            return math.inf  # <skip/> could not stand for the second
        return prior + _length(ours[a:b], theirs[c:d], ratio) - _shared(ours[a:b], theirs[c:d])

    kind = max(_kind_cost(one, other) for one in some for other in others)
    for a, b, c, d in cheapest(len(ours), len(theirs), cost):
        if a < b and c < d:
            yield _match(tuple(ours[a:b]), tuple(theirs[c:d]), ratio, kind)


def _length(ours: Sequence[Segment], theirs: Sequence[Segment], ratio: float) -> float:
    sizes = (sum(len(one.text) for one in side) for side in (ours, theirs))
    source, target = sizes
    return length_cost(source, target / ratio)


def _shared(ours: Sequence[Segment], theirs: Sequence[Segment]) -> float:
    return anchors_of(ours).shared(anchors_of(theirs))


def _match(
    ours: tuple[Segment, ...], theirs: tuple[Segment, ...], ratio: float, kind: float
) -> Match:
    """A pair with its score: how well lengths fit, and the share of anchors that agree."""
    length = math.exp(-_length(ours, theirs, ratio) / 3)
    one, other = anchors_of(ours), anchors_of(theirs)
    agreement = one.agreement(other)
    part = 0.4 + 0.5 * length if agreement is None else 0.4 * length + 0.6 * agreement
    score = round(100 * part) - round(4 * kind)
    return Match(ours, theirs, 0 if one.contradicts(other) else max(0, min(score, 99)))
