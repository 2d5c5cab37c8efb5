"""Every number of the source stands in the translation with the same value and bound."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._compared import is_time, months, swapped, unlike
from pipeline.checks._language import fold, language
from pipeline.checks._measures import Said, said
from pipeline.checks._numerals import Numeral, symbols
from pipeline.checks._plain import negation_of
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A number, date or comparison is not the same as in the source

A figure that changes can hurt a patient. Each number of the source must stand in the
translation, with the same value, as often as there, and bound the same way: “at least 5” and
“≥ 5” say the same, “more than 5” and “less than 5” do not.

Write numbers as your language does: 2,5 and 10 000 in French, ٢٫٥ in Arabic, 1,00,000 in
India; full-width digits and 3万 are read too. A number may be written in letters if its word
is in the list of your language, and a month by its name or its number.

    source   at least 2.5 mm, for 3 months
    wrong    mindestens 2.5 mm, 3 Monate lang       (German writes 2,5)
    wrong    höchstens 2,5 mm, 3 Monate lang
    right    mindestens 2,5 mm, drei Monate lang

What to do: compare the figures and correct the one that is told. If the source is wrong, ask
its author; do not mend it in a translation.
"""

_NEGATIVE = re.compile(r"(?:^|[^\d\s]\s|[(≥≤<>])[-−]$")
_SIGNED = re.compile(r"[-−–‑]\s?$")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The numbers that differ, the ones written as in another language, the bounds turned."""
    code = pair.locale.partition("-")[0]
    if not code or not pair.translation or is_skip(pair.translation):
        return
    source = said(pair.segment.text, pair.source_locale)
    target = said(pair.translation, pair.locale)
    if not (source.digits or target.digits or (source.words and target.words)):
        return
    missing, extra = unlike(source, target, pair.locale)
    if pair.plural:  # "one article", "no articles": what the form stands for is not told here
        missing = [n for n in missing if n.value > 2]
    if missing or extra:
        other = said(pair.translation, pair.locale, joined=False)
        if other.digits != target.digits:
            apart = unlike(source, other, pair.locale)
            if len(apart[0]) + len(apart[1]) < len(missing) + len(extra):
                target, (missing, extra) = other, apart
    yield from _differences(missing, extra)
    if not missing and not extra:
        yield from _words(source, target)
        yield from _months(source, target, pair)
        yield from _signs(source, target, pair)
    yield from _foreign(source, target, pair)
    yield from _bounds(source, target, pair)


def _differences(missing: list[Numeral], extra: list[Numeral]) -> Iterable[tuple[str, str]]:
    if missing and extra:
        yield (
            f"the source says {_told(missing)}, the translation {_told(extra)}",
            "write the figures of the source, as your language writes them",
        )
    elif missing:
        yield (
            f"the number {_told(missing)} of the source is not in the translation",
            "write it in figures, or in letters if the list of your language has the word",
        )
    elif extra:
        yield (
            f"the number {_told(extra)} of the translation is not in the source",
            "take it out; if the source lacks it, ask the author of the article",
        )


def _told(found: list[Numeral]) -> str:
    return ", ".join(n.raw for n in found)


def _words(source: Said, target: Said) -> Iterable[tuple[str, str]]:
    if pair := swapped(source, target):
        yield (
            f"the source says {pair[0].raw!r}, the translation {pair[1].raw!r}",
            "write the number that the source says",
        )


def _months(source: Said, target: Said, pair: Pair) -> Iterable[tuple[str, str]]:
    mine = months(source.text, pair.source_locale)
    if not mine:
        return
    theirs = months(target.text, pair.locale)
    if theirs and not mine & theirs:
        yield "the date of the source has another month in the translation", "correct the month"
    elif not theirs and not mine & {n.value for n in target.digits}:
        yield "the month of a date is not in the translation", "write the month of the source"


def _signs(source: Said, target: Said, pair: Pair) -> Iterable[tuple[str, str]]:
    """Numbers below zero that lost their sign."""
    words = language(pair.locale.partition("-")[0]).minus
    if not words or any(word in fold(target.text) for word in words):
        return
    below = {n.value for n in target.digits if _SIGNED.search(target.text[: n.start])}
    for numeral in source.digits:
        if _NEGATIVE.search(source.text[: numeral.start]) and numeral.value not in below:
            yield f"{numeral.raw} has lost its minus sign", f"write −{numeral.raw}"


def _foreign(source: Said, target: Said, pair: Pair) -> Iterable[tuple[str, str]]:
    """Decimals with a sign that the locale does not know, unless they are mere designations."""
    bare = {n.raw for n in source.digits if n.value not in source.units}
    if pair.locale.partition("-")[0] == pair.source_locale.partition("-")[0]:
        return
    for numeral in target.digits:
        if numeral.foreign and numeral.raw not in bare and not is_time(source, numeral):
            sign = symbols(pair.locale)[0]
            right = (
                numeral.raw.replace(".", sign) if sign == "," else numeral.raw.replace(",", sign)
            )
            yield f"{numeral.raw} is not how {pair.locale} writes a number", f"write {right}"


def _bounds(source: Said, target: Said, pair: Pair) -> Iterable[tuple[str, str]]:
    """Comparisons that are turned around, lost or new."""
    there = {n.value for n in target.digits} if target.bounded else set()
    for value in dict.fromkeys(n.value for n in source.digits):
        mine = source.bounds.get(value, frozenset())
        theirs = target.bounds.get(value, frozenset())
        raw = next(n.raw for n in source.digits if n.value == value)
        if mine and theirs and not mine & theirs:
            if _both_negate(mine, theirs, source, pair.source_locale) or _both_negate(
                theirs, mine, target, pair.locale
            ):
                continue
            yield (
                f"the translation turns the comparison with {raw} around",
                "“at least” and “more than” look up, “at most” and “less than” look down",
            )
        elif mine and not theirs and value in there and not mine & target.cues:
            yield (
                f"the comparison with {raw} is not in the translation",
                "say “at least”, “at most”, “more than” or “less than” as the source does",
            )
        elif theirs and not mine and not theirs & source.cues:
            yield (
                f"the translation compares with {raw} where the source does not",
                "say the number only",
            )
        one, other = source.signs.get(value), target.signs.get(value)
        if one and other and one != other and mine & theirs:
            yield (
                f"the source says {one} {raw}, the translation {other} {raw}",
                f"write {one} {raw}",
            )


def _both_negate(one: frozenset[str], other: frozenset[str], text: Said, locale: str) -> bool:
    """Whether `avoid more than 5` stands beside `not more than 5`."""
    negated = {f"not {way}" for way in one}
    return bool(negated & other and negation_of(text.text, locale.partition("-")[0]))


CHECK = Check("numbers", Severity.ERROR, EXPLAIN, run)
