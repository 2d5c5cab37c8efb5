"""A workspace → its site in `build/`: every page that may be shown, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import ConfigError, PolicyError, UnreadableError, UsageError
from pipeline.model import Finding, Market, Moment, Severity
from pipeline.store.files import locked, write_atomic
from pipeline.store.ledger import ledger_bytes, read_ledger
from pipeline.store.signatures import told_from_outside
from pipeline.store.state import BuildState, read_state, signature, write_state
from pipeline.store.workspace import assurance_of
from pipeline.workflows.approvals import approved_pages
from pipeline.workflows.expect import Asked, Expected, expected, read_asked
from pipeline.workflows.pages import Pages, refuse_unknown
from pipeline.workflows.rows import Row, reason, remembered
from pipeline.workflows.site import Site, make_site

FOLDER = "build"
UNREADABLE = 3  # the exit code of a build that stopped before it made anything
INPUTS = ("l10n.toml", "source", "locales", "templates")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its table, its findings, and how much work it was."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    parsed: int
    rendered: int
    written: int
    exit_code: int
    expected: tuple[Expected, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The work done, for scripts and tests: all 0 when nothing changed."""
        return {"parsed": self.parsed, "rendered": self.rendered, "written": self.written}

    @property
    def told(self) -> str:
        """The work done, in a line."""
        if not self.parsed and not self.findings:
            return "nothing changed since the last build"
        return f"pages rendered: {self.rendered}; files written to {FOLDER}/: {self.written}"


def build(
    root: Path,
    as_of: Moment,
    *,
    strict: bool,
    review: bool,
    write: bool,
    expect: tuple[str, ...] = (),
    now: Moment | None = None,
) -> Built:
    """Build the site of the workspace in `root`, as its law stands at a moment.

    `expect` names pages as `--expect` does; the exit code is 4 when one is not published.
    With `now`, a site that is no sample is written for that day only.

    Raises:
        ConfigError: the settings or a template cannot be read.
        PolicyError: the law cannot be read.
        UsageError: `expect` names an article that does not exist, or the day is another.
        ConflictError: another command works in this workspace.
    """
    asked = read_asked(expect)
    if write and now and assurance_of(root) != "sample":
        _refuse_other_day(as_of, now)
    try:
        built = _build(root, as_of, asked, strict=strict, review=review, write=write)
    except (ConfigError, PolicyError, UnreadableError) as error:
        if not asked:
            raise
        built = Built((), error.as_findings(), 0, 0, 0, UNREADABLE)
    stopped = built.findings if built.exit_code == UNREADABLE else ()
    told = expected(root, asked, built.rows, stopped)
    late = any(not page.published for page in told)
    return replace(built, expected=told, exit_code=4 if late else built.exit_code)


def _build(
    root: Path, as_of: Moment, asked: tuple[Asked, ...], *, strict: bool, review: bool, write: bool
) -> Built:
    """The build itself; it refuses unknown articles before it writes anything."""
    words = (f"strict={strict}", f"review={review}", *told_from_outside())
    inputs = _inputs(root, words)
    # Whoever can write files could have written the note, too: it never proves an approval.
    last = read_state(root) if assurance_of(root) == "sample" else None
    if last and last.inputs == inputs and _still(last, as_of, root):
        rows = tuple(remembered(row) for row in last.rows)
        _refuse_strange(asked, {row.article for row in rows})
        return Built(rows, (), 0, 0, 0, last.exit_code)
    pages = approved_pages(root, as_of)
    if pages.findings:
        return Built(pages.rows, pages.findings, len(pages.articles), 0, 0, pages.exit_code)
    _refuse_strange(asked, {article.id for article in pages.articles})
    site = make_site(pages, strict=strict or not _is_sample(pages), review=review)
    exit_code = _exit_code(pages, site, strict=strict)
    written = 0
    if write:
        with locked(root):
            steady = _inputs(root, words) == inputs  # nothing changed while this build read it
            written = _write(root, site)
            if steady and not site.findings:  # what is wrong is told again by the next build
                _remember(root, words, pages, exit_code)
    rows = tuple(_judged(row, site) for row in pages.rows)
    return Built(rows, site.findings, len(pages.articles), site.rendered, written, exit_code)


def _refuse_other_day(as_of: Moment, now: Moment) -> None:
    """The law and the approvals of a day that is gone, or to come, are none to publish by."""
    if as_of.day_in("UTC") != now.day_in("UTC"):
        problem = f"this site is no sample, and {as_of} is not today: it is not written for then"
        raise UsageError(problem, None, "add --dry-run to see that day, or leave out --as-of")


def _refuse_strange(asked: Iterable[Asked], known: set[str]) -> None:
    """Refuse an article that does not exist; where there is none at all, that is told instead."""
    if known:
        refuse_unknown("article", tuple(a.article for a in asked if a.article), tuple(known))


def _still(last: BuildState, as_of: Moment, root: Path) -> bool:
    """Whether no market's day has changed since the last build, nor what it left behind."""
    same = all(as_of.day_in(zone).isoformat() == day for zone, day in last.days.items())
    return same and last.outputs == signature([root / FOLDER])


def _days(markets: Iterable[Market], as_of: Moment) -> Mapping[str, str]:
    """The day in the time zone of each market."""
    return {market.zone: as_of.day_in(market.zone).isoformat() for market in markets}


def _judged(row: Row, site: Site) -> Row:
    """A row of the table, told by what became of its page."""
    found = site.refused.get((row.locale, row.article), ())
    why = tuple(map(reason, found))
    return replace(row, page="refused", why=why, blocks=found) if found else row


def _exit_code(pages: Pages, site: Site, *, strict: bool) -> int:
    """4 when a page that should be there may not be; a blocked page is the law at work."""
    if any(finding.severity is Severity.ERROR for finding in site.findings):
        return 4
    return 4 if strict and any(page.outcome == "draft" for page in pages.planned) else 0


def _is_sample(pages: Pages) -> bool:
    """Whether drafts may stand among the pages: those of a sample tell that they are one."""
    return pages.workspace.site.assurance == "sample"


def _inputs(root: Path, words: Iterable[str]) -> str:
    """A digest of all that a build reads, this program itself among it."""
    program = Path(__file__).parent.parent
    return signature([*(root / name for name in INPUTS), program], *words)


def _write(root: Path, site: Site) -> int:
    """Write what is new, take away what is no longer there, and count both."""
    folder = root / FOLDER
    # First, so that no link among them leads what is written out of the folder.
    written = _sweep(folder, set(site.files))
    for path, content in site.files.items():
        target = folder / path
        if target.is_file() and not target.is_symlink() and target.read_bytes() == content:
            continue
        write_atomic(target, content, durable=False)
        written += 1
    ledger = ledger_bytes(site.ledger)
    if site.ledger != read_ledger(root):
        write_atomic(root / "locales" / "slugs.toml", ledger)
        written += 1
    return written


def _sweep(folder: Path, wanted: set[str]) -> int:
    """Delete files that belong to no page any more: a withdrawn page must not linger."""
    gone = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
            gone += 1
    return gone


def _remember(root: Path, words: tuple[str, ...], pages: Pages, exit_code: int) -> None:
    """Note what this build saw and left, so that the next may find that nothing changed."""
    rows = tuple(row.told() for row in pages.rows)
    outputs = signature([root / FOLDER])
    days = _days(pages.law.markets, pages.law.as_of)
    write_state(root, BuildState(_inputs(root, words), outputs, rows, exit_code, days))
