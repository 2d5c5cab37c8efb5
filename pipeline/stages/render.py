"""A localized article with its market's law and the templates → one HTML page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from pipeline.model import Demand, Filled, Finding, Gate, Localized, Site, State, Statement
from pipeline.stages.bidi import TAG, isolate
from pipeline.stages.dates import long_date
from pipeline.stages.languages import autonym, direction
from pipeline.stages.links import LinkContext, no_picture, picture, point
from pipeline.stages.placing import Placed, place
from pipeline.stages.sitemap import switcher_url
from pipeline.stages.slugs import slugify
from pipeline.stages.structured import Crumb, json_ld
from pipeline.stages.templates import Templates, fill
from pipeline.stages.words import Words

# A comment or a tag, whose name counts: "<table" in a value of an attribute is no table.
_MARKUP = re.compile(rf"<!--.*?-->|(?=<(/?[a-z]+)){TAG}", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go on to: its title as plain words, and its address path."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that one page shows. Addresses are paths from the site's root."""

    site: Site
    localized: Localized
    url: str  # /de-DE/slug/
    home: str  # /de-DE/
    stylesheet: str
    names: tuple[str, ...] = ()  # of its products, for inline statements
    statements: tuple[tuple[Demand, Statement], ...] = ()
    gate: Gate = Gate.NONE
    draft: bool = False
    review_reasons: tuple[Finding, ...] = ()  # why `build --review` shows it nevertheless
    review: bool = False
    related: tuple[Link, ...] = ()  # published in this locale
    links: LinkContext = field(default_factory=LinkContext)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and what is wrong with it."""

    html: str
    findings: tuple[Finding, ...] = ()


def render_page(page: Page, templates: Templates, words: Words) -> Rendered:
    """The page as HTML.

    A `SELF_DECLARE` gate wraps the content in a native disclosure; statements other than
    inline ones stand outside it, so that each is one element that shows before and after.
    A `LOGIN` gate is the target's to keep, and shows nothing here.
    """
    article, fields = page.localized.article, page.localized.fields
    body, findings = point("".join(page.localized.pieces), page.links, article.path)
    texts = (fields["title"].plain, _plain(fields.get("summary")), body)
    placed = place(page.statements, page.names, texts, article.path)
    html = fill(
        templates,
        "page.html",
        words,
        page.site.source_locale,
        shell(page.site, page.localized.locale, page.home, page.stylesheet, page.url)
        | _head(page)
        | _content(page, placed),
    )
    lead = no_picture(article.image, page.links, article.path)
    return Rendered(html, (*findings, *lead, *placed.findings))


def category_anchor(localized: Localized, site: Site) -> str:
    """The id of an article's category on index pages, the same in every locale."""
    source = next((s.text for s in localized.article.fields if s.key == "category"), "")
    return f"{localized.article.audience.value}-{slugify(source, site.source_locale) or 'other'}"


def field_html(localized: Localized, key: str, site: Site) -> Markup:
    """A front matter value as HTML: Latin names isolated, untranslated words marked."""
    filled = localized.fields.get(key)
    if filled is None:
        return Markup()
    if filled.state is not State.DONE and localized.locale != site.source_locale:
        # `fill` gives the words of a field bare, since they also stand in attributes.
        return Markup('<span class="untranslated" lang="{}" dir="{}">{}</span>').format(
            site.source_locale,
            direction(site.source_locale),
            Markup(filled.html),  # noqa: S704
        )
    return Markup(isolate(filled.html, localized.locale))  # noqa: S704


def words_html(text: str, locale: str) -> Markup:
    """Plain words as HTML in a locale, with Latin names isolated."""
    return Markup(isolate(str(escape(text)), locale))  # noqa: S704


def shell(site: Site, locale: str, home: str, stylesheet: str, url: str) -> dict[str, object]:
    """What every page of a locale has, whatever it is about."""
    return {
        "lang": locale,
        "direction": direction(locale),
        "autonym": autonym(locale),
        "site_name": site.name,
        "organisation": site.organisation,
        "home": _address(home),
        "stylesheet": _address(stylesheet),
        "canonical": site.base_url + _address(url),
        "sample": site.assurance == "sample",
        "hidden": site.assurance == "sample",
        "description": "",
        "jsonld": Markup(),
        "statements_footer": Markup(),
        "switcher": "/",
    }


def _head(page: Page) -> dict[str, object]:
    localized, site = page.localized, page.site
    gated = page.gate > Gate.NONE
    title, category = _plain(localized.fields["title"]), _plain(localized.fields.get("category"))
    # a locale without an index has no place for its categories, nor has one without the page
    listed = page.home != "/" and not page.review
    anchor = "#" + category_anchor(localized, site) if listed else ""
    crumbs = [Crumb(site.name, site.base_url + _address(page.home))]
    if category:
        crumbs.append(Crumb(category, site.base_url + _address(page.home) + anchor))
    address = site.base_url + _address(page.url)
    image = picture(localized.article.image, page.links.market, page.links.map)
    return {
        "title_plain": title,
        "description": "" if gated else _plain(localized.fields.get("description")),
        "hidden": page.draft
        or page.review
        or bool(page.review_reasons)
        or site.assurance == "sample",
        "switcher": switcher_url(localized.article.id),
        "category_href": _address(page.home) + anchor,
        "jsonld": json_ld(
            site, localized, address, (*crumbs, Crumb(title, address)), image, gated=gated
        ),
        "image": image,
        "image_alt": _plain(localized.fields.get("image.alt")),
    }


def _content(page: Page, placed: Placed) -> dict[str, object]:
    localized, site, locale = page.localized, page.site, page.localized.locale
    article = localized.article
    tags = [key for key in localized.fields if key.startswith("tags.")]
    return {
        "title": field_html(localized, "title", site),
        "summary": field_html(localized, "summary", site),
        "category": field_html(localized, "category", site),
        "tags": [field_html(localized, key, site) for key in tags],
        "date_iso": article.date.isoformat(),
        "date": long_date(article.date, locale),
        "author": article.author,
        "reviewed_by": article.reviewed_by,
        "body": Markup(_scrolling(placed.body)),  # noqa: S704  escaped by recombine
        "related": [(words_html(link.title, locale), _address(link.href)) for link in page.related],
        "gate": page.gate is Gate.SELF_DECLARE,
        "draft": page.draft,
        "review": page.review or bool(page.review_reasons),
        "reasons": [(f.code, f.message, f.hint) for f in page.review_reasons],
        "source_lang": site.source_locale,
        "statements_top": Markup(placed.top),  # noqa: S704  escaped by placing, as are the rest
        "statements_title": Markup(placed.after_title),  # noqa: S704
        "statements_summary": Markup(placed.after_summary),  # noqa: S704
        "statements_bottom": Markup(placed.bottom),  # noqa: S704
        "statements_footer": Markup(placed.footer),  # noqa: S704
    }


def _scrolling(body: str) -> str:
    """The body with its tables in boxes that scroll, by keyboard too, on a narrow screen."""
    if "<table" not in body.lower():
        return body
    return _MARKUP.sub(_boxed, body)


def _boxed(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name == "table":
        return f'<div class="scroll" tabindex="0">{tag[0]}'
    return f"{tag[0]}</div>" if name == "/table" else tag[0]


def _plain(filled: Filled | None) -> str:
    return filled.plain if filled else ""


def _address(path: str) -> str:
    """A path as it stands in an attribute: other scripts percent-encoded, once."""
    return quote(path, safe="/%#?=&~+,;:@!")
