"""A date and a locale → the date as that country writes it out (CLDR, long form)."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date

from pipeline.stages.languages import in_own_digits


@cache  # pure; an article's date comes back for every locale, and dates repeat
def long_date(day: date, locale: str) -> str:
    """The date in words, in the locale's own digits: `21. Jänner 2022`, `2022年1月21日`.

    Babel formats the Gregorian calendar only, which is the civil calendar of the web
    pages in every locale that this project knows, Saudi Arabia's included.
    """
    written = format_date(day, "long", locale=Locale.parse(locale, sep="-"))
    return in_own_digits(written, locale)
