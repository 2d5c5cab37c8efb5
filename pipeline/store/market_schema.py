"""What a market file and products.toml may say; imports pydantic, so import it to read one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}$")]
Some = Annotated[list[Words], Field(min_length=1)]


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
    locked: bool = False
    when: WhenTable = WhenTable()


class MarketTable(Table):
    """A whole market file."""

    market: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,}$")]
    parent: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,}$")] | None = None
    languages: list[Locale]
    owner: Words
    zone: Words
    publisher: Words
    publish: Literal["each", "all"]
    authority: Words
    rules: Annotated[list[RuleTable], Field(max_length=200)] = []


class ProductTable(Table):
    """One `[products.<id>]`."""

    names: Some
    kind: Id
    substances: list[Words] = []
    exact_case: list[Words] = []


class ProductsFile(Table):
    """The whole of source/products.toml."""

    products: dict[Id, ProductTable] = {}
