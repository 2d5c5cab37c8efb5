"""A translation holds no letters that were damaged by a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Letters that were damaged by a wrong encoding

A file was once saved in one encoding and opened in another: `é` became `Ã©`, `’` became `â€™`,
or a letter became a question mark within its word. Readers see the damage.

Write the word again. If many words look so, restore the file as it was before, and open it as
UTF-8.

    source   The heart
    wrong    Le cÅ“ur opÃ©rÃ©
    right    Le cœur opéré
"""

# UTF-8 bytes read as Windows-1252 or Latin-1: a lead byte, then what a following byte shows.
_FOLLOWING = "\u00a0-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
_FOLLOWING += "\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a"
_FOLLOWING += "\u0153\u017e\u0178"
# `Ã` and `Â` end words in capitals too: before a quote or a dash they are no damage
_DAMAGED = re.compile(
    f"[\u00c3\u00c2\u00c5\u00c4\u00d0\u00d1](?=[\u00a1-\u00ba\u00bc-\u00bf])"
    f"|\u00e2(?:\u20ac|\u201a)[{_FOLLOWING}]"
    "|(?<=[a-z])\u00c5\u201c|\u00ef\u00bf\u00bd"
    "|[a-z\u00df-\u00ff]\\?[a-z\u00df-\u00ff]"
)


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The first damaged place."""
    if pair.translation.isascii() and "?" not in pair.translation:
        return
    found = _DAMAGED.search(pair.translation)
    if found and found[0] not in pair.segment.text and "/" not in pair.translation:
        near = pair.translation[max(found.start() - 8, 0) : found.end() + 8].strip()
        yield f"damaged letters in {near!r}", "write the word again, and save the file as UTF-8"


CHECK = Check("mojibake", Severity.ERROR, EXPLAIN, run)
