"""A translation says no word twice in a row by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.checks._prose import bare, language_of
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A word stands twice in a row

A word that follows itself is mostly a slip of editing. Words that a language doubles rightly are
known: "vous vous" in French, "sie sie" in German, "yavaş yavaş" in Turkish. Whatever the source
doubles may be doubled as well.

    source   The stent is small.
    wrong    Der Stent ist ist klein.
    right    Der Stent ist klein.
"""

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})\s+\1(?![\w’'-])", re.IGNORECASE)
_KANA = re.compile("をを")
# Languages that double words to say "each", "slowly" or "many".
_DOUBLE = re.compile("(?:az|bn|fil|hi|id|kk|km|lo|mr|ms|my|ne|ta|te|th|tl|tr|ur|vi|zh)$")
_RIGHT = {
    "af": "",
    "de": "die der das dem den sie ihr ihnen wir",
    "en": "had that",
    "es": "casi poco",
    "fr": "vous nous",
    "it": "via piano così man mano appena quasi",
    "nl": "dat die ze",
    "pl": "to",
    "pt": "se logo quase",
    "sv": "det om",
}


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The first word that stands twice."""
    language = language_of(pair.locale)
    if language == "ja":
        found = _KANA.search(pair.translation)
    elif _DOUBLE.match(language):
        return
    else:
        found = _twice(bare(pair.translation))
    if not found:
        return
    word = found[1] if found.re is _TWICE else found[0]
    if word.lower() not in _RIGHT.get(language, "").split() and not _TWICE.search(
        bare(pair.segment.text)
    ):
        yield f"{word!r} stands twice", "take one out"


def _twice(text: str) -> re.Match[str] | None:
    """The first word that stands twice; most texts are seen to have none at a glance."""
    words = text.lower().split()
    near = pairwise(words)
    if any(b.startswith(a) or a.endswith(b[:-1]) for a, b in near if len(b) > 1):
        return _TWICE.search(text)
    return None


CHECK = Check("repeated-word", Severity.WARNING, EXPLAIN, run)
