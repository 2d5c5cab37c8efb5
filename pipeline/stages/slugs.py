"""A translated title and its locale → the last part of the page's address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from pipeline.stages.languages import language_of

MOST_CHARACTERS = 80
MOST_BYTES = 240  # a file name may have 255, and `unique` adds a number

# Letters that are no base letter with an accent, as most Latin scripts spell them out.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th",
        "ł": "l", "ı": "i", "ŋ": "ng", "ħ": "h", "ŧ": "t", "ĸ": "k", "ə": "a",
        "&": "-", "’": "", "'": "", "ʼ": "", "·": "",
    }
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NORDIC = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_ELIDING = str.maketrans({"’": "-", "'": "-"})  # l'artère is two words, patient's is one
_BY_LANGUAGE = {
    "de": _GERMAN,
    "da": _NORDIC, "nb": _NORDIC, "nn": _NORDIC, "no": _NORDIC,
    "fr": _ELIDING, "it": _ELIDING, "ca": _ELIDING,
}  # fmt: skip


def slugify(title: str, locale: str) -> str:
    """The title as a slug: lower case, words joined by hyphens, at most 80 characters.

    Latin letters become a to z, as the language itself spells them out (`ö` is `oe` in
    German and `o` in Turkish). Letters of other scripts stay as they are: readers of
    Arabic, Chinese and Japanese see them in the address bar, and links carry them
    percent-encoded. A title without a letter or digit gives "": use the article's id.
    """
    text = unicodedata.normalize("NFKC", title).lower()
    text = text.translate(_BY_LANGUAGE.get(language_of(locale), {})).translate(_LETTERS)
    text = "".join(_plain(char) for char in unicodedata.normalize("NFC", text))
    return _shortened(re.sub(r"-+", "-", text).strip("-"))


def unique(slug: str, taken: Container[str]) -> str:
    """The slug, with the first free number from 2 behind it if another page has it."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _plain(char: str) -> str:
    """One character as a slug has it; "-" for what divides words, "" for what drops out."""
    if char.isascii():
        return char if char.isalnum() else "-"
    category = unicodedata.category(char)
    if category[0] == "L":
        base = unicodedata.normalize("NFKD", char)[0]
        return base if base.isascii() and base.isalpha() else char
    if category == "Nd":
        return str(unicodedata.digit(char))
    # Arabic vowel signs and loose Latin accents drop out; the vowels of Indic scripts stay.
    if category[0] == "M":
        return "" if unicodedata.combining(char) not in (0, 7, 9) else char
    return "" if category == "Cf" else "-"


def _shortened(slug: str) -> str:
    """The slug cut at a word's end if there is one, else at the last character that fits."""
    if len(slug) <= MOST_CHARACTERS and len(slug.encode()) <= MOST_BYTES:
        return slug
    fits = slug[:MOST_CHARACTERS].encode()[:MOST_BYTES].decode("utf-8", "ignore")
    if slug[len(fits)] == "-" or "-" not in fits[len(fits) // 2 :]:
        return fits.rstrip("-")
    return fits[: fits.rindex("-")]
