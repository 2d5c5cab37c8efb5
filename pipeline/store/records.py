"""A record of a ledger ↔ the bytes of its file, which name it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from pipeline.errors import PolicyError
from pipeline.model import Act, Origin, Record, StampRole, Subject, Where

SCHEMA = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = frozenset(
    {
        "schema", "act", "ledger", "subject", "role", "person", "evidence", "time", "parents",
        "origin", "valid_from", "valid_until", "withdraws", "reason", "sample", "signature",
    }
)  # fmt: skip


def body_of(record: Record) -> bytes:
    """The bytes that a record's signature is made over: all of it but the signature."""
    subject = {
        name: value
        for name in ("kind", "article", "locale", "path")
        if (value := getattr(record.subject, name))
    }
    told: dict[str, object] = {
        "schema": SCHEMA,
        "act": record.act.value,
        "ledger": record.ledger,
        "subject": subject,
        "role": record.role.value,
        "person": record.person,
        "evidence": dict(record.evidence),
        "time": record.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "parents": sorted(record.parents),
    }
    optional = {
        "origin": record.origin.value if record.origin else "",
        "valid_from": record.valid_from.isoformat() if record.valid_from else "",
        "valid_until": record.valid_until.isoformat() if record.valid_until else "",
        "withdraws": record.withdraws,
        "reason": record.reason,
        "sample": record.sample,
    }
    return _json(told | {key: value for key, value in optional.items() if value})


def bytes_of(record: Record) -> bytes:
    """The bytes of a record's file; their SHA-256 is the record's id and its file's name."""
    body = json.loads(body_of(record))
    return _json(body | ({"signature": record.signature} if record.signature else {}))


def name_of(content: bytes) -> str:
    """The id of a record by the bytes of its file."""
    return hashlib.sha256(content).hexdigest()


def parse(content: bytes, name: str, shown: str) -> Record:
    """Read a record, and prove that its file is what was written under this name.

    Raises:
        PolicyError: the bytes were altered, or are no record.
    """
    where = Where(shown)
    if name_of(content) != name:
        raise _broken("was altered: its bytes no longer have the hash that names it", where)
    try:
        told = json.loads(content)
        if not isinstance(told, dict) or set(told) - _KEYS or told.get("schema") != SCHEMA:
            raise _broken("has keys that this version does not know", where)
        record = _record(told, name, where)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(f"is no record: {error}", where) from error
    if bytes_of(record) != content:
        raise _broken("is not in the form that this tool writes", where)
    return record


def _record(told: Mapping[str, Any], name: str, where: Where) -> Record:
    hashes = [*told["evidence"].values(), *told["parents"]]
    if not all(isinstance(one, str) and _SHA256.fullmatch(one) for one in hashes):
        raise ValueError("a hash is not 64 hexadecimal digits")
    return Record(
        id=name,
        act=Act(told["act"]),
        ledger=str(told["ledger"]),
        subject=Subject(**told["subject"]),
        role=StampRole(told["role"]),
        person=str(told["person"]),
        evidence=dict(told["evidence"]),
        time=datetime.strptime(told["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        parents=tuple(told["parents"]),
        origin=Origin(told["origin"]) if "origin" in told else None,
        valid_from=_day(told.get("valid_from")),
        valid_until=_day(told.get("valid_until")),
        withdraws=str(told.get("withdraws", "")),
        reason=str(told.get("reason", "")),
        sample=bool(told.get("sample", False)),
        signature=str(told.get("signature", "")),
        where=where,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _json(value: object) -> bytes:
    """JSON in one form: keys in order, a line for each, UTF-8, a line end at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def _broken(problem: str, where: Where) -> PolicyError:
    hint = "restore it from git, and look for who changed it; approve again if it is lost"
    return PolicyError(f"this record {problem}", where, hint, "ledger-altered")
