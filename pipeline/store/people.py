"""Reads people.toml: who may approve what, and who owns which policy file."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import PolicyError
from pipeline.model import Deputy, Finding, People, Person, Where
from pipeline.store.files import read_text

PLACE = "locales/markets/people.toml"


def load_people(root: Path) -> People:
    """Everybody who may approve; nobody without the file.

    Raises:
        PolicyError: with a finding for every problem of the file.
    """
    path = root / PLACE
    if not path.exists():
        return People({}, (), {}, {}, Where(PLACE))
    from pipeline.errors import ConfigError
    from pipeline.store.people_schema import PeopleFile
    from pipeline.store.toml import line_of, read_toml

    try:
        table = read_toml(path, PeopleFile, PLACE)
    except ConfigError as error:
        raise PolicyError.of(error.as_findings()) from error
    people = {
        key: Person(
            key, one.name, tuple(one.roles), tuple(one.markets), one.starts, one.ends, one.sample
        )
        for key, one in table.people.items()
    }
    deputies = tuple(Deputy(d.person, d.stands_in_for, d.starts, d.ends) for d in table.deputies)
    text = read_text(path, PLACE)
    named = [
        *((("owners", file), owner) for file, owner in table.owners.items()),
        *((("deputies", n, "person"), d.person) for n, d in enumerate(deputies)),
        *((("deputies", n, "stands_in_for"), d.stands_in_for) for n, d in enumerate(deputies)),
    ]
    strange = tuple(
        Finding(
            "people-unknown",
            f"{person} is nobody whom this file describes",
            Where(PLACE, line_of(text, place)),
            f'describe them under [people."{person}"], or correct the address',
        )
        for place, person in named
        if person not in people
    )
    if strange:
        raise PolicyError.of(strange)
    revoked = {one.key: one.reason for one in table.revoked}
    return People(people, deputies, dict(table.owners), revoked, Where(PLACE))
