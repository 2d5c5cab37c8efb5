"""The numbers of a text with the unit and the bound that each of them has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.checks._language import Language, fold, language
from pipeline.checks._numerals import Numeral, flat, numerals, words

_POWERS = {"²": "2", "³": "3", "^2": "2", "^3": "3", "2": "2", "3": "3"}
_SIGNS = {"≥": "up", "⩾": "up", ">": "up", "＞": "up", "≧": "up"} | dict.fromkeys("≤⩽<＜≦", "down")
_STRICT = re.compile(r"(>=|<=|[≥⩾≧≤⩽≦><＞＜])\s*(?=\d)")
_NEAR = 26  # characters between a bound and its figure, at the most
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[.;:!?。；！？](?:\s|$)|\d")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, with its power, and what it is divided by."""

    name: str
    per: str = ""
    sign: bool = True  # written as a sign of units.toml and not as a word

    def __str__(self) -> str:
        return f"{self.name}/{self.per}" if self.per else self.name


@dataclass(frozen=True, slots=True)
class Said:
    """All that a text says in figures."""

    text: str  # flat
    digits: tuple[Numeral, ...]
    words: tuple[Numeral, ...]
    units: Mapping[Fraction, frozenset[Unit]]
    # up, down; `not up` besides down where it is said so, as in `not more than`
    bounds: Mapping[Fraction, frozenset[str]]
    signs: Mapping[Fraction, str]  # ≥ > ≤ < where they stand as signs
    cues: frozenset[str]  # the ways that words for bounds anywhere in the text point
    bounded: bool  # whether words for bounds are known in its language


@lru_cache(maxsize=16384)
def said(text: str, locale: str, joined: bool = True) -> Said:
    """What a text says in figures, as its locale writes them."""
    plain = flat(text)
    known = language(locale.partition("-")[0])
    digits = tuple(numerals(plain, locale, joined)) if _DIGIT.search(plain) else ()
    spelled = tuple(words(plain, locale))
    units: dict[Fraction, set[Unit]] = {}
    for numeral in (*digits, *spelled):
        unit = _unit(plain, numeral, known)
        if unit is not None:
            units.setdefault(numeral.value, set()).add(unit)
    bounds, seen = _bounds(plain, digits, known) if digits else ({}, frozenset[str]())
    return Said(
        plain,
        digits,
        spelled,
        {value: frozenset(found) for value, found in units.items()},
        bounds,
        _signs(plain, digits),
        seen,
        known.bounds.pattern is not None,
    )


def mentions(text: str, unit: Unit, code: str) -> bool:
    """Whether a text has a unit anywhere, with or without a figure."""
    known = language(code)
    return any(
        found is not None and found.name == unit.name
        for found in (_match(text, place, known) for place in range(len(text)))
    ) or unit.name in known.before.found(fold(text))


@cache
def _table() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The pattern of every sign, and the name of each."""
    path = files("pipeline.checks").joinpath("languages", "units.toml")
    names = {
        sign: name
        for name, signs in tomllib.loads(path.read_text("utf-8")).items()
        for sign in signs
    }
    signs = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    one = rf"(?:{signs})"
    end = r"(?![A-Za-zÀ-ɏα-ω])"
    power = r"(\^?[23](?!\d)|[²³])?"
    return re.compile(rf"({one}){power}{end}(?:\s?/\s?({one}|day|h|d){power}{end})?"), names


_GAP = re.compile(r"[ \u00a0\u202f\u2009]?[-‐‑–]?(?=[^\s\d])")
_WORD = re.compile(r"[^\W\d_²³]+(?:[.'][^\W\d_²³]+)*\.?")


def _unit(text: str, numeral: Numeral, known: Language) -> Unit | None:
    """The unit of a number: behind it, or before it as in `%50`."""
    front = fold(text[max(0, numeral.start - 10) : numeral.start]).rstrip()
    if front.endswith(("%", "٪")) and not re.search(r"\d\s*[%٪]$", front):
        return Unit("%")
    if known.before.pattern is not None:
        for match in known.before.pattern.finditer(front):
            if match.end() == len(front) and match.lastindex:
                return Unit(known.before.names[match.lastindex - 1], sign=False)
    gap = _GAP.match(text, numeral.end)
    return _match(text, gap.end(), known) if gap else None


def _match(text: str, place: int, known: Language) -> Unit | None:
    """The unit that begins at a place."""
    pattern, names = _table()
    if place and known.spaced and text[place - 1].isalpha() and text[place].isalpha():
        return None
    match = pattern.match(text, place)
    if match:
        per = names.get(match[3], match[3]) + _POWERS.get(match[4] or "", "") if match[3] else ""
        return Unit(names[match[1]] + _POWERS.get(match[2] or "", ""), per)
    if not known.spaced:
        behind = fold(text[place : place + 8])
        for word, name in (*known.units.items(), *known.stems):
            if behind.startswith(word):
                return Unit(name, sign=False)
        return None
    return _worded(text, place, known)


def _worded(text: str, place: int, known: Language) -> Unit | None:
    """The unit that a word says: `milligrams`, `Stunden`."""
    match = _WORD.match(text, place)
    if match is None:
        return None
    word = fold(match[0])
    name = None
    if text[match.end() : match.end() + 1] in (" ", "\u00a0"):
        second = _WORD.match(text, match.end() + 1)
        name = known.units.get(f"{word} {fold(second[0]).rstrip('.')}") if second else None
    name = name or known.units.get(word) or known.units.get(word.rstrip("."))
    if name is None:
        name = next((name for stem, name in known.stems if word.startswith(stem)), None)
    if name is None:
        return None
    return Unit(name + _POWERS.get(text[match.end() : match.end() + 1], ""), sign=False)


def _bounds(
    text: str, digits: tuple[Numeral, ...], known: Language
) -> tuple[Mapping[Fraction, frozenset[str]], frozenset[str]]:
    """Which way each number is bound, and which kinds of words for bounds the text has."""
    found: dict[Fraction, set[str]] = {}
    seen = set[str]()
    for match in _STRICT.finditer(text):
        way = _SIGNS[match[1][0]]
        seen.add(way)
        if numeral := next((n for n in digits if n.start >= match.end()), None):
            found.setdefault(numeral.value, set()).add(way)
    folded = fold(text)
    if known.bounds.pattern is None or len(folded) != len(text):
        return {value: frozenset(ways) for value, ways in found.items()}, frozenset(seen)
    for match in known.bounds.pattern.finditer(folded):
        way, _, place = known.bounds.names[(match.lastindex or 1) - 1].partition("_")
        seen.add(way)
        near = None
        if place in ("", "either"):
            near = _ahead(match, digits, folded)
        if near is None and place in ("behind", "either"):
            near = _behind(match, digits, folded)
        if near is not None:
            ways = found.setdefault(near.value, set())
            ways.add(way)
            if known.negation.found(match[0]):
                ways.add(f"not {'down' if way == 'up' else 'up'}")
    return {value: frozenset(ways) for value, ways in found.items()}, frozenset(seen)


def _ahead(match: re.Match[str], digits: tuple[Numeral, ...], text: str) -> Numeral | None:
    """The number that stands after the words of a bound."""
    numeral = next((n for n in digits if n.start >= match.end()), None)
    return numeral if numeral and _close(text[match.end() : numeral.start]) else None


def _behind(match: re.Match[str], digits: tuple[Numeral, ...], text: str) -> Numeral | None:
    """The number that stands before the words of a bound."""
    numeral = next((n for n in reversed(digits) if n.end <= match.start()), None)
    return numeral if numeral and _close(text[numeral.end : match.start()]) else None


def _close(between: str) -> bool:
    return len(between) <= _NEAR and not _BREAK.search(between)


def _signs(text: str, digits: tuple[Numeral, ...]) -> Mapping[Fraction, str]:
    found: dict[Fraction, str] = {}
    for match in _STRICT.finditer(text):
        sign = {">=": "≥", "<=": "≤", "⩾": "≥", "⩽": "≤", "≧": "≥", "≦": "≤"}.get(
            match[1], match[1]
        )
        numeral = next((n for n in digits if n.start >= match.end()), None)
        if numeral:
            found[numeral.value] = sign.replace("＞", ">").replace("＜", "<")
    return found
