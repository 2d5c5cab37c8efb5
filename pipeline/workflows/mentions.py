"""An article and a locale's words → the blocks for products that they name or fail to name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.effects._rules import ask
from pipeline.model import Article, Finding, Market, Where
from pipeline.stages.declare import (
    Named,
    declared_things,
    dropped,
    source_mentions,
    translated_mentions,
    undeclared,
)
from pipeline.stages.readings import Reading, readings_of
from pipeline.stages.spot import Spotter, Thing, make_spotter
from pipeline.store.files import read_bytes
from pipeline.store.workspace import Workspace
from pipeline.workflows.law import Law
from pipeline.workflows.words import Words, catalog_path

_Read = tuple[tuple[Reading, ...], tuple[Named, ...]]


@dataclass(frozen=True, slots=True)
class Lookout:
    """Looks for products in the pages of a workspace; reads each article once for all locales."""

    workspace: Workspace
    law: Law
    spotters: dict[str, Spotter] = field(default_factory=dict)  # by language
    read: dict[str, _Read] = field(default_factory=dict)  # by article

    def blocks(
        self, article: Article, locale: str, market: Market, words: Words
    ) -> tuple[Finding, ...]:
        """Why the law cannot judge a page by what its article declares."""
        if not self.law.products:
            return ()
        readings, source = self._source(article)
        declared = declared_things(
            self.law.products[name] for name in article.products if name in self.law.products
        )
        if found := undeclared(source, declared):
            places = ((named, Where(article.path, named.reading.line)) for named in found)
            return tuple(self._undeclared("article", places, market))
        said = {r.segment.id: words(r.segment) for r in readings if r.segment}
        translated = translated_mentions(readings, said, self._spotter(locale))
        blocks: list[Finding] = []
        if found := undeclared(translated, declared):
            blocks += self._undeclared("translation", self._entries(found, article, locale), market)
        if source and (missing := dropped(readings, said, source, translated)):
            blocks += _dropped(self._entries(missing, article, locale), market)
        return tuple(blocks)

    def _source(self, article: Article) -> _Read:
        """An article's readings with what they name, looked at once."""
        if article.id not in self.read:
            readings = readings_of(article)
            spotter = self._spotter(self.workspace.site.source_locale)
            self.read[article.id] = readings, source_mentions(readings, spotter)
        return self.read[article.id]

    def _spotter(self, locale: str) -> Spotter:
        language = locale.partition("-")[0]
        if language not in self.spotters:
            products = self.law.products.values()
            self.spotters[language] = make_spotter(products, self.law.terms, language)
        return self.spotters[language]

    def _undeclared(
        self, text: str, places: Iterable[tuple[Named, Where]], market: Market
    ) -> Iterator[Finding]:
        """One block for each thing that is named and not declared, at its first place."""
        for (named, where), others in _by_thing(places):
            whose = "it" if text == "article" else "the article"
            what = f"the product {named.thing.id}"
            if not named.thing.is_product:
                owners = [p.id for p in self.law.products.values() if _has(p.substances, named)]
                what = f"the substance {named.thing.id} of {', '.join(owners)}"
            problem = (
                f"the {text} names {named.words!r}{others}: {what}, which {whose} does not declare"
            )
            hint = f"declare the product in `products`, or take the name out; {ask(market)}"
            yield Finding("law-undeclared-product", problem, where, hint)

    def _entries(
        self, found: Iterable[Named], article: Article, locale: str
    ) -> Iterator[tuple[Named, Where]]:
        """The entry of each mention in the catalog that its words come from."""
        lines = entry_places(self.workspace, article.id, locale)
        for named in found:
            segment = named.reading.segment
            place = lines.get(segment.id) if segment else None
            yield named, place or Where(article.path, named.reading.line)


def entry_places(workspace: Workspace, article: str, locale: str) -> dict[tuple[str, str], Where]:
    """Where the words of each segment stand: in the locale's catalog, or that it inherits from."""
    from pipeline.po.scan import scan

    lines: dict[tuple[str, str], Where] = {}
    for owner in filter(None, (workspace.site.inherit.get(locale), locale)):
        shown = catalog_path(owner, article)
        path = workspace.root / shown
        for entry in scan(read_bytes(path, shown), shown).entries if path.exists() else ():
            if entry.msgstr[0] and not entry.obsolete:
                lines[entry.id] = Where(shown, entry.span.line)
    return lines


def _dropped(places: Iterable[tuple[Named, Where]], market: Market) -> Iterator[Finding]:
    """One block for each product that is left out, at its first place."""
    for (named, where), others in _by_thing(places):
        problem = (
            f"the translation does not name the product {named.thing.id}{others}, "
            f"where the source says {named.words!r}"
        )
        hint = (
            "write the name as products.toml has it, or add its spelling to "
            f"locales/markets/terms/; {ask(market)}"
        )
        yield Finding("law-product-dropped", problem, where, hint)


def _by_thing(
    places: Iterable[tuple[Named, Where]],
) -> Iterator[tuple[tuple[Named, Where], str]]:
    """The first place of each thing, with the lines of its other places in words."""
    groups: dict[Thing, list[tuple[Named, Where]]] = {}
    for named, where in places:
        groups.setdefault(named.thing, []).append((named, where))
    for group in groups.values():
        lines = sorted({where.line for _, where in group} - {group[0][1].line})
        others = f" (also at line {', '.join(map(str, lines))})" if lines else ""
        yield group[0], others


def _has(substances: tuple[str, ...], named: Named) -> bool:
    return named.thing.id in substances
