"""A text as it was approved and as it is now → the first byte that differs, and a readable diff."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

_WIDTH = 300  # of a line of the diff; a longer one is cut around its difference


@dataclass(frozen=True, slots=True)
class Change:
    """How one part of what was approved has changed."""

    part: str
    byte: int  # the first one that differs, counted from 0 in the canonical text
    diff: tuple[str, ...]  # lines that begin with "-" or "+"


def compare(part: str, then: str, now: str) -> Change:
    """Tell two canonical texts apart; they must differ."""
    lines = list(unified_diff(then.splitlines(), now.splitlines(), lineterm="", n=0))[2:]
    told = [line for line in lines if not line.startswith("@@")]
    return Change(part, _first_byte(then.encode("utf-8"), now.encode("utf-8")), _narrow(told))


def _first_byte(then: bytes, now: bytes) -> int:
    for number, (a, b) in enumerate(zip(then, now, strict=False)):
        if a != b:
            return number
    return min(len(then), len(now))


def _narrow(lines: list[str]) -> tuple[str, ...]:
    """The lines with long ones cut to the words around what differs from their partner."""
    gone = [line for line in lines if line.startswith("-")]
    come = [line for line in lines if line.startswith("+")]
    if len(gone) != len(come):
        return tuple(line[:_WIDTH] for line in lines)
    pairs = [_around(a[1:], b[1:]) for a, b in zip(gone, come, strict=True)]
    return tuple(text for a, b in pairs for text in (f"-{a}", f"+{b}"))


def _around(then: str, now: str) -> tuple[str, str]:
    """Two lines, both cut to their difference with some words before and after it."""
    if max(len(then), len(now)) <= _WIDTH:
        return then, now
    blocks = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
    changed = [one for one in blocks if one[0] != "equal"]
    a1, b1 = changed[0][1], changed[0][3]
    a2, b2 = changed[-1][2], changed[-1][4]
    return _cut(then, a1, a2), _cut(now, b1, b2)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - 60), min(len(text), max(end, start) + 60)
    last = min(last, first + 2 * _WIDTH)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
