"""A translation holds no character that cannot be seen, unless its language writes it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._unseen import OVERRIDES, PAIRED, allowed, balanced, named, suspects
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Characters that cannot be seen, or that turn the text around

Some characters cannot be seen, but change what a reader sees or what a search finds: control
characters, marks that turn the writing direction, spaces of no width, characters of private
use, and U+FFFD, which says that a text was damaged before it came here.

Those that a language needs are allowed: the zero width non-joiner in Persian, the joiner in
Hindi and Arabic, the soft hyphen in German, direction marks and balanced isolates in Hebrew,
Arabic, Persian and Urdu. So is whatever the source itself has, overrides excepted.

    wrong    Stent<U+200B>thrombose
    right    Stentthrombose
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The characters that should not be there, each told once."""
    found = suspects(pair.translation)
    if not found:
        return
    usual = allowed(pair.locale.partition("-")[0]) | (
        set(pair.segment.text) - set(OVERRIDES) - {"\ufffd"}
    )
    for character in dict.fromkeys(found):
        if character not in usual:
            yield f"{named(character)} stands in the translation", _hint(character)
    if not set(found).isdisjoint(PAIRED & usual) and not balanced(found):
        yield (
            "marks of writing direction are not balanced",
            "end each embedding with U+202C and each isolate with U+2069, or take them out",
        )


def _hint(character: str) -> str:
    if character == "\ufffd":
        return "the text was damaged on its way: write the word again"
    if character in OVERRIDES:
        return "take it out: it shows words in another order than they are read"
    return "take it out; it cannot be seen"


CHECK = Check("controls", Severity.ERROR, EXPLAIN, run, waivable=False)
