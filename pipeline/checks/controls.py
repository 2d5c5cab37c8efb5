"""A translation holds no character that cannot be seen, unless its language writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff"
    "\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)


def _languages(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


_NON_JOINER, _JOINER, _SOFT_HYPHEN, _ZERO_SPACE = "\u200c", "\u200d", "\u00ad", "\u200b"
_RIGHT_TO_LEFT = _languages("ar arc ckb dv fa he ps sd ug ur yi")
_BRAHMIC = _languages("as bn gu hi kn ml mr ne or pa sa si ta te")
# Scripts with hyphenation; German typography also parts ligatures with the non-joiner.
_HYPHENATED = _languages(
    "bg ca cs cy da de el en es et eu fi fr ga gl hr hu hy is it ka lt lv mk nb nl nn no pl pt"
    " ro ru sk sl sq sr sv tr uk"
)
_UNSPACED = _languages("km lo my th bo dz")
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_CLOSING = "\u202c\u2069"
_OVERRIDES = "\u202d\u202e"


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The characters that should not be there, each told once."""
    found = _SUSPECT.findall(pair.translation)
    if not found:
        return
    allowed = _allowed(pair.locale.partition("-")[0]) | (
        set(pair.segment.text) - set(_OVERRIDES) - {"\ufffd"}
    )
    for character in dict.fromkeys(found):
        if character not in allowed:
            yield f"{_named(character)} stands in the translation", _hint(character)
    if not set(found).isdisjoint({*_OPENING, *_CLOSING} & allowed) and not _balanced(found):
        yield (
            "marks of writing direction are not balanced",
            "end each embedding with U+202C and each isolate with U+2069, or take them out",
        )


def _allowed(language: str) -> set[str]:
    allowed: set[str] = set()
    if language in _RIGHT_TO_LEFT:
        allowed |= {*_DIRECTION_MARKS, *_OPENING, *_CLOSING, _NON_JOINER, _JOINER}
    if language in _BRAHMIC:
        allowed |= {_NON_JOINER, _JOINER}
    if language in _HYPHENATED:
        allowed.add(_SOFT_HYPHEN)
    if language == "de":
        allowed.add(_NON_JOINER)
    if language in _UNSPACED:
        allowed |= {_ZERO_SPACE, "\u2060"}
    return allowed


def _balanced(characters: list[str]) -> bool:
    """Whether every embedding and isolate ends, in order (Unicode TR 9, section 3.1.2)."""
    expected: list[str] = []
    for character in characters:
        if character in _OPENING:
            expected.append(_OPENING[character])
        elif character in _CLOSING and (not expected or expected.pop() != character):
            return False
    return not expected


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    return f"{code} ({name.lower()})" if name else f"{code} (a character without a name)"


def _hint(character: str) -> str:
    if character == "\ufffd":
        return "the text was damaged on its way: write the word again"
    if character in _OVERRIDES:
        return "take it out: it shows words in another order than they are read"
    return "take it out; it cannot be seen"


CHECK = Check("controls", Severity.ERROR, EXPLAIN, run)
