"""A person, a role and a day → whether people.toml lets that person approve, or why not."""

from __future__ import annotations

from datetime import date

from pipeline.model import People, Person, StampRole


def entitled(
    people: People, person: str, role: StampRole, market: str, day: date, owner: str = ""
) -> str:
    """Why a person may not approve in a role for a market on a day; "" if they may.

    A deputy may what the person may whom they stand in for, on the days that are agreed.
    With `owner`, only that person or a deputy of theirs may.
    """
    known = people.people.get(person)
    if known and (why := _days(known, day)):
        return why
    stands_in_for = {
        d.stands_in_for
        for d in people.deputies
        if d.person == person and d.starts <= day <= d.ends and person in people.people
    }
    rights = [person, *sorted(stands_in_for)]
    if owner and owner not in rights:
        return f"{person} does not own this file, and is no deputy of {owner} on {day}"
    asked = [owner] if owner else rights
    reasons = [_own(people, one, role, market, day) for one in asked]
    return "" if "" in reasons else reasons[0]


def who(people: People, role: StampRole, market: str, day: date, owner: str = "") -> str:
    """The people who may approve in a role for a market, for the end of a message."""
    able = [p for p in people.people if not entitled(people, p, role, market, day, owner)]
    place = "" if market == "*" else f" for {market}"
    if not able:
        return f"nobody may approve as {role.value}{place}: see locales/markets/people.toml"
    return f"ask {' or '.join(able)}, {role.value}{place}"


def _own(people: People, person: str, role: StampRole, market: str, day: date) -> str:
    """Why a person may not by their own right."""
    known = people.people.get(person)
    if known is None:
        return f"{person} is nobody whom people.toml names"
    if role.value not in known.roles:
        return f"{person} is no {role.value}"
    if "*" not in known.markets and market not in known.markets:
        scope = "every market" if market == "*" else market
        return f"{person} is {role.value} for {', '.join(known.markets)}, and not for {scope}"
    return _days(known, day)


def _days(known: Person, day: date) -> str:
    if known.starts and day < known.starts:
        return f"{known.id} could approve only from {known.starts}"
    if known.ends and day > known.ends:
        return f"{known.id} could approve only until {known.ends}"
    return ""
