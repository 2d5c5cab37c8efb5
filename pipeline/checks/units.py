"""Every figure keeps its unit: no other kind, no other size, none lost and none new."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pipeline.checks._measures import Said, Unit, mentions, said
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A figure has another unit than in the source

mg for µg is a dose a thousand times too high. Each figure keeps the unit it has in the source.
You may write the unit's sign or the word of your language for it (5 mg, 5 Milligramm, 5 毫克),
and both micro signs are read as one.

Nothing may be converted, even where the sum is right: °F stays °F, 12 months do not become
1 year. If your market must have other units, ask the author of the article to give both.

    source   1 µg/mm², for 90 days
    wrong    1 mg/mm², 90 Tage lang
    wrong    1 µg/mm², 90 Wochen lang
    right    1 µg/mm², 90 Tage lang

What to do: write the unit of the source beside the figure.
"""

# Units of time are said in so many words (`one-year`, `a year's`) that a lost one proves nothing.
_TIME = frozenset({"millisecond", "second", "minute", "hour", "day", "week", "month", "year"})
# What has the same size under two names.
_SAME = {"cm3": "ml", "dm3": "l", "cc": "ml"}


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The units that differ, one finding for each figure."""
    code = pair.locale.partition("-")[0]
    if not code or not pair.translation or is_skip(pair.translation):
        return
    source = said(pair.segment.text, pair.source_locale)
    target = said(pair.translation, pair.locale)
    if not source.units and not target.units:
        return
    values = {n.value: n for n in (*source.digits, *source.words)}
    common = values.keys() & {n.value for n in (*target.digits, *target.words)}
    for value in sorted(common):
        mine, theirs = _names(source, value), _names(target, value)
        raw = values[value].raw
        if mine and theirs:
            yield from _changed(raw, mine, theirs, target, code)
        elif mine and not values[value].word:
            yield from _lost(raw, mine, target, code)
        elif theirs and not values[value].word:
            yield from _new(raw, theirs, source, pair.source_locale.partition("-")[0])


def _names(text: Said, value: Fraction) -> frozenset[Unit]:
    return text.units.get(value, frozenset())


def _changed(
    raw: str, mine: frozenset[Unit], theirs: frozenset[Unit], target: Said, code: str
) -> Iterable[tuple[str, str]]:
    names = {_SAME.get(unit.name, unit.name) for unit in mine}
    others = {_SAME.get(unit.name, unit.name) for unit in theirs}
    if not names & others:
        yield (
            f"{raw} has the unit {_told(mine)} in the source and {_told(theirs)} here",
            f"write {raw} with the unit of the source: {_told(mine)}",
        )
        return
    per, other = {u.per for u in mine}, {u.per for u in theirs}
    if per & other or "" in per:
        return
    known = {"day": "day", "h": "hour", "d": "day"}
    said_so = all(mentions(target.text, Unit(known.get(name, name)), code) for name in per)
    if other != {""} or (not said_so and not any(known.get(name) for name in per)):
        yield (
            f"{raw} has the unit {_told(mine)} in the source and {_told(theirs)} here",
            f"write {raw} with the unit of the source: {_told(mine)}",
        )


def _lost(raw: str, mine: frozenset[Unit], target: Said, code: str) -> Iterable[tuple[str, str]]:
    if any(unit.name in _TIME or not unit.sign for unit in mine):
        return
    if not any(mentions(target.text, unit, code) for unit in mine):
        yield (
            f"{raw} has the unit {_told(mine)} in the source and none here",
            f"write {_told(mine)} or your language's word for it behind {raw}",
        )


def _new(raw: str, theirs: frozenset[Unit], source: Said, code: str) -> Iterable[tuple[str, str]]:
    if any(unit.name in _TIME or not unit.sign for unit in theirs):
        return
    if not any(mentions(source.text, unit, code) for unit in theirs):
        yield (
            f"{raw} has the unit {_told(theirs)} here and none in the source",
            "take the unit out; if the source lacks it, ask the author of the article",
        )


def _told(units: frozenset[Unit]) -> str:
    return " or ".join(sorted(map(str, units)))


CHECK = Check("units", Severity.ERROR, EXPLAIN, run)
