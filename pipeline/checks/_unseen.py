"""Characters that cannot be seen, and which of them each language writes."""

from __future__ import annotations

import re
import unicodedata

SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufeff\uffa0\ufff9-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)
# They choose the form of the character before them: of a sign or an ideograph (Unicode,
# section 23.4). After anything else, they are a way to hide a difference.
SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


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
PAIRED = frozenset({*_OPENING, *_CLOSING})
OVERRIDES = "\u202d\u202e"


def allowed(language: str) -> frozenset[str]:
    """The suspect characters that a language writes, by its code without a country."""
    found: set[str] = set()
    if language in _RIGHT_TO_LEFT:
        found |= {*_DIRECTION_MARKS, *PAIRED, _NON_JOINER, _JOINER}
    if language in _BRAHMIC:
        found |= {_NON_JOINER, _JOINER}
    if language in _HYPHENATED:
        found.add(_SOFT_HYPHEN)
    if language == "de":
        found.add(_NON_JOINER)
    if language in _UNSPACED:
        found |= {_ZERO_SPACE, "\u2060"}
    if language == "mn":
        found |= set("\u180b\u180c\u180d\u180e\u180f\u202f")
    return frozenset(found)


def suspects(text: str) -> list[str]:
    """The characters of a text that cannot be seen, in its order, whatever its language."""
    forms = SELECTOR.finditer(text)
    astray = [m[0] for m in forms if not _has_forms(text[max(m.start() - 1, 0) : m.start()])]
    return SUSPECT.findall(text) + astray


def _has_forms(base: str) -> bool:
    """Whether a character may have forms: a sign, a digit, a letter of the Far East."""
    if not base:
        return False
    kind = unicodedata.category(base)
    return kind in {"So", "Sm", "Sk", "Po", "Nd", "Pd"} or (kind == "Lo" and base > "\u0fff")


def balanced(characters: list[str]) -> bool:
    """Whether every embedding and isolate ends, in order (Unicode TR 9, section 3.1.2)."""
    expected: list[str] = []
    for character in characters:
        if character in _OPENING:
            expected.append(_OPENING[character])
        elif character in _CLOSING and (not expected or expected.pop() != character):
            return False
    return not expected


def named(character: str) -> str:
    """A character as `U+200B (zero width space)`."""
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    return f"{code} ({name.lower()})" if name else f"{code} (a character without a name)"
