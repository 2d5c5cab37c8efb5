"""One token of inline HTML in, its items out: words, spaces, codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.formats._html_names import CODES
from pipeline.formats._html_tokens import Kind, Token, alone
from pipeline.formats._quick import mark, text
from pipeline.model import Inline, Part, Protected
from pipeline.model import Kind as MarkKind

_ATOM = re.compile(r"[ \t\r\n\f]+|\xa0+|[^ \t\r\n\f\xa0]+(?: [^ \t\r\n\f\xa0]+)*")
_BREAK = re.compile(r"\r\n?|\n")
# No PO file can hold these.
_UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")
# Server-side includes and conditional comments do something; others only speak to authors.
_ACTING = re.compile(r"<!(?:--)?\s*(?:#|\[if|\[endif|<!\[endif)|<!--more|<!--nextpage", re.I)


class Item(NamedTuple):
    """A word, a space or a tag of a run, with the line that it stands on."""

    inline: Inline
    line: int
    solid: bool  # whether a reader sees it: a block begins and ends with such an item
    element: str = ""  # of a tag


def words(token: Token, *, keep_space: bool) -> list[Item]:
    """The text of a token as items that are exact, or one space, or one reference."""
    if token.raw != token.text:
        solid = bool(token.text.strip())
        shown = token.text if keep_space or solid or token.text == "\xa0" else " "
        return [Item(text(token.raw, readable(shown)), token.line, solid)]
    items: list[Item] = []
    line = token.line
    for match in _ATOM.finditer(token.raw):
        raw = match[0]
        if raw[0] not in " \t\r\n\f":
            items.append(Item(text(raw, readable(raw)), line, not raw.isspace()))
            continue
        items.append(
            Item(text(raw, _BREAK.sub("\n", raw) if keep_space else " "), line, solid=False)
        )
        line += len(_BREAK.findall(raw))
    return items


def readable(shown: str) -> str:
    """The text as browsers show it, without what no file of translations can hold."""
    return _UNWRITABLE.sub("\ufffd", shown)


def comment(token: Token) -> Item:
    """A comment: nothing to see, unless a server or a browser acts on it."""
    if _ACTING.match(token.raw):
        return code(token, (token.raw,), shows=token.raw[:40])
    return Item(text(token.raw, ""), token.line, solid=False)


def instruction(token: Token) -> Item:
    """`<?php … ?>`: its server may put words here, so that translators must place it."""
    return code(token, (token.raw,), shows=token.raw[:40], solid=True)


def kept(token: Token, raw: str, rule: str, plain: str) -> Item:
    """Words within a run that stay as they are."""
    name = "c" if rule == "code" else "x"
    parts = (Protected(raw, rule),)
    return Item(mark(MarkKind.ALONE, name, parts, parts, plain=plain), token.line, solid=True)


def code(
    token: Token, parts: tuple[Part, ...], *, shows: str = "", plain: str = "", solid: bool = False
) -> Item:
    """Something within a run that no translator changes."""
    made = mark(MarkKind.ALONE, "x", parts, parts, shows, plain)
    return Item(made, token.line, solid or bool(plain))


def tag(token: Token, parts: tuple[Part, ...], values: Mapping[str, str]) -> Item:
    """The code for one inline tag."""
    name = CODES.get(token.name, "x")
    kind = MarkKind.CLOSE if token.kind is Kind.END else MarkKind.OPEN
    if token.kind is Kind.START and alone(token):
        kind = MarkKind.ALONE
    made = mark(kind, name, parts, parts, _shows(token, name, values))
    return Item(made, token.line, solid=False, element=token.name)


def _shows(token: Token, name: str, values: Mapping[str, str]) -> str:
    """What a translator should know of a tag that its letters do not tell."""
    if name == "a":
        return f"link to {values['href'][:80]}" if values.get("href") else ""
    if name == "img":
        return f"image {values.get('src', '').rpartition('/')[2][:80]}".strip()
    return f"<{token.name}>" if name == "x" and token.kind is Kind.START else ""
