"""The inlines of a block and the offsets of its sentences → one group of inlines a sentence."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.model import Inline, Kind, Text
from pipeline.stages.peel import LAYOUT_SPACE, Inlines, has_words, partners, trim_right
from pipeline.stages.sentences import STAND_IN

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACE = re.compile(r"\s+")


def plain_of(inlines: Sequence[Inline]) -> str:
    """What a reader reads, with one stand-in for each code that shows no words."""
    return "".join([i.text if isinstance(i, Text) else _plain(i) for i in inlines])


def _plain(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    return (inline.plain or STAND_IN) if inline.kind is Kind.ALONE else ""


def split(inlines: Inlines, cuts: Sequence[int]) -> list[tuple[Inlines, Inlines]]:
    """The sentences, each with the space after it; fewer than `cuts` allows when in doubt.

    A cut inside a pair of marks, inside a code or at a place of the raw text that cannot be
    told is passed over, and so is one that would leave a sentence without words.
    """
    if not cuts:
        return [(inlines, ())]
    partner, places = partners(inlines), frozenset(cuts)
    groups: list[list[Inline]] = [[]]
    depth = offset = last = 0
    for at, inline in enumerate(inlines):
        if depth == 0 and offset in places and offset > last and groups[-1]:
            groups.append([])
            last = offset
        if isinstance(inline, Text):
            end = offset + len(inline.text)
            if not depth and (inside := cuts[bisect_right(cuts, offset) : bisect_left(cuts, end)]):
                _add_text(inline, [cut - offset for cut in inside], groups)
            else:
                groups[-1].append(inline)
            offset = end
        else:
            depth += (partner[at] > at) - (0 <= partner[at] < at)
            offset += len(_plain(inline))
            groups[-1].append(inline)
    return [trim_right(tuple(group)) for group in _with_words(groups)]


def _add_text(inline: Text, inside: list[int], groups: list[list[Inline]]) -> None:
    """Add a text to the last group, and to new groups from where it is cut."""
    places = raw_offsets(inline)
    if places is None:
        groups[-1].append(inline)
        return
    text, raw = inline.text, inline.raw
    text_ends, raw_ends = [*inside, len(text)], [*(places[cut] for cut in inside), len(raw)]
    text_at = raw_at = 0
    for text_end, raw_end in zip(text_ends, raw_ends, strict=True):
        if text_at:
            groups.append([])
        groups[-1].append(Text(raw[raw_at:raw_end], text[text_at:text_end]))
        text_at, raw_at = text_end, raw_end


def _with_words(groups: list[list[Inline]]) -> list[list[Inline]]:
    """The groups, each one without words joined to the one before it (or after it)."""
    told = [has_words(group) for group in groups]
    if all(told):
        return groups
    out, worded = [groups[0]], told[0]
    for group, words in zip(groups[1:], told[1:], strict=True):
        if words and worded:
            out.append(group)
        else:
            out[-1] = [*out[-1], *group]
            worded = worded or words
    return out


def raw_offsets(inline: Text) -> Sequence[int] | None:
    """For each character of the text its place in the raw bytes, or None if in doubt.

    Entities, backslashes, folded lines and the quotes of a YAML scalar are understood.
    """
    raw, text = inline.raw, inline.text
    if raw == text:
        return range(len(text) + 1)
    places: list[int] = []
    at = len(raw) - len(raw.lstrip("\"'")) if raw[:1] != text[:1] else 0
    while len(places) < len(text):
        step = _step(raw, at, text, len(places))
        if step is None:
            return None
        raw_step, text_step = step
        places += [at] * text_step
        at += raw_step
    return [*places, at]


def _step(raw: str, at: int, text: str, to: int) -> tuple[int, int] | None:
    """How far one character (or run of space, or entity) goes in raw and in text."""
    if text[to] in LAYOUT_SPACE:
        raw_space, text_space = _SPACE.match(raw, at), _SPACE.match(text, to)
        if raw_space is None or text_space is None:
            return None
        return len(raw_space[0]), len(text_space[0])
    if raw.startswith("&", at) and (entity := _ENTITY.match(raw, at)):
        meant = html.unescape(entity[0])
        if meant != entity[0] and text.startswith(meant, to):
            return len(entity[0]), len(meant)
    if raw.startswith("\\", at) and raw[at + 1 : at + 2] == text[to] and text[to] != "\\":
        return 2, 1
    if not raw.startswith(text[to], at):
        return None
    doubled = text[to] in "'\\" and raw[at + 1 : at + 2] == text[to] != text[to + 1 : to + 2]
    return (2 if doubled else 1), 1
