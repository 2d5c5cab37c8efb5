"""Left stays left and distal distal; what rises does not fall."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._language import OPPOSITES, language
from pipeline.checks._plain import negation_of, sides_of
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
A side or a direction became its opposite, or was lost

Left and right, proximal and distal, upper and lower, systolic and diastolic, rising and
falling, before and after: where the source says one, the translation may not say the other.
A side of the body that the source names must be named.

“Right” as in “the right to ask”, and “left” as in “left the hospital”, are no sides.

    source   Puncture the left radial artery.
    wrong    Punktieren Sie die rechte Arteria radialis.
    right    Punktieren Sie die linke Arteria radialis.

What to do: compare the side that is told with the source.
"""

# Of these a lost or new one is told too; the others are said in too many ways.
_PLACES = frozenset({"left", "right", "proximal", "distal"})
# Whose sense a negation turns: "does not fall" may be said with "rises".
_TURNED = frozenset({"increase", "decrease", "before", "after"})


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The sides that are swapped, lost or new."""
    code, origin = (name.partition("-")[0] for name in (pair.locale, pair.source_locale))
    if not pair.translation or is_skip(pair.translation) or pair.segment.role is Role.SLUG:
        return
    if language(code).sides.pattern is None:
        return
    source = sides_of(pair.segment.text, origin)
    target = sides_of(pair.translation, code)
    if source == target:
        return
    turned = "says" in negation_of(pair.segment.text, origin) | negation_of(pair.translation, code)
    for couple in OPPOSITES:
        for one, other in (couple, couple[::-1]):
            if not (turned and one in _TURNED):
                yield from _compared(one, other, source, target)


def _compared(
    one: str, other: str, source: frozenset[str], target: frozenset[str]
) -> Iterable[tuple[str, str]]:
    """What is wrong with one side of a couple."""
    maybe, other_maybe = f"{one}_maybe", f"{other}_maybe"
    here, there = {one, maybe}, {other, other_maybe}
    sure = here if one in ("left", "right") else {one}
    if source & sure and not source & there and other in target and not target & here:
        yield f"the source says {one!r}, the translation {other!r}", f"write {one!r}"
    elif one in _PLACES and one in source and not target & (here | there):
        yield f"the source says {one!r}, the translation no side", f"write {one!r}"
    elif one in _PLACES and one in target and not source & (here | there):
        yield f"the translation says {one!r}, the source no side", f"take {one!r} out"
    elif one in _PLACES and {one, other} <= source and not target & here and other in target:
        yield f"{one!r} of the source is not in the translation", f"write {one!r}"


CHECK = Check("laterality", Severity.ERROR, EXPLAIN, run)
