"""An article's own HTML → what in it could run, load or act, which no page may carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

import turbohtml

from pipeline.model import Article, Finding, Protected, Segment, Where

# The HTML Standard's elements that run, load, frame or submit something, or that speak for
# the whole page. The content security policy forbids most of them too; this says so while
# there is a person at hand who can mend the article.
ACTIVE = frozenset(
    {"applet", "base", "button", "embed", "fieldset", "form", "frame", "frameset", "iframe"}
    | {"input", "link", "math", "meta", "noscript", "object", "option", "portal", "script"}
    | {"select", "style", "svg", "template", "textarea", "title"}
)
ADDRESSES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src"}
    | {"srcset"}
)
# `article:` and `link:` become addresses of this site's own before a page is written
SCHEMES = frozenset({"article", "http", "https", "link", "mailto", "tel"})
SCHEME = re.compile(r"^[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")


def harmful(article: Article) -> tuple[Finding, ...]:
    """Everything in an article's markup that a page may not carry, once each."""
    html = "".join(
        "x" if isinstance(p, Segment) else p.raw if isinstance(p, Protected) else p
        for p in article.skeleton.pieces
    )
    codes = (
        "".join(p for p in (*code.html_open, code.html_close) if isinstance(p, str))
        for piece in article.skeleton.pieces
        if isinstance(piece, Segment)
        for code in piece.codes
    )
    found = dict.fromkeys(_problems(html + "".join(codes)))
    return tuple(
        Finding(
            "unsafe-html",
            f"the article's HTML holds {problem}",
            Where(article.path),
            "take it out: pages hold text, lists, tables, links and images, and run nothing",
        )
        for problem in found
    )


def _problems(html: str) -> Iterator[str]:
    """What is wrong, in the order of the text."""
    for token in turbohtml.tokenize(html):
        if token.type is not turbohtml.TokenType.START_TAG:
            continue
        if token.tag in ACTIVE:
            yield f"the element <{token.tag}>"
        for name, value in token.attrs or ():
            yield from _attribute(name.lower(), value or "")


def _attribute(name: str, value: str) -> Iterator[str]:
    """What is wrong with one attribute."""
    if name.startswith("on"):
        yield f"the script attribute {name!r}"
    if name in {"style", "data-stmt", "data-place"} or name.startswith("data-l10n"):
        yield f"the attribute {name!r}"
    scheme = SCHEME.match(value.replace("\t", "").replace("\n", ""))
    if name in ADDRESSES and scheme and scheme[1].lower() not in SCHEMES:
        yield f"an address with the scheme {scheme[1].lower()!r}"
    if name in ADDRESSES and value.lstrip().startswith("//"):
        yield "an address without a scheme"
