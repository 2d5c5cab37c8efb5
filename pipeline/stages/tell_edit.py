"""Edits and the law before and after them → what they say in plain words, and what they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model import Rule
from pipeline.model.edit import AddRule, Edit, SetKey, Value
from pipeline.stages.matrix import Matrix
from pipeline.stages.rule_questions import Known, value_of
from pipeline.stages.rule_words import KEYS, deed
from pipeline.stages.tell import whom

DAYS = 3  # on how many days the law is judged before and after: more would not be read


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of one article in one market on a day: before the edit, and after."""

    day: date
    market: str
    article: str
    readers: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the edit makes a difference here."""
        return self.before != self.after


def in_words(edits: tuple[Edit, ...], before: Known, after: tuple[Rule, ...]) -> tuple[str, ...]:
    """Each edit as a sentence; `after` are the rules of the file with the edits made."""
    return tuple(_sentence(edit, before, after) for edit in edits)


def _sentence(edit: Edit, before: Known, after: tuple[Rule, ...]) -> str:
    """One edit in plain words."""
    if isinstance(edit, AddRule):
        return _new(next(rule for rule in after if rule.id == edit.get("id")))
    if isinstance(edit, SetKey):
        return _set(edit, before)
    now = before.words(edit.statement, edit.locale)
    told = f"The text {edit.statement!r} in {edit.locale}"
    quoted = " ".join(edit.sentences)
    if not now:
        return f'{told} is new and says: "{quoted}"'
    return f'{told} no longer says "{" ".join(now)}" but: "{quoted}"'


def _new(rule: Rule) -> str:
    """A new rule in plain words."""
    since = f" from {rule.effective_from} on" if rule.effective_from else ""
    return (
        f"New rule {rule.id}{since}, for {whom(rule.when)}: {deed(rule)}. "
        f"Reason: {rule.reason.rstrip('.')}. Law: {', '.join(rule.legal)}. "
        f"Review by {rule.review_by}."
    )


def _set(edit: SetKey, known: Known) -> str:
    """A key with another value, in plain words."""
    name = KEYS.get(edit.key, edit.key.replace("_", " "))
    if not edit.rule:
        now = getattr(known.market, edit.key)
        return f"{known.market.code}: {name} changes from {_told(now)} to {_told(edit.value)}."
    rule = known.rule(edit.rule)
    about = f"Rule {rule.id} ({deed(rule)}, for {whom(rule.when)})"
    if edit.key == "effective_until" and edit.value:
        return f"{about} ends: {edit.value} is its last day. It stays in the file."
    now = value_of(rule, edit.key)
    return f"{about}: {name} changes from {_told(now)} to {_told(edit.value)}."


def _told(value: Value | None) -> str:
    """A value as it reads within a sentence."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{value}"' if isinstance(value, str) else value.isoformat()


def days_of(edits: tuple[Edit, ...], known: Known) -> tuple[date, ...]:
    """The days on which edits may show: today, and when what they change begins or ends."""
    days = {day for edit in edits for day in _days(edit, known) if day > known.today}
    return (known.today, *sorted(days)[: DAYS - 1])


def _days(edit: Edit, known: Known) -> Iterator[date]:
    """The first days of what one edit brings, or takes away."""
    pairs: tuple[tuple[str, Value | None], ...] = ()
    if isinstance(edit, AddRule):
        pairs = edit.keys
    elif isinstance(edit, SetKey) and edit.rule:
        now = value_of(known.rule(edit.rule), edit.key)
        pairs = ((edit.key, now), (edit.key, edit.value))
    for key, day in pairs:
        if isinstance(day, date) and key in ("effective_from", "repealed"):
            yield day
        elif isinstance(day, date) and (key != "review_by" or isinstance(edit, SetKey)):
            yield day + timedelta(days=1)


def shifts(day: date, before: Matrix, after: Matrix) -> tuple[Shift, ...]:
    """What becomes of each cell on a day; a market or article in one of them only is told too."""
    cells = [
        {
            (
                cell.market.code,
                cell.column.facts.article,
                cell.column.facts.audience.value,
            ): " ".join([cell.told, *(f"+{mark}" for mark in cell.marks)])
            for row in matrix.rows
            for cell in row
        }
        for matrix in (before, after)
    ]
    was, now = cells
    return tuple(
        Shift(day, *place, was.get(place, "not there"), now.get(place, "not there"))
        for place in sorted(was.keys() | now.keys())
    )
