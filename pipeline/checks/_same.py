"""Whether a translation is only the source's words again."""

from __future__ import annotations

import re

from pipeline.checks._prose import bare, language_of, shielded
from pipeline.model import Pair, Role

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SENTENCE = 4  # from this many words on, no two languages say the same by chance


def left_words(pair: Pair) -> int:
    """How many of the source's words were left as they are; 0 when it was translated.

    Names, acronyms and terms that the glossary keeps do not count, nor does a locale of
    the source's own language.
    """
    source, text = pair.segment.text, pair.translation
    if len(text) != len(source) and bare(text).strip() != bare(source).strip():
        return 0
    if bare(text).casefold().strip() != bare(source).casefold().strip():
        return 0
    if language_of(pair.locale) == language_of(pair.source_locale):
        return 0
    is_slug = pair.segment.role is Role.SLUG
    words = source.replace("-", " ") if is_slug else shielded(source)
    for term in pair.kept:
        if term in words:
            words = words.replace(term, " ")
    found = _WORD.findall(words)
    plain = [word for word in found if word.islower() and len(word) > 1]
    return len(found) if plain else 0
