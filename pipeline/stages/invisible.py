"""A built page → the invisible and direction-turning characters that its languages do not write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from turbohtml import Element

from pipeline.checks._unseen import OVERRIDES, allowed, balanced, named, suspects
from pipeline.model import Finding, Where
from pipeline.stages.visible import Seen, attribute

JOINER = "\u200d"
SIGNS = frozenset({"So", "Sk", "Mn"})  # pictures, colours of skin, choosers of a form
SILENT = frozenset({"script", "style"})
SPOKEN = ("title", "alt", "aria-label", "content")  # attributes that a reader may hear or see


def invisible_findings(seen: Seen, path: str) -> tuple[Finding, ...]:
    """Every such character in the page's words, each told once for its language.

    What a page's own markup does with directions, it does with elements and `dir`: so marks
    of direction come from the words, and must be those of the language around them.
    """
    spoken = (attribute(t.element, n) for t in seen.elements for n in SPOKEN if t.element.attrs)
    if not suspects("".join((*(run.text for run in seen.words), *spoken))):
        return ()  # as on nearly every page: then nothing need be known of languages
    found = [_strange(text, language, path) for text, language in _texts(seen)]
    return tuple(dict.fromkeys(finding for some in found for finding in some))


def _texts(seen: Seen) -> Iterator[tuple[str, str]]:
    """The page's words with their languages: whole blocks, so that marks find their ends."""
    blocks: dict[tuple[int, str], list[str]] = {}
    for run in seen.words:
        if not SILENT.intersection(element.tag for element in run.inside[-1:]):
            blocks.setdefault((run.ground.block, _language(run.inside)), []).append(run.text)
    for (_, language), texts in blocks.items():
        yield "".join(texts), language
    for tag in seen.elements:
        for name in SPOKEN:
            if value := attribute(tag.element, name):
                yield value, _language((*tag.inside, tag.element))


def _language(inside: Iterable[Element]) -> str:
    """The code of the language of words, without a country."""
    named_ = [attribute(element, "lang") for element in inside if "lang" in element.attrs]
    return named_[-1].partition("-")[0].lower() if named_ else ""


def _strange(text: str, language: str, path: str) -> Iterator[Finding]:
    """What in a text cannot be seen and is not of its language."""
    if text.isascii() and text.isprintable():
        return
    found = suspects(text)
    for character in dict.fromkeys(found):
        if character not in allowed(language) and not _joins_signs(character, text):
            what = "turns the text around" if character in OVERRIDES else "cannot be seen"
            yield _finding(f"{named(character)} {what}, in words of the language", language, path)
    if not balanced(found):
        yield _finding("a mark of writing direction has no end, in the language", language, path)


def _joins_signs(character: str, text: str) -> bool:
    """Whether a joiner stands only between signs, as in the picture of a family."""
    pairs = pairwise(text.split(character))
    sides = (side for before, after in pairs for side in (before[-1:], after[:1]))
    return character == JOINER and all(s and unicodedata.category(s) in SIGNS for s in sides)


def _finding(problem: str, language: str, path: str) -> Finding:
    return Finding(
        "page-invisible-character",
        f"{problem} {language or '(none)'!r}, on the finished page",
        Where(path),
        "look for it in the article, its translation, the legal texts and the templates",
    )
