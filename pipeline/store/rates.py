"""l10n.toml → what translating costs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.rates import BANDS, Rate, Rates
from pipeline.store.workspace import NAME

if TYPE_CHECKING:
    from pipeline.store.config import RatesTable


def load_rates(root: Path) -> Rates | None:
    """The rates of a workspace; None where l10n.toml has none.

    Raises:
        ConfigError: with every problem of l10n.toml.
    """
    from pipeline.store.config import Config
    from pipeline.store.toml import read_toml

    table = read_toml(root / NAME, Config, NAME).rates
    return _rates(table) if table else None


def _rates(table: RatesTable) -> Rates:
    factors = {**dict.fromkeys(BANDS, Decimal(1)), **_exact(table.factors.items())}
    usual = Rate(_decimal(table.new), _decimal(table.hours), factors)
    locales = {
        locale: Rate(
            usual.price if own.new is None else _decimal(own.new),
            usual.hours if own.hours is None else _decimal(own.hours),
            {**factors, **_exact(own.factors.items())},
        )
        for locale, own in table.locales.items()
    }
    return Rates(table.currency, usual, locales)


def _exact(factors: Iterable[tuple[str, float]]) -> dict[str, Decimal]:
    return {band: _decimal(factor) for band, factor in factors}


def _decimal(number: float) -> Decimal:
    # through its shortest notation: 0.18 is meant, not the nearest binary fraction
    return Decimal(str(number))
