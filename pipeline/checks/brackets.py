"""A translation closes every bracket and quote that it opens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import bare
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A bracket is opened and not closed, or the other way round

The translation has more opening than closing brackets, or more closing ones, and the source has
not. `（` and `(` count as the same. A bracket after a letter or number that begins a list item,
such as `a)`, does not count.

    source   Restenosis (narrowing) returns.
    wrong    Die Restenose (Verengung kehrt zurück.
    right    Die Restenose (Verengung) kehrt zurück.
"""

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("「", "」"), ("『", "』"), ("【", "】"), ("«", "»"))
_ANY = re.compile(r"[()\[\]{}（）「」『』【】«»]")
_ITEM = re.compile(r"(?:^|(?<=\s))\w{1,3}[)）]")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The kinds of bracket that do not balance."""
    if not _ANY.search(pair.translation):
        return
    text, source = _counted(pair.translation), _counted(pair.segment.text)
    for opening, closing in _PAIRS:
        more = text.count(opening) - text.count(closing)
        if more and more != source.count(opening) - source.count(closing):
            lacks = closing if more > 0 else opening
            yield f"a {lacks!r} is missing", f"write {lacks!r} where its words end or begin"


def _counted(text: str) -> str:
    text = bare(text).replace("（", "(").replace("）", ")")
    if text.count("(") < text.count(")"):
        return _ITEM.sub("", text)
    return text


CHECK = Check("brackets", Severity.WARNING, EXPLAIN, run)
