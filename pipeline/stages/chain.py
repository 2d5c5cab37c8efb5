"""The records of a ledger → where its chain, its clock or its place is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model import Act, Finding, Record, Where

RESTORE = "restore the ledger's folder from git, and look for who changed it"


def heads(records: Iterable[Record]) -> tuple[str, ...]:
    """The ids of the records that no other record names as a parent, in order."""
    every = tuple(records)
    named = {parent for record in every for parent in record.parents}
    return tuple(sorted(record.id for record in every if record.id not in named))


def withdrawn(records: Iterable[Record]) -> Mapping[str, Record]:
    """The ids of the records that a later record takes back, each with that record."""
    return {record.withdraws: record for record in records if record.act is Act.WITHDRAW}


def overtaken(some: Iterable[Record], every: Iterable[Record]) -> frozenset[str]:
    """The ids of those records after which another of them approved something else.

    After means in the chain and not by the clock: on two branches neither overtakes the other.
    """
    mine = tuple(some)
    if len({tuple(sorted(record.evidence.items())) for record in mine}) < 2:
        return frozenset()
    known = {record.id: record for record in every}
    return frozenset(
        older.id
        for newer in mine
        for before in (_line(newer, known),)
        for older in mine
        if older.id in before and older.evidence != newer.evidence
    )


def _line(record: Record, known: Mapping[str, Record]) -> Mapping[str, Record]:
    """The records before one, by their ids, as far as they are there."""
    found: dict[str, Record] = {}
    todo = [*record.parents]
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            found[name] = known[name]
            todo += known[name].parents
    return found


def chain_findings(ledger: str, records: Iterable[Record]) -> tuple[Finding, ...]:
    """What is wrong with a ledger as a whole: moved, cut, or with a clock that runs backwards.

    The ids are hashes of the records' bytes (a Merkle DAG, as git's commits are), so a record
    that was altered and renamed is missing as its children's parent.
    """
    known = {record.id: record for record in records}
    return tuple(
        finding for record in known.values() for finding in _problems(record, ledger, known)
    )


def cut_off(ledger: str, records: Iterable[Record], expected: Iterable[str]) -> Iterator[Finding]:
    """A finding for each record that is known from elsewhere and no longer here."""
    known = {record.id: record for record in records}
    where = next(iter(known.values())).where if known else None
    for name in sorted(set(expected) - set(known)):
        problem = f"the ledger {ledger} has lost its record {name[:12]}…"
        yield _finding("ledger-cut", problem, where)


def _problems(record: Record, ledger: str, known: Mapping[str, Record]) -> Iterator[Finding]:
    if record.ledger != ledger:
        problem = f"this record belongs to the ledger {record.ledger}, and stands in {ledger}"
        yield _finding("ledger-moved", problem, record.where)
    for parent in record.parents:
        if parent not in known:
            problem = f"the record before this one, {parent[:12]}…, is missing"
            yield _finding("ledger-cut", problem, record.where)
        elif known[parent].time > record.time:
            problem = f"this record says {record.time:%Y-%m-%d %H:%M}, which is before its parent"
            yield _finding("ledger-clock", problem, record.where)
    if record.act is Act.WITHDRAW and record.withdraws not in known:
        problem = f"the record that this one takes back, {record.withdraws[:12]}…, is missing"
        yield _finding("ledger-cut", problem, record.where)


def _finding(code: str, problem: str, where: Where | None) -> Finding:
    return Finding(code, problem, where or Where("locales/markets/approvals"), RESTORE)
