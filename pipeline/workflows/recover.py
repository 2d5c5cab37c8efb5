"""The journal since a moment → the catalogs with what runs had replaced or taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.model import Finding, Plan, Where, Write
from pipeline.store.commit_time import commit_time
from pipeline.store.files import apply, locked, read_bytes
from pipeline.store.journal import journals, read_journal
from pipeline.workflows.check import locale_of
from pipeline.workflows.pages import refuse_unknown

LAST = "last"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is written, and since when the journal was asked."""

    plan: Plan
    since: datetime


def recover(root: Path, since: str, locales: tuple[str, ...], *, write: bool) -> Recovered:
    """Bring words back that the journal keeps since a moment, over nothing newer.

    `since` is a date, a date and time, `last` for the newest run, or a commit.

    Raises:
        UsageError: `since` is none of these, or a locale has no journal.
        ConflictError: another command works here, or a file changed meanwhile.
    """
    paths = tuple(journals(root))
    names = {path: locale_of(root / path) for path in paths}
    refuse_unknown("locale", locales, tuple(sorted(set(names.values()))))
    moment = _moment(root, since, paths)
    chosen = tuple(path for path in paths if not locales or names[path] in locales)
    if not write:
        return _recover(root, moment, chosen, write=False)
    with locked(root):
        return _recover(root, moment, chosen, write=True)


def _recover(root: Path, since: datetime, paths: tuple[str, ...], *, write: bool) -> Recovered:
    from pipeline.po.save import save
    from pipeline.po.scan import scan
    from pipeline.stages.bring_back import bring_back

    writes: list[Write] = []
    findings: list[Finding] = []
    before: dict[str, bytes | None] = {}
    counts = dict.fromkeys(("filled", "noted", "obsolete"), 0)
    for path in paths:
        kept = tuple(one for one in read_journal(root, path) if one.time >= since)
        if not kept:
            continue
        try:
            content = read_bytes(root / path, path)
            catalog = scan(content, path)
        except PipelineError as error:
            findings += error.as_findings()
            continue
        back = bring_back(catalog, kept)
        if back.catalog is not catalog:
            before[path] = content
            writes.append(Write(path, save(content, back.catalog, path, before=catalog)))
            for name in counts:
                counts[name] += getattr(back, name)
    plan = Plan(tuple(writes), tuple(findings), counts)
    if write:
        apply(root, plan.writes, before)
    return Recovered(plan, since)


def _moment(root: Path, since: str, paths: tuple[str, ...]) -> datetime:
    """The moment that the words after `--since` name."""
    if since == LAST:
        times = [kept.time for path in paths for kept in read_journal(root, path)]
        if times:
            return max(times)
        problem = "the journal is empty: no run has replaced anything here"
        raise UsageError(problem, Where(".l10n/journal"), "nothing has to be recovered")
    try:
        found = datetime.fromisoformat(since)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        committed = commit_time(root, since)
    if committed is None:
        raise UsageError(
            f"{since!r} is no date, no time and no commit",
            None,
            "write 2026-01-31, 2026-01-31T22:30+00:00, `last`, or a commit that git knows",
        )
    return committed
