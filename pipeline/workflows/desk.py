"""The ledgers and the people of a workspace → what stamps are asked for, and judged with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from pipeline.model import (
    POLICY,
    Act,
    Finding,
    Market,
    Moment,
    People,
    Record,
    StampRole,
    Subject,
    Where,
)
from pipeline.stages.chain import chain_findings, cut_off
from pipeline.stages.entitled import entitled
from pipeline.stages.evidence import digest
from pipeline.stages.stamps import Terms, Wanted, judge
from pipeline.store.approvals import FOLDER, Ledger, evidence_findings, load_ledgers
from pipeline.store.history import heads_from_outside, records_known_to_git
from pipeline.store.people import load_people
from pipeline.store.records import name_of
from pipeline.workflows.evidence import Exhibits
from pipeline.workflows.pages import Pages, PlannedPage
from pipeline.workflows.policy_files import policy_files, policy_text, scope_of
from pipeline.workflows.trust import SignatureBook, trusted

EVERY_ROLE = tuple(role.value for role in StampRole)
OF_WORDS = (StampRole.TRANSLATOR, StampRole.REVISER)


def demanded_roles(market: Market, assurance: str) -> tuple[str, ...]:
    """The roles that must have approved a page of a market.

    A sample site is no publication, so a market may ask for none there; everywhere else
    nothing is published without all of them.
    """
    return market.stamped_by if assurance == "sample" else EVERY_ROLE


@dataclass(frozen=True)
class Desk:
    """What stamps are judged with: the ledgers, the people, and the pages as they are now."""

    pages: Pages
    ledgers: Mapping[str, Ledger]
    people: People
    exhibits: Exhibits
    signatures: SignatureBook
    untrusted: tuple[Finding, ...]  # why nobody's signature can be believed
    _policy: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """Where the workspace is."""
        return self.pages.workspace.root

    @property
    def assurance(self) -> str:
        """How much a stamp must be worth."""
        return self.pages.workspace.site.assurance

    def records(self, ledger: str) -> tuple[Record, ...]:
        """The records of a ledger; none where there is no such folder."""
        return self.ledgers[ledger].records if ledger in self.ledgers else ()

    @cached_property
    def broken(self) -> Mapping[str, tuple[Finding, ...]]:
        """What is wrong with each ledger as a whole; a ledger that is gone is one, too."""
        outside = {*records_known_to_git(self.root, FOLDER), *heads_from_outside()}
        names = {*self.ledgers, *(ledger for ledger, _ in outside)}
        return {
            name: (
                *(self.ledgers[name].findings if name in self.ledgers else ()),
                *chain_findings(name, self.records(name)),
                *cut_off(name, self.records(name), (i for led, i in outside if led == name)),
                *evidence_findings(self.root, self.records(name)),
            )
            for name in sorted(names)
        }

    def terms(self, market: Market, different: tuple[str, ...]) -> Terms:
        """What makes a stamp count in a market."""
        day = self.pages.law.day_in(market)
        return Terms(
            assurance=self.assurance,
            people=self.people,
            moment=end_of(self.pages.law.as_of, market.zone),
            day=day,
            next_build=day + timedelta(days=self.pages.workspace.site.build_every),
            different=different,
            signed=self.signatures.trouble,
        )

    def wanted(self, page: PlannedPage, roles: Iterable[str]) -> tuple[Wanted, ...]:
        """The stamps on a page that roles ask for, with the digests of what stands there now."""
        asked = [StampRole(role) for role in roles if role != StampRole.OWNER.value]
        made = {kind: self.exhibits.of(page, kind) for kind in {kind_of(role) for role in asked}}
        return tuple(
            Wanted(
                subject=Subject(kind_of(role), page.article.id, page.locale),
                role=role,
                market=page.market.code,
                evidence=digests(made[kind_of(role)]),
                where=Where(page.article.path),
            )
            for role in asked
        )

    def policy(self, market: Market) -> tuple[Finding, ...]:
        """What is wrong with the owners' stamps on the files that decide for a market."""
        if market.code not in self._policy:
            self._policy[market.code] = tuple(self._judge_policy(market))
        return self._policy[market.code]

    def wanted_policy(self, path: str) -> Wanted:
        """The owner's stamp on a policy file."""
        return Wanted(
            subject=Subject("policy", path=path),
            role=StampRole.OWNER,
            market=scope_of(path, self.pages.law.codes),
            evidence={"file": name_of(policy_text(self.root, path).encode("utf-8"))},
            where=Where(path),
            owner=self.people.owners.get(path, ""),
        )

    def _judge_policy(self, market: Market) -> Iterable[Finding]:
        yield from self.broken.get(POLICY, ())
        line = [market.code, *self.pages.law.parents_of(market)]
        files = policy_files(self.root, line, self.assurance)
        for path in files:
            owner = self.people.owners.get(path)
            if owner is None:
                problem = f"{path} decides what {market.code} publishes, and has no owner"
                hint = "name one under [owners] in locales/markets/people.toml"
                yield Finding("policy-no-owner", problem, self.people.where, hint)
                continue
            terms = self.terms(market, ())
            yield from judge((self.wanted_policy(path),), self.records(POLICY), terms).findings
        yield from self._gone()

    def _gone(self) -> Iterable[Finding]:
        """A policy file that was approved and is no longer there took its rules with it."""
        withdrawn = {r.withdraws for r in self.records(POLICY) if self._may_take_back(r)}
        for path in sorted({r.subject.path for r in self.records(POLICY) if r.subject.path}):
            standing = [
                r
                for r in self.records(POLICY)
                if r.subject.path == path and not r.withdraws and r.id not in withdrawn
            ]
            if standing and not (self.root / path).exists():
                owner = self.people.owners.get(path) or standing[-1].person
                problem = f"{path} was approved by {standing[-1].person} and is gone"
                hint = f"restore it, or let {owner} take the approval back"
                yield Finding("policy-file-gone", problem, Where(path), f"{hint}; ask {owner}")

    def _may_take_back(self, record: Record) -> bool:
        """Whether a record takes a policy file's approval back as its owner: not by anybody's."""
        path = record.subject.path
        role, owner = StampRole.OWNER, self.people.owners.get(path, "")
        scope = scope_of(path, self.pages.law.codes)
        if record.act is not Act.WITHDRAW or record.role is not role:
            return False
        if self.assurance == "signed" and self.signatures.trouble(record):
            return False
        return not entitled(self.people, record.person, role, scope, record.time.date(), owner)


def open_desk(pages: Pages) -> Desk:
    """Read the ledgers and the people of a workspace.

    Raises:
        PolicyError: people.toml cannot be read.
    """
    root = pages.workspace.root
    untrusted = trusted(root) if pages.workspace.site.assurance == "signed" else ()
    people = load_people(root)
    return Desk(
        pages=pages,
        ledgers=load_ledgers(root),
        people=people,
        exhibits=Exhibits(pages),
        signatures=SignatureBook(root, people),
        untrusted=untrusted,
    )


def kind_of(role: StampRole) -> str:
    """What a role approves: words, a page, or a policy file."""
    return {StampRole.APPROVER: "page", StampRole.OWNER: "policy"}.get(role, "words")


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """The digest of each part of an exhibit."""
    return {part: digest(text) for part, text in texts.items()}


def end_of(moment: Moment, zone: str) -> datetime:
    """The last instant that a moment means in a time zone: a plain day ends with the day."""
    if isinstance(moment.at, datetime):
        return moment.at
    from zoneinfo import ZoneInfo

    tomorrow: date = moment.at + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).astimezone(UTC)
