"""A workspace → what is approved, by whom, how much that is worth, and what no longer matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.model import POLICY, Act, Finding, Market, Moment, Record, StampRole
from pipeline.stages.chain import heads, withdrawn
from pipeline.stages.compare import Change, compare
from pipeline.stages.stamps import Wanted, changed_parts, judge
from pipeline.store.approvals import evidence_text
from pipeline.workflows.desk import Desk, demanded_roles, kind_of, open_desk
from pipeline.workflows.pages import PlannedPage, plan_pages, refuse_unknown
from pipeline.workflows.policy_files import policy_files, policy_text


@dataclass(frozen=True, slots=True)
class Standing:
    """One stamp that is asked for or was given: what it is about, and whether it counts."""

    wanted: Wanted
    record: Record | None  # the one that counts, or the newest that does not
    problem: Finding | None
    changes: tuple[Change, ...] = ()

    @property
    def state(self) -> str:
        """How much the stamp is worth, in a word or two."""
        if self.problem or self.record is None:
            return self.problem.code if self.problem else "stamp-missing"
        if self.record.sample:
            return "sample"
        return "signed" if self.record.signature else "integrity only"

    @property
    def stale(self) -> bool:
        """Whether somebody has to approve again, or for the first time."""
        return self.problem is not None

    @property
    def valid_until(self) -> date | None:
        """The last day on which the stamp holds; None without an end."""
        return self.record.valid_until if self.record and not self.problem else None


@dataclass(frozen=True, slots=True)
class Report:
    """Every stamp of a workspace, what is wrong with its ledgers, and their heads."""

    assurance: str
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    heads: Mapping[str, tuple[str, ...]]
    exit_code: int


def standings(
    root: Path,
    as_of: Moment,
    markets: tuple[str, ...] = (),
    articles: tuple[str, ...] = (),
) -> Report:
    """Every stamp that markets ask for, and every one that was given, as it stands now.

    Raises:
        ConfigError: the settings cannot be read.
        PolicyError: the law or people.toml cannot be read.
        UsageError: a market or article that is asked for does not exist.
    """
    pages = plan_pages(root, as_of, articles=articles)
    refuse_unknown("market", markets, pages.law.codes)
    desk = open_desk(pages)
    chosen = [p for p in pages.planned if not markets or p.market.code in markets]
    found = [one for page in chosen for one in _of_page(page, desk)]
    if not articles:
        found += _of_policy(desk, markets)
    broken = [f for name, some in desk.broken.items() if _asked(name, markets) for f in some]
    return Report(
        assurance=desk.assurance,
        standings=tuple(found),
        findings=tuple(dict.fromkeys([*pages.findings, *desk.untrusted, *broken])),
        heads={name: heads(desk.records(name)) for name in desk.ledgers},
        exit_code=pages.exit_code,
    )


def _asked(name: str, markets: tuple[str, ...]) -> bool:
    return not markets or name in markets or name == POLICY


def _of_page(page: PlannedPage, desk: Desk) -> Iterator[Standing]:
    """The stamps on one page: those asked for, and those that somebody gave unasked."""
    asked = [role for role in demanded_roles(page.market, desk.assurance) if _now(role, page)]
    place = (page.locale, page.article.id)
    given = {
        record.role.value
        for record in desk.records(page.market.code)
        if (record.subject.locale, record.subject.article) == place
    }
    roles = tuple(dict.fromkeys([*asked, *sorted(given)]))
    for want in desk.wanted(page, roles):
        texts = desk.exhibits.of(page, kind_of(want.role))
        yield _standing(want, page.market.code, texts, page.market, desk)


def _now(role: str, page: PlannedPage) -> bool:
    """Whether a page can have a role's stamp now: finished words, and a page that may be."""
    if role == StampRole.OWNER.value or not page.complete:
        return False
    return role != StampRole.APPROVER.value or not page.verdict.blocks


def _of_policy(desk: Desk, markets: tuple[str, ...]) -> Iterator[Standing]:
    """The owners' stamps on the policy files; where nobody asks for them, those given."""
    law = desk.pages.law
    asked = any(StampRole.OWNER.value in demanded_roles(m, desk.assurance) for m in law.markets)
    given = {record.subject.path for record in desk.records(POLICY)}
    line = [c for m in law.markets if m.code in markets for c in (m.code, *law.parents_of(m))]
    for path in policy_files(desk.root, line or law.codes, desk.assurance):
        if asked or path in given:
            want = desk.wanted_policy(path)
            texts = {"file": policy_text(desk.root, path)}
            yield _standing(want, POLICY, texts, law.markets[0], desk)


def _standing(
    want: Wanted, ledger: str, texts: Mapping[str, str], market: Market, desk: Desk
) -> Standing:
    """One stamp, judged by itself."""
    records = desk.records(ledger)
    stamped = judge((want,), records, desk.terms(market, ()))
    if stamped.records:
        return Standing(want, stamped.records[0], None)
    newest = _newest(want, records)
    (problem,) = stamped.findings
    if newest is None:
        return Standing(want, None, problem)
    return Standing(want, newest, problem, tuple(_changes(newest, want, texts, desk)))


def _newest(want: Wanted, records: tuple[Record, ...]) -> Record | None:
    gone = withdrawn(records)
    mine = [
        r
        for r in records
        if r.act is Act.STAMP and r.subject == want.subject and r.role is want.role
    ]
    standing = [r for r in mine if r.id not in gone] or mine
    return max(standing, key=lambda record: (record.time, record.id), default=None)


def _changes(
    record: Record, want: Wanted, texts: Mapping[str, str], desk: Desk
) -> Iterator[Change]:
    """What has changed since a record was made, part by part."""
    for part in changed_parts(record.evidence, want.evidence):
        then = evidence_text(desk.root, record.evidence.get(part, "")) or ""
        yield compare(part, then, texts.get(part, ""))
