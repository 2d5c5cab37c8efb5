"""What l10n.toml may say; pydantic is imported here, so import this only to read a file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+/?$")]


class Strict(BaseModel):
    """Every table: an unknown key is an error, since a typo must not change what ships."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SiteTable(Strict):
    """`[site]`."""

    name: str = Field(min_length=1)
    base_url: Url
    organisation: str = Field(min_length=1)
    source_locale: Locale = "en-US"


class FrontMatterTable(Strict):
    """`[front_matter]`: which keys hold words."""

    translate: list[str] = []
    translate_pre: bool = False


class ScheduleTable(Strict):
    """`[schedule]`: when builds run by themselves."""

    build_every_days: int = Field(default=1, ge=1, le=366)


Amount = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Band = Literal["repetition", "exact", "95-99", "85-94", "75-84", "new"]


class LocaleRatesTable(Strict):
    """`[rates.locales.<locale>]`: what differs there."""

    new: Amount | None = None
    hours: Amount | None = None
    factors: dict[Band, Share] = {}


class RatesTable(Strict):
    """`[rates]`: what translating costs."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    new: Amount
    hours: Amount = 0
    factors: dict[Band, Share] = {}
    locales: dict[Locale, LocaleRatesTable] = {}


class MemoryTable(Strict):
    """`[memory]`: where past translations are kept, and whether they fill empty entries."""

    url: Annotated[str, StringConstraints(pattern=r"^(postgres(ql)?://\S+)?$")] = ""
    prefill: int = Field(default=0, ge=0, le=100)


class Config(Strict):
    """The whole of l10n.toml."""

    assurance: Literal["sample", "integrity", "signed"]
    site: SiteTable
    inherit: dict[Locale, Locale] = {}
    front_matter: FrontMatterTable = FrontMatterTable()
    schedule: ScheduleTable = ScheduleTable()
    rates: RatesTable | None = None
    memory: MemoryTable = MemoryTable()
