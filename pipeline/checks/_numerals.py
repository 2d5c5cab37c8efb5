"""A text of a locale → the numbers in it, with their values and places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from pipeline.checks._language import fold, language

_BLANKS = "\u00a0\u202f\u2009"
_TOKEN = re.compile(rf"\d+(?:[.,٫٬](?=\d)\d+|[{_BLANKS} '’]\d{{3}}(?!\d))*")
_SEPARATOR = re.compile(rf"[.,'’٫٬{_BLANKS} ]")
_CODE = re.compile(r"</?sup\d+>|</?[a-z]+\d+>")
_ALONE = re.compile(r"<[a-z]+\d+/>")
# Addresses and the places that a program fills in are no figures of the text.
_NO_FIGURES = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'，。）)]+|\S+@\S+\.\w+|%\(\w+\)[a-z]|%\d*\$?[sd]|\{\w*\}|&#\w+;"
)
_ODD = re.compile(r"(?![0-9])\d|[．，％～－：／]")
_HALVES = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}
_PARTS = re.compile(f"[{''.join(_HALVES)}]")
_WIDE = str.maketrans({"．": ".", "，": ",", "％": "%", "～": "~", "－": "-", "：": ":", "／": "/"})
_INFLECTED = 5  # letters: words for scales that are so long may have endings
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = re.compile("[〇零一二两兩三四五六七八九十百千]+")
_HAN_LANGUAGES = frozenset({"zh", "ja", "yue"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text."""

    value: Fraction
    start: int
    end: int
    raw: str
    foreign: bool = False  # whether its decimal sign is not one of the locale
    word: bool = False  # written in letters


@cache
def symbols(locale: str) -> tuple[str, str, frozenset[str]]:
    """The decimal sign of a locale, those of its groups, and decimal signs it also knows."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale, sep="-")
        parent = Locale(known.language)
    except (ValueError, UnknownLocaleError):
        return ".", "," + _BLANKS, frozenset(".,")
    signs = known.number_symbols["latn"]
    decimal, group = signs["decimal"], signs["group"]
    also = {decimal, parent.number_symbols["latn"]["decimal"]}
    groups = {group, *_BLANKS, "'", "’"} | ({" "} if not group.strip() else set())
    if decimal == ",":
        groups.add(".")  # what many write where CLDR has a blank
    return decimal, "".join(groups - {decimal}), frozenset(also)


def flat(text: str) -> str:
    """A text without codes and addresses, with plain digits for those of other scripts."""
    if "<" in text:
        text = _ALONE.sub(" ", _CODE.sub(lambda m: "^" if "sup" in m[0] else "", text))
    if any(sign in text for sign in "/%{@&"):
        text = _NO_FIGURES.sub(" ", text)
    if text.isascii():
        return text
    for sign, written in _HALVES.items() if _PARTS.search(text) else ():
        if sign in text:
            text = re.sub(rf"(\d){sign}", rf"\1 {written}", text).replace(sign, written)
    return re.sub(r"[^\W\x00-\x7f]", _digit, text.translate(_WIDE)) if _ODD.search(text) else text


def _digit(match: re.Match[str]) -> str:
    value = unicodedata.decimal(match[0], None)
    return match[0] if value is None else str(value)


def numerals(text: str, locale: str, joined: bool = True) -> list[Numeral]:
    """The numbers of a flat text that are written in digits.

    `joined` reads `10 000` as one number where the locale parts groups by blanks.
    """
    decimal, groups, also = symbols(locale)
    if not joined:
        groups = groups.replace(" ", "")
    found: list[Numeral] = []
    for match in _TOKEN.finditer(text):
        found += _read(match, decimal, groups, also)
    return [_scaled(n, text, locale) for n in found]


def _read(match: re.Match[str], decimal: str, groups: str, also: frozenset[str]) -> list[Numeral]:
    raw = match[0]
    parts = _SEPARATOR.split(raw)
    if len(parts) == 1:
        return [Numeral(Fraction(int(raw)), match.start(), match.end(), raw)]
    signs = _SEPARATOR.findall(raw)
    groups += "٬"
    *front, last = signs
    if last in (decimal, "٫") and all(sign in groups for sign in front) and _grouped(parts[:-1]):
        return [_decimal(match, parts)]
    if len(set(signs)) == 1 and last in groups and _grouped(parts):
        return [Numeral(Fraction(int("".join(parts))), match.start(), match.end(), raw)]
    if len(parts) == 2 and last in ".,":
        return [_decimal(match, parts, foreign=last not in also)]
    at, out = match.start(), []
    for part in parts:
        out.append(Numeral(Fraction(int(part)), at, at + len(part), part))
        at += len(part) + 1
    return out


def _decimal(match: re.Match[str], parts: list[str], foreign: bool = False) -> Numeral:
    value = Fraction("".join(parts[:-1]) + "." + parts[-1])
    return Numeral(value, match.start(), match.end(), match[0], foreign)


def _grouped(parts: list[str]) -> bool:
    """Whether parts are groups of thousands, or of lakhs and crores."""
    if len(parts) == 1:
        return True
    first, *middle, last = parts
    return (
        len(first) <= 3
        and first != "0"
        and len(last) == 3
        and all(len(part) in (2, 3) for part in middle)
    )


def _scaled(numeral: Numeral, text: str, locale: str) -> Numeral:
    """A number times the million that stands behind it."""
    known = language(locale.partition("-")[0])
    if known.scale is None:
        return numeral
    behind = fold(text[numeral.end : numeral.end + 14])
    blanks = len(behind) - len(behind.lstrip())
    match = known.scale.match(behind, blanks)
    if match is None:
        return numeral
    after = behind[match.end() : match.end() + 1]
    short = len(match[0]) < _INFLECTED
    if known.spaced and ((short and after.isalpha()) or (blanks == 0 and match[0].isascii())):
        return numeral
    end = numeral.end + match.end()
    value = numeral.value * known.scales[match[0]]
    return Numeral(value, numeral.start, end, numeral.raw, numeral.foreign)


def words(text: str, locale: str) -> list[Numeral]:
    """The numbers of a flat text that are written in letters."""
    code = locale.partition("-")[0]
    known = language(code)
    found: list[Numeral] = []
    if known.number_words is not None:
        folded = fold(text)
        if len(folded) == len(text):
            found = [
                Numeral(value, m.start(), m.end(), m[0], word=True)
                for m in known.number_words.finditer(folded)
                if (value := known.value(_key(m[0]))) is not None
            ]
    if code in _HAN_LANGUAGES:
        found += [
            Numeral(Fraction(_han(m[0])), m.start(), m.end(), m[0], word=True)
            for m in _HAN_NUMBER.finditer(text)
        ]
    return found


def _key(word: str) -> str:
    return " ".join(word.split())


def _han(written: str) -> int:
    """The value of a number in Chinese characters below ten thousand."""
    total, digit = 0, 0
    for character in written:
        if character in _HAN_TENS:
            total += (digit or 1) * _HAN_TENS[character]
            digit = 0
        else:
            digit = digit * 10 + _HAN[character]
    return total + digit
