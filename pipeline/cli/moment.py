"""What `--as-of` says → the moment at which the law is judged."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.model import Moment

# Years that law and calendar can speak of; beyond them a day's neighbours may not exist.
FIRST, LAST = 1900, 2999


def moment(text: str | None) -> Moment:
    """The day or the moment that `--as-of` names; without it, this moment.

    Raises:
        UsageError: it is neither, or a moment without its distance from UTC.
    """
    if text is None:
        return Moment(datetime.now(UTC))
    found = _date(text) or _instant(text)
    if found is None or not FIRST <= found.year <= LAST:
        from pipeline.errors import UsageError

        raise UsageError(
            f"{text!r} is no date",
            None,
            "write a day, --as-of 2026-01-31, or a moment with its distance from UTC, "
            "--as-of 2026-01-31T22:30+00:00",
        )
    return Moment(found)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    """A date and time; one without a distance from UTC could be any of two days."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
