"""What a market file and products.toml may say; imports pydantic, so import it to read one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}$")]
Some = Annotated[list[Words], Field(min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# The roles of `StampRole`; a market file may ask for each.
Role = Literal["translator", "reviser", "approver", "owner"]


class Table(BaseModel):
    """Every table: an unknown key is an error, since a typo must not widen a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WhenTable(Table):
    """`when.*` of a rule: what pages it speaks of; an absent key asks nothing."""

    audience: Annotated[list[Literal["lay", "hcp"]], Field(min_length=1)] | None = None
    product: Some | None = None
    product_kind: Some | None = None
    substance: Some | None = None
    category: Some | None = None


class RuleTable(Table):
    """One `[[rules]]`. Keys of effects that are not listed here are checked by the loader."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    id: Id
    effect: Words
    legal: Some
    reason: Words
    review_by: date
    authority: Words | None = None
    slot: Id | None = None
    statement: Id | None = None
    placement: Literal["top", "inline-after-first-mention", "bottom", "footer"] | None = None
    gate: Literal["self-declare", "login"] | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    repealed: date | None = None
    statutory: Id | None = None
    locked: bool = False
    when: WhenTable = WhenTable()


class MarketTable(Table):
    """A whole market file."""

    market: Code
    parent: Code | None = None
    languages: list[Locale]
    owner: Words
    zone: Words
    publisher: Words
    publish: Literal["each", "all"]
    authority: Words
    stamped_by: Annotated[list[Role], Field(min_length=1)] | None = None
    different_people: Annotated[list[Role], Field(min_length=2)] | None = None
    rules: Annotated[list[RuleTable], Field(max_length=200)] = []


class ProductTable(Table):
    """One `[products.<id>]`."""

    names: Some
    kind: Id
    substances: list[Words] = []
    exact_case: list[Words] = []
    sample: bool = False
    markets: dict[Code, Literal["available", "unregistered", "unavailable"]] = {}


class FactTable(Table):
    """One `[[facts]]`."""

    name: Id
    market: Code
    product: Id | None = None
    article: Id | None = None
    locale: Locale | None = None
    value: Words
    holder: Words | None = None
    authority: Words | None = None
    source: Words
    text: Digest | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    sample: bool = False


class ProductsFile(Table):
    """The whole of source/products.toml."""

    products: dict[Id, ProductTable] = {}
    facts: list[FactTable] = []


class ClaimTable(Table):
    """One `[claims.<id>]`; a claim without a reference is read, and refused on every page."""

    says: Words
    references: list[Words] = []
    markets: list[Code] = []
    review_by: date


class ClaimsFile(Table):
    """The whole of locales/markets/claims.toml."""

    claims: dict[Id, ClaimTable] = {}


class StatutoryTable(Table):
    """A whole file of locales/markets/statutory/."""

    market: Code
    locale: Locale
    text: str
    legal: Some
    applies_to: Words
    effective_from: date
    review_by: date
    repealed: date | None = None
    sha256: Digest
