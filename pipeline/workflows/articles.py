"""Source files → articles: read, split, segment, describe."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.model import Article, Finding, Format, SegmentedDocument, SplitOptions, Where
from pipeline.store.files import read_text
from pipeline.store.workspace import Workspace


@cache
def formats() -> tuple[Format, ...]:
    """Every source format, one for each file of `pipeline/formats`."""
    import pipeline.formats
    from pipeline.plugins import collect

    return collect(pipeline.formats, "FORMAT")


def format_of(path: Path) -> Format:
    """The format that a file name's ending asks for.

    Raises:
        UsageError: no format reads such files.
    """
    for candidate in formats():
        if path.suffix.lower() in candidate.suffixes:
            return candidate
    known = ", ".join(suffix for candidate in formats() for suffix in candidate.suffixes)
    raise UsageError(f"no format reads {path.name}", Where(str(path)), f"known endings: {known}")


def format_named(name: str) -> Format:
    """The format with a name.

    Raises:
        UsageError: there is none.
    """
    for candidate in formats():
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in formats())
    raise UsageError(f"there is no format {name!r}", None, f"known formats: {known}")


def segmented(text: str, shown: str, fmt: Format, options: SplitOptions) -> SegmentedDocument:
    """A source text cut into segments; blocks of other languages than English stay whole."""
    from pipeline.stages.segment import segment

    document = fmt.split(text, shown, options)
    if options.language != "en":
        return segment(document, cut=lambda _: ())
    return segment(document)


def read_article(workspace: Workspace, path: Path) -> tuple[Article | None, tuple[Finding, ...]]:
    """One source file as an article, or what is wrong with it."""
    from pipeline.stages.describe import describe
    from pipeline.stages.recombine import compile_skeleton

    shown = workspace.shown(path)
    try:
        fmt = format_of(path)
        document = segmented(read_text(path, shown), shown, fmt, workspace.options)
        return describe(document, compile_skeleton(document, fmt), shown)
    except PipelineError as error:
        return None, error.as_findings()


def read_articles(workspace: Workspace) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """Every article of a workspace, and every problem found on the way."""
    articles: list[Article] = []
    findings: list[Finding] = []
    for path in workspace.sources:
        article, found = read_article(workspace, path)
        findings += found
        if article is not None:
            findings += _clash(article, articles)
            articles.append(article)
    findings += _unknown_related(articles)
    return tuple(articles), tuple(findings)


def _clash(article: Article, earlier: list[Article]) -> list[Finding]:
    """Two articles with one id would share their catalogs."""
    return [
        Finding(
            "article-id",
            f"the id {article.id!r} is already that of {other.path}",
            Where(article.path, 1),
            "give this article an id of its own",
        )
        for other in earlier
        if other.id == article.id
    ]


def _unknown_related(articles: list[Article]) -> list[Finding]:
    """Related articles that do not exist."""
    ids = sorted(article.id for article in articles)
    return [
        Finding(
            "article-related",
            f"there is no article {related!r}",
            Where(article.path, 1),
            f"articles here: {', '.join(ids)}",
        )
        for article in articles
        for related in article.related
        if related not in ids
    ]
