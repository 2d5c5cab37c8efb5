"""Two texts in two languages → what they share that needs no dictionary: numbers, names, codes.

Cognates, words that begin with the same four letters, are those of Simard, Foster and
Isabelle, "Using cognates to align sentences in bilingual corpora" (TMI 1992).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Segment

_CODE = re.compile(r"</?([a-z]{1,8})\d{1,4} ?/?>")
_NUMBER = re.compile(r"\d+(?:[.,:/٫٬\u2009\u00a0\u202f]\d+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
_COGNATE = 4  # letters


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a text can be recognised by in another language."""

    numbers: Counter[str]
    words: frozenset[str]  # Latin ones, folded: names, above all in other scripts
    codes: Counter[str]  # kinds of codes, and where links lead

    def shared(self, other: Anchors) -> float:
        """How much two texts share; less than nothing where their numbers differ."""
        same = (self.numbers & other.numbers).total()
        differ = ((self.numbers - other.numbers) + (other.numbers - self.numbers)).total()
        codes = (self.codes & other.codes).total() - (
            (self.codes - other.codes) + (other.codes - self.codes)
        ).total() / 3
        words = len(self.words & other.words)
        return min(1.5 * same, 4.5) - min(0.7 * differ, 2.5) + max(codes, -1.5) + min(words, 6) / 2

    def agreement(self, other: Anchors) -> float | None:
        """The share of numbers and codes that stand in both, 0 to 1; None without any."""
        both = (self.numbers & other.numbers).total() + (self.codes & other.codes).total()
        every = sum(
            counted.total() for one in (self, other) for counted in (one.numbers, one.codes)
        )
        return 2 * both / every if every else None

    def contradicts(self, other: Anchors) -> bool:
        """Whether both have numbers, and none in common."""
        return bool(self.numbers and other.numbers and not self.numbers & other.numbers)


def anchors_of(segments: Iterable[Segment]) -> Anchors:
    """The anchors of one or more sentences together."""
    listed = list(segments)
    text = " ".join(_CODE.sub(" ", segment.text) for segment in listed)
    codes = Counter(name for s in listed for name in _CODE.findall(s.text))
    codes.update(code.shows for s in listed for code in s.codes if code.shows)
    words = frozenset(_folded(word)[:_COGNATE] for word in _LATIN.findall(text))
    return Anchors(Counter(map(_digits, _NUMBER.findall(text))), words, codes)


def _digits(number: str) -> str:
    """A number by its digits alone, for separators differ: 38.5, 38,5 and ٣٨٫٥ are 385."""
    return "".join(str(unicodedata.digit(c)) for c in number if c.isdigit())


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
