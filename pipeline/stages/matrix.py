"""Markets and the facts of articles → a table of what each law says, with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pipeline.effects._rules import basis
from pipeline.model import (
    Effect,
    Finding,
    Gate,
    Market,
    Moment,
    PageFacts,
    Rule,
    Statement,
    Verdict,
    Where,
)
from pipeline.stages.regulate import applicable, next_build, regulate

# What no paper can mend: a law forbids the page, or nobody has permitted it.
FORBIDDEN = frozenset(
    {"law-blocked", "law-no-permit", "law-parent-only", "law-unknown-effect"}
    | {"law-claim-not-accepted"}
)
NEEDED = {
    "law-review-overdue": "a review",
    "law-repealed": "a review",
    "law-claim-unknown": "a claim entry",
    "law-claim-unsupported": "a reference",
    "law-suppression": "a mended rule",
    "law-statement-clash": "one placement",
    "unknown-product": "a product entry",
    "law-product-unavailable": "its status there",
    "law-wrong-host": "another publisher",
}


class Outcome(StrEnum):
    """What a market's law says of an article, given that words and statements are there."""

    PUBLISHED = "published"
    GATED = "gated"
    NEEDS = "needs"  # nothing forbids it, but something has to be supplied first
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides an outcome: in plain words, with the rule it rests on, if it is one."""

    code: str  # for `l10n explain`; "" where a rule opens the page
    text: str
    rule: Rule | None
    where: Where


@dataclass(frozen=True, slots=True)
class Lack:
    """What one locale of a market still has to be given; the law has no part in it."""

    locale: str
    statements: tuple[str, ...]  # ids of demanded legal texts without a file
    words: int
    mentions: tuple[str, ...]
    wording: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[object, ...]:
        """Everything that may be lacking; what is empty is not."""
        return self.statements, self.words, self.mentions, self.wording


@dataclass(frozen=True, slots=True)
class Column:
    """An article as the law sees it, for the readers that it is judged for."""

    facts: PageFacts
    title: str
    unknown: tuple[Finding, ...] = ()  # products that nobody has described


@dataclass(frozen=True, slots=True)
class Cell:
    """What one market's law says of one column, and what is missing beside the law."""

    market: Market
    column: Column
    outcome: Outcome
    needs: str  # what has to be supplied, for `NEEDS`
    grounds: tuple[Ground, ...]
    verdict: Verdict
    lacks: tuple[Lack, ...] = ()

    @property
    def told(self) -> str:
        """The outcome in words: published, gated, blocked, needs a review."""
        return f"needs {self.needs}" if self.outcome is Outcome.NEEDS else self.outcome.value

    @property
    def marks(self) -> tuple[str, ...]:
        """What is wrong beside the law: missing or wrong words of some kind, or nothing."""
        kinds = (
            ("statements", any(lack.statements for lack in self.lacks)),
            ("words", any(lack.words for lack in self.lacks)),
            ("mentions", any(lack.mentions for lack in self.lacks)),
            ("wording", any(lack.wording for lack in self.lacks)),
        )
        return tuple(name for name, missing in kinds if missing)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Markets by columns, each market on its own day; `rows` are in the order of the markets."""

    as_of: Moment
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the markets are judged; two while a day begins around the world."""
        zones = {row[0].market.zone for row in self.rows if row} or {"UTC"}
        return tuple(sorted({self.as_of.day_in(zone) for zone in zones}))


@dataclass(frozen=True, slots=True)
class Wording:
    """How far a locale's words of an article are; the law does not ask, but readers do."""

    missing: int = 0  # segments and words of the templates without a finished translation
    mentions: tuple[str, ...] = ()  # products named or left out against what is declared
    wording: tuple[str, ...] = ()  # words that are not those that the law or an authority wants


@dataclass(frozen=True, slots=True)
class Given:
    """What all cells are judged with."""

    as_of: Moment
    effects: tuple[Effect, ...]
    statements: Mapping[tuple[str, str], Statement]  # by locale and id
    wordings: Mapping[tuple[str, str], Wording]  # by locale and article
    build_every: int = 1  # days until the next scheduled build


def make_matrix(markets: tuple[Market, ...], columns: tuple[Column, ...], given: Given) -> Matrix:
    """Judge each column by the law of each market, and note what is missing beside it."""
    rows = (tuple(judged(market, column, given) for column in columns) for market in markets)
    return Matrix(given.as_of, columns, tuple(rows))


def judged(market: Market, column: Column, given: Given) -> Cell:
    """One cell: a market's law on one article."""
    verdict = Verdict(blocks=column.unknown)
    used: tuple[Rule, ...] = ()
    if not column.unknown:
        day = given.as_of.day_in(market.zone)
        facts = replace(column.facts, next_build=next_build(day, given.build_every))
        verdict = regulate(market, facts, day, given.effects)
        used = applicable(market, column.facts, day)
    outcome, needs, grounds = _outcome(verdict, market, column, used)
    lacks = (_lack(verdict, locale, column, given) for locale in market.languages)
    found = tuple(lack for lack in lacks if any(lack.parts))
    return Cell(market, column, outcome, needs, grounds, verdict, found)


def _outcome(
    verdict: Verdict, market: Market, column: Column, used: tuple[Rule, ...]
) -> tuple[Outcome, str, tuple[Ground, ...]]:
    """The outcome, what it needs, and the grounds that decide it, the strongest first."""
    if verdict.blocks:
        by_place = {rule.where: rule for rule in market.rules}
        blocks = sorted(verdict.blocks, key=lambda block: block.code not in FORBIDDEN)
        grounds = tuple(_refused(block, by_place.get(block.where), market) for block in blocks)
        products = column.facts.products
        barred = any(p.status_in(market.code) not in ("", "available") for p in products)
        if barred or blocks[0].code in FORBIDDEN:
            return Outcome.BLOCKED, "", grounds
        return Outcome.NEEDS, " and ".join(dict.fromkeys(map(_needed, grounds))), grounds
    if verdict.gate > Gate.NONE:
        gates = tuple(_opened(rule) for rule in used if rule.gate is verdict.gate)
        # A page by itself cannot give a login, so it waits for a target that can.
        return (
            (Outcome.NEEDS, "a login", gates)
            if verdict.gate is Gate.LOGIN
            else (Outcome.GATED, "", gates)
        )
    return Outcome.PUBLISHED, "", tuple(_opened(rule) for rule in verdict.permits)


def _needed(ground: Ground) -> str:
    """What a ground asks for, in a word or two: a fact by its name, all else by its rule."""
    rule = ground.rule
    fact = rule.option("fact") if rule else ()
    by_rule = (*fact, rule.slot or rule.id)[0] if rule else ground.code
    return NEEDED.get(ground.code) or by_rule


def _refused(block: Finding, rule: Rule | None, market: Market) -> Ground:
    """A block as a ground; market and rule are told beside it, so its message drops them."""
    text = block.message.removeprefix(f"{market.code}: ")
    if rule:
        text = text.removesuffix(f" ({basis(rule)})")
    return Ground(block.code, text, rule, block.where)


def _opened(rule: Rule) -> Ground:
    """A permit or a gate as a ground."""
    return Ground("", rule.reason, rule, rule.where)


def _lack(verdict: Verdict, locale: str, column: Column, given: Given) -> Lack:
    """What a locale still has to be given for a page."""
    have = given.statements
    missing = (d.statement for d in verdict.demands if (locale, d.statement) not in have)
    wording = given.wordings.get((locale, column.facts.article), Wording())
    return Lack(locale, tuple(missing), wording.missing, wording.mentions, wording.wording)
