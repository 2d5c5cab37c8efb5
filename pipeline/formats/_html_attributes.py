"""A start tag in, its parts out: attributes that readers see or hear become blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import NamedTuple

from pipeline.formats._html_tokens import Kind, Token, shortcodes
from pipeline.model import Block, Mark, Part, Protected, Role, Text
from pipeline.model import Kind as MarkKind

_SPACE = r"[ \t\n\r\f]"
_ATTRIBUTE = re.compile(
    rf"(?:{_SPACE}|/)*+(?P<name>=?[^ \t\n\r\f/>=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\r\f>\"'][^ \t\n\r\f>]*+))?)?"
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
_SPACES = re.compile(r"[ \t\n\r\f]+")

_ANYWHERE = {
    "alt": Role.ALT,
    "title": Role.LINK_TITLE,
    "aria-label": Role.LABEL,
    "aria-description": Role.LABEL,
    "aria-roledescription": Role.LABEL,
    "aria-placeholder": Role.LABEL,
    "aria-valuetext": Role.LABEL,
    "placeholder": Role.LABEL,
    "label": Role.LABEL,
}
_ON = {
    ("table", "summary"): Role.LABEL,
    ("th", "abbr"): Role.LABEL,
    ("td", "abbr"): Role.LABEL,
}
_META = {
    "description": Role.META_DESCRIPTION,
    "keywords": Role.META_KEYWORDS,
    "og:title": Role.TITLE,
    "og:description": Role.META_DESCRIPTION,
    "og:image:alt": Role.ALT,
    "twitter:title": Role.TITLE,
    "twitter:description": Role.META_DESCRIPTION,
    "twitter:image:alt": Role.ALT,
}
_PRESSED = frozenset(("button", "submit", "reset"))
_UNSEEN = frozenset(("link", "script", "style", "html", "head", "base"))


class Attribute(NamedTuple):
    """An attribute and where its value stands in the tag."""

    name: str
    start: int
    end: int
    quote: str  # double, single or bare


@lru_cache(maxsize=4096)  # pages repeat their tags
def attributes(tag: str) -> Mapping[str, Attribute]:
    """The attributes of a start tag by their names; the first of two wins, as in browsers."""
    found: dict[str, Attribute] = {}
    at = len(tag) - len(tag[1:].lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    while at < len(tag) and tag[at] not in " \t\n\r\f/>":
        at += 1
    while at < len(tag) - 1:
        match = _ATTRIBUTE.match(tag, at)
        if match is None or match.end() == at:
            at += 1
            continue
        at = match.end()
        quote = match.lastgroup or ""
        if quote in ("double", "single", "bare"):
            start, end = match.span(quote)
            # `<a href=x>`: the slice of a bare value must not take the tag's end.
            name = match["name"].lower()
            found.setdefault(name, Attribute(name, start, end, quote))
        elif match["name"]:
            name = match["name"].lower()
            found.setdefault(name, Attribute(name, at, at, "none"))
    return found


def decoded(value: str) -> str:
    """An attribute's value with its character references resolved, by the HTML standard."""
    if "&" not in value:
        return value

    def one(match: re.Match[str]) -> str:
        name = match[0][1:]
        if name.startswith("#"):
            return unescape(match[0])
        if not name.endswith(";") and value.startswith("=", match.end()):
            return match[0]
        return html5.get(name, match[0])

    return _REFERENCE.sub(one, value)


def role_of(tag: str, name: str, values: Mapping[str, str]) -> Role | None:
    """What an attribute of a tag is to readers; None if they do not get it."""
    if tag == "meta" and name == "content":
        return _META.get(values.get("name", values.get("property", "")).strip().lower())
    if tag == "input" and name == "value":
        return Role.BUTTON if values.get("type", "").strip().lower() in _PRESSED else None
    if tag in _UNSEEN:
        return None
    return _ON.get((tag, name)) or _ANYWHERE.get(name)


def values_of(token: Token) -> Mapping[str, str]:
    """The attributes of a start tag with their values decoded."""
    return _values(token.raw, token.mask)


@lru_cache(maxsize=4096)
def _values(raw: str, mask: str) -> Mapping[str, str]:
    return {name: decoded(raw[a.start : a.end]) for name, a in attributes(mask).items()}


def readable(token: Token) -> Sequence[tuple[Attribute, Role]]:
    """The attributes of a start tag that readers see or hear, in the order of the source."""
    if token.kind is not Kind.START or "=" not in token.raw:
        return ()
    return _readable(token.raw, token.mask, token.name)


@lru_cache(maxsize=4096)
def _readable(raw: str, mask: str, tag: str) -> Sequence[tuple[Attribute, Role]]:
    found = attributes(mask)
    values = {n: raw[a.start : a.end] for n, a in found.items()}
    roles = [(a, role_of(tag, n, values)) for n, a in found.items() if a.end > a.start]
    return tuple((a, role) for a, role in roles if role)


def tag_parts(token: Token, note: str = "") -> tuple[Part, ...]:
    """The parts of a tag: its bytes, and a block for each text that readers get."""
    parts: list[Part] = []
    at = 0
    for attribute, role in readable(token):
        value = token.raw[attribute.start : attribute.end]
        if not any(map(str.isalnum, decoded(value))):
            continue
        core = value.strip(" \t\n\r\f")
        start = attribute.start + value.index(core)
        line = token.line + token.raw.count("\n", 0, start)
        parts += [token.raw[at:start], _value(core, role, line, f"html-{attribute.quote}", note)]
        at = start + len(core)
    return (*parts, token.raw[at:]) if parts else (token.raw,)


def _value(value: str, role: Role, line: int, escape: str, note: str) -> Part:
    inlines: list[Text | Mark] = []
    at = 0
    for start, end in [*shortcodes(value), (len(value), len(value))]:
        if start > at:
            words = _SPACES.sub(" ", decoded(value[at:start])).replace("\0", "\ufffd")
            inlines.append(Text(value[at:start], words))
        if end > start:
            kept = (Protected(value[start:end], "shortcode"),)
            inlines.append(Mark(MarkKind.ALONE, "x", kept, kept, plain=value[start:end]))
        at = end
    if not any(map(str.isalnum, "".join(i.text for i in inlines if isinstance(i, Text)))):
        return Protected(value, "shortcode")
    return Block(role, tuple(inlines), line, escape, note=note)
