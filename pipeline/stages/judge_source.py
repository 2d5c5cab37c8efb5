"""Articles → segments that will be hard to translate, and claims that differ in a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Article, Finding, Role, Segment, Severity, Where
from pipeline.stages.segment import segments_of

_CODE = re.compile(r"<(/?)[a-z]{1,8}[0-9]{1,4} ?/?>")
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCES = frozenset({Role.TEXT, Role.ITEM, Role.FOOTNOTE, Role.SUMMARY})
_MOST_WORDS = 40
_CLAIM = 6  # words: two sentences that differ only in a figure make the same claim from here on
# English words that end a sentence only when it was cut off, or begin one that was.
_CUT_OFF = re.compile(
    r"(?:^(?:and|or|but|which|who|whose|because) \S)|"
    r"\b(?:the|a|an|of|and|or|to|with|for|in|by|that|which)$",
)


def hard_segments(articles: Iterable[Article]) -> Iterator[Finding]:
    """The segments that a translator will have to ask about, each with the reason."""
    for article in articles:
        for segment in segments_of(article.document):
            yield from _hard(segment, article.path)


def _hard(segment: Segment, path: str) -> Iterator[Finding]:
    text = _CODE.sub("", segment.text).strip()
    words = _WORD.findall(text)
    where = Where(path, segment.line)
    if len(words) > _MOST_WORDS and segment.role in _SENTENCES:
        yield _told(
            f"a sentence of {len(words)} words",
            where,
            "make two of it: long ones are translated wrongly most often",
            Severity.WARNING,
        )
    elif segment.role in _SENTENCES and len(words) > 1 and _CUT_OFF.search(text):
        yield _told(
            f"{text[:60]!r} is a part of a sentence",
            where,
            "write whole sentences: other languages order their words differently",
        )
    elif len(words) == 1 and not segment.context and not segment.note and _is_plain(words[0]):
        yield _told(
            f"{words[0]!r} stands alone and may mean several things",
            where,
            "say more, or tell translators: `<!-- l10n:note … -->` before it",
        )


def _is_plain(word: str) -> bool:
    """A word that has to be translated: no number, acronym or name in the middle of a text."""
    return word.isalpha() and not word.isupper() and len(word) > 1


def _told(problem: str, where: Where, hint: str, severity: Severity = Severity.NOTE) -> Finding:
    return Finding("hard-to-translate", problem, where, hint, severity)


def clashing_claims(articles: Iterable[Article]) -> Iterator[Finding]:
    """Sentences of two articles that are the same but for a figure.

    Markets differ in the articles that they show: two markets would tell two figures.
    """
    known: dict[str, tuple[str, tuple[str, ...], Where]] = {}
    for article in articles:
        for segment in segments_of(article.document):
            text = _CODE.sub("", segment.text).strip()
            figures = tuple(_FIGURE.findall(text))
            if not figures or segment.role not in _SENTENCES or len(_WORD.findall(text)) < _CLAIM:
                continue
            where = Where(article.path, segment.line)
            key = _FIGURE.sub("#", text).casefold()
            other, said, there = known.setdefault(key, (article.id, figures, where))
            if other != article.id and said != figures:
                yield Finding(
                    "claim-figure",
                    f"this says {', '.join(figures)} where {there} says {', '.join(said)} "
                    "in the same words",
                    where,
                    "ask who answers for the figure, and mend the wrong one",
                )
