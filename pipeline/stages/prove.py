"""A segmented document in, proof out: nothing is lost, and no word would ship unseen.

Two laws. Identity: the pieces rebuild the source byte for byte. Completeness: with each
segment replaced by a marker, the page holds no word but those that a named rule protects.
The page is read by a parser that builds a tree as browsers do, not by the code that cut it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pipeline.formats._html_attributes import role_of
from pipeline.formats._html_names import SILENT
from pipeline.model import (
    Finding,
    Format,
    Passage,
    Piece,
    Protected,
    Segment,
    SegmentedDocument,
    Where,
)

# From the private use area: no article means anything by it.
MARK = "\ue0a7\ue0a8\ue0a9"
MARKER = re.compile(MARK)

_WORD = re.compile(r"\w[\w'’\-]*")
_EMBEDDED = re.compile(r"<[a-zA-Z!/?]|&[#a-zA-Z]")
_OURS = "this is a mistake of the source format: report it with the article"
_Node: TypeAlias = Any  # of turbohtml's tree


@dataclass(frozen=True, slots=True)
class Proof:
    """What the two laws say of one article."""

    unmarked: tuple[str, ...]  # words that no translator gets, in the order of the page
    protected: tuple[tuple[str, int], ...]  # rule and how many words it keeps, sorted
    segments: int  # stretches of words that a marker replaced
    findings: tuple[Finding, ...] = ()  # what breaks a law
    identical: bool = True

    @property
    def complete(self) -> bool:
        """Whether no word would ship unseen."""
        return not self.unmarked


def prove(document: SegmentedDocument, source_format: Format, text: str, path: str = "") -> Proof:
    """Both laws for the document that was made from this text."""
    proof = completeness(source_format, document)
    findings: list[Finding] = []
    if (at := identity(document, text)) is not None:
        line = 1 + text.count("\n", 0, at)
        problem = "the segments do not rebuild the source byte for byte"
        findings.append(Finding("not-identical", problem, Where(path, line), _OURS))
    if proof.unmarked:
        words = ", ".join(proof.unmarked[:10]) + (" …" if len(proof.unmarked) > 10 else "")
        problem = f"{len(proof.unmarked)} words would ship untranslated: {words}"
        findings.append(Finding("unseen-words", problem, Where(path), _OURS))
    same = at is None
    return replace(proof, findings=tuple(findings), identical=same)


def identity(document: SegmentedDocument, text: str) -> int | None:
    """Where the pieces first differ from the source text, as an offset; None if nowhere."""
    rebuilt = "".join(_source(document))
    if rebuilt == text:
        return None
    pairs = zip(rebuilt, text, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(rebuilt), len(text)))


def completeness(source_format: Format, document: SegmentedDocument) -> Proof:
    """The words of the article's body that no segment holds, and how many each rule keeps."""
    pieces = source_format.html(document.parts[document.body :])
    kept: Counter[str] = Counter()
    page = "".join(_marked(pieces, kept))
    return Proof(unmarked_words(page, MARKER), tuple(sorted(kept.items())), page.count(MARK))


def unmarked_words(html: str, marker: re.Pattern[str]) -> tuple[str, ...]:
    """The words of a page that readers see or hear and that no marker covers.

    A word is a run of letters and digits with at least one of them. Looked at are texts
    outside script, style, noscript, template and iframe, and the attributes that this
    project translates.
    """
    texts = _texts(html)
    return tuple(word for text in texts for word in _words(marker.sub(" ", text)))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if any(map(str.isalnum, word))]


def _source(document: SegmentedDocument) -> Iterator[str]:
    for part in document.parts:
        for piece in part.pieces if isinstance(part, Passage) else (part,):
            yield piece if isinstance(piece, str) else piece.raw


def _marked(pieces: Iterable[Piece], kept: Counter[str]) -> Iterator[str]:
    """The page's HTML with markers for words; counts those that rules keep."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Protected):
            kept[piece.rule] += _count(piece)
        else:
            yield MARK
            yield from _codes(piece, kept)


def _codes(segment: Segment, kept: Counter[str]) -> Iterator[str]:
    """The codes of a segment as the page gets them: they must not hide words either."""
    for code in segment.codes:
        yield from _marked(code.html_open, kept)
        if code.pair:
            yield MARK
        yield code.html_close


def _count(piece: Protected) -> int:
    """How many words a reader gets from a protected piece."""
    if not _EMBEDDED.search(piece.raw):
        return len(_words(piece.raw))
    return sum(len(_words(text)) for text in _texts(piece.raw))


def _texts(html: str) -> Iterator[str]:
    """Each text and each readable attribute of some HTML, in order."""
    # Imported here: most commands prove nothing.
    from turbohtml import Element, Text, parse

    stack: list[_Node] = [parse(html, positions=False, scripting=True)]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            yield node.data
            continue
        if isinstance(node, Element):
            if node.tag in SILENT:
                continue
            yield from _attributes(node)
        stack += reversed(node.children)


def _attributes(node: _Node) -> Iterator[str]:
    values = {name.lower(): _joined(value) for name, value in node.attrs.items()}
    for name, value in values.items():
        if value and role_of(node.tag, name, values):
            yield value


def _joined(value: str | list[str] | None) -> str:
    """A value as one string; a class attribute is a list."""
    return " ".join(value) if isinstance(value, list) else value or ""
