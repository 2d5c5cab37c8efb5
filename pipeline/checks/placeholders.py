"""A translation keeps every placeholder of its source, and adds none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import PLACEHOLDER
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A placeholder is lost, or one is there that the source does not have

`%(name)s` in the words of the templates stands for a number, a name or a date that is filled in
when the page is made. A lost one leaves a hole in the sentence; a misspelled or translated one
is shown to readers as it is.

Put each where your language needs it, spelled as in the source. A plural form may leave out the
number when it says it in words ("one article").

    source   Reviewed by %(name)s
    wrong    Geprüft von %(Name)s
    right    Geprüft von %(name)s
"""

_NUMBER = re.compile("num|count")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The placeholders that are lost or strange."""
    source, translation = pair.segment.text, pair.translation
    if not translation or ("%(" not in source and "%(" not in translation):
        return
    wanted = set(PLACEHOLDER.findall(source))
    found = set(PLACEHOLDER.findall(translation))
    for name in sorted(wanted - found):
        if not (pair.plural and _NUMBER.search(name)):
            yield f"the placeholder {name} is lost", f"put {name} where its words belong"
    for name in sorted(found - wanted):
        if pair.plural and _NUMBER.search(name):
            continue  # the source's other form has it
        known = " ".join(sorted(wanted)) or "none"
        yield f"the source has no placeholder {name}", f"the source has: {known}"


CHECK = Check("placeholders", Severity.ERROR, EXPLAIN, run, waivable=False)
