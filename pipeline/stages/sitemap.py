"""The published pages → sitemap files with reciprocal hreflang, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape

# sitemaps.org, protocol 0.9: the most addresses and bytes that one file may have.
MOST_ADDRESSES = 50_000
MOST_BYTES = 50_000_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_CLOSE = "</urlset>\n"


@dataclass(frozen=True, slots=True)
class Published:
    """A page that is published: its article, locale and address path."""

    article: str
    locale: str
    url: str


def sitemap(
    pages: Iterable[Published], base_url: str, *, most_bytes: int = MOST_BYTES
) -> tuple[tuple[str, str], ...]:
    """The sitemap's files as (name, XML); the first is always `sitemap.xml`.

    Every page of an article names all of its pages, itself among them, and its switcher
    page as `x-default` (Google Search Central, "Tell Google about localized versions").
    More than one file may hold are cut, and `sitemap.xml` becomes their index.
    """
    bodies = _cut(_entries(pages, base_url), most_bytes)
    if len(bodies) == 1:
        return (("sitemap.xml", _HEAD + _OPEN + bodies[0] + _CLOSE),)
    files = [(f"sitemap-{n}.xml", _HEAD + _OPEN + b + _CLOSE) for n, b in enumerate(bodies, 1)]
    listed = "".join(
        f"<sitemap><loc>{escape(base_url)}/{name}</loc></sitemap>\n" for name, _ in files
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    index = f'{_HEAD}<sitemapindex xmlns="{namespace}">\n{listed}</sitemapindex>\n'
    return (("sitemap.xml", index), *files)


def robots(base_url: str) -> str:
    """A robots.txt that names the sitemap; pages say `noindex` themselves where they must."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n"


def switcher_url(article: str) -> str:
    """The address path of the one page that lists an article's published locales."""
    return f"/articles/{quote(article)}/"


def _entries(pages: Iterable[Published], base_url: str) -> list[str]:
    """The `<url>` elements, by article and locale whatever the order they come in."""
    by_article: dict[str, list[Published]] = {}
    for page in sorted(pages, key=lambda page: (page.article, page.locale)):
        by_article.setdefault(page.article, []).append(page)
    found: list[str] = []
    for article, versions in by_article.items():
        default = _full(base_url, switcher_url(article))
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{name}" href="{address}"/>\n'
            for name, address in [
                *((page.locale, _full(base_url, page.url)) for page in versions),
                ("x-default", default),
            ]
        )
        found.append(f"<url>\n<loc>{default}</loc>\n{alternates}</url>\n")
        found += [
            f"<url>\n<loc>{_full(base_url, page.url)}</loc>\n{alternates}</url>\n"
            for page in versions
        ]
    return found


def _full(base_url: str, url: str) -> str:
    return escape(base_url + quote(url, safe="/%"))


def _cut(entries: list[str], most_bytes: int) -> list[str]:
    """The entries in runs that one file may hold; at least one run, perhaps empty."""
    room = most_bytes - len(_HEAD + _OPEN + _CLOSE)
    runs: list[list[str]] = [[]]
    size = 0
    for entry in entries:  # pure ASCII: addresses are percent-encoded
        if runs[-1] and (size + len(entry) > room or len(runs[-1]) == MOST_ADDRESSES):
            runs.append([])
            size = 0
        runs[-1].append(entry)
        size += len(entry)
    return ["".join(run) for run in runs]
