"""What translators ask → text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json
from pipeline.model import Finding

if TYPE_CHECKING:
    from pipeline.workflows.ask import Asked


def show_questions(asked: Sequence[Asked], findings: tuple[Finding, ...], *, as_json: bool) -> None:
    """Write the questions, open ones first; what cannot be read ends the command."""
    if as_json:
        found = [finding_json(finding) for finding in findings]
        show_json({"schema": SCHEMA, "questions": [*map(_json, asked)], "findings": found})
    else:
        show_findings(findings)
        for one in asked:
            _show(one)
        waiting = sum(one.open for one in asked)
        out(f"questions: {waiting} open, {len(asked) - waiting} answered")
    if findings:
        raise typer.Exit(3)


def _show(one: Asked) -> None:
    out(f"{one.where}: {'open' if one.open else 'answered'}: {one.question}")
    out(f"  text: {one.text}")
    if one.answer:
        out(f"  note: {one.answer}")
    if one.open:
        out(f"  answer it in a note above {one.source}: <!-- l10n:note … -->")
    out()


def _json(one: Asked) -> dict[str, object]:
    return {
        "locale": one.locale,
        "article": one.article,
        "text": one.text,
        "question": one.question,
        "path": one.where.path,
        "line": one.where.line,
        "source": one.source.path,
        "source_line": one.source.line,
        "open": one.open,
        "answer": one.answer,
    }
