"""The words of a language that the parity checks know: pipeline/checks/languages/<lang>.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

# Opposites: a text that says one of them may not be answered by the other.
OPPOSITES = (
    ("left", "right"),
    ("proximal", "distal"),
    ("upper", "lower"),
    ("anterior", "posterior"),
    ("medial", "lateral"),
    ("systolic", "diastolic"),
    ("increase", "decrease"),
    ("before", "after"),
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What says a thing in a language. Where two overlap, the one that begins first counts."""

    pattern: re.Pattern[str] | None
    names: tuple[str, ...]  # of the groups: the list each word stands in

    def found(self, text: str) -> set[str]:
        """The names of the lists whose words a text has."""
        if self.pattern is None:
            return set()
        return {self.names[m.lastindex - 1] for m in self.pattern.finditer(text) if m.lastindex}


@dataclass(frozen=True, slots=True)
class Language:
    """One language file."""

    code: str
    spaced: bool  # whether blanks part its words
    values: Mapping[str, Fraction]  # number words
    number_words: re.Pattern[str] | None
    scales: Mapping[str, int]  # million → 1000000
    scale: re.Pattern[str] | None
    units: Mapping[str, str]  # its words for units → their names in units.toml
    stems: tuple[tuple[str, str], ...]  # beginnings of words for units → their names
    before: Cues  # signs and words of units that stand before their figure
    bounds: Cues
    negation: Cues
    sides: Cues
    minus: tuple[str, ...]  # words that stand for the sign

    def value(self, word: str) -> Fraction | None:
        """The value of a number word, by a beginning like `zweijährig*` too."""
        if word in self.values:
            return self.values[word]
        for stem, value in self.values.items():
            if stem.endswith("*") and word.startswith(stem[:-1]):
                return value
        return None


def fold(text: str) -> str:
    """A text as cues are looked for in it: no capitals, one kind of apostrophe and blank."""
    return (
        text.lower()
        .replace("’", "'")
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("i\u0307", "i")
    )


@cache
def language(code: str) -> Language:
    """The words of a language; none of any kind when there is no file for it."""
    path = files("pipeline.checks").joinpath("languages", f"{code}.toml")
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if _known(code) else {}
    spaced = bool(told.get("spaced", True))
    values = {
        fold(word): Fraction(value)
        for value, words in told.get("numbers", {}).items()
        for word in words
    }
    scales = {
        fold(word): int(value) for value, words in told.get("scales", {}).items() for word in words
    }
    units = [(fold(word), name) for name, words in told.get("units", {}).items() for word in words]
    return Language(
        code,
        spaced,
        values,
        _pattern(values, spaced),
        scales,
        _pattern(scales, spaced=False),
        {word: name for word, name in units if not word.endswith("*")},
        tuple((word[:-1], name) for word, name in units if word.endswith("*")),
        cues(told.get("units_before", {}), spaced=False),
        cues(told.get("bounds", {}), spaced),
        cues(told.get("negation", {}), spaced),
        cues(told.get("sides", {}), spaced),
        tuple(map(fold, told.get("signs", {}).get("minus", ()))),
    )


@cache
def _known(code: str) -> bool:
    folder = files("pipeline.checks").joinpath("languages")
    return code in {path.name.removesuffix(".toml") for path in folder.iterdir()}


def cues(lists: Mapping[str, Iterable[str]], spaced: bool) -> Cues:
    """Lists of words as one pattern; `*` is any letters, `#` a figure, `~` up to four words.

    Of words that begin at one place the longest counts, then the one without `*`, then that
    of a list whose name ends in `maybe`.
    """
    listed = sorted(
        ((fold(word), name) for name, words in lists.items() for word in words),
        key=lambda pair: (
            -len(pair[0].replace("*", "")),
            "*" in pair[0],
            not pair[1].endswith("maybe"),
        ),
    )
    runs = [(name, [_one(w) for w, _ in run]) for name, run in groupby(listed, lambda x: x[1])]
    if not runs:
        return Cues(None, ())
    alternatives = "|".join(f"({'|'.join(words)})" for _, words in runs)
    bounded = rf"(?<![^\W_])(?:{alternatives})(?!\w)" if spaced else f"(?:{alternatives})"
    return Cues(re.compile(bounded), tuple(name for name, _ in runs))


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _one(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*").replace(r"\#", r"\d")
    return escaped.replace(r"\~\ ", r"(?:\S+ ){0,4}").replace(r"\ ", " +")


def _pattern(words: Iterable[str], spaced: bool) -> re.Pattern[str] | None:
    listed = "|".join(_one(word) for word in _longest(words))
    if not listed:
        return None
    return re.compile(rf"(?<![^\W_])(?:{listed})(?!\w)" if spaced else f"(?:{listed})")
