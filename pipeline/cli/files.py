"""Commands that look at any file, outside a workspace too: segments, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson
from pipeline.cli.show import finding_json, out, show_findings, show_json

FormatName = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="markdown|html", help="Default: what the file's name ends in."
    ),
]


def segments(
    path: Annotated[str, typer.Argument(help="An article, or - for standard input.")],
    format_name: FormatName = None,
    as_json: AsJson = False,
) -> None:
    """Show how an article is cut into segments."""
    from dataclasses import asdict

    from pipeline.workflows.cut import cut_bytes, cut_file, told

    if path == "-":
        found = cut_bytes(sys.stdin.buffer.read(), format_name)
    else:
        found = cut_file(Path(path), format_name)
    if as_json:
        show_json([asdict(told(segment)) for segment in found])
        return
    for segment in found:
        out(f"{segment.line:>5}  {segment.role:<16}  {segment.text}")


def doctor(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Articles or folders; default: this workspace.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that no byte or word of articles is lost."""
    from pipeline.workflows.doctor import examine

    report = examine(tuple(paths or ()))
    findings = tuple(finding for item in report for finding in item.findings)
    total = len(report)
    identical = sum(item.identical for item in report)
    complete = sum(item.complete for item in report)
    if as_json:
        show_json(
            {
                "schema": 1,
                "files": total,
                "identical": identical,
                "complete": complete,
                "segments": sum(item.segments for item in report),
                "protected": _sum([item.protected for item in report]),
                "findings": [finding_json(finding) for finding in findings],
            }
        )
    else:
        show_findings(findings)
        out(f"identity      {identical} of {total} files come back byte for byte")
        out(f"completeness  {complete} of {total} files have no visible word outside a segment")
        for rule, count in sorted(_sum([item.protected for item in report]).items()):
            out(f"              {count} words are kept as they are by the rule {rule!r}")
    if findings:
        raise typer.Exit(3 if any(item.unreadable for item in report) else 1)


def _sum(counts: list[dict[str, int]]) -> dict[str, int]:
    """The counts of several files together."""
    total: dict[str, int] = {}
    for each in counts:
        for key, value in each.items():
            total[key] = total.get(key, 0) + value
    return total


COMMANDS = (doctor, segments)
NEED_WORDS = (segments,)
