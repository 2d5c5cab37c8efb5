"""A page → the canonical texts that people approve, and their digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from pipeline.model import Localized

# A new line before each of these tags, so that a difference shows in a short line.
_BLOCK = re.compile(
    r"(?=<(?:p|h[1-6]|li|ul|ol|dl|dt|dd|table|thead|tbody|tr|th|td|blockquote|pre|figure"
    r"|figcaption|section|div|details|summary|hr)\b)"
)


def canonical(text: str) -> str:
    """A text in the one form that is hashed: NFC, LF, no trailing blanks, one LF at its end.

    No-break spaces stay: they are typography that a reviser has looked at.
    """
    return plain(unicodedata.normalize("NFC", text))


def plain(text: str) -> str:
    """As `canonical`, but with the very characters of a file that this program reads.

    NFC turns the Greek question mark into a semicolon, and the Kelvin sign into a K: the same
    to a reader, but not to a list whose signs divide it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (line.rstrip(" \t") for line in lines.split("\n"))
    return "\n".join(kept).rstrip("\n") + "\n"


def digest(text: str) -> str:
    """The SHA-256 of a text's canonical bytes, in hexadecimal (FIPS 180-4)."""
    return hashlib.sha256(canonical(text).encode("utf-8")).hexdigest()


def reader_text(localized: Localized) -> str:
    """All words that an article gives its readers in a locale, in their order, with the tags.

    Front matter fields by their keys, then the body. What the market's law or the templates
    add is not part of it.
    """
    fields = (f"{key}: {filled.html}" for key, filled in sorted(localized.fields.items()))
    body = _BLOCK.sub("\n", "".join(localized.pieces))
    return canonical("\n".join([*fields, "", body]))
