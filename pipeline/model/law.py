"""Markets, rules and statements, and what they make of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from pipeline.model.finding import Finding, Where
from pipeline.model.product import Claim, Fact, Product


class Audience(StrEnum):
    """Whom a page is for."""

    LAY = "lay"
    HCP = "hcp"


class Placement(StrEnum):
    """Where on a page a statement must stand."""

    TOP = "top"
    INLINE = "inline-after-first-mention"
    BOTTOM = "bottom"
    FOOTER = "footer"


class Gate(IntEnum):
    """How strongly readers must show that they may read a page; a stronger one wins."""

    NONE = 0
    SELF_DECLARE = 1
    LOGIN = 2


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the law asks about a page; everything else about it is irrelevant to a rule."""

    article: str
    audience: Audience
    category: str
    products: tuple[Product, ...]
    claims: tuple[str, ...] = ()  # ids in claims.toml
    known_claims: tuple[Claim, ...] = ()  # what claims.toml says of them, and of others
    host: str = ""  # where the page is served: www.example.com
    locale: str = ""  # "" asks of every locale of the market
    text: str = ""  # the digest of its words in that locale; "" when they are not asked
    facts: tuple[Fact, ...] = ()  # of every market
    as_of: date = date.max  # the day on which the page is judged; `regulate` sets it
    next_build: date = date.max  # what ends before this day ends too early
    samples: bool = False  # whether facts that are examples count


@dataclass(frozen=True, slots=True)
class When:
    """The conditions of a rule; an empty tuple asks nothing, several values mean "any of"."""

    audience: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    product_kind: tuple[str, ...] = ()  # "none" for a page that names no product
    substance: tuple[str, ...] = ()
    category: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand of a market's law."""

    id: str
    effect: str
    market: str  # the file that states it; differs from the page's market if inherited
    where: Where
    legal: tuple[str, ...]
    when: When = When()
    slot: str = ""
    statement: str = ""
    placement: Placement | None = None
    gate: Gate = Gate.NONE
    reason: str = ""  # in plain words, for the person who asks why
    authority: str = ""
    effective_from: date | None = None
    effective_until: date | None = None  # the last day on which it holds
    review_by: date | None = None
    repealed: date | None = None  # the day from which the law behind it is gone
    statutory: str = ""  # the wording that the law fixes for its statement
    locked: bool = False
    # keys that an effect of a later file asks for in `Effect.fields`: name and values
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def option(self, key: str) -> tuple[str, ...]:
        """The values of such a key, as texts; none when the rule does not have it."""
        return dict(self.options).get(key, ())


@dataclass(frozen=True, slots=True)
class Market:
    """A country with its law. `rules` already hold what it inherits."""

    code: str
    parent: str
    languages: tuple[str, ...]  # locales: de-AT
    owner: str
    zone: str
    publisher: str
    publish: str  # "each" or "all"
    authority: str
    rules: tuple[Rule, ...]
    where: Where
    stamped_by: tuple[str, ...] = ()  # roles that must have approved a page; see `StampRole`
    different_people: tuple[str, ...] = ()  # those of them that no person may hold two of


@dataclass(frozen=True, slots=True)
class Demand:
    """A statement that a page must carry, where, and the rule that says so."""

    statement: str
    placement: Placement
    rule: Rule
    also: tuple[Rule, ...] = ()  # further rules that demand it


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Wording that a page may not have, in one language, and the rule that says so."""

    phrase: str
    language: str  # "" for every language
    rule: Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a market's law says of a page; `blocks` that is not empty means: no page."""

    permits: tuple[Rule, ...] = ()
    blocks: tuple[Finding, ...] = ()
    demands: tuple[Demand, ...] = ()
    gate: Gate = Gate.NONE
    valid_until: date | None = None
    forbids: tuple[Forbidden, ...] = ()
    facts: tuple[Fact, ...] = ()  # that rules have required and found, or statements show
    shown: tuple[tuple[str, str], ...] = ()  # placeholders of its statements, with their values
    suppressions: tuple[Rule, ...] = ()  # rules that took a statement away: the owner's say

    @property
    def publishable(self) -> bool:
        """Whether the market's law lets the page be shown."""
        return not self.blocks


def _sound(rule: Rule) -> str:
    """The answer of an effect whose keys can hold nothing wrong."""
    del rule
    return ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of rule does to a verdict.

    Effects run from the highest `rank` to the lowest; `apply` gets the matching rules of
    this effect (perhaps none) and gives back the verdict with their say in it. `fields`
    are the rule keys it needs beyond those of every rule; the loader refuses a rule
    without them. `optional` are those that it reads when they are there. `problem` tells
    what is wrong with what a rule's keys hold, "" for nothing; the loader asks it.
    """

    name: str
    rank: int
    fields: tuple[str, ...]
    explain: str
    apply: Callable[[tuple[Rule, ...], PageFacts, Market, Verdict], Verdict]
    optional: tuple[str, ...] = ()
    problem: Callable[[Rule], str] = _sound


@dataclass(frozen=True, slots=True)
class Statement:
    """A legal text in one language: one sentence a line, and nothing else in its file."""

    id: str
    locale: str
    sentences: tuple[str, ...]
    where: Where
