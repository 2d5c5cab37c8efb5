"""A translation has words where its source has words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import bare
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A translation without a word

The translation holds only spaces, marks or codes, where the source has words. It counts as
translated, so the sentence would vanish from the page without anybody noticing.

Write the words. Leave the translation quite empty if it is not done, and write `<skip/>` if the
sentence is translated together with the one before.

    source   It is small.
    wrong    .
    right    Er ist klein.
"""

_WORD = re.compile(r"\w")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether the words are lost."""
    text = pair.translation
    if not text or _WORD.match(text) or is_skip(text):
        return
    if not _WORD.search(bare(text)) and _WORD.search(bare(pair.segment.text)):
        yield "the translation has no words", "write the words, or leave it quite empty"


CHECK = Check("blank", Severity.ERROR, EXPLAIN, run, waivable=False)
