"""Judged pages and the ledgers → pages that the right people have approved, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from pipeline.errors import PipelineError
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
from pipeline.stages.evidence import digest, plain
from pipeline.stages.media import images_named
from pipeline.stages.stamps import Stamped, Terms, Wanted, judge
from pipeline.store.approvals import FOLDER, Ledger, evidence_findings, load_ledgers
from pipeline.store.files import read_text
from pipeline.store.history import heads_from_outside, records_known_to_git
from pipeline.store.people import load_people
from pipeline.store.records import name_of
from pipeline.workflows.evidence import Exhibits
from pipeline.workflows.pages import Pages, PlannedPage, plan_pages
from pipeline.workflows.trust import SignatureBook, lowered_assurance, trusted

EVERY_ROLE = tuple(role.value for role in StampRole)
OF_WORDS = (StampRole.TRANSLATOR, StampRole.REVISER)


def demanded_roles(market: Market, assurance: str) -> tuple[str, ...]:
    """The roles that must have approved a page of a market.

    A sample site is no publication, so a market may ask for none there; everywhere else
    nothing is published without all of them.
    """
    return market.stamped_by if assurance == "sample" else EVERY_ROLE


def policy_files(root: Path, line: Iterable[str], assurance: str) -> tuple[str, ...]:
    """The files whose words decide what a market publishes; `line` are it and its parents.

    Templates and style can say or hide anything on every page, so they are among them, with
    the images that they name; and so are the lists of who may sign: the root key's signature
    fits an older one, too.
    """
    folder = root / "locales" / "markets"
    found = [root / "l10n.toml", root / "source" / "products.toml", folder / "claims.toml"]
    found += [folder / f"{code}.toml" for code in line]
    found += [*folder.glob("statutory/*.toml"), *folder.glob("terms/*.txt")]
    found.append(folder / "people.toml")
    if assurance == "signed":
        found.append(folder / "allowed_signers")
    looks = [*(root / "templates").glob("*.html"), root / "templates" / "site.css"]
    found += [*looks, *_images_of(root, (path for path in looks if path.is_file()))]
    return tuple(sorted(p.relative_to(root).as_posix() for p in found if p.is_file()))


def _images_of(root: Path, looks: Iterable[Path]) -> tuple[Path, ...]:
    """The images that templates or the style sheet name."""
    folder = root / "source" / "images"
    known = {p.relative_to(folder).as_posix() for p in folder.rglob("*")}
    texts = [read_text(path, path.relative_to(root).as_posix()) for path in looks]
    named = frozenset[str]().union(*(images_named(text, known) for text in texts))
    return tuple(folder / name for name in named)


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


def approved_pages(
    root: Path, as_of: Moment, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> Pages:
    """Judge every page of a workspace by its words, its law and its stamps.

    Raises:
        ConfigError: the settings cannot be read: then nothing can be judged.
        PolicyError: the law or people.toml cannot be read.
        UsageError: a locale or article that is asked for does not exist.
    """
    return approved(plan_pages(root, as_of, locales, articles))


def approved(pages: Pages) -> Pages:
    """The pages, each with a block for every stamp that its market asks for and that is missing.

    Raises:
        PolicyError: people.toml cannot be read.
    """
    assurance = pages.workspace.site.assurance
    if lowered := lowered_assurance(assurance):
        return replace(pages, planned=tuple(_blocked(page, lowered) for page in pages.planned))
    if not any(demanded_roles(market, assurance) for market in pages.law.markets):
        return pages
    desk = open_desk(pages)
    return replace(pages, planned=tuple(_approved(page, desk) for page in pages.planned))


def _blocked(page: PlannedPage, findings: tuple[Finding, ...]) -> PlannedPage:
    blocks = (*page.verdict.blocks, *findings)
    return replace(page, verdict=replace(page.verdict, blocks=blocks))


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


def stamps_on(page: PlannedPage, desk: Desk) -> Stamped:
    """The stamps that count on a page, or what is missing of those that its market asks for."""
    roles = demanded_roles(page.market, desk.assurance)
    found = (
        *desk.untrusted,
        *desk.broken.get(page.market.code, ()),
        *(desk.policy(page.market) if StampRole.OWNER.value in roles else ()),
        *_unproven_suppressions(page, desk),
    )
    terms = desk.terms(page.market, page.market.different_people)
    stamped = judge(desk.wanted(page, roles), desk.records(page.market.code), terms)
    return replace(stamped, findings=tuple(dict.fromkeys([*found, *stamped.findings])))


def _approved(page: PlannedPage, desk: Desk) -> PlannedPage:
    """A page with what its stamps say; nobody is asked about one that stays back anyway."""
    asked = demanded_roles(page.market, desk.assurance) or page.verdict.suppressions
    if not asked or not page.complete or page.verdict.blocks:
        return page
    try:
        stamped = stamps_on(page, desk)
    except PipelineError as error:
        stamped = Stamped((), error.as_findings())
    verdict = page.verdict
    ends = [day for day in (verdict.valid_until, stamped.valid_until) if day]
    blocks = (*verdict.blocks, *stamped.findings)
    return replace(
        page, verdict=replace(verdict, blocks=blocks, valid_until=min(ends, default=None))
    )


def _unproven_suppressions(page: PlannedPage, desk: Desk) -> Iterable[Finding]:
    """A statement is taken away only by a rule whose file has its owner's stamp."""
    if not page.verdict.suppressions:
        return
    for rule in page.verdict.suppressions:
        want = desk.wanted_policy(rule.where.path)
        for problem in judge((want,), desk.records(POLICY), desk.terms(page.market, ())).findings:
            told = f"rule {rule.id} takes a statement away: {problem.message}"
            yield Finding("law-suppression-unstamped", told, rule.where, problem.hint)


def policy_text(root: Path, path: str) -> str:
    """The text of a policy file as its owner approves it."""
    return plain(read_text(root / path, path))


def kind_of(role: StampRole) -> str:
    """What a role approves: words, a page, or a policy file."""
    return {StampRole.APPROVER: "page", StampRole.OWNER: "policy"}.get(role, "words")


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """The digest of each part of an exhibit."""
    return {part: digest(text) for part, text in texts.items()}


def scope_of(path: str, codes: Iterable[str]) -> str:
    """The market whose owner a file needs; files of the whole workspace need one of "*"."""
    name = Path(path).stem
    return name if path == f"locales/markets/{name}.toml" and name in set(codes) else "*"


def end_of(moment: Moment, zone: str) -> datetime:
    """The last instant that a moment means in a time zone: a plain day ends with the day."""
    if isinstance(moment.at, datetime):
        return moment.at
    from zoneinfo import ZoneInfo

    tomorrow: date = moment.at + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).astimezone(UTC)
