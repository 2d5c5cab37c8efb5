"""A person, a role and a day → whether people.toml lets that person approve, or why not."""

from __future__ import annotations

from datetime import date

from pipeline.model import People, Person, StampRole


def entitled(people: People, person: str, role: StampRole, market: str, day: date) -> str:
    """Why a person may not approve in a role for a market on a day; "" if they may.

    A deputy may what the person may whom they stand in for, on the days that are agreed.
    """
    why = _own(people, person, role, market, day)
    stood_in = (
        d.stands_in_for
        for d in people.deputies
        if d.person == person and d.starts <= day <= d.ends and person in people.people
    )
    if any(not _own(people, other, role, market, day) for other in stood_in):
        return ""
    return why


def who(people: People, role: StampRole, market: str, day: date) -> str:
    """The people who may approve in a role for a market, for the end of a message."""
    able = [p for p in people.people if not entitled(people, p, role, market, day)]
    if not able:
        return f"nobody may approve as {role.value} for {market}: see locales/markets/people.toml"
    return f"ask {' or '.join(able)}, {role.value} for {market}"


def _own(people: People, person: str, role: StampRole, market: str, day: date) -> str:
    """Why a person may not by their own right."""
    known = people.people.get(person)
    if known is None:
        return f"{person} is nobody whom people.toml names"
    if role.value not in known.roles:
        return f"{person} is no {role.value}"
    if "*" not in known.markets and market not in known.markets:
        return f"{person} is {role.value} for {', '.join(known.markets)}, and not for {market}"
    return _days(known, day)


def _days(known: Person, day: date) -> str:
    if known.starts and day < known.starts:
        return f"{known.id} could approve only from {known.starts}"
    if known.ends and day > known.ends:
        return f"{known.id} could approve only until {known.ends}"
    return ""
