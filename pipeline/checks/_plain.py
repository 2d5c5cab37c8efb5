"""A pair → its two texts as cues are looked for in them."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.checks._language import Cues, fold, language

_CODE = re.compile(r"</?[a-z]+\d+/?>")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
_MARKS = re.compile("[\u00ad\u200b-\u200f\u2060\u0640\u064b-\u0652]")


@lru_cache(maxsize=16384)
def sides_of(text: str, code: str) -> frozenset[str]:
    """The lists of sides that a text has words of."""
    return frozenset(_found(text, language(code).sides))


@lru_cache(maxsize=16384)
def negation_of(text: str, code: str) -> frozenset[str]:
    """Whether a text negates (`says`), or has words that may stand for it (`maybe`)."""
    return frozenset(_found(text, language(code).negation) - {"idle"})


def _found(text: str, cues: Cues) -> set[str]:
    if "<" in text:
        text = _CODE.sub("", text)
    if "%(" in text or "{" in text:
        text = _PLACEHOLDER.sub(" ", text)
    return cues.found(_MARKS.sub("", fold(text)))
