"""Who approved what: the records of the ledger, and the people who may sign them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.model.finding import NOWHERE, Where


class StampRole(StrEnum):
    """As whom a person approves."""

    TRANSLATOR = "translator"  # of the words: made or post-edited them
    REVISER = "reviser"  # of the words: compared them with the source (ISO 17100, 5.3.3)
    APPROVER = "approver"  # of the page: for the market, with its law
    OWNER = "owner"  # of a policy file


class Origin(StrEnum):
    """Where the words of a translation come from."""

    HUMAN = "human"
    MEMORY = "memory"
    MACHINE = "machine"  # raw: nobody has post-edited it
    POST_EDITED = "machine-post-edited"  # full post-editing (ISO 18587)


class Act(StrEnum):
    """What a record does."""

    STAMP = "stamp"
    WITHDRAW = "withdraw"  # takes back an earlier record


@dataclass(frozen=True, slots=True)
class Subject:
    """What a stamp is about: a page's words, a page, or a policy file."""

    kind: str  # "words", "page" or "policy"
    article: str = ""
    locale: str = ""
    path: str = ""

    def __str__(self) -> str:
        """As messages name it: words de-DE/after-an-x-ray."""
        return f"{self.kind} {self.path or f'{self.locale}/{self.article}'}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a ledger; its id is the SHA-256 of its file's bytes."""

    id: str
    act: Act
    ledger: str  # a market's code, or POLICY
    subject: Subject
    role: StampRole
    person: str  # an e-mail address, as people.toml and allowed_signers have it
    evidence: Mapping[str, str]  # part → SHA-256 of the canonical text that was approved
    time: datetime  # in UTC
    parents: tuple[str, ...]  # ids: the heads of the ledger when it was made
    origin: Origin | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    withdraws: str = ""  # the id of an earlier record
    reason: str = ""
    sample: bool = False
    signature: str = ""  # an SSH signature (PROTOCOL.sshsig) of the body; "" for none
    where: Where = NOWHERE


POLICY = "policy"  # the ledger of the owners' stamps


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may approve, as what, and for which markets."""

    id: str
    name: str
    roles: tuple[str, ...]
    markets: tuple[str, ...]  # codes; "*" for every market
    starts: date | None = None
    ends: date | None = None  # the last day
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Deputy:
    """A person who stands in for another for some days."""

    person: str
    stands_in_for: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may approve, and who owns which policy file."""

    people: Mapping[str, Person]
    deputies: tuple[Deputy, ...]
    owners: Mapping[str, str]  # path → id of a person
    revoked: Mapping[str, str]  # the fingerprint of a key → why it counts no more
    where: Where
