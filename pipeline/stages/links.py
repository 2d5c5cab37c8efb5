"""The text of source/links.toml → a link map; HTML with symbolic links → HTML with addresses."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import quote, unquote

from pipeline.errors import ConfigError
from pipeline.model import Finding, Where
from pipeline.stages.bidi import TAG

# [links.ifu]                       an article writes [instructions](link:ifu)
# default = "https://example.com/ifu"
# DE = "https://example.com/de/ifu"
#
# [images."stent.svg"]              a picture that another market must not show
# DE = "stent-de.svg"

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/))[^\s<>\"]*", re.IGNORECASE)
_FILE = re.compile(r"[\w][\w.\-]*(?:/[\w][\w.\-]*)*")
# Whole comments and tags, and in a tag an attribute past the quoted values before it: what
# only looks like one inside such a value stays words.
_MARKUP = re.compile(rf"<!--.*?-->|{TAG}", re.DOTALL)
_BEFORE = r"\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s"
_VALUE = r"\s*=\s*(?:\"{0}([^\"]*)\"|'{0}([^']*)'|{0}([^\s\"'<>]*))"
_SYMBOLIC = re.compile(rf"\A(<a{_BEFORE}href){_VALUE.format('(?=article:|link:)')}", re.IGNORECASE)
_PICTURE = re.compile(
    rf"\A(<img{_BEFORE}src){_VALUE.format('/?(?:[.][.]/)*images/')}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LinkMap:
    """The addresses and pictures that differ per market; the key "default" serves the rest."""

    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    images: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkContext:
    """What a page's links depend on: its market and which articles its locale has."""

    market: str = ""
    home: str = "/"  # the locale's index page
    map: LinkMap = field(default_factory=LinkMap)
    articles: Mapping[str, str] = field(default_factory=dict)  # id → address, published ones
    ids: frozenset[str] | None = None  # of every article; None asks nothing of links
    images: frozenset[str] | None = None  # names of the files; None asks nothing of pictures


def read_links(text: str, path: str = "source/links.toml") -> LinkMap:
    """The link map that the file holds.

    Raises:
        ConfigError: with every fault of the file at once.
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"not valid TOML: {error}", Where(path)) from error
    faults = tuple(_faults(tables, path))
    if faults:
        raise ConfigError.of(faults)
    return LinkMap(tables.get("links", {}), tables.get("images", {}))


def resolve(href: str, market: str, linkmap: LinkMap) -> str:
    """The address of `link:KEY` in a market, "" for an unknown key; others come back as is."""
    if not href.startswith("link:"):
        return href
    key, mark, anchor = href.removeprefix("link:").partition("#")
    by_market = linkmap.links.get(key, {})
    address = by_market.get(market, by_market.get("default", ""))
    return address + mark + anchor if address else ""


def picture(name: str, market: str, linkmap: LinkMap) -> str:
    """The address of a picture of source/images as the market shows it, "" for no name."""
    if not name:
        return ""
    name = name.removeprefix("images/")
    by_market = linkmap.images.get(name, {})
    return "/images/" + quote(by_market.get(market, by_market.get("default", name)), safe="/%")


def point(body: str, context: LinkContext, path: str) -> tuple[str, tuple[Finding, ...]]:
    """The body with its symbolic links and pictures made real.

    `article:ID#anchor` goes to the page of the same locale. While that page is not
    published, the link goes to the locale's index page instead: the element stays, so that
    every locale's page keeps the structure of the source, and nothing leads to a page
    that is not there or to another market's page. Unknown `link:` keys are findings.
    """
    findings: list[Finding] = []

    def address(match: re.Match[str]) -> str:
        href = html.unescape(_value(match))
        found = _article(href, context) or resolve(href, context.market, context.map)
        if not found:
            findings.append(_unknown(href, context, path))
        findings.extend(_no_article(href, context, path))
        return f'{match[1]}="{html.escape(found or context.home)}"'

    def image(match: re.Match[str]) -> str:
        name = unquote(html.unescape(_value(match)))
        findings.extend(no_picture(name, context, path))
        return f'{match[1]}="{html.escape(picture(name, context.market, context.map))}"'

    def tag(match: re.Match[str]) -> str:
        if match[0].startswith("<!"):
            return match[0]
        return _PICTURE.sub(image, _SYMBOLIC.sub(address, match[0], 1), 1)

    return _MARKUP.sub(tag, body), tuple(findings)


def _value(match: re.Match[str]) -> str:
    """The value of the attribute that a pattern found, however it is quoted."""
    return match[2] or match[3] or match[4] or ""


def _article(href: str, context: LinkContext) -> str:
    """The address of an `article:` link, "" for any other link."""
    if not href.startswith("article:"):
        return ""
    article, mark, anchor = href.removeprefix("article:").partition("#")
    page = context.articles.get(article)
    return quote(page, safe="/%") + mark + anchor if page else context.home


def _no_article(href: str, context: LinkContext, path: str) -> Iterator[Finding]:
    """A finding for an `article:` link to an article that does not exist at all."""
    article = href.removeprefix("article:").partition("#")[0]
    if href.startswith("article:") and context.ids is not None and article not in context.ids:
        hint = _near(article, context.ids, "mend the id in the link")
        yield Finding("link-unknown", f"there is no article {article!r}", Where(path), hint)


def no_picture(name: str, context: LinkContext, path: str) -> Iterator[Finding]:
    """A finding for a picture that the market would show and `source/images` lacks."""
    file = unquote(picture(name, context.market, context.map).removeprefix("/images/"))
    if name and context.images is not None and file not in context.images:
        hint = _near(file, context.images, "put it into source/images, or mend the name")
        yield Finding("image-unknown", f"there is no image {file!r}", Where(path), hint)


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f"did you mean {near[0]}?" if near else otherwise


def _unknown(href: str, context: LinkContext, path: str) -> Finding:
    known = ", ".join(sorted(context.map.links)) or "none"
    hint = f"add it to source/links.toml; known keys: {known}"
    market = f" in {context.market}" if context.market else ""
    return Finding("link-unknown", f"no address for {href}{market}", Where(path), hint)


def _faults(tables: Mapping[str, object], path: str) -> list[Finding]:
    """What is wrong with the file: unknown tables, wrong types, addresses of other schemes."""
    found = [f"unknown table [{key}]" for key in tables if key not in ("links", "images")]
    for table, form in (("links", _ADDRESS), ("images", _FILE)):
        entries = tables.get(table, {})
        if not isinstance(entries, dict):
            found.append(f"{table} must be a table")
            continue
        for key, by_market in entries.items():
            found += _entry_faults(f"{table}.{key}", by_market, form)
    hint = "an address begins with https://, mailto:, tel: or /; a picture is a file name"
    return [Finding("config", message, Where(path), hint) for message in found]


def _entry_faults(name: str, by_market: object, form: re.Pattern[str]) -> list[str]:
    if not isinstance(by_market, dict):
        return [f"[{name}] must be a table of markets"]
    return [
        f"[{name}] {market} is not an address that a page may link to"
        for market, value in by_market.items()
        if not (isinstance(value, str) and form.fullmatch(value))
    ]
