"""Demanded statements and wordings that a law fixes → a block for each that differs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from pipeline.effects._rules import refusal
from pipeline.model import Finding, Market, Rule, Statement, Statutory, Verdict

_SHOWN = 24  # characters of each text around the first place where they differ


def with_statutory(
    verdict: Verdict,
    market: Market,
    locale: str,
    statements: Mapping[str, Statement],
    texts: tuple[Statutory, ...],
    as_of: date,
) -> Verdict:
    """Add a block for each demanded statement that is not, byte for byte, what the law says.

    `statements` are those of the locale, by their ids, with their placeholders as they are.
    """
    blocks: list[Finding] = []
    ends = [verdict.valid_until] if verdict.valid_until else []
    for demand in verdict.demands:
        for rule in (demand.rule, *demand.also):
            if not rule.statutory:
                continue
            text = next((t for t in texts if (t.id, t.locale) == (rule.statutory, locale)), None)
            blocks += _problems(text, rule, market, locale, as_of)
            if text and (problem := _difference(statements.get(demand.statement), text)):
                blocks.append(refusal("law-statutory-differs", problem, rule, market))
            ends += _ends(text)
    return replace(
        verdict,
        blocks=(*verdict.blocks, *dict.fromkeys(blocks)),
        valid_until=min(ends, default=None),
    )


def _problems(
    text: Statutory | None, rule: Rule, market: Market, locale: str, as_of: date
) -> Iterator[Finding]:
    """Blocks for a wording that is not on file, or that says nothing on the day."""
    if text is None:
        problem = f"the law fixes the wording {rule.statutory!r}, and it is not on file in {locale}"
        yield refusal("law-statutory-differs", problem, rule, market)
        return
    said = f"the wording {text.id!r} ({text.where})"
    if text.market not in (market.code, rule.market):
        problem = f"{said} is one of the law of {text.market}"
        yield refusal("law-statutory-differs", problem, rule, market)
    if text.effective_from and as_of < text.effective_from:
        problem = f"{said} holds only from {text.effective_from}"
        yield refusal("law-statutory-differs", problem, rule, market)
    if text.repealed and as_of >= text.repealed:
        problem = f"{said} was repealed with effect from {text.repealed}"
        yield refusal("law-repealed", problem, rule, market)
    if text.review_by and as_of > text.review_by:
        problem = f"{said} had to be reviewed by {text.review_by}"
        yield refusal("law-review-overdue", problem, rule, market)


def _ends(text: Statutory | None) -> Iterator[date]:
    """The last days for which a wording is known to hold."""
    if text and text.review_by:
        yield text.review_by
    if text and text.repealed and text.repealed > date.min:
        yield text.repealed - timedelta(days=1)


def _difference(statement: Statement | None, text: Statutory) -> str:
    """Where a statement first differs from the wording; "" when it does not, or is not there."""
    have = "".join(f"{line}\n" for line in statement.sentences) if statement else text.text
    if statement is None or have == text.text:
        return ""
    pairs = zip(have, text.text, strict=False)
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    line, column = have.count("\n", 0, at) + 1, at - have.rfind("\n", 0, at)
    return (
        f"{statement.where}:{line}:{column} has {_told(have, at)}, "
        f"where the law ({text.where}: {', '.join(text.legal)}) says {_told(text.text, at)}"
    )


def _told(text: str, at: int) -> str:
    """The words of a text from a place on, and the name of a character there that is no letter."""
    if at >= len(text):
        return "nothing more"
    first = text[at]
    name = "" if first.isalnum() else f" ({unicodedata.name(first, 'LINE END')})"
    return f"{text[at : at + _SHOWN].replace(chr(10), ' ')!r}{name}"
