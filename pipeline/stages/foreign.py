"""Text of any language goes in; the offsets at which its further sentences begin come out.

A simple cutter for translated pages, where a wrong cut costs one alignment and nothing else:
the end marks of UAX #29 (Unicode text segmentation), and a few abbreviations. Articles are
cut by `sentences.py`, which knows much more, of English only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

_CLOSE = r"""(?:[)\]}"'”’»›」』）】]|[\s][»›])*"""  # French writes a space before »
# ideographic and full-width marks end a sentence with no space after them
_PLACE = re.compile(
    rf"(?P<wide>[。！？｡]+{_CLOSE}\s*)"
    rf"|(?P<mark>[.!?…؟۔।॥։]+){_CLOSE}(?P<space>\s+)"
    r"(?=(?:[(\[{\"'“‘¿¡„\ue000]|[«‹]\s?)*(?P<next>\w|$))"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATED = _set("""
    dr prof mr mrs ms st nr no vs etc cf fig ca bzw usw evtl ggf vgl bspw inkl max min mind tel
    abb zb dh env p ex art sig sra srta dott dra ud pág núm pp tj np m.in bijv o.a d.w.z t.ex
    bl.a dvs osv resp vb vd sn
""")
# where "3. Januar" is "the third of January"
_ORDINALS = frozenset({"de", "da", "nb", "no", "fi", "cs", "sk", "pl", "tr", "hu", "sl", "hr"})
_BEFORE = re.compile(r"(\S+)$")


def cutter(language: str) -> Callable[[str], tuple[int, ...]]:
    """What cuts the text of a language, named by its code: de, ja, ar."""
    return partial(_cuts, ordinals=language in _ORDINALS)


def _cuts(text: str, *, ordinals: bool) -> tuple[int, ...]:
    found = []
    for match in _PLACE.finditer(text):
        stop = match["mark"] == "."
        if stop and (match["next"].islower() or _goes_on(text[: match.start()], ordinals)):
            continue
        if match.end() < len(text):
            found.append(match.end())
    return tuple(found)


def _goes_on(before: str, ordinals: bool) -> bool:
    """Whether a full stop belongs to the word before it."""
    word = _BEFORE.search(before[-40:])
    if word is None:
        return True
    last = word[1].lstrip("(\"'“‘«").casefold()
    if last.isdigit():
        return ordinals and len(last) < 3
    return (len(last) == 1 and last.isalpha() and last.isascii()) or last in _ABBREVIATED
