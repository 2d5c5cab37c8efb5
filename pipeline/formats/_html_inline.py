"""A run of inline HTML in, its parts out: a block of words and codes, skeleton around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.formats._html_items import Item
from pipeline.formats._quick import block, text
from pipeline.model import Block, Inline, Kind, Mark, Part, Role, Text

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Place:
    """What a block is in its article, by the elements around it."""

    role: Role = Role.TEXT
    level: int = 0
    anchor: str = ""
    end: int = 0  # the token with which the element ends


def bare(items: Iterable[Item]) -> list[Part]:
    """The items as skeleton, with what their tags hold."""
    parts: list[Part] = []
    for item in items:
        parts += [item.inline.raw] if isinstance(item.inline, Text) else item.inline.raw
    return parts


def _partners(items: list[Item]) -> dict[int, int]:
    """Which tag closes which; a tag without a partner is not in the answer."""
    partners: dict[int, int] = {}
    stack: list[int] = []
    open_now: dict[str, int] = defaultdict(int)
    for index, item in enumerate(items):
        mark = item.inline
        if not isinstance(mark, Mark) or mark.kind is Kind.ALONE:
            continue
        if mark.kind is Kind.OPEN:
            stack.append(index)
            open_now[item.element] += 1
        elif open_now[item.element]:
            last = -1
            while last < 0 or items[last].element != item.element:
                last = stack.pop()
                open_now[items[last].element] -= 1
            partners[last], partners[index] = index, last
    return partners


def has_words(items: list[Item]) -> bool:
    """Whether there is something to translate in the run's own text."""
    for item in items:  # noqa: SIM110 (a generator would double the time)
        if item.inline.__class__ is Text and _WORD.search(item.inline.text):
            return True
    return False


def _noted(parts: list[Part], note: str) -> list[Part]:
    """The parts, with the note on the first block among them."""
    if note:
        for index, part in enumerate(parts):
            if isinstance(part, Block):
                return [*parts[:index], replace(part, note=note), *parts[index + 1 :]]
    return parts


def run_parts(items: list[Item], place: Place, escape: str, note: str) -> list[Part]:
    """The parts of a run: skeleton alone if it holds no words, else a block within it."""
    if not has_words(items):
        return _noted(bare(items), note)
    solid = [index for index, item in enumerate(items) if item.solid]
    first, last = solid[0], solid[-1]
    partners = _partners(items)
    start = next((i for i in range(first) if partners.get(i, -1) > first), first)
    end = next(
        (i for i in range(len(items) - 1, last, -1) if 0 <= partners.get(i, -1) <= last), last
    )
    inner = [
        item._replace(inline=_lone(item.inline)) if _unpaired(index, item, partners) else item
        for index, item in enumerate(items[start : end + 1], start)
    ]
    inlines, line = _merged(inner), items[first].line
    made = block(place.role, inlines, line, escape, "", place.level, place.anchor, note)
    return [*bare(items[:start]), made, *bare(items[end + 1 :])]


def _unpaired(index: int, item: Item, partners: dict[int, int]) -> bool:
    return (
        isinstance(item.inline, Mark)
        and item.inline.kind is not Kind.ALONE
        and index not in partners
    )


def _lone(inline: Inline) -> Inline:
    return replace(inline, kind=Kind.ALONE, name="x") if isinstance(inline, Mark) else inline


def _merged(items: list[Item]) -> tuple[Inline, ...]:
    """The inlines, with plain words joined and a space beside a space taken for nothing."""
    merged: list[Inline] = []
    plain: list[str] = []
    shown = ""  # the last text that a reader sees, with no tag after it
    for item in items:
        inline = item.inline
        if isinstance(inline, Mark):
            shown = ""
        elif inline.text == " " and shown.endswith(" "):
            inline = Text(inline.raw, "")
        else:
            shown = inline.text or shown
            if inline.raw == inline.text:
                plain.append(inline.raw)
                continue
        merged += _joined(plain)
        plain.clear()
        merged.append(inline)
    return (*merged, *_joined(plain))


def _joined(plain: list[str]) -> list[Text]:
    words = "".join(plain)
    return [text(words, words)] if words else []
