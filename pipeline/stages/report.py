"""Findings → what CI systems read: SARIF, JUnit XML, GitHub annotations."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from pipeline.model import Finding, Severity

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# What XML 1.0 cannot hold (section 2.2), even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sarif(
    findings: Iterable[Finding],
    waived: Iterable[tuple[Finding, str]],
    titles: Mapping[str, str],
    version: str,
) -> str:
    """The findings as SARIF 2.1.0 (OASIS), waived ones as suppressed, with their reason.

    `titles` has the title of every code that `l10n explain` knows.
    """
    open_ones = [(finding, "") for finding in findings]
    every = [*open_ones, *waived]
    codes = sorted({finding.code for finding, _ in every})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": titles.get(code, code)},
            "help": {"text": f"l10n explain {code}"},
        }
        for code in codes
    ]
    run = {
        "tool": {"driver": {"name": "l10n", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, reason, codes.index(f.code)) for f, reason in every],
    }
    log = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding, reason: str, rule: int) -> dict[str, object]:
    text = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    if finding.where.path:
        place: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.where.path)}}
        if finding.where.line:
            region = {"startLine": finding.where.line}
            if finding.where.column:
                region["startColumn"] = finding.where.column
            place["region"] = region
        result["locations"] = [{"physicalLocation": place}]
    if reason:
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _uri(path: str) -> str:
    """A path as a relative URI reference; one from the root becomes a file URI."""
    path = path.replace("\\", "/")
    return ("file://" if path.startswith("/") else "") + quote(path)


def junit(findings: Iterable[Finding], files: Iterable[str]) -> str:
    """The findings as JUnit XML: a test suite for each file, a failed case for each finding.

    Notes and warnings pass, with their text as output: a CI system fails a build for each
    failed case.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for name in files:
        found[name] = []
    for finding in findings:
        found[finding.where.path].append(finding)
    errors = sum(f.severity is Severity.ERROR for several in found.values() for f in several)
    cases = sum(max(len(several), 1) for several in found.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="l10n check" tests="{cases}" failures="{errors}">',
    ]
    for name, several in found.items():
        lines += _suite(name or "workspace", several)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(name: str, findings: list[Finding]) -> Iterator[str]:
    """The findings in one file."""
    from xml.sax.saxutils import quoteattr

    failed = sum(finding.severity is Severity.ERROR for finding in findings)
    shown = quoteattr(_xml(name))
    yield (
        f'  <testsuite name={shown} tests="{max(len(findings), 1)}" failures="{failed}"'
        ' errors="0" skipped="0">'
    )
    if not findings:
        yield f'    <testcase classname={shown} name="no findings"/>'
    for finding in findings:
        title = quoteattr(_xml(f"{finding.code} line {finding.where.line}"))
        yield f"    <testcase classname={shown} name={title}>{_outcome(finding)}</testcase>"
    yield "  </testsuite>"


def _outcome(finding: Finding) -> str:
    from xml.sax.saxutils import escape, quoteattr

    text = escape(_xml(str(finding)))
    if finding.severity is not Severity.ERROR:
        return f"<system-out>{text}</system-out>"
    message, kind = quoteattr(_xml(finding.message)), quoteattr(finding.code)
    return f"<failure message={message} type={kind}>{text}</failure>"


def _xml(text: str) -> str:
    return _NOT_XML.sub(lambda m: f"U+{ord(m[0]):04X}", text)


def github(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings as workflow commands, which GitHub shows beside the changed lines."""
    for finding in findings:
        where = finding.where
        named = [("file", where.path), ("line", where.line), ("col", where.column)]
        parts = [f"{name}={_property(str(value))}" for name, value in named if value]
        parts.append(f"title={_property(finding.code)}")
        text = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
        yield f"::{_GITHUB[finding.severity]} {','.join(parts)}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
