"""Reads and writes the ledgers of approvals: one record a file, and the texts approved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Finding, Record, Where, Write
from pipeline.store.files import read_bytes
from pipeline.store.records import bytes_of, name_of, parse

FOLDER = "locales/markets/approvals"
EVIDENCE = f"{FOLDER}/evidence"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The records of one market, or of the policy files, and what could not be read."""

    name: str
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def load_ledgers(root: Path) -> Mapping[str, Ledger]:
    """Every ledger of a workspace by its name; none without the folder."""
    folder = root / FOLDER
    names = sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    return {name: _load(root, name) for name in names if name != "evidence"}


def _load(root: Path, name: str) -> Ledger:
    """One ledger. What is no record is a finding, so that nothing hides among them."""
    records: list[Record] = []
    findings: list[Finding] = []
    for path in sorted((root / FOLDER / name).iterdir()):
        shown = f"{FOLDER}/{name}/{path.name}"
        if path.suffix != ".json":
            hint = "take it out: a ledger holds records only"
            findings.append(Finding("ledger-altered", "this is no record", Where(shown), hint))
            continue
        try:
            records.append(parse(read_bytes(path, shown), path.stem, shown))
        except PipelineError as error:
            findings += error.as_findings()
    return Ledger(name, tuple(records), tuple(findings))


def evidence_text(root: Path, digest: str) -> str | None:
    """The text that was approved, by its digest; None if it is lost or altered."""
    path = root / EVIDENCE / f"{digest}.txt"
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == digest else None


def evidence_findings(root: Path, records: Iterable[Record]) -> tuple[Finding, ...]:
    """A finding for each approved text that is no longer there as it was approved."""
    wanted = {digest: record for record in records for digest in record.evidence.values()}
    return tuple(
        Finding(
            "ledger-evidence",
            f"the text that {record.person} approved on {record.time:%Y-%m-%d} is lost or altered",
            Where(f"{EVIDENCE}/{digest}.txt"),
            "restore it from git, or approve again",
        )
        for digest, record in sorted(wanted.items())
        if evidence_text(root, digest) is None
    )


def record_write(record: Record) -> tuple[Record, Write]:
    """A new record under its id, and the file that holds it."""
    content = bytes_of(record)
    name = name_of(content)
    path = f"{FOLDER}/{record.ledger}/{name}.json"
    return replace(record, id=name, where=Where(path)), Write(path, content)


def evidence_write(text: str) -> tuple[str, Write]:
    """The digest of a canonical text that is approved, and the file that keeps it."""
    content = text.encode("utf-8")
    name = hashlib.sha256(content).hexdigest()
    return name, Write(f"{EVIDENCE}/{name}.txt", content)
