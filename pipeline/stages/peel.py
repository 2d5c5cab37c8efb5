"""The inlines of a block → what stands around its words, and the words themselves.

A mark that encloses the whole block, and an image or line break at its edge, say nothing to
a translator: they are peeled off and stay in the skeleton.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from pipeline.model import Inline, Kind, Mark, Text

# Space that belongs to the layout; a no-break space belongs to the words.
LAYOUT_SPACE = " \t\n\r\f\v"
ALONE = -1

Inlines: TypeAlias = tuple[Inline, ...]


def partners(inlines: Sequence[Inline]) -> list[int]:
    """For each inline the index of the mark that it makes a pair with, or `ALONE`.

    Marks that overlap or lack their other half are taken as standing alone.
    """
    found = [ALONE] * len(inlines)
    open_at: list[tuple[int, str]] = []
    open_names: dict[str, int] = {}  # how many are open: a stray end must not cost a search
    for at, inline in enumerate(inlines):
        if isinstance(inline, Text) or inline.kind is Kind.ALONE:
            continue
        name = inline.name
        if inline.kind is Kind.OPEN:
            open_at.append((at, name))
            open_names[name] = open_names.get(name, 0) + 1
        elif open_names.get(name):
            start, opened = open_at.pop()
            open_names[opened] -= 1
            while opened != name:
                start, opened = open_at.pop()
                open_names[opened] -= 1
            found[start], found[at] = at, start
    return found


def peel(inlines: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """What stands before the words of a block, the words, and what stands after them."""
    partner = partners(inlines)
    low, high = 0, len(inlines)
    while low < high:
        first, last = partner[low], partner[high - 1]
        if _is_empty(inlines[low], first):
            low += 1
        elif _is_empty(inlines[high - 1], last):
            high -= 1
        elif first == high - 1 and first > low and not _is_found_by_words(inlines[first]):
            low, high = low + 1, high - 1
        elif first > low and all(_is_empty(i, ALONE) for i in inlines[low + 1 : first]):
            low = first + 1  # an anchor before the words
        else:
            break
    head, body, tail = inlines[:low], inlines[low:high], inlines[high:]
    left, body = trim_left(body)
    body, right = trim_right(body)
    return (*head, *left), body, (*right, *tail)


def _is_empty(inline: Inline, partner: int) -> bool:
    """Whether an inline shows no words and encloses none."""
    if isinstance(inline, Text):
        return not inline.text.strip()
    return partner == ALONE and not inline.plain


def _is_found_by_words(close: Inline) -> bool:
    """Whether a pair must be written anew once its words change: `[foo]`."""
    return isinstance(close, Mark) and close.rewrite != ""


def has_words(inlines: Sequence[Inline]) -> bool:
    """Whether there is a letter or a digit outside the marks."""
    return any(isinstance(i, Text) and in_words(i.text) for i in inlines)


def in_words(text: str) -> bool:
    """Whether there is a letter or a digit in a text; most begin with one."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def trim_left(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """The layout space at the beginning, and the rest."""
    if not inlines or isinstance(inlines[0], Mark):
        return (), inlines
    first = inlines[0]
    text, raw = first.text.lstrip(LAYOUT_SPACE), first.raw.lstrip(LAYOUT_SPACE)
    if len(text) == len(first.text) or not text:
        return (), inlines
    space = Text(first.raw[: len(first.raw) - len(raw)], first.text[: len(first.text) - len(text)])
    return (space,), (Text(raw, text), *inlines[1:])


def trim_right(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """The inlines without the layout space at their end, and that space."""
    space: Inlines = ()
    while inlines and isinstance(last := inlines[-1], Text):
        text, raw = last.text.rstrip(LAYOUT_SPACE), last.raw.rstrip(LAYOUT_SPACE)
        if not text:
            inlines, space = inlines[:-1], (last, *space)
            continue
        if len(text) == len(last.text):
            break
        space = (Text(last.raw[len(raw) :], last.text[len(text) :]), *space)
        inlines = (*inlines[:-1], Text(raw, text))
        break
    return inlines, space
