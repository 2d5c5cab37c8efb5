"""The notation of a link or image in, its parts and its HTML with titles and alts as blocks out."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote

from pipeline.formats._markdown_source import Ranged, Source
from pipeline.model import Block, Kind, Mark, Part, Protected, Role, Text

_DESTINATION = rb"(?:<(?:[^<>\\\n]|\\.)*+>|[^\s<][^\s]*+)"
_INLINE_TITLE = re.compile(rb"\]\([\s>]*+" + _DESTINATION + rb"[\s>]++([\"'(])")
_DEFINED_TITLE = re.compile(
    rb"\s*\[(?:[^\]\\]|\\.)++\]:[\s>]*+" + _DESTINATION + rb"[\s>]++([\"'(])"
)
_SAFE_HREF = re.compile(r"[A-Za-z0-9!#$%()*+,\-./:;=?@_~]*+")
_UNSAFE_SCHEME = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_SPACES = re.compile(r"\s*\n[\s>]*")


def href(url: str) -> str:
    """A URL as an attribute's value, empty when following it would run a program."""
    if _SAFE_HREF.fullmatch(url) and ":" not in url[:12]:
        return url
    if _UNSAFE_SCHEME.match(url):
        return ""
    safe = quote(url, safe="!#$%()*+,-./:;=?@_~&'")
    return safe.replace("&", "&amp;").replace("'", "&#x27;")


def _block(role: Role, raw: str, text: str, line: int, notation: str) -> Block:
    return Block(role, (Text(raw, _SPACES.sub(" ", text)),), line, notation)


def _around(source: Source, start: int, end: int, title: str, found: int) -> tuple[Part, ...]:
    """The bytes between two offsets with the title, which begins at `found`, as a block."""
    last = start + len(source.seen[start:end].rstrip())
    if source.seen[last - 1 : last] == b")" and source.seen[start : start + 2] == b"](":
        last = start + len(source.seen[start : last - 1].rstrip())
    raw = source.raw(found, last - 1)
    mark = source.raw(found - 1, found)
    if not any(map(str.isalnum, title)):
        return (source.raw(start, end),)
    block = _block(Role.LINK_TITLE, raw, title, source.line(found), f"md-title {mark}")
    return source.raw(start, found), block, source.raw(last - 1, end)


def tail(source: Source, start: int, end: int, title: str) -> tuple[Part, ...]:
    """The end of a link, `](/guide "The guide")`, with its title as a block."""
    found = _INLINE_TITLE.match(source.seen, start, end) if title else None
    if found is None:
        return (source.raw(start, end),)
    return _around(source, start, end, title, found.end())


def definition(source: Source, start: int, end: int, title: str) -> tuple[Part, ...]:
    """A link reference definition, with its title as a block."""
    found = _DEFINED_TITLE.match(source.seen, start, end)
    if found is None:
        return (source.raw(start, end),)
    return _around(source, start, end, title, found.end())


def _title_html(parts: tuple[Part, ...], title: str, line: int) -> tuple[Part, ...]:
    if not title:
        return ()
    block = next((part for part in parts if isinstance(part, Block)), None)
    if block is None and not any(map(str.isalnum, title)):
        return (f' title="{escape(title)}"',)
    shown = block or _block(Role.LINK_TITLE, title, title, line, 'md-title "')
    return ' title="', shown, '"'


def link_marks(source: Source, link: Any, spot: tuple[int, int, int, int]) -> tuple[Mark, Mark]:  # noqa: ANN401 (untyped event)
    """The two marks of a link whose range and whose words' range are the four offsets."""
    start, words, words_end, end = spot
    url = source.shown(link["dest_url"], words_end, end)
    title = link["title"]
    kind = link["link_type"]
    closing = tail(source, words_end, end, title)
    shown = (f'<a href="{href(url)}"', *_title_html(closing, title, source.line(start)), ">")
    legend = f"link to {url}"
    by_words = kind in ("Shortcut", "Collapsed")
    rewrite = f"][{source.raw(words, words_end)}]" if by_words else ""
    return (
        Mark(Kind.OPEN, "a", (source.raw(start, words),), _joined(shown), legend),
        Mark(Kind.CLOSE, "a", closing, ("</a>",), rewrite=rewrite),
    )


def autolink(source: Source, link: Any, start: int, end: int) -> Mark:  # noqa: ANN401 (untyped event)
    """An address in angle brackets, which says its own destination."""
    raw = source.raw(start, end)
    url = ("mailto:" if link["link_type"] == "Email" else "") + link["dest_url"]
    shown = raw[1:-1]
    inner = Protected(escape(shown, quote=False), "address")
    html = (f'<a href="{href(url)}">', inner, "</a>")
    return Mark(Kind.ALONE, "x", (Protected(raw, "address"),), html, f"link to {url}", shown)


def image(source: Source, events: list[Ranged], at: int) -> tuple[Mark, int, int]:
    """The image that begins with an event: its mark, the event after it, its end in bytes."""
    image, spot = events[at][0]["Start"]["Image"], events[at][1]
    start, end = spot["start"], spot["end"]
    text, words_end, after = _alt(events, at + 1, start + 2)
    text = source.shown(text, start, end)
    if image["link_type"] == "Collapsed" and source.data[end : end + 2] == b"[]":
        end += 2
    line = source.line(start)
    url = source.shown(image["dest_url"], words_end, end)
    closing = tail(source, words_end, end, image["title"])
    alt: tuple[Part, ...] = (source.raw(start + 2, words_end),)
    if any(map(str.isalnum, text)):
        raw = alt[0]
        if image["link_type"] in ("Shortcut", "Collapsed"):
            label, closing = raw, ()
            raw = source.raw(start + 2, end)
            alt = (_block(Role.ALT, str(raw), text, line, f"md-alt-of {label}"),)
        else:
            alt = (_block(Role.ALT, str(raw), text, line, "md-alt"),)
    shown_alt = alt if isinstance(alt[0], Block) else (escape(text),)
    title = _title_html(closing, image["title"], line)
    html = (f'<img src="{href(url)}" alt="', *shown_alt, '"', *title, " />")
    mark = Mark(Kind.ALONE, "img", _joined(("![", *alt, *closing)), _joined(html), f"image {url}")
    return mark, after, end


def _alt(events: list[Ranged], at: int, start: int) -> tuple[str, int, int]:
    """The alt text of an image, where it ends in bytes, and the event after the image."""
    words: list[str] = []
    depth, end = 1, start
    while True:
        event, spot = events[at]
        at += 1
        if isinstance(event, str):
            words.append(" ")
        else:
            ((name, value),) = event.items()
            if name in ("Start", "End") and "Image" in value:
                depth += 1 if name == "Start" else -1
            elif name in ("Text", "Code", "InlineHtml"):
                words.append(value)
        if depth == 0:
            return "".join(words), end, at
        end = max(end, spot["end"])


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    out: list[Part] = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(last := out[-1], str):
            out[-1] = last + part
        elif part != "":
            out.append(part)
    return tuple(out)
