"""The header of a PO file: its text ↔ pairs of key and value, in our order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Header = tuple[tuple[str, str], ...]

# the order in which gettext writes them
STANDARD = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
_RANK = {key.casefold(): rank for rank, key in enumerate(STANDARD)}
_NPLURALS = re.compile(r"nplurals\s*=\s*(\d+)")


def parsed(text: str) -> Header:
    """The pairs of a header's text; a line without a colon has the key ""."""
    pairs = []
    for line in text.removesuffix("\n").split("\n") if text else ():
        key, colon, value = line.partition(":")
        pairs.append((key, value.removeprefix(" ")) if colon else ("", line))
    return tuple(pairs)


def field(key: str, value: str) -> str:
    """One line of a header's text, with its line feed."""
    return f"{key}: {value}\n" if key else f"{value}\n"


def text_of(header: Header) -> str:
    """The text of a header."""
    return "".join(field(key, value) for key, value in header)


def ordered(header: Header) -> Header:
    """Standard keys in gettext's order, then the others alphabetically."""
    return tuple(sorted(header, key=_order))


def _order(pair: tuple[str, str]) -> tuple[int, str]:
    key = pair[0].casefold()
    return (_RANK[key], "") if key in _RANK else (len(_RANK), key)


def value_of(header: Iterable[tuple[str, str]], key: str) -> str:
    """The value of a key, "" when it has none."""
    wanted = key.casefold()
    return next((value for name, value in header if name.casefold() == wanted), "")


def changed(header: Header, values: Mapping[str, str]) -> Header:
    """The header with these values; keys it had stay where they were."""
    left = dict(values)
    pairs = [(key, left.pop(key, value)) for key, value in header]
    for pair in left.items():
        # a new key goes before the first one that our order puts behind it
        at = next((i for i, old in enumerate(pairs) if _order(old) > _order(pair)), len(pairs))
        pairs.insert(at, pair)
    return tuple(pairs)


def plural_count(header: Header) -> int:
    """How many forms the header promises for each plural entry, 0 when it does not say."""
    found = _NPLURALS.search(value_of(header, "Plural-Forms"))
    return int(found[1]) if found else 0
