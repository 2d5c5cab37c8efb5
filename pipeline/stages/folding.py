"""Text → what is left of it for finding names: no case, no marks, nothing that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# What Unicode calls letters or symbols though nobody sees them.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SEPARATORS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85_·•‧・®©™℠−־")
# Arabic and Persian write one letter in several ways; the tatweel only stretches a word.
_ARABIC = dict(zip("ٱىیېےکڪہھۀةۃ", "اييييككههههه", strict=True)) | {"ـ": ""}
_HIRAGANA, _TO_KATAKANA = range(0x3041, 0x3097), 0x60
# Letters that look like a Latin one in some case (Unicode TR 39; small capitals), by that letter.
_LOOKS = {
    "a": "АаΑαɑᴀ", "b": "ВвьΒʙ", "c": "СсϹϲᴄ", "d": "ԁᴅ", "e": "ЕеΕεᴇ", "f": "ꜰ", "g": "ɡԌԍɢ",
    "h": "НнһΗʜ", "i": "ІіΙιɩɪ", "j": "ЈјϳᴊͿ", "k": "КкΚκᴋ", "l": "Ӏӏʟ", "m": "МмΜᴍ",
    "n": "ΝηпИиɴ", "o": "ОоΟοσօᴏ", "p": "РрΡρᴘ", "q": "Ԛԛ", "r": "гʀ", "s": "Ѕѕꜱ", "t": "ТтΤτᴛ",
    "u": "υμцᴜ", "v": "νѴѵᴠ", "w": "ԜԝωᴡѠѡ", "x": "ХхΧχ", "y": "УуҮүΥʏ", "z": "Ζᴢ",
}  # fmt: skip
_ALIKE = {
    ord(letter): latin.upper() if letter.isupper() else latin
    for latin, letters in _LOOKS.items()
    for letter in letters
}
_LATIN_WORD = re.compile(r"\S*[A-Za-z]\S*")


class Folding(dict[int, str]):
    """A table for `str.translate` that works out each character when it first meets it.

    With `exact_case` capitals stay capitals. NUL is kept: it may divide texts that are
    folded in one go.
    """

    def __init__(self, *, exact_case: bool = False) -> None:
        super().__init__({0: "\0"})
        self.exact_case = exact_case

    def __missing__(self, code: int) -> str:
        """What is left of a character."""
        character = chr(code)
        folded = self[code] = " " if _divides(character) else self._letters(character)
        return folded

    def _letters(self, character: str) -> str:
        text = unicodedata.normalize("NFKD", character)
        if not self.exact_case:
            text = unicodedata.normalize("NFKD", text.casefold())
        return "".join(map(_letter, text))


def fold(text: str, table: Folding) -> str:
    """The text for comparing; NFKC twins, cases, accents and hidden marks make no difference."""
    return text.translate(table)


def latinized(text: str, *, mixed_only: bool) -> str:
    """The text with each letter that looks like a Latin one replaced by it.

    With `mixed_only` only words that hold a Latin letter: where a language is written in
    Cyrillic or Greek, whole words in that script are what they seem.
    """
    text = unicodedata.normalize("NFKD", text)
    if mixed_only:
        return _LATIN_WORD.sub(lambda word: word[0].translate(_ALIKE), text)
    return text.translate(_ALIKE)


# Greek and Cyrillic, and the letters of other alphabets in the table above.
LOOK_ALIKE = re.compile(
    "[\u0370-\u052f\u1f00-\u1fff"
    + "".join(sorted(chr(c) for c in _ALIKE if not 0x370 <= c < 0x530))
    + "]"
)


def _divides(character: str) -> bool:
    """Whether words on both sides of it are two: spaces, dashes, trade marks, note numbers."""
    if character in _SEPARATORS or unicodedata.category(character) in ("Zs", "Zl", "Zp", "Pd"):
        return True
    raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
    return raised and character.isdigit()


def _letter(character: str) -> str:
    """A decomposed character without what does not count."""
    if _divides(character):  # a full-width low line is one in its plain form only
        return " "
    if unicodedata.category(character)[0] == "C" or character in _UNSEEN:
        return ""
    if unicodedata.category(character) in ("Mn", "Me"):
        return ""
    if character == "ı":
        return "i"
    if ord(character) in _HIRAGANA:
        return chr(ord(character) + _TO_KATAKANA)
    return _ARABIC.get(character, character)
