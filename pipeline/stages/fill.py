"""An article and a locale's words → the article in that locale, as escaped HTML.

Every tag comes from the source: words are escaped, and a translation whose codes are not
those of its source is left out as if it were missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from pipeline.codes import End, Word, is_skip, parse, plain
from pipeline.model import (
    Article,
    Filled,
    Kind,
    Localized,
    Piece,
    Protected,
    Segment,
    State,
)
from pipeline.stages.bidi import TAG, isolate
from pipeline.stages.languages import between_sentences, direction
from pipeline.stages.skeleton import follows, is_gap

Words: TypeAlias = Callable[[Segment], tuple[str, State]]
# What a segment's words are by its text, codes, translation and place; the caller owns it.
Memo: TypeAlias = dict[tuple[object, ...], Filled]

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\0": "\ufffd"}
)
# In an attribute without quotes a space would begin the next attribute.
_UNQUOTED = "html-bare"
_UNQUOTED_ESCAPES = _ESCAPES | {ord(c): f"&#{ord(c)};" for c in " \t\n\r\f\v=`/"}
_SPECIAL = re.compile("[&<>\"'\0]")
_TAG = re.compile(TAG)


def fill(
    article: Article,
    locale: str,
    words: Words,
    source_lang: str,
    memo: Memo | None = None,
) -> Localized:
    """Put a locale's words into an article's skeleton and fields.

    `words` gives a segment's translation and how far it is. What is missing, fuzzy or has
    broken codes shows the source's words, marked as such; `memo` holds what was rendered
    for this locale before, and grows.
    """
    known = memo if memo is not None else {}
    filler = _Filler(locale, words, source_lang, known, direction(locale) == "rtl")
    pieces = article.skeleton.pieces
    found = [
        filler.piece(piece, at in article.skeleton.bare, follows(at, pieces))
        for at, piece in enumerate(pieces)
    ]
    _close_gaps(found, pieces, joined=not between_sentences(locale))
    fields = filler.fields(article.fields)
    return Localized(
        article,
        locale,
        tuple(item.html for item in found),
        fields,
        tuple(item.plain for item in found),
        filler.counts[State.DONE],
        filler.counts[State.FUZZY],
        filler.counts[State.MISSING],
    )


_NOTHING = Filled("", "", State.DONE)


def _close_gaps(found: list[Filled], pieces: tuple[Piece, ...], *, joined: bool) -> None:
    """Take away the space before a skipped sentence, and all where a language writes none."""
    for at in range(1, len(pieces) - 1):
        if not is_gap(at, pieces):
            continue
        before, after = found[at - 1], found[at + 1]
        if after is _NOTHING or (joined and before.state is after.state is State.DONE):
            found[at] = _NOTHING


@dataclass(frozen=True, slots=True)
class _Filler:
    locale: str
    words: Words
    source_lang: str
    memo: Memo
    rtl: bool
    counts: Counter[State] = field(default_factory=Counter)

    def piece(self, piece: Piece, bare: bool, may_skip: bool) -> Filled:
        if isinstance(piece, Segment):
            return self.segment(piece, bare, may_skip)
        if isinstance(piece, Protected):
            return Filled(piece.raw, unescape(_TAG.sub(" ", piece.raw)), State.DONE)
        return Filled(piece, " " if piece.isspace() else "", State.DONE)

    def segment(self, segment: Segment, bare: bool, may_skip: bool = False) -> Filled:
        """One slot; counts it by how far its words are."""
        text, state = self.words(segment)
        if state is State.DONE and not segment.codes:
            if may_skip and is_skip(text):
                self.counts[state] += 1
                return _NOTHING
            if text and not self.rtl and not _SPECIAL.search(text) and not bare:
                self.counts[state] += 1
                return Filled(text, text, state)
        key = (segment.text, segment.codes, text, state, bare, segment.escape)
        filled = self.memo.get(key)
        if filled is None:
            filled = self.rendered(segment, text, state, bare)
            if not any(True for code in segment.codes for _ in _slots(code.html_open)):
                self.memo[key] = filled
        self.counts[filled.state] += 1
        return filled

    def rendered(self, segment: Segment, text: str, state: State, bare: bool) -> Filled:
        if state is State.DONE:
            words, faults = parse(text, segment.codes)
            if words and not faults:
                return Filled(self.html(words, segment, bare), plain(words), state)
            state = State.MISSING
        words = parse(segment.text, segment.codes)[0]
        html = self.html(words, segment, bare, own=False)
        if not bare:
            kind = "untranslated fuzzy" if state is State.FUZZY else "untranslated"
            run = direction(self.source_lang)
            html = f'<span lang="{self.source_lang}" dir="{run}" class="{kind}">{html}</span>'
        return Filled(html, plain(words), state)

    def html(self, words: Iterable[Word], segment: Segment, bare: bool, own: bool = True) -> str:
        """Words as HTML; bare ones have no tags, and the source's own are not isolated."""
        if bare:
            table = _UNQUOTED_ESCAPES if segment.escape == _UNQUOTED else _ESCAPES
            return plain(words).translate(table)
        isolated = own and self.rtl
        return "".join(
            self.tag(word)
            if not isinstance(word, str)
            else isolate(_escape(word), self.locale)
            if isolated
            else _escape(word)
            for word in words
        )

    def tag(self, end: End) -> str:
        if end.kind is Kind.CLOSE:
            return end.code.html_close
        return "".join(
            self.segment(p, bare=True).html
            if isinstance(p, Segment)
            else p
            if isinstance(p, str)
            else p.raw
            for p in end.code.html_open
        )

    def fields(self, segments: Iterable[Segment]) -> dict[str, Filled]:
        """The front matter values, each from all its sentences, as words without tags."""
        parts: dict[str, list[Filled]] = {}
        for segment in segments:
            parts.setdefault(segment.key, []).append(
                self.segment(segment, bare=True, may_skip=segment.key in parts)
            )
        return {key: self.one(found) for key, found in parts.items()}

    def one(self, found: list[Filled]) -> Filled:
        """A value's sentences as one; it is as far as its worst sentence."""
        if len(found) == 1:
            return found[0]
        order = (State.MISSING, State.FUZZY, State.DONE)
        state = min((item.state for item in found), key=order.index)
        between = between_sentences(self.locale) if state is State.DONE else " "
        shown = [item for item in found if item is not _NOTHING]
        return Filled(
            between.join(item.html for item in shown),
            between.join(item.plain for item in shown),
            state,
        )


def _escape(words: str) -> str:
    return words.translate(_ESCAPES) if _SPECIAL.search(words) else words


def _slots(pieces: Iterable[Piece]) -> Iterable[Segment]:
    return (piece for piece in pieces if isinstance(piece, Segment))
