"""Translated slugs and the ledger → each page's address now, and the ones it had before."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from pipeline.model import Localized
from pipeline.stages.slugs import slugify, unique

Ledger = Mapping[str, Mapping[str, tuple[str, ...]]]
RESERVED = ("images", "assets", "articles")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The slug of each page by locale and article, and the ledger with new ones added."""

    slugs: Mapping[tuple[str, str], str]
    ledger: Ledger

    def url(self, locale: str, article: str) -> str:
        """The address path of a page: `/de-DE/in-stent-restenose/`."""
        return f"/{locale}/{self.slugs[locale, article]}/"

    def former(self, locale: str, article: str) -> tuple[str, ...]:
        """The address paths that a page had before."""
        had = self.ledger.get(locale, {}).get(article, ())
        now = self.slugs[locale, article]  # of a draft, perhaps not the ledger's newest
        return tuple(f"/{locale}/{slug}/" for slug in had if slug != now)


def address(
    pages: Iterable[Localized], published: Container[tuple[str, str]], ledger: Ledger
) -> Addresses:
    """Give each page its slug: the translator's, else the ledger's, else from its title.

    Only a page in `published` (locale and article) enters the ledger: a draft's title may
    still change, and nobody can have bookmarked what was never there. A slug that another
    article of the locale ever had is never given again, since its redirect must keep
    leading to that article.
    """
    full = {locale: dict(articles) for locale, articles in ledger.items()}
    slugs: dict[tuple[str, str], str] = {}
    for page in sorted(pages, key=lambda page: (page.locale, page.article.id)):
        own = full.setdefault(page.locale, {})
        taken = {
            *RESERVED,
            *(slug for article, had in own.items() if article != page.article.id for slug in had),
            *(s for (locale, _), s in slugs.items() if locale == page.locale),
        }
        had = own.get(page.article.id, ())
        slug = unique(_wanted(page, had), taken)
        slugs[page.locale, page.article.id] = slug
        if (page.locale, page.article.id) in published:
            own[page.article.id] = (slug, *(old for old in had if old != slug))
    return Addresses(slugs, {locale: own for locale, own in full.items() if own})


def _wanted(page: Localized, had: tuple[str, ...]) -> str:
    """The slug that a page asks for, before others of its locale are looked at."""
    written = page.fields.get("slug")
    source = next((field.text for field in page.article.fields if field.key == "slug"), "")
    if written and written.plain and written.plain != source:
        return slugify(written.plain, page.locale) or page.article.id
    if page.locale.split("-")[0] == "en":  # the author's own; a change is meant
        return slugify(source, page.locale) or page.article.id
    if had:
        return had[0]
    title = page.fields.get("title")
    if not title or not page.complete:
        return slugify(source, page.locale) or page.article.id
    return slugify(title.plain, page.locale) or page.article.id
