"""The lists in `abbreviations/` go in; what each word says of the end of a sentence comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files


class Ends(Enum):
    """Before what a sentence may end after an abbreviation."""

    NEVER = "nothing"
    UNLESS_NUMBER = "any word but a number"
    BEFORE_CAPITAL = "a capital letter"
    BEFORE_FIRST_WORD = "a frequent first word of sentences"


# The list that says so. No word stands in two of them.
LISTS: tuple[tuple[str, Ends], ...] = (
    ("always", Ends.NEVER),
    ("titles", Ends.NEVER),
    ("numeric", Ends.UNLESS_NUMBER),
    ("months", Ends.UNLESS_NUMBER),
    ("endings", Ends.BEFORE_CAPITAL),
    ("names", Ends.BEFORE_FIRST_WORD),
)
WORDS = ("units", "designations", "first_words")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of words beside a full stop; the keys have no full stop at their end."""

    ends: Mapping[str, Ends]
    units: frozenset[str]  # "mm": they end a sentence where a number stands before them
    designations: frozenset[str]  # "vitamin": makes a single letter after it a word
    first_words: frozenset[str]  # "The": begins a sentence even after "Inc."

    @classmethod
    def from_lists(cls, lists: Mapping[str, str]) -> Rules:
        """The rules that the texts of the lists give, by the name of the list.

        Raises:
            ValueError: a word stands in two lists of abbreviations.
        """
        ends: dict[str, Ends] = {}
        for name, kind in LISTS:
            words = tuple(_spellings(_entries(lists[name])))
            if kind is Ends.UNLESS_NUMBER:
                words += tuple(word.upper() for word in words)  # "SEC. 4": the number is proof
            for word in words:
                if word in ends and ends[word] is not kind:
                    raise ValueError(f"{word!r} in {name}.txt stands in another list too")
                ends[word] = kind
        units, designations, first_words = (frozenset(_entries(lists[name])) for name in WORDS)
        return cls(ends, units, frozenset(_spellings(designations)), first_words)


def _entries(text: str) -> tuple[str, ...]:
    """The entries of a list: one a line, `#` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _spellings(words: Iterable[str]) -> Iterable[str]:
    """Each word, and for words in small letters the ones that begin with a capital."""
    for word in words:
        yield word
        if word.islower():
            yield word[0].upper() + word[1:]


@cache
def load_rules() -> Rules:
    """The rules of the lists that come with the package."""
    folder = files("pipeline.stages") / "abbreviations"
    names = [name for name, _ in LISTS] + list(WORDS)
    return Rules.from_lists({name: (folder / f"{name}.txt").read_text("utf-8") for name in names})
