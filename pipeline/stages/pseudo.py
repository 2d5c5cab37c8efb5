"""A segment → a pretended translation of it, to see a page before a translator has.

The codes, numbers and the place of every word stay; the letters do not. It shows words
that were not cut out, layouts that a longer text breaks, and fonts that lack a script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from zlib import crc32

from pipeline.codes import parse, render
from pipeline.model import Role, Segment


class Pseudo(StrEnum):
    """A pretended locale, by the script that it shows."""

    ACCENTED = "accented"  # longer, with accents: German
    CHINESE = "chinese"  # no spaces, full-width marks that touch the codes
    ARABIC = "arabic"  # from right to left


_ACCENTED = str.maketrans(
    "AaBbCcDdEeGgHhIiJjKkLlMmNnOoPpRrSsTtUuVvWwXxYyZz",
    "ÅåƁƀÇçĐđÉéĜĝĤĥÎîĴĵĶķĻļḾḿÑñÖöÞþŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž",
)
_ARABIC = "ابتجحدرزسشصعفقكلمنهوي"
_HANZI = (
    "的一是在有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
)
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"(?<=[^\s\d])\s+|\s+(?=[^\s\d])")
_FULL_WIDTH = {
    ".": "。",
    ",": "，",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
}
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
_STOP = re.compile(r"(?<!\d)[.,:;?!()]|[.,:;?!()](?!\d)")
_MARKS: Mapping[Pseudo, Mapping[str, str]] = {
    Pseudo.ACCENTED: {},
    Pseudo.CHINESE: _FULL_WIDTH,
    Pseudo.ARABIC: _ARABIC_MARKS,
}


def pseudo(segment: Segment, script: Pseudo) -> str:
    """The pretended translation, with all codes of the segment; the same for equal text.

    A slug keeps to what an address may hold in any locale.
    """
    if segment.role is Role.SLUG:
        return f"{segment.text}-{script.value}"
    words, _ = parse(segment.text, segment.codes)
    return render(_said(w, script) if isinstance(w, str) else w for w in words)


def _said(words: str, script: Pseudo) -> str:
    if script is Pseudo.CHINESE:
        words = _SPACE.sub("", words)
    spoken = _WORD.sub(lambda match: _word(match[0], script), words)
    marks = _MARKS[script]
    return _STOP.sub(lambda match: marks.get(match[0], match[0]), spoken) if marks else spoken


def _word(word: str, script: Pseudo) -> str:
    if script is Pseudo.ACCENTED:
        longer = word + word[-1] * (len(word) // 4)  # German is a third longer than English
        return longer.translate(_ACCENTED)
    letters, length = (_ARABIC, len(word)) if script is Pseudo.ARABIC else (_HANZI, len(word) // 2)
    seed = crc32(word.encode())
    # steps that share no factor with the number of letters visit them all
    return "".join(letters[(seed + 7 * at) % len(letters)] for at in range(max(1, length)))
