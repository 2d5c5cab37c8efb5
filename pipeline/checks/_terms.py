"""A pair → the glossary's terms that its source holds, and which forms its translation has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks._language import fold
from pipeline.codes import is_skip
from pipeline.model import Pair, Role, Wording

_CODE = re.compile(r"</?[a-z]+\d+/?>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060]")


def terms_of(pair: Pair) -> Iterator[Wording]:
    """The terms of a pair's source, each once; a longer one hides those inside it."""
    if pair.terms is None or not pair.translation or is_skip(pair.translation):
        return
    if pair.segment.role is Role.SLUG:
        return
    seen = set[str]()
    for match in pair.terms.pattern.finditer(_CODE.sub("", pair.segment.text)):
        term = match[1].lower()
        if term not in seen and term in pair.terms.wordings:
            seen.add(term)
            yield pair.terms.wordings[term]


def told(text: str) -> str:
    """A text as forms are looked for in it."""
    return " ".join(_UNSEEN.sub("", fold(_CODE.sub("", text))).split())


def forbidden_in(text: str, wording: Wording) -> Iterator[str]:
    """The forbidden forms that stand in a text, those inside an allowed form excepted."""
    for form in map(told, wording.forms):
        if any(told(bad) in form for bad in wording.forbidden):
            text = text.replace(form, " ")
    for bad in wording.forbidden:
        if re.search(rf"(?<!\w){re.escape(told(bad))}" + _end(bad), text):
            yield bad


def _end(form: str) -> str:
    """Words of an alphabet end where the form ends; others stand among their neighbours."""
    return r"(?!\w)" if form[-1].isascii() or form[-1].lower() != form[-1].upper() else ""
