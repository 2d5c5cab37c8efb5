"""What people.toml may say; imports pydantic, so import it to read one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from pipeline.store.market_schema import Table, Words

# An address as OpenSSH takes it for a principal: no blanks, quotes, commas, patterns.
Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$")]
Code = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2,}|\*)$")]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^SHA256:[A-Za-z0-9+/]{43}$")]


class PersonTable(Table):
    """One `[people."anna@example.com"]`."""

    name: Words
    roles: Annotated[
        list[Literal["translator", "reviser", "approver", "owner"]], Field(min_length=1)
    ]
    markets: Annotated[list[Code], Field(min_length=1)]
    starts: date | None = None
    ends: date | None = None
    sample: bool = False


class DeputyTable(Table):
    """One `[[deputies]]`: who stands in for whom, on which days."""

    person: Address
    stands_in_for: Address
    starts: date
    ends: date


class RevokedTable(Table):
    """One `[[revoked]]`: a key that counts no more, whenever it signed."""

    key: Fingerprint
    reason: Words


class PeopleFile(Table):
    """The whole of people.toml."""

    people: dict[Address, PersonTable] = Field(default_factory=dict)
    deputies: list[DeputyTable] = Field(default_factory=list)
    revoked: list[RevokedTable] = Field(default_factory=list)
    owners: dict[str, Address] = Field(default_factory=dict)
