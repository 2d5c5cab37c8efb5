"""An article's own HTML → what in it could run, load, act or hide, which no page may carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

import turbohtml

from pipeline.model import Article, Finding, State, Where
from pipeline.stages.fill import fill

# The HTML Standard's elements that run, load, frame or submit something, that swallow what
# follows them, or that speak for the whole page. The content security policy forbids many of
# them too; this says so while there is a person at hand who can mend the article.
ACTIVE = frozenset(
    {"applet", "base", "body", "button", "dialog", "embed", "fieldset", "form", "frame"}
    | {"frameset", "head", "html", "iframe", "input", "link", "listing", "main", "marquee"}
    | {"math", "meta", "noembed", "noframes", "noscript", "object", "option", "plaintext"}
    | {"portal", "script", "select", "slot", "style", "svg", "template", "textarea", "title"}
    | {"xmp"}
)
ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "ping", "src"})
# These load a picture past `source/links.toml`, which says what each market may show.
PICTURES = frozenset({"background", "poster", "srcset"})
# `article:` and `link:` become addresses of this site's own before a page is written
SCHEMES = frozenset({"article", "http", "https", "link", "mailto", "tel"})
SCHEME = re.compile(r"^[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")
ELSEWHERE = re.compile(r"[\x00-\x20]*[/\\]{2}")
IMAGE = re.compile(r"/?(?:\.\./)*images/(?!\.)(?:(?!/\.)[^\\?#])+")
# HTML, 13.1.2: elements without an end tag, and those whose end tag may be left out.
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
OPTIONAL = frozenset(
    {"caption", "colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr"}
)
# What another site generator would fill in stands on our pages as it is, in English.
SHORTCODE = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}", re.DOTALL)
LITERAL = frozenset({"code", "pre"})
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_classes(css: str) -> frozenset[str]:
    """The classes that a stylesheet speaks of: on an article's element one could hide the law."""
    return frozenset(CLASS.findall(COMMENT.sub("", css)))


def harmful(article: Article, classes: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything in an article's markup that a page may not carry, once each.

    `classes` are those that the site styles. The article is judged as its page has it, in
    its own words.
    """
    own = fill(article, "en", lambda segment: (segment.text, State.DONE), "en")
    found = dict.fromkeys(_problems("".join(own.pieces), classes))
    return tuple(
        Finding(
            "unsafe-html",
            f"the article's HTML holds {problem}",
            Where(article.path),
            "take it out: pages hold text, lists, tables, links and images, and run nothing",
        )
        for problem in found
    )


def _problems(html: str, classes: Collection[str]) -> Iterator[str]:
    """What is wrong, in the order of the text."""
    inside: list[str] = []
    for token in turbohtml.tokenize(html):
        tag = token.tag or ""
        if token.type is turbohtml.TokenType.TEXT and not LITERAL & set(inside):
            yield from (f"the shortcode {m[0]!r}" for m in SHORTCODE.finditer(token.data or ""))
        if token.type is turbohtml.TokenType.END_TAG:
            yield from _ended(tag, inside)
        if token.type is not turbohtml.TokenType.START_TAG:
            continue
        if tag not in VOID:
            inside.append(tag)
        if tag in ACTIVE:
            yield f"the element <{tag}>"
        for name, value in token.attrs or ():
            yield from _attribute(tag, name.lower(), value or "", classes)
    yield from (f"<{tag}> without its end tag" for tag in inside if tag not in OPTIONAL)


def _ended(tag: str, inside: list[str]) -> Iterator[str]:
    """What is wrong with an end tag: it must close what the article itself has opened last.

    Else the words after it would leave the place that the template gives them, or the
    page's own words after the article would stand in an element of the article.
    """
    while inside and inside[-1] != tag and inside[-1] in OPTIONAL:
        inside.pop()
    if inside and inside[-1] == tag:
        inside.pop()
    elif tag not in {"p", "br"}:  # these two stand for an empty element of their own
        yield f"</{tag}> where nothing of the kind is open"


def _attribute(tag: str, name: str, value: str, classes: Collection[str]) -> Iterator[str]:
    """What is wrong with one attribute."""
    if name.startswith("on"):
        yield f"the script attribute {name!r}"
    if name in {"style", "data-stmt", "data-place"} | PICTURES or name.startswith("data-l10n"):
        yield f"the attribute {name!r}"
    if name == "class":
        yield from (f"the site's own class {c!r}" for c in value.split() if c in classes)
    if name == "id" and value.startswith("page-"):
        yield f"the id {value!r}, which the page may have itself"
    if name in ADDRESSES:
        yield from _address(tag, re.sub(r"[\t\r\n]", "", value))  # as browsers read it


def _address(tag: str, value: str) -> Iterator[str]:
    """What is wrong with an address."""
    scheme = SCHEME.match(value)
    if scheme and scheme[1].lower() not in SCHEMES:
        yield f"an address with the scheme {scheme[1].lower()!r}"
    if ELSEWHERE.match(value):
        yield "an address without a scheme"
    if tag == "img" and not scheme and _is_disguised(unquote(value)):
        yield f"the picture address {value!r}, which is not of the form images/NAME"


def _is_disguised(path: str) -> bool:
    """Whether a browser would find in source/images what `source/links.toml` did not."""
    return "images/" in path.replace("\\", "/").lower() and not IMAGE.fullmatch(path)
