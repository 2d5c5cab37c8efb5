"""Commands about past translations: memory import, export, search, stats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson, Directory, DryRun, Locales, root_of
from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json, table

app = typer.Typer(
    help="Find and exchange past translations.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("import", no_args_is_help=True)
def import_(
    paths: Annotated[list[Path], typer.Argument(help="TMX files.", metavar="FILE.tmx…")],
    directory: Directory = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take TMX files of other tools into the memory."""
    from pipeline.workflows.tmx import import_files

    done = import_files(root_of(directory), paths, write=not dry_run)
    if as_json:
        files = [
            {"name": f.name, "path": f.path, "units": f.units, "locales": f.locales,
             "known": f.known}
            for f in done.files
        ]  # fmt: skip
        found = [finding_json(finding) for finding in done.findings]
        show_json({"schema": SCHEMA, "files": files, "findings": found})
    else:
        show_findings(done.findings)
        for file in () if done.findings else done.files:
            told = ", ".join(f"{locale} {count}" for locale, count in file.locales.items())
            did = "is here already" if file.known else "would write" if dry_run else "wrote"
            out(f"{did} {file.path}: {file.units} translations ({told})")
        if done.findings:
            out("nothing was written: mend what is told above first")
    if done.findings:
        raise typer.Exit(3)


@app.command()
def export(
    directory: Directory = None,
    locale: Locales = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE.tmx", help="Write to a file (default: stdout)."),
    ] = None,
) -> None:
    """Write the memory as one TMX file."""
    import sys

    from pipeline.workflows.tmx import export as run

    pieces, findings = run(root_of(directory), tuple(locale or ()))
    show_findings(findings, sys.stderr)
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
    else:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        out(f"wrote {output}")
    if findings:
        raise typer.Exit(3)


@app.command(no_args_is_help=True)
def search(
    text: Annotated[str, typer.Argument(help="A text in the language of the articles.")],
    locale: Annotated[
        str, typer.Option("--locale", metavar="LOCALE", help="Whose translations to show.")
    ],
    directory: Directory = None,
    as_json: AsJson = False,
) -> None:
    """Show how a text, or one like it, was translated."""
    from dataclasses import asdict

    from pipeline.workflows.memory import search as run

    found, findings = run(root_of(directory), text, locale)
    if as_json:
        told = [{**asdict(match), "closeness": match.closeness.name.lower()} for match in found]
        problems = [finding_json(finding) for finding in findings]
        show_json({"schema": SCHEMA, "matches": told, "findings": problems})
    else:
        show_findings(findings)
        for match in found:
            differs = f", differs in {match.differs}" if match.differs else ""
            out(f"{match.score:3} %  {match.target}")
            out(f"       for: {match.source}")
            out(f"       in {match.origin}{differs}")
        if not found:
            out(f"the memory knows no text that is like this one in {locale}")
    if findings:
        raise typer.Exit(3)


@app.command()
def stats(directory: Directory = None, as_json: AsJson = False) -> None:
    """Show how many translations the memory holds."""
    from pipeline.workflows.memory import stats as run

    report = run(root_of(directory))
    if as_json:
        found = [finding_json(finding) for finding in report.findings]
        show_json({"schema": SCHEMA, "texts": report.texts, "files": report.files,
                   "locales": report.locales, "findings": found})  # fmt: skip
    else:
        show_findings(report.findings)
        table(("locale", "translations"), [(k, str(v)) for k, v in report.locales.items()])
        out(f"{report.texts} texts from {report.files} files")
    if report.findings:
        raise typer.Exit(3)
