"""Results → text or JSON on a stream, the same way for every command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from pipeline.model import Finding, Severity

SCHEMA = 1


def out(line: str = "") -> None:
    """Write one line of results."""
    sys.stdout.write(line + "\n")


def note(line: str) -> None:
    """Write one line of progress: on stderr, and only for a person at a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(line + "\n")


def show_json(value: object) -> None:
    """Write a result as JSON; the shape is a promise to scripts, numbered by `schema`."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def show_findings(findings: Iterable[Finding], stream: TextIO | None = None) -> None:
    """Write findings one after the other, with what to do below each."""
    stream = stream or sys.stdout
    for finding in findings:
        stream.write(paint(str(finding), finding.severity, stream) + "\n")


def paint(text: str, severity: Severity, stream: TextIO) -> str:
    """Colour the severity for a person at a terminal; scripts and NO_COLOR get plain text."""
    if os.environ.get("NO_COLOR") or not stream.isatty():
        return text
    word = severity.name.lower()
    colour = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.NOTE: 36}[severity]
    return text.replace(f"{word} ", f"\033[1;{colour}m{word}\033[0m ", 1)


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as scripts get it."""
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "path": finding.where.path,
        "line": finding.where.line,
        "column": finding.where.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The severity of the worst finding; None when there is none."""
    return max((finding.severity for finding in findings), default=None)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as aligned columns; wide characters count as two."""
    every = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(_width(row[i]) for row in every) for i in range(len(header))]
    for row in every:
        cells = [
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        out("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """How many columns a terminal needs for a text."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
