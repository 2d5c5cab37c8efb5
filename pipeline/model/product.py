"""Products, and what is on file about them: facts, claims, and wordings that a law fixes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import NOWHERE, Where


@dataclass(frozen=True, slots=True)
class Product:
    """A product that articles may name; its names are never translated."""

    id: str
    names: tuple[str, ...]
    kind: str
    substances: tuple[str, ...] = ()
    exact_case: tuple[str, ...] = ()  # those names that are common words in other cases
    # market code → AVAILABLE, or why not: "unregistered", "unavailable"; absent: not sold there
    markets: tuple[tuple[str, str], ...] = ()
    sample: bool = False  # what stands here of its markets is an example and no fact
    where: Where = NOWHERE

    def status_in(self, market: str) -> str:
        """How the product stands in a market; "" when nobody has said."""
        return dict(self.markets).get(market, "")


@dataclass(frozen=True, slots=True)
class Term:
    """One spelling of a product or a substance in a language: locales/markets/terms/."""

    id: str  # of a product, or the substance as the products file has it
    spelling: str
    language: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so in a market: a registration number, an authority's approval.

    An empty `product` or `article` means: of every one. `text` is the digest of the words
    that an authority has approved, as `l10n regulate explain` tells it; "" for a fact that
    holds whatever the words are.
    """

    name: str  # registration-number: what a rule requires and a statement's {placeholder} shows
    market: str
    value: str
    where: Where
    product: str = ""
    article: str = ""
    locale: str = ""
    text: str = ""
    holder: str = ""
    authority: str = ""
    source: str = ""  # where the paper is
    valid_from: date | None = None
    valid_until: date | None = None  # the last day on which it holds
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that articles may make, what supports it, and where it may be made."""

    id: str
    says: str  # in plain words, for the person who reads a finding
    references: tuple[str, ...]
    markets: tuple[str, ...]  # codes of those whose owners accept it
    where: Where
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Statutory:
    """A wording that a law fixes, byte for byte, and the law that fixes it."""

    id: str
    market: str
    locale: str
    text: str  # as a statement file has it: lines, each ended by LF
    legal: tuple[str, ...]
    applies_to: str
    where: Where
    effective_from: date | None = None
    review_by: date | None = None
    repealed: date | None = None
