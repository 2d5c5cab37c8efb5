"""Findings and waivers → what still counts, what is waived, and which waivers are stale."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.model import Finding, Severity
from pipeline.model.waiver import Told, Waiver


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings after the waivers were applied."""

    open: tuple[Told, ...]
    waived: tuple[tuple[Told, Waiver], ...]
    stale: tuple[Finding, ...]


def digest(words: str) -> str:
    """What a waiver keeps of the translation that it was given for: SHA-256, as hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def judge(
    told: Iterable[Told],
    waivers: tuple[Waiver, ...],
    day: date,
    seen: Callable[[Waiver], bool],
) -> Judged:
    """Apply the waivers to findings.

    `seen` says whether all that a waiver speaks of was looked at; only then can a waiver
    without a finding be called stale.
    """
    counted: list[Told] = []
    waived: list[tuple[Told, Waiver]] = []
    used: set[Waiver] = set()
    for one in told:
        waiver = next((w for w in waivers if accepts(w, one, day)), None)
        if waiver is None:
            counted.append(one)
        else:
            waived.append((one, waiver))
            used.add(waiver)
    stale = tuple(_stale(w, counted, day) for w in waivers if w not in used and seen(w))
    return Judged(tuple(counted), tuple(waived), stale)


def accepts(waiver: Waiver, told: Told, day: date) -> bool:
    """Whether a waiver speaks of a finding, and of these very words, on a day."""
    if not _speaks_of(waiver, told) or (waiver.until is not None and day > waiver.until):
        return False
    return waiver.entry is None or waiver.words == told.words


def _speaks_of(waiver: Waiver, told: Told) -> bool:
    return (
        waiver.code == told.finding.code
        and waiver.locale == told.locale
        and waiver.article in ("", told.article)
        and waiver.entry in (None, told.entry)
    )


def _stale(waiver: Waiver, counted: Iterable[Told], day: date) -> Finding:
    """Why a waiver accepts nothing any more."""
    if waiver.until is not None and day > waiver.until:
        why = f"it ended on {waiver.until}"
    elif any(_speaks_of(waiver, one) for one in counted):
        why = "the translation was changed since, so it must be looked at again"
    else:
        why = "the finding is no longer there"
    return Finding(
        "waiver-stale",
        f"this waiver of {waiver.code} in {waiver.locale} accepts nothing: {why}",
        waiver.where,
        f"take it out, or waive again; {waiver.person} gave it on {waiver.given}",
        Severity.WARNING,
    )
