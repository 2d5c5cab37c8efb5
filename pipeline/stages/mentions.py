"""Product names → a pattern that finds them in the words of a page, in any of their guises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Every format character (Unicode category Cf) below the tags; a name may hide behind one.
_FORMAT = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the names, whole: neither `ATLASTIC` nor `PREATLAS`."""
    found = sorted({folded(name) for name in names} - {""}, key=len, reverse=True)
    if not found:
        return None
    either = "|".join(re.escape(name) for name in found)
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])")


def folded(text: str) -> str:
    """Text for comparing: no case, no format characters, each run of white space one space."""
    if not text.isascii():
        text = _FORMAT.sub("", unicodedata.normalize("NFKC", text))
        text = text.replace("İ", "I").replace("ı", "i")
    return " ".join(text.split()).casefold()
