"""Commands about work to come, and work that exists elsewhere: forecast, align."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.moment import moment
from pipeline.cli.options import Articles, AsJson, AsOf, Directory, DryRun, Locales, root_of
from pipeline.cli.show import SCHEMA, finding_json, out, show_findings, show_json, table

if TYPE_CHECKING:
    from pipeline.stages.bands import Work
    from pipeline.workflows.align import AlignReport
    from pipeline.workflows.forecast import Forecast


def forecast(
    directory: Directory = None,
    locale: Locales = None,
    article: Articles = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISION",
            help="What the articles, as they are now, change since this git revision.",
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Count the words to translate, by match band, and tell what they cost."""
    names, only = tuple(locale or ()), tuple(article or ())
    if since is not None:
        from pipeline.cli.show_since import show_since
        from pipeline.workflows.since import since as run_since

        report = run_since(root_of(directory), since, moment(as_of), names, only)
        show_since(report, as_json=as_json)
        return
    from pipeline.workflows.forecast import forecast as run

    found = run(root_of(directory), names, only)
    if as_json:
        show_json({"schema": SCHEMA, **_forecast_json(found)})
    else:
        show_findings(found.findings)
        _show(found)
    if found.findings:
        raise typer.Exit(3)


def _show(found: Forecast) -> None:
    """The table, then the totals; what needs no work is left out."""
    from pipeline.model.rates import BANDS
    from pipeline.stages.bands import together

    rates = found.rates
    tasks = [task for task in found.tasks if task.work.texts]
    if not tasks:
        out("nothing awaits translation")
        return
    header = ("locale", "article", *BANDS, "words", *(("hours", rates.currency) if rates else ()))
    rows = [(t.locale, t.article, *_cells(t.work), *_costs(found, t.locale, t.work)) for t in tasks]
    for locale in dict.fromkeys(task.locale for task in tasks):
        mine = [task.work for task in tasks if task.locale == locale]
        if len(mine) > 1:
            work = together(mine)
            rows.append((locale, "(all)", *_cells(work), *_costs(found, locale, work)))
    table(header, rows)
    out()
    out(_total(found))


def _cells(work: Work) -> tuple[str, ...]:
    return (*(str(number or "-") for number in work.words.values()), str(work.total))


def _costs(found: Forecast, locale: str, work: Work) -> tuple[str, ...]:
    if found.rates is None:
        return ()
    rate = found.rates.of(locale)
    return str(work.hours(rate)), str(work.price(rate))


def _total(found: Forecast) -> str:
    """The last line: everything together."""
    from pipeline.stages.bands import together

    work = together(task.work for task in found.tasks)
    told = f"total: {work.total} words in {work.texts} texts"
    if found.rates is None:
        return f"{told}; no [rates] in l10n.toml, so no costs"
    hours = sum(task.work.hours(found.rates.of(task.locale)) for task in found.tasks)
    price = sum(task.work.price(found.rates.of(task.locale)) for task in found.tasks)
    return f"{told}; {hours} hours; {price} {found.rates.currency}"


def _forecast_json(found: Forecast) -> dict[str, object]:
    """The forecast as scripts get it; money and hours are strings, so that nothing is rounded."""
    tasks = []
    for task in found.tasks:
        told = {"words": dict(task.work.words), "total": task.work.total, "texts": task.work.texts}
        if found.rates:
            hours, price = _costs(found, task.locale, task.work)
            told |= {"hours": hours, "price": price}
        tasks.append({"locale": task.locale, "article": task.article, **told})
    currency = found.rates.currency if found.rates else None
    findings = [finding_json(finding) for finding in found.findings]
    return {"currency": currency, "tasks": tasks, "findings": findings}


def align(
    source: Annotated[Path, typer.Argument(help="The article, a file of source/.")],
    translated: Annotated[Path, typer.Argument(help="The page that translates it.")],
    locale: Annotated[
        str, typer.Option("--locale", metavar="LOCALE", help="The locale of the page.")
    ],
    directory: Directory = None,
    article: Annotated[
        str, typer.Option("--article", metavar="ID", help="Fill this article's catalog.")
    ] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fill a catalog from a page that is translated already."""
    from pipeline.workflows.align import align_page

    report = align_page(root_of(directory), source, translated, locale, article, write=not dry_run)
    filling, aligned = report.filling, report.aligned
    if as_json:
        show_json(_aligned_json(report))
        return
    out(f"sentences in the article: {aligned.sources}; on the page: {aligned.targets}")
    out(f"pairs: {len(aligned.matches)}; entries filled, as fuzzy: {filling.filled}")
    out(f"left as they are, since they had words: {filling.had_words}")
    if filling.unknown:
        out(f"not in the catalog: {filling.unknown}; run `l10n extract` and align again")
    for write in report.plan.writes:
        out(f"{'would write' if dry_run else 'wrote'} {write.path}")


def _aligned_json(report: AlignReport) -> dict[str, object]:
    """An alignment as scripts get it, with every pair."""
    pairs = [
        {
            "score": match.score,
            "source": [segment.text for segment in match.sources],
            "translated": [segment.text for segment in match.targets],
        }
        for match in report.aligned.matches
    ]
    return {
        "schema": SCHEMA,
        "catalog": report.path,
        "changed": [write.path for write in report.plan.writes],
        "sentences": {"article": report.aligned.sources, "page": report.aligned.targets},
        "filled": report.filling.filled,
        "had_words": report.filling.had_words,
        "unknown": report.filling.unknown,
        "pairs": pairs,
    }


COMMANDS = (forecast, align)
NEED_WORDS = (align,)
