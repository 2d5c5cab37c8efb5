"""Texts that await words, and texts that have some → how many words of each match band."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.rates import BANDS, Rate
from pipeline.stages.figures import interchangeable
from pipeline.stages.similarity import Index, likeness, shape

_PAIR_END = re.compile(r"</?[a-z]{1,8}\d{1,4} ?>")
_ALONE = re.compile(r"<[a-z]{1,8}\d{1,4} ?/>")
_STEPS = ((95, "95-99"), (85, "85-94"), (75, "75-84"))


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A text that a locale has no finished words for."""

    text: str
    was: str = ""  # the text that its unfinished words were made for; "" if there are none


@dataclass(frozen=True, slots=True)
class Work:
    """The words that await translation, by band."""

    words: Mapping[str, int]  # every band
    texts: int

    @property
    def total(self) -> int:
        """All words."""
        return sum(self.words.values())

    def price(self, rate: Rate) -> Decimal:
        """What they cost, to the hundredth."""
        return (self._weighed(rate) * rate.price).quantize(Decimal("0.01"))

    def hours(self, rate: Rate) -> Decimal:
        """How long they take, to the tenth of an hour."""
        return (self._weighed(rate) * rate.hours / 1000).quantize(Decimal("0.1"))

    def _weighed(self, rate: Rate) -> Decimal:
        return sum((rate.factors[b] * n for b, n in self.words.items()), start=Decimal(0))


def together(every: Iterable[Work]) -> Work:
    """The work of several articles or locales."""
    listed = list(every)
    words = {band: sum(work.words[band] for work in listed) for band in BANDS}
    return Work(words, sum(work.texts for work in listed))


def count(text: str) -> int:
    """How many words a text has, as word processors count: what stands between blanks.

    Codes are no words, nor is a dash by itself: only what holds a letter or a digit counts.
    "stent-related", "38.5" and "don't" are one word each.
    """
    bare = _PAIR_END.sub("", _ALONE.sub(" ", text)) if "<" in text else text
    return sum(any(c.isalnum() for c in word) for word in bare.split())


class Bands:
    """The bands of one locale's texts, in the order in which they are asked for."""

    def __init__(self, known: Sequence[str]) -> None:
        """Take the texts that have finished words somewhere in the locale."""
        self._known = known
        self._exact = frozenset(known)
        self._asked: set[str] = set()
        self._index: Index | None = None

    def work(self, awaiting: Iterable[Awaiting]) -> Work:
        """Count the words of an article's texts by band."""
        words = dict.fromkeys(BANDS, 0)
        texts = 0
        for item in awaiting:
            words[self.of(item)] += count(item.text)
            texts += 1
        return Work(words, texts)

    def of(self, item: Awaiting) -> str:
        """The band of a text; the second time it is asked for, it is a repetition."""
        if item.text in self._asked:
            return "repetition"
        self._asked.add(item.text)
        if item.text in self._exact or item.was == item.text:
            return "exact"
        return _band(max(self._offers(item), default=0.0))

    def _offers(self, item: Awaiting) -> Iterable[float]:
        """How alike each text is whose words may serve: no figure, unit or negation differs."""
        if item.was and interchangeable(item.was, item.text):
            yield likeness(shape(item.was), shape(item.text))
        if self._index is None:
            self._index = Index(self._known)
        for score, place in self._index.near(item.text):
            if interchangeable(self._known[place], item.text):
                yield score
                return


def _band(score: float) -> str:
    # cut off, never rounded up; a text that is not the same one is never exact
    percent = min(int(score * 100), 99)
    return next((band for least, band in _STEPS if percent >= least), "new")
