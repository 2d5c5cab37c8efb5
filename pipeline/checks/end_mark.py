"""A translation ends with the same kind of mark as its source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import bare, language_of
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
The mark at the end is of another kind than the source's

A question became a statement, or the full stop of a sentence is missing, or a heading got one.
Each language's own marks count: `。`, `؟`, `।` and so on; Thai and Lao write none. A full stop
that belongs to an abbreviation is no full stop.

    source   When should you call?
    wrong    Wann sollten Sie anrufen.
    right    Wann sollten Sie anrufen?
"""

_KINDS = {
    **dict.fromkeys(".。．｡।۔։።", "a full stop"),
    **dict.fromkeys("?？؟", "a question mark"),
    **dict.fromkeys("!！", "an exclamation mark"),
    **dict.fromkeys(":：", "a colon"),
    **dict.fromkeys(";；؛", "a semicolon"),
    **dict.fromkeys(",，、،", "a comma"),
    "…": "an ellipsis",
}
_CLOSING = " \t\n\u00a0\u202f\u200e\u200f\"'”“’‘»«)]）】」』›"
_ABBREVIATED = re.compile(r"(?:\b\w{1,4}|\b\w\.[\s\u00a0\u202f]?\w|\.\w+)\.$")
# A footnote's number: some languages set it before the full stop, some after.
_FOOTNOTE = re.compile(r"<(sup[0-9]+)>.*?</\1>")
_HEADINGS = frozenset({Role.HEADING, Role.TITLE})
_UNMARKED = frozenset({"th", "lo", "my", "km", "bo"})


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether the kinds differ."""
    text, source = pair.translation, pair.segment.text
    if not text or (text[-1] == source[-1:] and text[-1] in ".?!:"):
        return
    if is_skip(text) or language_of(pair.locale) in _UNMARKED or pair.segment.role is Role.SLUG:
        return
    wanted, found = _kind(source, pair.source_locale), _kind(text, pair.locale)
    if wanted == found or "a comma" in (wanted, found) or _excused(pair, wanted, found):
        return
    if not found:
        yield f"the source ends with {wanted}, the translation with none", f"write {wanted}"
    elif not wanted:
        yield f"the translation ends with {found}, the source with none", "take it out"
    else:
        yield f"the source ends with {wanted}, the translation with {found}", f"write {wanted}"


def _kind(text: str, locale: str) -> str:
    """The kind of mark at a text's end; "" is none."""
    text = bare(_FOOTNOTE.sub("", text) if "<sup" in text else text).rstrip(_CLOSING)
    if text.endswith("..."):
        return "an ellipsis"
    if text[-1:] in ";\u037e" and language_of(locale) == "el":
        return "a question mark"
    return _KINDS.get(text[-1:], "")


def _excused(pair: Pair, wanted: str, found: str) -> bool:
    """Whether a full stop belongs to an abbreviation, or the language has another custom."""
    language = language_of(pair.locale)
    if language in ("ja", "ko") and (wanted, found) == ("a colon", "a full stop"):
        return True  # a list is led in by a whole sentence
    if language == "ja" and (wanted, found) == ("a question mark", ""):
        return bare(pair.translation).rstrip(_CLOSING).endswith(("か", "の"))
    if pair.segment.role in _HEADINGS and {wanted, found} == {"a question mark", ""}:
        return True  # "How do they compare?" may become "The two compared"
    if {wanted, found} != {"", "a full stop"}:
        return False
    longer = pair.segment.text if wanted else pair.translation
    return bool(_ABBREVIATED.search(bare(longer).rstrip(_CLOSING)))


CHECK = Check("end-mark", Severity.WARNING, EXPLAIN, run)
