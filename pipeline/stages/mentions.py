"""Product names → a pattern that finds them in the words of a page, in any of their guises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from pipeline.stages.visible import FORMAT

# The marks that Latin letters may carry, and U+034F, which shows nothing itself.
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|mark|span|strong|sub|sup)\b[^<>]*>")


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the names, whole: neither `ATLASTIC` nor `PREATLAS`."""
    found = sorted({folded(name) for name in names} - {""}, key=len, reverse=True)
    if not found:
        return None
    either = "|".join(re.escape(name) for name in found)
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])")


def folded(text: str) -> str:
    """Text for comparing: no case, accents or format characters, and space is one space."""
    if not text.isascii():
        text = _MARKS.sub("", FORMAT.sub("", unicodedata.normalize("NFKD", text)))
        text = text.replace("ı", "i")
    return " ".join(text.split()).casefold()


def visible(html: str) -> str:
    """The words of some HTML; an inline tag divides no word, any other does."""
    return unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html)))
