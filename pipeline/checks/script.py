"""The letters of a word are all of one script, and none only looks like another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._prose import shielded, writes_latin
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A letter that only looks like the right one

A Cyrillic `а` in a Latin word, or a Greek `Ο` in a name, looks right and is not: no search finds
the word, a screen reader stumbles, and a product that is named so goes unnoticed. Letters from the
mathematical alphabets are refused too.

Letters that look like no other are welcome: `β-blocker`, `µm`, `αIIb`. A Latin name among
Chinese, Japanese, Korean or Arabic words is right. So is every word that the source has.

    source   Stent
    wrong    Stеnt       (the е is Cyrillic)
    right    Stent
"""

# Letters of Greek and Cyrillic that look like a Latin one (Unicode TR 39, confusables).
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυκρ"
_CYRILLIC = "АВЕЅІЈКМНОРСТУХҮԛԝаеѕіјорсухһԁԚԜ"
_FOREIGN = re.compile("[\u0370-\u052f\U0001d400-\U0001d7ff]")
_LATIN = "A-Za-z\u00c0-\u024f"
_MIXED = re.compile(f"[{_LATIN}][\u0370-\u052f]|[\u0370-\u052f][{_LATIN}]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_LATIN = re.compile(f"[{_GREEK}{_CYRILLIC}]+")
_LATIN_LOOKS = re.compile("[ABCEHIJKMOPSTXYZNaceijopsxyuvk]")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The words that mix scripts, and those that are wholly made of lookalikes."""
    if pair.translation.isascii() or not _FOREIGN.search(pair.translation):
        return
    latin = writes_latin(pair.locale)
    if not latin and not _MIXED.search(pair.translation) and pair.translation < "\U0001d400":
        return
    for word in dict.fromkeys(_WORD.findall(shielded(pair.translation))):
        if not word.isascii() and word not in pair.segment.text and _is_odd(word, latin=latin):
            yield (
                f"the letters of {word!r} are not all what they look like: {_told(word)}",
                ("type the word again with one keyboard"),
            )


def _is_odd(word: str, *, latin: bool) -> bool:
    if any("\U0001d400" <= letter <= "\U0001d7ff" for letter in word):
        return True
    if _MIXED.search(word):
        return bool(_LOOK_LATIN.search(word)) or (
            not latin and bool(_LATIN_LOOKS.search(word)) and len(word) > 3
        )
    return latin and len(word) > 1 and bool(_LOOK_LATIN.fullmatch(word))


def _told(word: str) -> str:
    """The odd letters by script: `U+0435 (cyrillic small letter ie)`."""
    from pipeline.checks._unseen import named

    odd = [c for c in word if _FOREIGN.match(c)]
    latin = [c for c in word if re.match(f"[{_LATIN}]", c)]
    fewer = latin if latin and len(latin) < len(odd) else odd
    return ", ".join(named(c) for c in dict.fromkeys(fewer[:2]))


CHECK = Check("script", Severity.ERROR, EXPLAIN, run)
