"""A translation is set as its language sets text: quotes, spaces at marks, full-width marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._marks import Mark, marks_of
from pipeline.checks._prose import CODE, language_of, shielded
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Marks that are not set as the language sets them

What is looked at, by language:

- French: a no-break space before `;` `:` `!` `?` `»` and after `«` (in Canada none before `;`
  `!` `?`), `’`
- German: `„…“` and `‚…‘`, in Switzerland `«…»`; Polish: `„…”`
- Spanish: `¿…?` and `¡…!`
- Chinese and Japanese: full-width marks between full-width characters
- Arabic, Persian, Urdu: `،` `؛` `؟`, no stretched letters
- Turkish: `%50`; elsewhere no plain space between a number and `%`
- everywhere: `…` where the source has it, no mark twice, no space before a full stop

Addresses, codes, times and numbers are left alone. `l10n check --fix` mends what has only one
right form: a plain space where a no-break space belongs, `’`, and `…`.

    source   Ready? Call.
    wrong    Prêt ? Appelez.      (a plain space)
    right    Prêt<U+202F>? Appelez.
"""

_QUESTIONS = (("¿", "?"), ("¡", "!"))
_ENDS = re.compile(r"[?!]+")


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Each kind of wrong mark, once, with where it is."""
    if not pair.translation:
        return
    text = shielded(pair.translation)
    for mark in _wanted(pair, frozenset(text)):
        found = mark.pattern.search(text)
        if found:
            near = text[max(found.start() - 12, 0) : found.end() + 8].strip()
            yield f"{mark.message}, in {near!r}", mark.hint
    if language_of(pair.locale) == "es":
        yield from _unopened(text, frozenset(text))


def _wanted(pair: Pair, characters: frozenset[str]) -> Iterable[Mark]:
    source = pair.segment.text
    for mark in marks_of(pair.locale):
        if not mark.needs.isdisjoint(characters) and not (
            mark.unless_source and mark.pattern.search(source)
        ):
            yield mark


def _unopened(text: str, characters: frozenset[str]) -> Iterable[tuple[str, str]]:
    """Questions and exclamations that do not open, or do not end."""
    if characters.isdisjoint("?!¿¡"):
        return
    text = text.replace("(?)", "").replace("(!)", "")
    # `¡¿` and `?!` are one: a question that is shouted may open and end with either
    opened = sum(text.count(opening) for opening, _ in _QUESTIONS) - text.count("¡¿")
    opened -= text.count("¿¡")
    ended = len(_ENDS.findall(text))
    if ended > opened:
        mark = "¿" if "?" in text else "¡"
        yield (
            f"a question or exclamation does not open with {mark}",
            f"write {mark} where it begins",
        )
    elif opened > ended:
        yield "a question or exclamation does not end", "write ? or ! at its end"


def fix(pair: Pair) -> str:
    """The translation with what has only one right form; addresses and codes as they are."""
    kept = shielded(pair.translation)
    if CODE.sub("", pair.translation) != kept:
        return pair.translation  # an address among the words: a person looks at it
    text = pair.translation
    for mark in _wanted(pair, frozenset(text)):
        if mark.instead is not None:
            text = mark.pattern.sub(mark.instead, text)
    return text


CHECK = Check("typography", Severity.WARNING, EXPLAIN, run, fix=fix)
