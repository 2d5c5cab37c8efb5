"""A judged page → the texts that are approved on it, made once for all who approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.stages.links import LinkMap
from pipeline.stages.media import media_of
from pipeline.stages.page_evidence import law_text, page_evidence, words_evidence
from pipeline.stages.regulate import applicable
from pipeline.store.files import read_text
from pipeline.workflows.images import link_context, read_images
from pipeline.workflows.law import facts_of
from pipeline.workflows.pages import Pages, PlannedPage

# A plural form of each kind that CLDR knows is asked for with one of these numbers.
_NUMBERS = (0, 1, 2, 3, 5, 11, 100)


@dataclass(frozen=True)
class Exhibits:
    """The texts behind the stamps on the pages of a workspace."""

    pages: Pages
    _made: dict[tuple[str, str, str], Mapping[str, str]] = field(default_factory=dict)

    def of(self, page: PlannedPage, kind: str) -> Mapping[str, str]:
        """The texts of a page by part, for a stamp on its "words" or on the "page"."""
        key = (kind, page.locale, page.article.id)
        if key not in self._made:
            self._made[key] = self._words(page) if kind == "words" else self._page(page)
        return self._made[key]

    def _words(self, page: PlannedPage) -> Mapping[str, str]:
        path = page.article.path
        return words_evidence(read_text(self.pages.workspace.root / path, path), page.localized)

    def _page(self, page: PlannedPage) -> Mapping[str, str]:
        law, market = self.pages.law, page.market
        facts = facts_of(page.article, law)
        rules = applicable(market, facts, law.day_in(market))
        links, images = self._media
        return page_evidence(
            page.localized,
            law_text(market, facts, rules, page.verdict),
            page.statements,
            self._frame(page.locale),
            media_of(page.localized, market.code, links, images),
        )

    def _frame(self, locale: str) -> Mapping[str, str]:
        """The words of the templates in a locale, by their source."""
        words = self.pages.words[locale]
        return {
            word.text: " | ".join(
                dict.fromkeys(words.many(word.text, word.plural, n) for n in _NUMBERS)
            )
            if word.plural
            else words.one(word.text)
            for word in self.pages.templates.words
        }

    @cached_property
    def _media(self) -> tuple[LinkMap, Mapping[str, bytes]]:
        root = self.pages.workspace.root
        images = read_images(root)
        return link_context(root, self.pages.articles, images).map, images
