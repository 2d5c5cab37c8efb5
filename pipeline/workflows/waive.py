"""A person's acceptance of findings → waivers in locales/waivers.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import Where
from pipeline.model.waiver import Told, Waiver
from pipeline.store.files import apply, locked
from pipeline.store.people import load_people
from pipeline.store.waivers import PLACE, waiver_write
from pipeline.workflows.check import Asked, check, waivable


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a person accepts, as the command line has it."""

    code: str
    locale: str
    reason: str
    person: str
    article: str = ""
    entry: str = ""  # the place of the finding (FILE:LINE), or the source text
    until: date | None = None


def waive(root: Path, asked: Acceptance, day: date, *, write: bool) -> tuple[Waiver, ...]:
    """Accept the findings of one entry, of an article, or of a whole locale.

    Raises:
        UsageError: the code cannot be waived, there is no such finding, or a word is missing.
    """
    _refuse(root, asked, day)
    articles = (asked.article,) if asked.article else ()
    # a source that is said in several ways is found only where all catalogs are looked at
    found = check(root, Asked(articles=articles, select=(asked.code,)), day).told
    mine = [one for one in found if one.finding.code == asked.code and _is_meant(one, asked)]
    if not mine:
        what = f" at {asked.entry!r}" if asked.entry else ""
        raise UsageError(
            f"there is no finding {asked.code} in {asked.locale}{what} to waive",
            None,
            "copy FILE:LINE, or the source text, from what `l10n check` says",
        )
    made = _waivers(mine, asked, day)
    if write:
        with locked(root):
            new, before = waiver_write(root, made)
            apply(root, (new,), {PLACE: before})
    return made


def _waivers(mine: list[Told], asked: Acceptance, day: date) -> tuple[Waiver, ...]:
    """One waiver for each entry, or one for the article or locale."""
    where = Where(PLACE)
    whole = Waiver(
        asked.code,
        asked.locale,
        asked.reason,
        asked.person,
        day,
        where,
        asked.article,
        until=asked.until,
    )
    if not asked.entry:
        return (whole,)
    entries = dict.fromkeys((one.article, one.entry, one.words) for one in mine)
    return tuple(
        Waiver(
            asked.code,
            asked.locale,
            asked.reason,
            asked.person,
            day,
            where,
            article,
            entry,
            words,
            asked.until,
        )
        for article, entry, words in entries
    )


def _is_meant(told: Told, asked: Acceptance) -> bool:
    place = str(Where(told.finding.where.path, told.finding.where.line))
    return (
        told.locale == asked.locale
        and asked.article in ("", told.article)
        and asked.entry in ("", told.entry[1], place)
    )


def _refuse(root: Path, asked: Acceptance, day: date) -> None:
    """Refuse what nobody may waive, and a waiver that does not say why, by whom, how long."""
    allowed = waivable()
    if asked.code not in allowed:
        near = get_close_matches(asked.code, allowed, 1)
        hint = f"did you mean {near[0]}?" if near else f"may be waived: {', '.join(allowed)}"
        raise UsageError(f"{asked.code} is nothing that a person may waive", None, hint)
    if not asked.reason.strip():
        raise UsageError("a waiver needs a reason", None, "say why the finding is all right")
    if asked.until is not None and asked.until < day:
        raise UsageError(f"{asked.until} is past", None, "name the last day of the waiver")
    people = load_people(root).people
    if people and asked.person not in people:
        near = get_close_matches(asked.person, people, 1)
        hint = f"did you mean {near[0]}?" if near else "people.toml says who may"
        raise UsageError(f"{asked.person} is nobody whom people.toml describes", None, hint)
