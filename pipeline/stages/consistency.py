"""All translations of a site → where they contradict each other: across articles and countries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pipeline.model import Finding, Severity, Where
from pipeline.model.waiver import Told
from pipeline.stages.waive import digest

_CODE = re.compile(r"</?[a-z]{1,8}[0-9]{1,4} ?/?>")
_LETTERS = re.compile(r"[\W\d_]+")
_LONG = 25  # characters, CJK twice: shorter translations may rightly serve two sources
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Said:
    """One finished translation, with its place."""

    locale: str
    article: str
    entry: tuple[str, str]  # context and msgid
    words: str
    path: str
    line: int

    def told(self, finding: Finding) -> Told:
        """A finding about it."""
        return Told(finding, self.locale, self.article, self.entry, digest(self.words))

    @property
    def where(self) -> Where:
        """Where it stands."""
        return Where(self.path, self.line)


def contradictions(said: Iterable[Said]) -> tuple[Told, ...]:
    """Everything that the translations of a site contradict each other in."""
    every = tuple(said)
    return (*_inconsistent(every), *_reused(every), *_countries(every))


def _grouped(every: Iterable[tuple[K, Said]]) -> Iterator[tuple[Said, ...]]:
    """The translations with the same key, in order; alone ones are left out."""
    groups: dict[K, list[Said]] = defaultdict(list)
    for key, one in every:
        groups[key].append(one)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _inconsistent(every: tuple[Said, ...]) -> Iterator[Told]:
    """One source with several translations in a locale; the first one counts.

    One word alone, such as "Yes.", answers another question in each place.
    """
    several = (one for one in every if len(_bare(one.entry[1]).split()) > 1)
    for group in _grouped(((one.locale, one.entry), one) for one in several):
        first = group[0]
        for one in group[1:]:
            if one.words != first.words:
                yield one.told(
                    Finding(
                        "inconsistent",
                        f"{_short(one.entry[1])} is {_short(one.words)} here, and "
                        f"{_short(first.words)} in {first.where}",
                        one.where,
                        "say it in one way, or waive it when the places differ",
                        Severity.WARNING,
                    )
                )


def _reused(every: tuple[Said, ...]) -> Iterator[Told]:
    """One long translation for several sources, which differ in more than marks and case."""
    long = (one for one in every if _wide(one.words) >= _LONG)
    for group in _grouped(((one.locale, one.words), one) for one in long):
        first = group[0]
        others = {_bare(first.entry[1])}
        for one in group[1:]:
            if _bare(one.entry[1]) not in others:
                others.add(_bare(one.entry[1]))
                yield one.told(
                    Finding(
                        "same-translation",
                        f"{_short(one.entry[1])} has the translation of "
                        f"{_short(first.entry[1])} in {first.where}",
                        one.where,
                        "is one of them pasted into the wrong entry?",
                        Severity.WARNING,
                    )
                )


def _countries(every: tuple[Said, ...]) -> Iterator[Told]:
    """One language in several countries: other words for the same source."""
    keyed = (((one.locale.partition("-")[0], one.article, one.entry), one) for one in every)
    for group in _grouped(keyed):
        first = group[0]
        for one in group[1:]:
            if one.words != first.words and one.locale != first.locale:
                yield one.told(
                    Finding(
                        "country-words",
                        f"{_short(one.words)} here, {_short(first.words)} in {first.locale}",
                        one.where,
                        "nothing, if the countries say it differently",
                        Severity.NOTE,
                    )
                )


def _bare(source: str) -> str:
    """The letters of a source: what is left when marks, codes, figures and case do not count."""
    return _LETTERS.sub(" ", _CODE.sub("", source)).strip().casefold()


def _wide(words: str) -> int:
    """About how many columns words take: beyond U+1100 most letters take two."""
    bare = _CODE.sub("", words)
    return len(bare) if bare.isascii() else len(bare) + sum(c > "\u1100" for c in bare)


def _short(words: str) -> str:
    """Words as a message shows them."""
    return repr(words if len(words) <= 50 else f"{words[:49]}…")
