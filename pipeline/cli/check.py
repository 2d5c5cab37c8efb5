"""Commands about mistakes in translations: check, waive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import Articles, AsJson, Directory, DryRun, Locales, root_of
from pipeline.cli.show import finding_json, out, show_findings, show_json
from pipeline.model import Finding, Severity

if TYPE_CHECKING:
    from pipeline.workflows.check import Asked, Checked

Codes = list[str] | None


class OutputFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="PO files; default: every catalog here.")
    ] = None,
    directory: Directory = None,
    locale: Locales = None,
    article: Articles = None,
    select: Annotated[
        Codes, typer.Option("--select", metavar="CODE", help="Only this code; may be repeated.")
    ] = None,
    ignore: Annotated[
        Codes, typer.Option("--ignore", metavar="CODE", help="Not this code; may be repeated.")
    ] = None,
    output_format: Annotated[
        OutputFormat, typer.Option("--output-format", help="How findings are written.")
    ] = OutputFormat.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="First mend what has only one right form.")
    ] = False,
    dry_run: DryRun = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell notes and waived findings too.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look for mistakes in translations."""
    from pipeline.workflows.check import Asked
    from pipeline.workflows.check import check as run

    root = None if paths else root_of(directory)
    asked = Asked(
        tuple(paths or ()),
        tuple(locale or ()),
        tuple(article or ()),
        tuple(select or ()),
        tuple(ignore or ()),
    )
    shape = OutputFormat.JSON if as_json else output_format
    if fix:
        _mend(root, asked, write=not dry_run, tell=shape is OutputFormat.TEXT)
    report = run(root, asked, datetime.now(UTC).date())
    _show(report, shape, verbose=verbose)
    counted = any(finding.severity > Severity.NOTE for finding in report.findings)
    if not exit_zero and counted:
        raise typer.Exit(3 if report.unreadable else 1)


def _mend(root: Path | None, asked: Asked, *, write: bool, tell: bool) -> None:
    """Mend, and show each entry as it was and as it is."""
    from pipeline.workflows.mend import mend

    mending = mend(root, asked, datetime.now(UTC), write=write)
    for one in mending.mended if tell else ():
        out(f"{'mended' if write else 'would mend'} {one.where}")
        out(f"  - {_visible(one.before)}")
        out(f"  + {_visible(one.after)}")


def _visible(words: str) -> str:
    """Words with the spaces that look like others written out."""
    return words.replace("\u00a0", "<U+00A0>").replace("\u202f", "<U+202F>").replace("\n", "\\n")


def _show(report: Checked, shape: OutputFormat, *, verbose: bool) -> None:
    """Write what was found in the shape that is asked for."""
    if shape is OutputFormat.TEXT:
        _show_text(report, verbose=verbose)
    elif shape is OutputFormat.JSON:
        waived = [
            {**finding_json(one.finding), "reason": waiver.reason, "person": waiver.person}
            for one, waiver in report.waived
        ]
        found = [*map(finding_json, report.findings)]
        show_json({"schema": 1, "entries": report.entries, "findings": found, "waived": waived})
    else:
        _show_report(report, shape)


def _show_text(report: Checked, *, verbose: bool) -> None:
    show_findings(f for f in report.findings if verbose or f.severity > Severity.NOTE)
    for one, waiver in report.waived if verbose else ():
        out(f"{one.finding.where}: waived {one.finding.code}: {one.finding.message}")
        out(f"reason: {waiver.reason} ({waiver.person}, {waiver.given})")
    told = f"catalogs: {report.catalogs}; entries: {report.entries}; "
    told += f"findings: {sum(f.severity > Severity.NOTE for f in report.findings)}"
    notes = sum(f.severity is Severity.NOTE for f in report.findings)
    extra = [(notes, "notes"), (len(report.waived), "waived")]
    told += "".join(f"; {what}: {count}" for count, what in extra if count)
    out(told if verbose or not notes else f"{told} (-v tells them)")


def _show_report(report: Checked, shape: OutputFormat) -> None:
    """Write a format that CI systems read."""
    from pipeline import __version__
    from pipeline.stages import report as shapes
    from pipeline.workflows.explain import codes

    findings: Iterable[Finding] = report.findings
    if shape is OutputFormat.SARIF:
        waived = [(one.finding, waiver.reason) for one, waiver in report.waived]
        out(shapes.sarif(findings, waived, dict(codes()), __version__).rstrip("\n"))
    elif shape is OutputFormat.JUNIT:
        out(shapes.junit(findings, report.files).rstrip("\n"))
    else:
        for line in shapes.github(findings):
            out(line)


def waive(
    code: Annotated[str, typer.Argument(help="The code of the finding, such as unchanged.")],
    locale: Annotated[str, typer.Option("--locale", metavar="LOCALE", help="In which locale.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the finding is all right.")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who says so.")],
    directory: Directory = None,
    entry: Annotated[
        str, typer.Option("--entry", help="FILE:LINE of the finding, or the source text.")
    ] = "",
    article: Annotated[str, typer.Option("--article", metavar="ID", help="In which article.")] = "",
    until: Annotated[
        datetime | None,
        typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="The last day."),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Accept a finding, with the reason."""
    from pipeline.workflows.waive import Acceptance
    from pipeline.workflows.waive import waive as run

    last = until.date() if until else None
    asked = Acceptance(code, locale, reason, person, article, entry, last)
    made = run(root_of(directory), asked, datetime.now(UTC).date(), write=not dry_run)
    if as_json:
        told = [{"article": w.article, "msgid": w.entry[1] if w.entry else None} for w in made]
        show_json({"schema": 1, "code": code, "locale": locale, "waivers": told})
        return
    for waiver in made:
        what = f" {waiver.entry[1][:60]!r}" if waiver.entry else " every entry"
        word = "would waive" if dry_run else "waived"
        out(f"{word} {code} in {locale}: {waiver.article or 'every article'},{what}")
