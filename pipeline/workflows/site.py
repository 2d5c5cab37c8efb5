"""Judged pages → the files of the site, each with its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model import Finding, Severity
from pipeline.stages.addresses import Addresses, address
from pipeline.stages.harmless import harmful, style_classes
from pipeline.stages.links import LinkContext
from pipeline.stages.listing import Entry, render_index, render_site_index, render_switcher
from pipeline.stages.redirect import redirect
from pipeline.stages.render import Link, Page, render_page
from pipeline.stages.sitemap import Published, robots, sitemap
from pipeline.stages.words import source_words
from pipeline.store.files import decode, read_bytes
from pipeline.store.ledger import Ledger, read_ledger
from pipeline.workflows.images import link_context, pictures_named, read_images
from pipeline.workflows.law import names_of
from pipeline.workflows.pages import Pages, PlannedPage
from pipeline.workflows.proof import Style, page_findings, read_style


@dataclass(frozen=True, slots=True)
class Site:
    """The files of a site by their path below `build/`, and what was found on the way."""

    files: Mapping[str, bytes]
    ledger: Ledger
    findings: tuple[Finding, ...]
    rendered: int
    refused: Mapping[tuple[str, str], tuple[Finding, ...]]  # locale, article → what is wrong


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of one build share."""

    pages: Pages
    addresses: Addresses
    links: LinkContext  # without what differs per page
    style: Style
    classes: frozenset[str]  # those that the stylesheet speaks of
    homes: frozenset[str]  # locales that have an index page
    images: Mapping[str, bytes]  # by name
    published: Mapping[str, Mapping[str, str]]  # locale → article → address
    titles: Mapping[str, Mapping[str, str]]  # locale → article → title


def make_site(pages: Pages, *, strict: bool, review: bool) -> Site:
    """Make every file of the site.

    Published and gated pages and, without `strict`, drafts; with `review` also what is
    blocked, below `_review/`. A page that may not be written as it came out is a finding and
    no file; then the others are made as if it did not exist, so that none leads to it.
    """
    site = _make(pages, strict=strict, review=review)
    if not site.refused:
        return site
    kept = tuple(p for p in pages.planned if (p.locale, p.article.id) not in site.refused)
    others = make_site(replace(pages, planned=kept), strict=strict, review=review)
    return replace(
        others,
        findings=tuple(dict.fromkeys([*site.findings, *others.findings])),
        refused={**site.refused, **others.refused},
    )


def _make(pages: Pages, *, strict: bool, review: bool) -> Site:
    """Every file of the site, and the pages that may not be among them as they came out."""
    setting, files = _setting(pages, strict=strict)
    harm = {article.id: harmful(article, setting.classes) for article in pages.articles}
    findings = [finding for found in harm.values() for finding in found]
    shown: list[PlannedPage] = []
    refused: dict[tuple[str, str], tuple[Finding, ...]] = {}
    rendered = 0
    for page in pages.planned:
        draft = not page.complete
        if found := harm[page.article.id]:
            if page.verdict.publishable:
                refused[page.locale, page.article.id] = _reasons(found)
        elif _is_shown(page, strict=strict):
            html, found = _page(page, setting, draft=draft, review=False)
            findings += found
            rendered += 1
            if reasons := _reasons(found):
                refused[page.locale, page.article.id] = reasons
            else:
                shown.append(page)
                files[_file(setting.addresses.url(page.locale, page.article.id))] = html
        elif review:
            html, _ = _page(page, setting, draft=draft, review=True)
            files[f"_review/{page.locale}/{page.article.id}/index.html"] = html
            rendered += 1
    files |= _listings(shown, setting)
    files |= _redirects(shown, setting)
    files |= pictures_named(files, setting.images)
    return Site(files, setting.addresses.ledger, tuple(dict.fromkeys(findings)), rendered, refused)


def _setting(pages: Pages, *, strict: bool) -> tuple[Setting, dict[str, bytes]]:
    """What all pages share, and the files that hold it."""
    root = pages.workspace.root
    css = read_bytes(root / "templates" / "site.css", "templates/site.css")
    name = f"assets/site-{hashlib.sha256(css).hexdigest()[:12]}.css"
    told = decode(css, "templates/site.css")
    images = read_images(root)
    addresses = _addresses(pages)
    published: dict[str, dict[str, str]] = {}
    titles: dict[str, dict[str, str]] = {}
    for page in pages.planned:  # once, for every page asks for those beside it
        key, article = page.locale, page.article.id
        titles.setdefault(key, {})[article] = page.localized.fields["title"].plain
        if page.published:
            published.setdefault(key, {})[article] = addresses.url(key, article)
    setting = Setting(
        pages=pages,
        addresses=addresses,
        links=link_context(root, pages.articles, images),
        style=read_style(told, "templates/site.css", f"/{name}"),
        classes=style_classes(told),
        homes=frozenset(page.locale for page in pages.planned if _is_shown(page, strict=strict)),
        images=images,
        published=published,
        titles=titles,
    )
    return setting, {name: css}


def _addresses(pages: Pages) -> Addresses:
    """The address of every page; those that readers get enter the ledger."""
    published = {(page.locale, page.article.id) for page in pages.planned if page.published}
    every = [page.localized for page in pages.planned]
    return address(every, published, read_ledger(pages.workspace.root))


def _is_shown(page: PlannedPage, *, strict: bool) -> bool:
    """Whether a page stands among those of its locale, as a draft perhaps."""
    return page.verdict.publishable and (page.complete or not strict)


def _reasons(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What keeps a page from being written."""
    return tuple(dict.fromkeys(f for f in findings if f.severity is Severity.ERROR))


def _file(url: str) -> str:
    return url.lstrip("/") + "index.html"


def _page(
    page: PlannedPage, setting: Setting, *, draft: bool, review: bool
) -> tuple[bytes, tuple[Finding, ...]]:
    """One page's bytes, and what is wrong with them judged on the bytes themselves."""
    published = setting.published.get(page.locale, {})
    home = f"/{page.locale}/" if page.locale in setting.homes else "/"
    result = render_page(
        Page(
            site=setting.pages.workspace.site,
            localized=page.localized,
            url=setting.addresses.url(page.locale, page.article.id),
            home=home,
            stylesheet=setting.style.address,
            names=names_of(page.article, setting.pages.law),
            statements=page.statements,
            gate=page.verdict.gate,
            draft=draft,
            review=review,
            review_reasons=page.verdict.blocks if review else (),
            related=_related(page, published, setting),
            links=replace(setting.links, market=page.market.code, home=home, articles=published),
        ),
        setting.pages.templates,
        setting.pages.words[page.locale],
    )
    unlike = page_findings(
        result.html,
        page.statements,
        page.verdict.gate,
        page.article.path,
        names_of(page.article, setting.pages.law),
        setting.style,
    )
    return result.html.encode("utf-8"), (*result.findings, *unlike)


def _related(page: PlannedPage, published: Mapping[str, str], setting: Setting) -> tuple[Link, ...]:
    """The related articles that readers of this locale can open."""
    titles = setting.titles[page.locale]
    return tuple(
        Link(titles[name], published[name]) for name in page.article.related if name in published
    )


def _listings(shown: list[PlannedPage], setting: Setting) -> dict[str, bytes]:
    """The pages that lead to pages: indexes, switchers, sitemap, robots."""
    site = setting.pages.workspace.site
    templates, addresses = setting.pages.templates, setting.addresses
    source = source_words(site.source_locale)
    texts: dict[str, str] = {}
    for locale in sorted({page.locale for page in shown}):
        entries = [
            Entry(p.localized, addresses.url(locale, p.article.id), p.verdict.gate,
                  not p.complete)
            for p in shown
            if p.locale == locale
        ]  # fmt: skip
        home = f"/{locale}/"
        texts[_file(home)] = render_index(
            site,
            locale,
            home,
            setting.style.address,
            entries,
            templates,
            setting.pages.words[locale],
        )
    public = [page for page in shown if page.complete]
    for article in sorted({page.article.id for page in shown}):
        urls = {
            p.locale: addresses.url(p.locale, article) for p in public if p.article.id == article
        }
        texts[f"articles/{article}/index.html"] = render_switcher(
            site, article, setting.style.address, urls, templates, source
        )
    homes = {page.locale: f"/{page.locale}/" for page in shown}
    texts["index.html"] = render_site_index(site, setting.style.address, homes, templates, source)
    listed = [
        Published(p.article.id, p.locale, addresses.url(p.locale, p.article.id)) for p in public
    ]
    texts |= dict(sitemap(listed, site.base_url))
    texts["robots.txt"] = robots(site.base_url)
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _redirects(shown: list[PlannedPage], setting: Setting) -> dict[str, bytes]:
    """A page at each former address of a page."""
    addresses, base = setting.addresses, setting.pages.workspace.site.base_url
    return {
        _file(former): redirect(
            base, addresses.url(page.locale, page.article.id), page.locale
        ).encode("utf-8")
        for page in shown
        for former in addresses.former(page.locale, page.article.id)
    }
