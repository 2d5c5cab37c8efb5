"""What stands in one of two texts and not in the other: numbers, months, times."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cache, lru_cache

from pipeline.checks._language import fold
from pipeline.checks._measures import Said
from pipeline.checks._numerals import Numeral

_NAMES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = {Fraction(value): name for value, name in enumerate(_NAMES, 1)}
_MONTHS = 12
_HAN = re.compile("[〇零一二两兩三四五六七八九十百千]+$")
# Words that other languages often say without a number.
_VAGUE = frozenset({"both", "second", "dual", "double", "pair", "twofold", "third", "fourth"})
_HALF = Fraction(1, 2)
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_PM = re.compile(r"\d\s?p\.?m\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\b(?:an?|per|each|every|another|other|daily|weekly|monthly|hourly|yearly|annual|annually"
    r"|the same|single|nightly)\b",
    re.IGNORECASE,
)


def unlike(source: Said, target: Said, locale: str) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers that only the source has, and those that only the translation has."""
    digits = _timed(target.digits, source) if _TIME.search(source.text) else target.digits
    counts = Counter(n.value for n in source.digits)
    counts.subtract(Counter(n.value for n in digits))
    missing = [n for n in _each(source.digits, counts, 1) if not _excused(n, target, locale)]
    extra = [n for n in _each(digits, counts, -1) if not _excused(n, source, "en")]
    extra = [n for n in extra if n.value != 1 or not _ARTICLE.search(source.text)]
    if _PM.search(source.text):
        late = {n.value for n in missing}
        extra = [n for n in extra if n.value - 12 not in late]
        missing = [n for n in missing if n.value + 12 not in {m.value for m in digits}]
    return missing, extra


def is_time(source: Said, numeral: Numeral) -> bool:
    """Whether a number like `14.30` is a time, for the source has one."""
    return bool(_TIME.search(source.text)) and len(_timed((numeral,), source)) > 1


def _timed(found: tuple[Numeral, ...], source: Said) -> tuple[Numeral, ...]:
    """Numbers with the times among them parted: `14.30` is 14 and 30."""
    out: list[Numeral] = []
    values = {n.value for n in source.digits}
    for n in found:
        hour, dot, minute = n.raw.partition(".")
        if (
            n.value not in values
            and dot
            and len(minute) == 2
            and minute.isdigit()
            and len(hour) < 3
        ):
            out.append(Numeral(Fraction(int(hour)), n.start, n.start + len(hour), hour))
            out.append(Numeral(Fraction(int(minute)), n.end - 2, n.end, minute))
        else:
            out.append(n)
    return tuple(out)


def _each(found: tuple[Numeral, ...], counts: Counter[Fraction], sign: int) -> list[Numeral]:
    """The numbers that one text has more often than the other."""
    out: list[Numeral] = []
    left = Counter({value: count * sign for value, count in counts.items() if count * sign > 0})
    for numeral in reversed(found):
        if left[numeral.value] > 0:
            left[numeral.value] -= 1
            out.insert(0, numeral)
    return out


def _excused(numeral: Numeral, other: Said, locale: str) -> bool:
    """Whether the other text says a number in another way: in letters, as a month, as Ⅳ."""
    value = numeral.value
    spelled = {word.value for word in other.words}
    if value in spelled or (value in (1, 2) and _HALF in spelled):
        return True
    if value == _HALF and {n.value for n in other.digits} >= {Fraction(1), Fraction(2)}:
        return True
    if value <= _MONTHS and value in months(other.text, locale, alone=True):
        return True
    roman = _ROMAN.get(value)
    return roman is not None and bool(re.search(rf"(?<![A-Za-z]){roman}(?![A-Za-z])", other.text))


def swapped(source: Said, target: Said) -> tuple[Numeral, Numeral] | None:
    """A number in letters that became another: `two weeks`, `drei Wochen`."""
    mine = {n.value for n in (*source.digits, *source.words)}
    theirs = {n.value for n in (*target.digits, *target.words)}
    lost = [n for n in source.words if n.value > 1 and n.value not in theirs]
    lost = [n for n in lost if n.raw not in _VAGUE]
    new = [n for n in target.words if n.value > 1 and n.value not in mine]
    # Chinese numbers are parts of other words: only those with a unit are sure to count
    new = [n for n in new if not _HAN.match(n.raw) or n.value in target.units]
    return (lost[0], new[0]) if lost and new else None


@lru_cache(maxsize=4096)
def months(text: str, locale: str, alone: bool = False) -> frozenset[Fraction]:
    """The months that a text names, as numbers; without `alone` only those beside a figure."""
    if not alone and not any(character.isdigit() for character in text):
        return frozenset()
    pattern, names = _months(locale)
    english = locale.startswith("en")
    return frozenset(
        Fraction(names[fold(match[1])])
        for match in pattern.finditer(text)
        if (not english or match[1][0].isupper())
        and (
            alone
            or any(map(str.isdigit, text[max(0, match.start() - 7) : match.start()]))
            or any(map(str.isdigit, text[match.end() : match.end() + 6]))
        )
    )


@cache
def _months(locale: str) -> tuple[re.Pattern[str], dict[str, int]]:
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale, sep="-").months
    except (ValueError, UnknownLocaleError):
        known = Locale("en").months
    names = {
        fold(name).rstrip("."): number
        for context in known.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
        if len(name) > 2 and not name[0].isdigit()
    }
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)({listed or '(?!)'})(?!\w)", re.IGNORECASE), names
