"""A run of inline HTML in, its parts out: a block of words and codes, skeleton around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.formats._html_tokens import Token
from pipeline.model import Block, Inline, Kind, Mark, Part, Protected, Role, Text

_ATOM = re.compile(r"[ \t\r\n\f]+|\xa0+|[^ \t\r\n\f\xa0]+(?: [^ \t\r\n\f\xa0]+)*")
_BREAK = re.compile(r"\r\n?|\n")
# Server-side includes and conditional comments do something; others only speak to authors.
_ACTING = re.compile(r"<!(?:--)?\s*(?:#|\[if|\[endif)|<!--more|<!--nextpage", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a space or a tag of a run, with the line that it stands on."""

    inline: Inline
    line: int
    solid: bool  # whether a reader sees it: a block begins and ends with such an item


@dataclass(frozen=True, slots=True)
class Place:
    """What a block is in its article, by the elements around it."""

    role: Role = Role.TEXT
    level: int = 0
    anchor: str = ""
    end: int = 0  # the token with which the element ends


def words(token: Token, keep_space: bool) -> list[Item]:
    """The text of a token as items that are exact, or one space, or one reference."""
    if token.raw != token.text:
        solid = bool(token.text.strip())
        text = token.text if keep_space or solid or token.text == "\xa0" else " "
        return [Item(Text(token.raw, text.replace("\0", "\ufffd")), token.line, solid)]
    items: list[Item] = []
    line = token.line
    for match in _ATOM.finditer(token.raw):
        raw = match[0]
        blank = raw[0] in " \t\r\n\f"
        text = " " if blank else raw.replace("\0", "\ufffd")
        if blank and keep_space:
            text = _BREAK.sub("\n", raw)
        items.append(Item(Text(raw, text), line, not raw.isspace()))
        line += len(_BREAK.findall(raw)) if blank else 0
    return items


def comment(token: Token) -> Item:
    """A comment: nothing to see, unless a server or a browser acts on it."""
    if _ACTING.match(token.raw):
        raw = (token.raw,)
        return Item(Mark(Kind.ALONE, "x", raw, raw, shows=token.raw[:40]), token.line, solid=False)
    return Item(Text(token.raw, ""), token.line, solid=False)


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
    open_now: dict[tuple[str, str], int] = defaultdict(int)
    for index, item in enumerate(items):
        mark = item.inline
        if not isinstance(mark, Mark) or mark.kind is Kind.ALONE:
            continue
        key = (mark.name, mark.shows)
        if mark.kind is Kind.OPEN:
            stack.append(index)
            open_now[key] += 1
        elif open_now[key]:
            while True:
                last = stack.pop()
                opened = _mark(items[last])
                open_now[opened.name, opened.shows] -= 1
                if (opened.name, opened.shows) == key:
                    break
            partners[last], partners[index] = index, last
    return partners


def _mark(item: Item) -> Mark:
    assert isinstance(item.inline, Mark)  # noqa: S101 - the caller looked
    return item.inline


def run_parts(items: list[Item], place: Place, escape: str, note: str) -> list[Part]:
    """The parts of a run: skeleton alone if it holds no words, else a block within it."""
    texts = [item.inline.text for item in items if isinstance(item.inline, Text)]
    if not any(char.isalnum() for text in texts for char in text):
        return bare(items)
    solid = [index for index, item in enumerate(items) if item.solid]
    first, last = solid[0], solid[-1]
    partners = _partners(items)
    start = next((i for i in range(first) if partners.get(i, -1) > first), first)
    end = next(
        (i for i in range(len(items) - 1, last, -1) if 0 <= partners.get(i, -1) <= last), last
    )
    inner = [
        replace(item, inline=_lone(item.inline)) if _unpaired(index, item, partners) else item
        for index, item in enumerate(items[start : end + 1], start)
    ]
    block = Block(
        place.role,
        _merged(inner),
        items[first].line,
        escape,
        level=place.level,
        anchor=place.anchor,
        note=note,
    )
    return [*bare(items[:start]), block, *bare(items[end + 1 :])]


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
    for item in items:
        inline = item.inline
        before = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(before, Text):
            shown = next(
                (t.text for t in _texts_back(merged) if t.text),
                "",
            )
            if inline.text == " " and shown.endswith(" "):
                inline = Text(inline.raw, "")
            elif inline.raw == inline.text and before.raw == before.text:
                merged[-1] = Text(before.raw + inline.raw, before.text + inline.text)
                continue
        merged.append(inline)
    return tuple(merged)


def _texts_back(merged: list[Inline]) -> Iterable[Text]:
    for inline in reversed(merged):
        if not isinstance(inline, Text):
            return
        yield inline


def protected(raw: str, rule: str, plain: str = "", name: str = "x") -> Mark:
    """Words within a block that stay as they are."""
    kept = (Protected(raw, rule),)
    return Mark(Kind.ALONE, name, kept, kept, plain=plain)
