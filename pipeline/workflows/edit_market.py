"""A market's law and what an officer wants of it → a proposal, judged by the loader, then files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.model import Finding, Market, Moment, Write
from pipeline.model.edit import Edit, SetWords
from pipeline.stages.rule_questions import Known
from pipeline.stages.tell_edit import Shift, days_of, in_words, shifts
from pipeline.store.files import apply, decode, locked, read_bytes
from pipeline.store.market_edit import edited
from pipeline.store.shadow import make_shadow
from pipeline.store.workspace import folder_of, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.law import read_law
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.regulate import judge_all


@dataclass(frozen=True, slots=True)
class Opened:
    """A market's law as it is before an edit."""

    root: Path
    as_of: Moment
    known: Known
    path: str  # of the market file
    content: bytes
    findings: tuple[Finding, ...]  # articles that cannot be read; the law can


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an edit would write, in plain words, as a difference, and in what it does."""

    opened: Opened
    edits: tuple[Edit, ...]
    writes: tuple[Write, ...]
    before: dict[str, bytes | None]
    sentences: tuple[str, ...]
    diff: tuple[str, ...]  # lines of all files
    shifts: tuple[Shift, ...]


def open_market(root: Path, market: str, as_of: Moment) -> Opened:
    """Read what a dialogue about a market's law has to know.

    Raises:
        PolicyError: the law cannot be read: mend it first.
        UsageError: there is no such market.
    """
    workspace = open_workspace(root)
    law = read_law(workspace, as_of)
    refuse_unknown("market", (market,), tuple(one.code for one in law.markets))
    found = next(one for one in law.markets if one.code == market)
    articles, findings = read_articles(workspace)
    named = [f.text for article in articles for f in article.fields if f.key == "category"]
    children = _children(law.markets, market)
    known = Known(
        market=found,
        today=as_of.day_in(found.zone),
        effects=law.effects,
        products=tuple(law.products.values()),
        categories=tuple(dict.fromkeys(named)),
        rule_ids=frozenset(rule.id for one in law.markets for rule in one.rules),
        statements=tuple(s for s in law.statements.values() if s.locale in found.languages),
        children=tuple(child.code for child in children),
        locales=tuple(name for one in (found, *children) for name in one.languages),
    )
    path = found.where.path
    return Opened(root, as_of, known, path, read_bytes(root / path, path), findings)


def _children(markets: tuple[Market, ...], code: str) -> tuple[Market, ...]:
    """The published markets whose line of parents has a market in it."""
    parents = {market.code: market.parent for market in markets}

    def line(name: str) -> Iterator[str]:
        while name := parents.get(name, ""):
            yield name

    return tuple(m for m in markets if m.languages and code in line(m.code))


def propose(opened: Opened, edits: tuple[Edit, ...]) -> Proposal:
    """What edits would write and do; nothing is written.

    Raises:
        PolicyError: the loader refuses the law as it would be, with every finding.
        UnreadableError: it refuses a statement.
    """
    writes, before = _writes(opened, edits)
    with _shadow(opened.root, writes) as root:
        known = open_market(root, opened.known.market.code, opened.as_of).known
        told = in_words(edits, opened.known, known.own)
        found = _shifts(opened, edits, root, known)
    diff = tuple(line for write in writes for line in _diff(write, before[write.path]))
    return Proposal(opened, edits, writes, before, told, diff, found)


def _shifts(opened: Opened, edits: tuple[Edit, ...], root: Path, after: Known) -> tuple[Shift, ...]:
    """What the edits do on each day on which they may show; `root` has the law after them."""
    before = opened.known
    days = days_of(edits, before)
    moments = (opened.as_of, *map(Moment, days[1:]))
    own = (before.market.code,) if before.market.languages or after.market.languages else ()
    codes = (*own, *before.children) or (before.market.code,)
    found: list[Shift] = []
    for day, moment in zip(days, moments, strict=True):
        was = judge_all(opened.root, moment, codes, locales=before.locales).matrix
        now = judge_all(root, moment, codes, locales=after.locales).matrix
        found += shifts(day, was, now)
    return tuple(found)


def write_proposal(proposal: Proposal) -> tuple[str, ...]:
    """Write what was proposed, and give back the paths.

    Raises:
        ConflictError: one of the files was changed meanwhile; nothing is written.
        PolicyError: another file was changed, and the loader refuses the law as it would be.
    """
    opened = proposal.opened
    with locked(opened.root):
        with _shadow(opened.root, proposal.writes) as root:
            read_law(open_workspace(root), opened.as_of)
        apply(opened.root, proposal.writes, proposal.before)
    return tuple(write.path for write in proposal.writes)


@contextmanager
def _shadow(root: Path, writes: tuple[Write, ...]) -> Iterator[Path]:
    """The workspace as it would be, for as long as it is looked at."""
    with TemporaryDirectory(prefix="l10n-edit-") as folder:
        make_shadow(root, Path(folder), writes)
        yield Path(folder)


def _writes(
    opened: Opened, edits: tuple[Edit, ...]
) -> tuple[tuple[Write, ...], dict[str, bytes | None]]:
    """The files that edits change, and what each of them holds now."""
    before: dict[str, bytes | None] = {opened.path: opened.content}
    text = edited(decode(opened.content, opened.path), edits)
    writes = [Write(opened.path, text.encode("utf-8"))]
    for edit in edits:
        if isinstance(edit, SetWords):
            path = f"locales/{folder_of(edit.locale)}/statements/{edit.statement}.txt"
            file = opened.root / path
            before[path] = read_bytes(file, path) if file.exists() else None
            lines = "".join(f"{sentence}\n" for sentence in edit.sentences)
            writes.append(Write(path, lines.encode("utf-8")))
    return tuple(write for write in writes if write.content != before[write.path]), before


def _diff(write: Write, before: bytes | None) -> Iterator[str]:
    """How a file would change, as a unified diff."""
    name = write.path if before is not None else "(new file)"
    return unified_diff(_lines(before), _lines(write.content), name, write.path, lineterm="")


def _lines(content: bytes | None) -> list[str]:
    """The lines of a file, as they are shown."""
    text = (content or b"").decode("utf-8")
    return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")] if text else []
