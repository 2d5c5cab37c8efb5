"""Inline HTML tags among Markdown in, paired marks out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from html import escape

from pipeline.formats import _html_names as names
from pipeline.formats._html_attributes import tag_parts, values_of
from pipeline.formats._html_tokens import Kind as TokenKind
from pipeline.formats._html_tokens import Token
from pipeline.model import Block, Inline, Kind, Mark, Part, Protected, Text

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_UNSAFE = re.compile(
    r"(\s(?:href|src|action|formaction)\s*=\s*[\"']?)\s*(?:javascript|vbscript|data)\s*:[^\"'\s>]*",
    re.IGNORECASE,
)


def tag_mark(raw: str, shown: str, line: int) -> Inline:
    """The mark of one tag; `shown` is the tag without the prefixes of its block's lines."""
    name = _NAME.match(shown)
    if name is None:  # a comment, a declaration, an instruction: nothing to see
        return Text(raw, "")
    element = name[1].lower()
    if shown.startswith("</"):
        return Mark(Kind.CLOSE, names.CODES.get(element, "x"), (raw,), (raw,), element)
    parts: tuple[Part, ...] = (raw,)
    html = parts
    if "=" in raw:
        parts = tag_parts(Token(TokenKind.START, raw, raw, element, "", line))
        html = parts if raw == shown else _html(shown, element, line)
        html = tuple(_UNSAFE.sub(r"\1", p) if isinstance(p, str) else p for p in html)
    kind = Kind.ALONE if element in names.VOID else Kind.OPEN
    return Mark(kind, names.CODES.get(element, "x"), parts, html, element)


def _html(shown: str, element: str, line: int) -> tuple[Part, ...]:
    return tag_parts(Token(TokenKind.START, shown, shown, element, "", line))


def _is_tag(mark: Mark) -> bool:
    first = mark.raw[0]
    return isinstance(first, str) and first.startswith("<")


def pair_tags(inlines: list[Inline]) -> list[Inline]:
    """The inlines with tags that have no partner standing alone, and kept elements made one."""
    partner = _partners(inlines)
    out: list[Inline] = []
    at = 0
    while at < len(inlines):
        inline = inlines[at]
        if isinstance(inline, Text) or inline.kind is Kind.ALONE or not _is_tag(inline):
            out.append(inline)
        elif at not in partner:
            out.append(replace(inline, kind=Kind.ALONE, name="x"))
        elif partner[at] > at and (rule := _kept(inline)):
            out.append(_one(inlines[at : partner[at] + 1], rule))
            at = partner[at]
        else:
            out.append(inline)
        at += 1
    return out


def _partners(inlines: list[Inline]) -> dict[int, int]:
    found: dict[int, int] = {}
    stack: list[tuple[int, str]] = []  # "" for a mark of Markdown: no tag closes across it
    places: dict[str, list[int]] = defaultdict(list)  # name → where in the stack
    for at, inline in enumerate(inlines):
        if isinstance(inline, Text) or inline.kind is Kind.ALONE:
            continue
        name = inline.shows if _is_tag(inline) else ""
        if inline.kind is Kind.OPEN:
            places[name].append(len(stack))
            stack.append((at, name))
            continue
        if not places[name] or (places[""] and places[""][-1] > places[name][-1]):
            continue
        start = stack[places[name][-1]][0]
        found[start], found[at] = at, start
        while len(stack) > places[name][-1] + 1:
            places[stack.pop()[1]].pop()
        places[name].pop()
        stack.pop()
    return found


def _kept(mark: Mark) -> str:
    """The rule by which an element's words stay as they are, or none."""
    if mark.shows in names.VERBATIM or mark.shows in names.SILENT:
        return names.VERBATIM.get(mark.shows, "silent")
    raw = "".join(part for part in mark.html if isinstance(part, str))
    if "translate" not in raw:
        return ""
    values = values_of(Token(TokenKind.START, raw, raw, mark.shows, "", 0))
    no = values.get("translate", "").lower() == "no"
    return "translate-no" if no or "notranslate" in values.get("class", "").split() else ""


def _one(inlines: list[Inline], rule: str) -> Mark:
    raw = "".join(i.raw if isinstance(i, Text) else _flat(i.raw) for i in inlines)
    html = "".join(
        escape(i.text, quote=False) if isinstance(i, Text) else _flat(i.html) for i in inlines
    )
    if rule == "silent":
        return Mark(Kind.ALONE, "x", (raw,), (raw,))
    texts = (i.text if isinstance(i, Text) else i.plain for i in inlines)
    plain = "".join(texts) if rule != "svg" else ""
    name = "c" if rule == "code" else "x"
    kept = Protected(raw, rule), Protected(html, rule)
    return Mark(Kind.ALONE, name, kept[:1], kept[1:], plain[:40], plain)


def _flat(parts: tuple[Part, ...]) -> str:
    return "".join(
        part if isinstance(part, str) else part.raw if isinstance(part, Protected) else _words(part)
        for part in parts
    )


def _words(block: Block) -> str:
    return "".join(i.raw for i in block.inlines if isinstance(i, Text))
