"""Commands that send work to translators and take it back: handoff export, handoff import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Articles, AsJson, Directory, DryRun, root_of
from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json, table


class KitFormat(StrEnum):
    """The format of the files that a translator works on."""

    PO = "po"
    XLIFF12 = "xliff12"
    XLIFF21 = "xliff21"


app = typer.Typer(
    help="Send work to translators, and take it back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(no_args_is_help=True)
def export(
    locale: Annotated[
        list[str],
        typer.Option("--locale", metavar="LOCALE", help="For this locale; may be repeated."),
    ],
    directory: Directory = None,
    article: Articles = None,
    format_: Annotated[
        KitFormat, typer.Option("--format", help="What the translator's tool opens.")
    ] = KitFormat.PO,
    out_: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE.zip",
            help="Where to write it (default: handoff-LOCALE-FORMAT.zip here).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make one zip with all that a translator needs."""
    from pipeline.workflows.handoff_out import export as run

    locales = tuple(dict.fromkeys(locale))
    done = run(root_of(directory), locales, tuple(article or ()), format_.value, out_)
    catalogs = done.manifest.catalogs
    if as_json:
        show_json(
            {
                "schema": SCHEMA,
                "kit": done.manifest.kit,
                "path": str(done.path),
                "catalogs": [told.model_dump() for told in catalogs],
            }
        )
        return
    rows = [
        (c.file, str(c.entries), str(c.finished), str(c.fuzzy), str(c.missing), str(c.words_open))
        for c in catalogs
    ]
    table(("file", "entries", "finished", "fuzzy", "missing", "words to do"), rows)
    out(f"wrote {done.path} ({done.size // 1024 + 1} KiB), kit {done.manifest.kit}")


@app.command("import", no_args_is_help=True)
def import_(
    kit: Annotated[Path, typer.Argument(help="The zip that came back.")],
    directory: Directory = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take the work of a kit into the catalogs."""
    from pipeline.workflows.handoff_in import import_kit, totals

    done = import_kit(root_of(directory), kit, write=not dry_run)
    if as_json:
        show_json(
            {
                "schema": SCHEMA,
                "kit": done.kit,
                "catalogs": [
                    {"locale": d.locale, "article": d.article, **d.counts} for d in done.delivered
                ],
                "changed": [write.path for write in done.plan.writes],
                "findings": [finding_json(finding) for finding in done.plan.findings],
            }
        )
    else:
        show_findings(done.plan.findings)
        rows = [(d.locale, d.article, *map(str, d.counts.values())) for d in done.delivered]
        table(("locale", "article", "taken", "conflicts", "gone", "unchanged", "left to do"), rows)
        for write in done.plan.writes:
            out(f"{'would write' if dry_run else 'wrote'} {write.path}")
        total = totals(done.delivered)
        out(f"kit {done.kit}: {total.get('taken', 0)} entries taken"
            f"{' (nothing written yet)' if dry_run else ''}")  # fmt: skip
    if done.exit_code:
        raise typer.Exit(done.exit_code)
