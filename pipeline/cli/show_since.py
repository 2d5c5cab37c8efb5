"""What a change of the source touches → text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json

if TYPE_CHECKING:
    from pipeline.stages.differ import Difference, Sentence
    from pipeline.workflows.since import Since
    from pipeline.workflows.standing import Standing

_LONGEST = 96  # characters of a sentence that a line shows
_COSMETIC = "only markup, links, dates or the like: translators have nothing to do"


def show_since(report: Since, *, as_json: bool) -> None:
    """Write the report; what cannot be read ends the command."""
    if as_json:
        show_json(_json(report))
    elif not report.findings:
        _show(report)
    else:
        show_findings(report.findings)
    if report.findings:
        raise typer.Exit(3)


def _show(report: Since) -> None:
    if not report.differences:
        out(f"no article has changed since {report.revision}")
        return
    for difference in report.differences:
        _show_difference(difference)
    _show_work(report)
    out()
    out(f"live pages touched: {len(report.pages)}, in markets: {_listed(report.markets)}")
    for row in report.pages:
        out(f"  {row.market}/{row.locale}/{row.article}")
    out(f"approvals that would no longer match: {len(report.void)}")
    for one in report.void:
        out(f"  {_approval(one)}")


def _show_difference(difference: Difference) -> None:
    told = _COSMETIC if difference.fate == "cosmetic" else f"{difference.words} words to translate"
    out(f"{difference.path}: {difference.fate}: {told}")
    for sentence in difference.sentences:
        place = f"line {sentence.line}: " if sentence.line else ""
        out(f"  {place}{sentence.fate}{_warning(sentence)}")
        if sentence.was:
            out(f"    - {_short(sentence.was)}")
        out(f"    {'-' if sentence.fate == 'gone' else '+'} {_short(sentence.text)}")


def _warning(sentence: Sentence) -> str:
    if sentence.same_figures:
        return ""
    return ", with another number, unit or negation: its translations are not offered again"


def _show_work(report: Since) -> None:
    """How many words each locale gets."""
    if report.work is None:
        return
    locales: dict[str, int] = {}
    for task in report.work.tasks:
        locales[task.locale] = locales.get(task.locale, 0) + task.work.total
    told = ", ".join(f"{locale} {words}" for locale, words in locales.items() if words)
    out()
    out(f"words without a finished translation: {told or 'none'}")
    if report.work.rates:
        rates = report.work.rates
        price = sum(task.work.price(rates.of(task.locale)) for task in report.work.tasks)
        hours = sum(task.work.hours(rates.of(task.locale)) for task in report.work.tasks)
        out(f"together: {hours} hours, {price} {rates.currency}")


def _approval(one: Standing) -> str:
    who = one.record.person if one.record else ""
    return f"{one.wanted.market}: {one.wanted.role.value} of {one.wanted.subject}, by {who}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _json(report: Since) -> dict[str, object]:
    """The report as scripts get it."""
    work = report.work.tasks if report.work else ()
    return {
        "schema": SCHEMA,
        "since": report.revision,
        "cosmetic": all(one.fate == "cosmetic" for one in report.differences),
        "articles": [_difference_json(one) for one in report.differences],
        "words": [
            {"locale": t.locale, "article": t.article, "total": t.work.total, **t.work.words}
            for t in work
        ],
        "markets": list(report.markets),
        "pages": [
            {"market": row.market, "locale": row.locale, "article": row.article, "page": row.page}
            for row in report.pages
        ],
        "approvals": [
            {
                "market": one.wanted.market,
                "locale": one.wanted.subject.locale,
                "article": one.wanted.subject.article,
                "role": one.wanted.role.value,
                "person": one.record.person if one.record else "",
                "record": one.record.id if one.record else "",
            }
            for one in report.void
        ],
        "findings": [finding_json(finding) for finding in report.findings],
    }


def _difference_json(one: Difference) -> dict[str, object]:
    sentences = [
        {
            "fate": sentence.fate,
            "line": sentence.line,
            "text": sentence.text,
            "was": sentence.was,
            "words": sentence.words,
            "same_figures": sentence.same_figures,
        }
        for sentence in one.sentences
    ]
    return {"id": one.article, "path": one.path, "fate": one.fate, "words": one.words,
            "sentences": sentences}  # fmt: skip
