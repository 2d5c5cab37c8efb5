"""A locale → what a page must know of its language: direction, own name, digits, spacing."""

from __future__ import annotations

from functools import cache

from babel import Locale

# Scripts whose sentences follow each other without a space (Unicode TR 59).
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})


@cache  # pure, and asked several times for every page
def _cldr(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


def language_of(locale: str) -> str:
    """The language of a locale: `de` for `de-AT`."""
    return locale.partition("-")[0]


@cache
def direction(locale: str) -> str:
    """How the locale's script runs: `ltr` or `rtl`."""
    return _cldr(locale).text_direction


@cache
def autonym(locale: str) -> str:
    """The locale's name in its own language, as CLDR has it: `Deutsch (Österreich)`."""
    name = str(_cldr(locale).get_display_name(_cldr(locale)))
    return name[:1].upper() + name[1:]


@cache
def _own_digits(locale: str) -> dict[int, str]:
    system = _cldr(locale).default_numbering_system
    zero = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}
    if system not in zero:
        return {}
    return {ord("0") + value: chr(zero[system] + value) for value in range(10)}


def in_own_digits(text: str, locale: str) -> str:
    """The text with 0 to 9 written as the locale's default numbering system writes them."""
    digits = _own_digits(locale)
    return text.translate(digits) if digits else text


def between_sentences(locale: str) -> str:
    """What stands between two sentences of the locale: a space, or nothing."""
    return "" if language_of(locale) in UNSPACED else " "
