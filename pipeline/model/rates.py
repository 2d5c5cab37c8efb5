"""What translating costs: the `[rates]` of l10n.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

# How much of a text's words is there already, from the most to the least.
BANDS = ("repetition", "exact", "95-99", "85-94", "75-84", "new")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a word costs in a locale, and how long a thousand take."""

    price: Decimal  # of a new word
    hours: Decimal  # for 1,000 new words
    factors: Mapping[str, Decimal]  # band → the share of both that its words ask for


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a workspace."""

    currency: str
    usual: Rate
    locales: Mapping[str, Rate]

    def of(self, locale: str) -> Rate:
        """The rate of a locale."""
        return self.locales.get(locale, self.usual)
