"""What a person means to approve → the pages or policy files that it comes to, and what not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import POLICY, Origin, StampRole, Subject
from pipeline.stages.stamps import Wanted
from pipeline.workflows.desk import Desk, kind_of
from pipeline.workflows.pages import PlannedPage, refuse_unknown
from pipeline.workflows.policy_files import policy_files, policy_text

OF_WORDS = (StampRole.TRANSLATOR, StampRole.REVISER)
Chosen = tuple[Wanted, str, Mapping[str, str]]  # what is wanted, its ledger, its texts


@dataclass(frozen=True, slots=True)
class Asked:
    """Who approves what, as the command line has it; nothing named means nothing chosen."""

    role: StampRole
    person: str
    markets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    everything: bool = False
    origin: Origin | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    reason: str = ""
    sample: bool = False
    key: Path | None = None


def refuse_half_said(asked: Asked) -> None:
    """Refuse an approval that leaves open what is approved, or where words come from."""
    named = asked.markets or asked.locales or asked.articles or asked.files
    if not named and not asked.everything:
        hint = "name --market, --locale, --article or --file; --all means all that you may approve"
        raise UsageError("nothing is named, so nothing is approved", None, hint)
    if asked.role is StampRole.TRANSLATOR and asked.origin is None:
        hint = "add --origin human, memory, machine or machine-post-edited"
        raise UsageError("a translator says where the words come from", None, hint)
    if asked.role is StampRole.OWNER and (asked.locales or asked.articles):
        raise UsageError(
            "an owner approves policy files", None, "name them with --file or --market"
        )
    if asked.files and asked.role is not StampRole.OWNER:
        raise UsageError("only an owner approves a policy file", None, "use --role owner")


def _refuse_unknown(asked: Asked, desk: Desk) -> None:
    law = desk.pages.law
    refuse_unknown("market", asked.markets, law.codes)
    refuse_unknown("locale", asked.locales, tuple(locale for locale, _ in law.locales))
    refuse_unknown("article", asked.articles, tuple(a.id for a in desk.pages.articles))
    refuse_unknown("policy file", asked.files, _every_policy_file(desk))
    refuse_unknown("person", (asked.person,), tuple(desk.people.people))


def _every_policy_file(desk: Desk) -> tuple[str, ...]:
    return policy_files(desk.root, desk.pages.law.codes, desk.assurance)


def chosen_for(asked: Asked, desk: Desk) -> tuple[list[Chosen], list[tuple[Subject, str]]]:
    """What is approved, and what is not, with why.

    Raises:
        UsageError: a market, locale, article, file or person that is named does not exist.
    """
    _refuse_unknown(asked, desk)
    if asked.role is StampRole.OWNER:
        return _chosen_files(asked, desk), []
    chosen: list[Chosen] = []
    left: list[tuple[Subject, str]] = []
    for page in desk.pages.planned:
        if not _is_named(page, asked):
            continue
        (want,) = desk.wanted(page, (asked.role.value,))
        if why := _not_ready(page, asked.role):
            left.append((want.subject, why))
        else:
            texts = desk.exhibits.of(page, kind_of(asked.role))
            chosen.append((want, page.market.code, texts))
    return chosen, left


def _chosen_files(asked: Asked, desk: Desk) -> list[Chosen]:
    named = {f"locales/markets/{code}.toml" for code in asked.markets} | set(asked.files)
    mine = [
        path
        for path in _every_policy_file(desk)
        if path in named or (asked.everything and desk.people.owners.get(path) == asked.person)
    ]
    return [
        (desk.wanted_policy(path), POLICY, {"file": policy_text(desk.root, path)}) for path in mine
    ]


def _is_named(page: PlannedPage, asked: Asked) -> bool:
    return (
        (not asked.markets or page.market.code in asked.markets)
        and (not asked.locales or page.locale in asked.locales)
        and (not asked.articles or page.article.id in asked.articles)
    )


def _not_ready(page: PlannedPage, role: StampRole) -> str:
    """Why a page cannot be approved yet."""
    if not page.complete:
        return "its words are not finished"
    if role is StampRole.APPROVER and page.verdict.blocks:
        return f"the law keeps it out: {page.verdict.blocks[0].message}"
    return ""
