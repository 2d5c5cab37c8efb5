"""The tokens of a translated block in, HTML notation for its place out."""

from __future__ import annotations

import json

from pipeline.model import Tag, Token, Verbatim


def write(tokens: tuple[Token, ...], escape: str) -> str:
    """The tokens as HTML: words escaped for their place, codes and raw as they are.

    An attribute without quotes gets them, since its new value may hold a space.
    """
    place = escape.removeprefix("html-")
    pieces = [t.raw if isinstance(t, Tag | Verbatim) else _words(t, place) for t in tokens]
    text = "".join(pieces)
    if place == "bare":
        return f'"{text}"'
    return f'\\"{text}\\"' if place == "jsonld-bare" else text


def _words(text: str, place: str) -> str:
    """Words that, read back at this place, are these words and nothing else."""
    if place.startswith("jsonld"):
        inner = place.removeprefix("jsonld").removeprefix("-")
        return _json(_words(text, inner) if inner else text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if place in ("double", "bare"):
        text = text.replace('"', "&quot;")
    elif place == "single":
        text = text.replace("'", "&#39;")
    # Words must not become a shortcode, which a site's templates would run.
    text = text.replace("{{", "&#123;{").replace("{%", "&#123;%")
    return text.replace("\0", "\ufffd")


def _json(text: str) -> str:
    """The inside of a JSON string that can end neither its script nor a shortcode."""
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    for char in "<>\u2028\u2029":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return written.replace("{{", "\\u007b{").replace("{%", "\\u007b%")
