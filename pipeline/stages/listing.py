"""The published pages → the pages that lead to them: an index for each locale, switchers, root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.model import Audience, Gate, Localized, Site
from pipeline.stages.dates import long_date
from pipeline.stages.languages import autonym, direction
from pipeline.stages.render import category_anchor, field_html, shell
from pipeline.stages.sitemap import switcher_url
from pipeline.stages.templates import Templates, fill
from pipeline.stages.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as an index lists it."""

    localized: Localized
    url: str
    gate: Gate = Gate.NONE
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one category, as the template shows them."""

    anchor: str
    heading: str
    cards: tuple[Mapping[str, object], ...]


def render_index(
    site: Site,
    locale: str,
    home: str,
    stylesheet: str,
    entries: Sequence[Entry],
    templates: Templates,
    words: Words,
) -> str:
    """The index page of a locale: its published articles by audience and category.

    The summary of a gated page stays off it, since it would show what the gate covers.
    """
    audiences = [
        (audience.value, _groups((e for e in entries if _audience(e) is audience), site))
        for audience in (Audience.LAY, Audience.HCP)
    ]
    values = shell(site, locale, home, stylesheet, home) | {
        "audiences": [(name, groups) for name, groups in audiences if groups],
        "count": len(entries),
        "hidden": site.assurance == "sample" or any(entry.draft for entry in entries),
    }
    return fill(templates, "index.html", words, site.source_locale, values)


def render_switcher(
    site: Site,
    article: str,
    stylesheet: str,
    pages: Mapping[str, str],
    templates: Templates,
    words: Words,
) -> str:
    """The page that lists an article's published locales, each by its own name.

    `pages` are the addresses by locale. No title stands on it: what a title may say is a
    matter of each market's law, and this page belongs to none.
    """
    url = switcher_url(article)
    values = shell(site, site.source_locale, "/", stylesheet, url)
    values |= {"choices": _choices(pages)}
    return fill(templates, "switcher.html", words, site.source_locale, values)


def render_site_index(
    site: Site, stylesheet: str, homes: Mapping[str, str], templates: Templates, words: Words
) -> str:
    """The root page: the locales that have an index page, each by its own name."""
    values = shell(site, site.source_locale, "/", stylesheet, "/") | {"choices": _choices(homes)}
    return fill(templates, "site.html", words, site.source_locale, values)


def _choices(pages: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Locale, direction, own name and address, in the order of the names."""
    rows = [
        (locale, direction(locale), autonym(locale), quote(url, safe="/%"))
        for locale, url in pages.items()
    ]
    return sorted(rows, key=lambda row: (row[2].casefold(), row[0]))


def _groups(entries: Iterable[Entry], site: Site) -> tuple[Group, ...]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(category_anchor(entry.localized, site), []).append(entry)
    return tuple(
        Group(
            anchor,
            field_html(members[0].localized, "category", site),
            tuple(_card(entry, site) for entry in _newest_first(members)),
        )
        for anchor, members in sorted(found.items())
    )


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    by_id = sorted(entries, key=lambda entry: entry.localized.article.id)
    return sorted(by_id, key=lambda entry: entry.localized.article.date, reverse=True)


def _card(entry: Entry, site: Site) -> Mapping[str, object]:
    localized = entry.localized
    gated = entry.gate is not Gate.NONE
    return {
        "title": field_html(localized, "title", site),
        "summary": "" if gated else field_html(localized, "summary", site),
        "href": quote(entry.url, safe="/%"),
        "date_iso": localized.article.date.isoformat(),
        "date": long_date(localized.article.date, localized.locale),
        "draft": entry.draft,
    }


def _audience(entry: Entry) -> Audience:
    return entry.localized.article.audience
