"""A short text is translated, unless it is a name."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._prose import writes_latin
from pipeline.checks._same import SENTENCE, left_words
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A short text is the same as its source

Two or three words that are the same in two languages are mostly words that nobody translated.
One word alone, such as "Diabetes" or "Stent", is the same in many languages and is not told,
unless the language is written in other letters.

Translate it. If it is the same in your language, as "angina pectoris" is, put it into the glossary
as a term that is kept, or waive the finding with that reason.

    source   warning signs
    wrong    warning signs
    right    Warnzeichen
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether a few words were left as they are."""
    least = 2 if writes_latin(pair.locale) else 1
    if least <= left_words(pair) < SENTENCE:
        yield "this is the source's text again", "translate it, or waive it if it is the same"


CHECK = Check("unchanged", Severity.WARNING, EXPLAIN, run)
