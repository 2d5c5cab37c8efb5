"""Catalogs on disk → what the checks find in their finished and fuzzy words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.codes import codes_of
from pipeline.errors import PipelineError
from pipeline.model import Entry, Finding, Role, Segment
from pipeline.store.files import read_bytes
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.words import look


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    catalogs: int
    entries: int
    findings: tuple[Finding, ...]
    unreadable: bool


def check(
    root: Path | None,
    paths: tuple[Path, ...],
    locales: tuple[str, ...],
    articles: tuple[str, ...],
) -> Checked:
    """Check the catalogs of a workspace, or the files at `paths`.

    Raises:
        UsageError: a locale or article that is asked for has no catalog.
    """
    files = paths if root is None else catalogs(root, locales, articles)
    findings: list[Finding] = []
    entries = 0
    unreadable = False
    for path in files:
        shown = path.relative_to(root).as_posix() if root else str(path)
        try:
            found = _checked(path, shown)
        except PipelineError as error:
            findings += error.as_findings()
            unreadable = True
            continue
        entries += found[0]
        findings += found[1]
    return Checked(len(files), entries, tuple(findings), unreadable)


def catalogs(
    root: Path, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> tuple[Path, ...]:
    """The catalogs of a workspace, those of some locales and articles if any are named."""
    every = sorted((root / "locales").glob("*/LC_MESSAGES/*.po"))
    refuse_unknown("locale", locales, tuple({locale_of(path) for path in every}))
    refuse_unknown("article", articles, tuple({path.stem for path in every}))
    return tuple(
        path
        for path in every
        if (not locales or locale_of(path) in locales) and (not articles or path.stem in articles)
    )


def locale_of(path: Path) -> str:
    """The locale of a catalog: its folder says it, since editors rewrite the header."""
    if path.parent.name == "LC_MESSAGES":
        return path.parent.parent.name.replace("_", "-")
    return ""


def _checked(path: Path, shown: str) -> tuple[int, list[Finding]]:
    """How many entries a catalog has, and what is found in them."""
    from pipeline.po.scan import scan

    locale = locale_of(path)
    catalog = scan(read_bytes(path, shown), shown)
    found: list[Finding] = []
    for entry in catalog.entries:
        if entry.obsolete or entry.msgid_plural or not entry.msgstr[0]:
            continue
        found += look(segment_of(entry), entry.msgstr[0], locale, shown, entry.span.line)
    return len(catalog.entries), found


def segment_of(entry: Entry) -> Segment:
    """An entry as its segment: everything a check needs stands in the msgid itself."""
    role = Role(entry.msgctxt) if entry.msgctxt in _roles() else Role.TEXT
    return Segment(entry.msgid, entry.msgctxt, role, 0, entry.msgid, codes_of(entry.msgid))


def _roles() -> Iterator[str]:
    return (str(role) for role in Role)
