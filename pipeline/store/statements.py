"""Reads the statements of a locale: one sentence a line, and nothing else in the file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.model import Finding, Statement, Where
from pipeline.store.files import read_text

# A statement is a few sentences; a longer file is something else that went astray.
MAX_STATEMENT = 20_000
# Marks that the writing of a language needs: direction marks and joiners.
ALLOWED = {
    "ar": "\u200e\u200f",
    "he": "\u200e\u200f",
    "fa": "\u200c\u200e\u200f",
    "hi": "\u200c\u200d",
}
# Controls, format and bidi marks, surrogates, private use, unassigned, line separators.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def load_statements(root: Path, locale: str) -> tuple[Statement, ...]:
    """The statements of a locale in the order of their ids; none without a folder.

    Raises:
        UnreadableError: with a finding for every problem of every file.
    """
    shown = f"locales/{locale.replace('-', '_')}/statements"
    folder = root / shown
    statements: list[Statement] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        place = f"{shown}/{path.name}"
        try:
            text = read_text(path, place)
        except UnreadableError as error:
            findings += error.as_findings()
            continue
        problems = statement_problems(text, place, locale)
        findings += problems
        if not problems:
            lines = tuple(text.removesuffix("\n").split("\n"))
            statements.append(Statement(path.stem, locale, lines, Where(place)))
    if findings:
        raise UnreadableError.of(tuple(findings))
    return tuple(statements)


def statement_problems(text: str, shown: str, locale: str) -> tuple[Finding, ...]:
    """What is wrong with a statement file: it holds one sentence a line and nothing else."""
    if len(text) > MAX_STATEMENT:
        return (_bad(shown, 0, f"is over {MAX_STATEMENT} characters", "a statement is short"),)
    if not text.strip():
        return (_bad(shown, 0, "is empty", "write one sentence a line, or delete the file"),)
    found = []
    if not text.endswith("\n"):
        last = text.count("\n") + 1
        found.append(_bad(shown, last, "does not end with a line end", "add one at the end"))
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found += [_bad(shown, number, *problem) for problem in _line_problems(line, locale)]
    return tuple(found)


def _line_problems(line: str, locale: str) -> list[tuple[str, str]]:
    """What is wrong with one line, each problem with what to do about it."""
    if not line.strip():
        return [("has a blank line", "write one sentence a line, with no line between")]
    problems = []
    if line.endswith("\r"):
        problems.append(("has a CRLF line end", "save the file with LF line ends"))
        line = line[:-1]
    if line != line.strip():
        problems.append(("has space at the start or end of a line", "remove it"))
    if unicodedata.normalize("NFC", line) != line:
        problems.append(("is not in Unicode form NFC", "save it with composed characters"))
    allowed = ALLOWED.get(locale.partition("-")[0], "")
    for character in dict.fromkeys(line):
        if character not in allowed and unicodedata.category(character) in INVISIBLE:
            name = unicodedata.name(character, "control character")
            problems.append((f"holds U+{ord(character):04X} ({name})", "remove it"))
    return problems


def _bad(shown: str, line: int, problem: str, hint: str) -> Finding:
    """A finding about a statement file."""
    return Finding("bad-statement", f"this statement {problem}", Where(shown, line), hint)
