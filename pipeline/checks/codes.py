"""A translation keeps every code of its source, once, closed and in a sound order."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.codes import Word, is_skip, parse
from pipeline.model import Check, Kind, Pair, Severity

EXPLAIN = """\
Codes are lost, doubled or out of order

Codes such as `<b1>…</b1>` and `<img5/>` stand for bold words, links, images and line breaks.
A code that is lost, doubled, left open or crossed with another would break the page, so the
translation is not used until it is mended.

You may move codes to where your language needs them, and a pair may enclose other words.
Each must stand exactly once. To write `<b1>` as plain words, write `&lt;b1>`.

    source   See <a1>the guide</a1>.<br2/>
    wrong    Siehe <a1>Anleitung.<br2/>
    right    Siehe <a1>die Anleitung</a1>.<br2/>

A segment with codes cannot be skipped with `<skip/>`: its link or image would be lost.
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """What is wrong with the codes of a translation."""
    if not pair.translation:
        return
    words, faults = parse(pair.translation, pair.segment.codes)
    lost = not is_skip(pair.translation)
    for fault in faults:
        if "<skip/>" not in fault.message:  # the check `skip` tells that
            hint = fault.hint if lost else "translate the sentence: it cannot be skipped"
            yield fault.message, hint
    if not faults and pair.segment.codes:
        yield from _emptied(words, parse(pair.segment.text, pair.segment.codes)[0])


def _emptied(words: tuple[Word, ...], source: tuple[Word, ...]) -> Iterable[tuple[str, str]]:
    """Pairs without words that have words in the source: a link that nobody can follow."""
    for name in _without_words(words) - _without_words(source):
        yield (
            f"the code <{name}></{name}> encloses no words",
            f"write the words that belong to it between <{name}> and </{name}>",
        )


def _without_words(words: tuple[Word, ...]) -> set[str]:
    found: set[str] = set()
    open_now: list[str] = []
    for word in words:
        if isinstance(word, str):
            if word.strip():
                open_now.clear()
        elif word.kind is Kind.OPEN:
            open_now.append(word.code.name)
        elif word.kind is Kind.ALONE:
            open_now.clear()
        elif word.code.name in open_now:
            found.add(word.code.name)
    return found


CHECK = Check("codes", Severity.ERROR, EXPLAIN, run, waivable=False)
