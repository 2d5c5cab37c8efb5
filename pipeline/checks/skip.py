"""`<skip/>` stands alone or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
`<skip/>` stands where it means nothing

`<skip/>` as a whole translation says: this sentence is translated together with the sentence
before it. The sentence and the space before it then leave the page. Among other words it
says nothing, and only a sentence that follows another can be skipped: a heading, an alt
text or a tag cannot.

    source   It is small.
    wrong    Es ist klein. <skip/>
    right    <skip/>            (and the sentence before says both)
"""

_SKIP = re.compile(r"<skip ?/?>|</skip>")
_SENTENCES = frozenset({Role.TEXT, Role.ITEM, Role.CELL, Role.CAPTION, Role.FOOTNOTE, Role.SUMMARY})


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether `<skip/>` is mixed with words, or stands where no sentence is before it."""
    if "skip" not in pair.translation or not _SKIP.search(pair.translation):
        return
    if not is_skip(pair.translation):
        yield "<skip/> stands among words", "write <skip/> alone, or take it out"
    elif pair.segment.role not in _SENTENCES:
        yield (
            f"a segment that is a {pair.segment.role.value} cannot be skipped",
            "translate it: there is no sentence before it",
        )


CHECK = Check("skip", Severity.ERROR, EXPLAIN, run, waivable=False)
