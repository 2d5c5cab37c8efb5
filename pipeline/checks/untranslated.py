"""A sentence is translated, and not left in the source's language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import language_of, shielded, writes_latin
from pipeline.checks._same import SENTENCE, left_words
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A sentence was left in the source's language

The translation is the source again, or a run of the source's words stands in a text that is
written in other letters. It counts as translated, so readers would get it unseen. That is why the
entry is treated as unfinished.

Names, terms that the glossary keeps, addresses and locales of the source's own language are no
such case. If the words must stay for another reason, waive the finding and say why.

    source   Call your doctor today.
    wrong    Call your doctor today.
    right    Rufen Sie heute Ihren Arzt an.
"""

_RUN = re.compile(r"[a-z]{2,}(?:[ ,]+[a-z]{1,}){4,}")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether the whole, or a run of five words, was left as it is."""
    if left_words(pair) >= SENTENCE:
        yield "this is the source's text again", "translate it, or leave it empty"
    elif (
        not writes_latin(pair.locale)
        and writes_latin(pair.source_locale)
        and language_of(pair.locale) != language_of(pair.source_locale)
        and (found := _RUN.search(shielded(pair.translation)))
        and found[0] in pair.segment.text
    ):
        yield f"the words {found[0][:60]!r} were left as they are", "translate them"


CHECK = Check("untranslated", Severity.ERROR, EXPLAIN, run)
