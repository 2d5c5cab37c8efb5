"""A day that is the same everywhere, or a moment that falls on another day in another zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """When the law is judged: a calendar day, or an aware `datetime`.

    Law counts in days, and a day begins in Tokyo hours before it begins in Mexico City.
    """

    at: date

    def day_in(self, zone: str) -> date:
        """The calendar day in a time zone of the IANA database, such as Europe/Vienna."""
        if not isinstance(self.at, datetime):
            return self.at
        from zoneinfo import ZoneInfo

        return self.at.astimezone(ZoneInfo(zone)).date()

    def __str__(self) -> str:
        """Write it as `--as-of` takes it: 2026-01-31, or 2026-01-31T22:30+00:00."""
        if isinstance(self.at, datetime):
            return self.at.isoformat(timespec="minutes")
        return self.at.isoformat()
