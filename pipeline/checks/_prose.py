"""A translation → its words alone, and which script and language they are in."""

from __future__ import annotations

import re

CODE = re.compile(r"<(?:/[a-z]{1,8}[0-9]{1,4} ?|[a-z]{1,8}[0-9]{1,4} ?/?|skip ?/)>")
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”«»„()（）、。，；！？،؛؟]+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
_SHIELDED = re.compile(f"{URL.pattern}|{EMAIL.pattern}|{PLACEHOLDER.pattern}", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>")  # of foreign files; an article's tags are codes
_NOT_LATIN = re.compile(
    "(?:am|ar|as|be|bg|bn|ckb|el|fa|gu|he|hi|hy|ja|ka|kk|km|kn|ko|ky|lo|mk|ml|mn|mr|my|ne|or|pa"
    "|ps|ru|sr|ta|te|th|uk|ur|yi|zh)$"
)


def language_of(locale: str) -> str:
    """The language of a locale: `de-AT` → `de`."""
    return locale.partition("-")[0]


def writes_latin(locale: str) -> bool:
    """Whether a locale's language is written in Latin letters."""
    language, _, rest = locale.partition("-")
    return not _NOT_LATIN.match(language) or rest.startswith("Latn")


def bare(text: str) -> str:
    """The text without its codes."""
    return CODE.sub("", text) if "<" in text else text


def shielded(text: str) -> str:
    """The text without codes and tags, a 0 for each address and placeholder."""
    text = bare(text)
    if '="' in text:
        text = _TAG.sub("", text)
    if "://" in text or "@" in text or "%(" in text or "www." in text:
        return _SHIELDED.sub("0", text)
    return text
