"""The names of products stand in a translation as they stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
A product's name is changed, inflected or left out

The names that source/products.toml lists are trade names: they are written the same in every
language, in Latin letters and with their capitals. An ending may follow after an apostrophe or
a hyphen (ATLAS’ın, ATLAS-Stent), but not without one.

    source   The INVAMED ATLAS stent
    wrong    Der Invamed-Atlas-Stent
    wrong    Stent INVAMED ATLASu
    right    Der INVAMED ATLAS Stent

What to do: copy the name from the source. A page that does not name a product its source
names is refused when the site is built.
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The names that the source has and the translation has not, or not so often."""
    if not pair.names or not pair.translation or is_skip(pair.translation):
        return
    if pair.segment.role is Role.SLUG:
        return
    pattern = _pattern(pair.names)
    here = set(pattern.findall(pair.segment.text))
    if here:
        there = set(pattern.findall(pair.translation))
        for name in sorted(here - there):
            yield f"the name {name} is not in the translation", f"write {name} unchanged"


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds names as whole words, the longest first; other scripts may stand beside them."""
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-zÀ-ɏ0-9])(?:{listed})(?![A-Za-zÀ-ɏ0-9])")


CHECK = Check("products", Severity.WARNING, EXPLAIN, run)
