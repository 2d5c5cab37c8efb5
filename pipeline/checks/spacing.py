"""A translation has no spaces too many, and begins and ends as its source does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Spaces that stand twice, or at the start or the end

Two spaces in a row are a slip, unless the source has them. A space at the start or the end is
shown by no page, but it makes two entries differ that are the same. Tabs are spaces too.

`l10n check --fix` takes them out.

    source   The stent is small.
    wrong    Der  Stent ist klein.
    right    Der Stent ist klein.
"""

_SPACES = " \t\u00a0\u202f\u2009\u3000"
_TWICE = re.compile(f"(?<=\\S)[{_SPACES}]{{2,}}(?=\\S)")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Spaces at the ends, and the first double space."""
    source, text = pair.segment.text, pair.translation
    if not text or not text.strip():
        return
    if text[0] in _SPACES and source[:1] not in _SPACES:
        yield "a space at the start", "take it out"
    if text[-1] in _SPACES and source[-1:] not in _SPACES:
        yield "a space at the end", "take it out"
    found = _TWICE.search(text)
    if found and not _TWICE.search(source):
        near = text[max(found.start() - 8, 0) : found.end() + 8]
        yield f"two spaces in a row, in {near!r}", "take one out"


def fix(pair: Pair) -> str:
    """The translation without them; of a plain and a no-break space the latter stays."""
    source, text = pair.segment.text, pair.translation
    if not text.strip():
        return text
    if source[:1] not in _SPACES:
        text = text.lstrip(_SPACES)
    if source[-1:] not in _SPACES:
        text = text.rstrip(_SPACES)
    return text if _TWICE.search(source) else _TWICE.sub(_one, text)


def _one(match: re.Match[str]) -> str:
    unbroken = match[0].strip(" \t")
    return unbroken[:1] or " "


CHECK = Check("spacing", Severity.WARNING, EXPLAIN, run, fix=fix)
