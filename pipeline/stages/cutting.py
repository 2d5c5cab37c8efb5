"""The inlines of a block and the offsets of its sentences → one group of inlines a sentence."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from pipeline.model import Inline, Kind, Text
from pipeline.stages.peel import LAYOUT_SPACE, Inlines, has_words, partners, trim_right
from pipeline.stages.sentences import STAND_IN

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACE = re.compile(r"\s+")


def plain_of(inlines: Sequence[Inline]) -> str:
    """What a reader reads, with one stand-in for each code that shows no words."""
    return "".join(map(_plain, inlines))


def _plain(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    return (inline.plain or STAND_IN) if inline.kind is Kind.ALONE else ""


def split(inlines: Inlines, cuts: Sequence[int]) -> list[tuple[Inlines, Inlines]]:
    """The sentences, each with the space after it; fewer than `cuts` allows when in doubt.

    A cut inside a pair of marks, inside a code or at a place of the raw text that cannot be
    told is passed over, and so is one that would leave a sentence without words.
    """
    partner = partners(inlines)
    ends, depth, offset, at = set(cuts), 0, 0, 0
    groups: list[list[Inline]] = [[]]
    while at < len(inlines):
        if depth == 0 and offset in ends and groups[-1]:
            ends.discard(offset)
            groups.append([])
        inline = inlines[at]
        if isinstance(inline, Text):
            offset = _cut_text(inline, offset, sorted(ends) if depth == 0 else (), groups)
        else:
            depth += (partner[at] > at) - (0 <= partner[at] < at)
            # the two halves of an overlap stand alone, wherever they stand
            offset += len(_plain(inline))
            groups[-1].append(inline)
        at += 1
    return [trim_right(tuple(group)) for group in _with_words(groups)]


def _cut_text(inline: Text, offset: int, cuts: Sequence[int], groups: list[list[Inline]]) -> int:
    """Add a text to the last group, and new groups where it is cut; the offset after it."""
    end = offset + len(inline.text)
    inside = [cut - offset for cut in cuts if offset < cut < end]
    places = raw_offsets(inline) if inside else None
    text_at = raw_at = 0
    for cut in inside:
        if places is None:
            break
        raw_cut = places[cut]
        groups[-1].append(Text(inline.raw[raw_at:raw_cut], inline.text[text_at:cut]))
        groups.append([])
        text_at, raw_at = cut, raw_cut
    groups[-1].append(Text(inline.raw[raw_at:], inline.text[text_at:]))
    return end


def _with_words(groups: list[list[Inline]]) -> list[list[Inline]]:
    """The groups, each one without words joined to the one before it (or after it)."""
    out: list[list[Inline]] = []
    for group in groups:
        if out and not (has_words(group) and has_words(out[-1])):
            out[-1] = [*out[-1], *group]
        else:
            out.append(group)
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
