"""Wording that a market forbids and the texts of a page → each place where a page has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Forbidden, Product
from pipeline.stages.folding import Folding, fold
from pipeline.stages.spot import Spotter, make_spotter


@dataclass(frozen=True, slots=True)
class Watch:
    """Finds forbidden wording in texts of one language, in any guise."""

    forbids: tuple[Forbidden, ...]
    spotter: Spotter
    blind: tuple[Forbidden, ...]  # phrases of which nothing is left to look for

    def find(self, texts: Iterable[str]) -> tuple[tuple[int, str, Forbidden], ...]:
        """Each find: the number of its text, the words as they stand there, what forbids them."""
        return tuple(
            (mention.text, mention.words, self.forbids[int(thing.id)])
            for mention in self.spotter.find(texts)
            for thing in mention.things
        )


def watch_for(forbids: tuple[Forbidden, ...], language: str) -> Watch:
    """What finds the wording that is forbidden in a language.

    Phrases are looked for as products' names are (`stages.spot`): whatever their case, their
    accents and hidden marks, and as whole words where a script has spaces.
    """
    mine = tuple(f for f in forbids if f.language.casefold() in ("", language.casefold()))
    table = Folding()
    phrases = (
        Product(str(number), (forbidden.phrase,), "phrase") for number, forbidden in enumerate(mine)
    )
    blind = tuple(forbidden for forbidden in mine if not fold(forbidden.phrase, table).split())
    return Watch(mine, make_spotter(phrases, (), language), blind)
