"""One change to the law as a person asks for it: a key, a new rule, the words of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# What a key of a market file may hold, as far as a person is asked for it.
Value = str | bool | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetKey:
    """Give a key of the file's head, or of a rule, another value; None takes it away."""

    rule: str  # the rule's id; "" is the head of the file
    key: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class AddRule:
    """Put a new rule at the end of the file, its keys in this order."""

    keys: tuple[tuple[str, Value], ...]  # `when.audience` is a key too

    def get(self, key: str) -> Value | None:
        """The value of one of its keys."""
        return dict(self.keys).get(key)


@dataclass(frozen=True, slots=True)
class SetWords:
    """Give a statement other words in one locale."""

    locale: str
    statement: str
    sentences: tuple[str, ...]


Edit = SetKey | AddRule | SetWords
