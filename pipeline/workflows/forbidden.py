"""A page's words and what its market forbids to say → the blocks, each at its entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.effects._rules import ask, basis
from pipeline.model import (
    Demand,
    Finding,
    Forbidden,
    Localized,
    Market,
    Statement,
    Verdict,
    Where,
)
from pipeline.stages.evidence import reader_text
from pipeline.stages.forbidden import Watch, watch_for
from pipeline.stages.mentions import visible
from pipeline.stages.readings import readings_of, texts_of
from pipeline.store.workspace import Workspace
from pipeline.workflows.mentions import entry_places
from pipeline.workflows.words import Words, catalog_path

_Places = Iterator[tuple[str, Where]]


@dataclass(frozen=True, slots=True)
class Censor:
    """Looks for forbidden wording in the pages of a workspace; `watches` are kept for reuse."""

    workspace: Workspace
    watches: dict[tuple[str, tuple[Forbidden, ...]], Watch] = field(default_factory=dict)

    def blocks(
        self,
        localized: Localized,
        words: Words,
        market: Market,
        verdict: Verdict,
        statements: tuple[tuple[Demand, Statement], ...],
    ) -> tuple[Finding, ...]:
        """One block for each phrase that a page has, at its first place."""
        if not verdict.forbids:
            return ()
        key = localized.locale.partition("-")[0], verdict.forbids
        if key not in self.watches:
            self.watches[key] = watch_for(verdict.forbids, key[0])
        watch = self.watches[key]
        places = [*self._texts(localized, words), *_of_statements(statements)]
        first: dict[Forbidden, tuple[str, Where]] = {}
        for number, said, forbidden in sorted(
            watch.find(text for text, _ in places), key=lambda found: found[0]
        ):
            first.setdefault(forbidden, (said, places[number][1]))
        blind = tuple(_blind(forbidden, market) for forbidden in watch.blind)
        return (*(_block(f, *place, market) for f, place in first.items()), *blind)

    def _texts(self, localized: Localized, words: Words) -> _Places:
        """All words of an article in a locale, each with its place; the whole of them last.

        What stands in two entries is found in the whole only.
        """
        article, locale = localized.article, localized.locale
        lines = entry_places(self.workspace, article.id, locale)
        for reading in readings_of(article):
            where = Where(article.path, reading.line)
            texts = reading.texts
            if reading.segment:
                text = words(reading.segment)[0]
                if text != reading.segment.text:
                    texts = texts_of(text, reading.segment.codes)
                where = lines.get(reading.segment.id, where)
            yield from ((text, where) for text in texts if text)
        shown = catalog_path(locale, article.id)
        whole = Where(shown if (self.workspace.root / shown).exists() else article.path)
        yield visible(reader_text(localized)), whole


def _of_statements(statements: tuple[tuple[Demand, Statement], ...]) -> _Places:
    """The words of the statements, line by line and as a whole."""
    for _, statement in statements:
        for number, sentence in enumerate(statement.sentences, 1):
            yield sentence, Where(statement.where.path, number)
        yield " ".join(statement.sentences), statement.where


def _block(forbidden: Forbidden, said: str, where: Where, market: Market) -> Finding:
    rule = forbidden.rule
    problem = f"the page says {said!r}, which no page there may say: {rule.reason}"
    hint = f"say it in other words; {ask(market)}"
    return Finding(
        "law-forbidden-wording", f"{market.code}: {problem} ({basis(rule)})", where, hint
    )


def _blind(forbidden: Forbidden, market: Market) -> Finding:
    """A phrase that cannot be looked for cannot be shown to be absent."""
    rule = forbidden.rule
    problem = f"the phrase {forbidden.phrase!r} has no letter to look for ({basis(rule)})"
    message = f"{market.code}: {problem}"
    return Finding("law-forbidden-wording", message, rule.where, ask(market))
