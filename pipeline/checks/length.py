"""Titles, descriptions and slugs fit where they are shown, and no text is cut short."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pipeline.checks._prose import bare
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
A text is too long for its place, or has an odd length beside its source

Search engines and lists cut a long title off, and a description too: here a title may have 80
characters, a description 170 and a slug 80. A Chinese, Japanese or Korean character counts as
two. A limit that the author set ("at most 60 characters") counts first, in characters.

A long text whose translation is under a quarter of its length, or over three times as long, was
probably cut off, or has another sentence in it.

    source   In-stent restenosis: causes, symptoms and treatment
    wrong    (a title of 90 characters)
    right    Restenose im Stent: Ursachen, Symptome und Behandlung
"""

MOST = {Role.TITLE: 80, Role.META_DESCRIPTION: 170, Role.SLUG: 80}
_LONG = 50  # from this width on, the ratio of the lengths means something
_LEAST_RATIO, _MOST_RATIO = 0.25, 3.0


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether a limit is passed, or the lengths do not fit each other."""
    segment, text = pair.segment, pair.translation
    if not text or is_skip(text):
        return
    if segment.limit and len(bare(text)) > segment.limit:
        yield f"{len(bare(text))} characters where {segment.limit} fit", "say it shorter"
        return
    most = MOST.get(segment.role, 0)
    if most and not segment.limit and len(text) * 2 > most and width(bare(text)) > most:
        what = segment.role.value.replace("-", " ")
        yield f"a {what} of {width(bare(text))} columns where {most} fit", "say it shorter"
    yield from _odd_ratio(segment.text, text)


def _odd_ratio(source: str, text: str) -> Iterable[tuple[str, str]]:
    if len(source) < _LONG and len(text) < _LONG:
        return
    if 2 * len(text) > len(source) and 2 * len(text) < 3 * len(source):
        return  # no weighing of characters would change this
    wanted, found = width(bare(source)), width(bare(text))
    if wanted >= _LONG and found < _LEAST_RATIO * wanted:
        yield "the translation is under a quarter as long as its source", "is it whole?"
    elif found >= _LONG and wanted >= _LONG / 2 and found > _MOST_RATIO * wanted:
        yield "the translation is over three times as long as its source", "is it the right text?"


def width(text: str) -> int:
    """How many columns a text takes; a wide character takes two, a mark on a letter none."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
        if unicodedata.category(c) != "Mn"
    )


CHECK = Check("length", Severity.WARNING, EXPLAIN, run)
