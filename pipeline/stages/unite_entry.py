"""One entry as it was and as two people left it → one entry that holds what both wrote.

No function here asks which side is "ours": `lead` is chosen by a rule that gives the same
side from both ends of a merge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.model import Entry, State
from pipeline.po.strings import escaped

T = TypeVar("T")
_RANK = {State.DONE: 2, State.FUZZY: 1, State.MISSING: 0}


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry on both sides, and who wrote on each."""

    lead: Entry
    other: Entry
    lead_author: str
    other_author: str


def unite_entry(base: Entry | None, pair: Pair) -> tuple[Entry, bool]:
    """The united entry, and whether both sides had changed its words differently.

    Without a base, both sides began from an entry without words.
    """
    lead, other = pair.lead, pair.other
    blank = ("",) * len(lead.msgstr)
    was = base or replace(lead, msgstr=blank, comments=(), flags=(), previous=())
    winner, loser = _winner(was, lead, other)
    fuzzy = loser is not None or _fuzzy(was, winner, lead, other)
    comments = united_lines(was.comments, lead.comments, other.comments)
    if loser is not None:
        author = pair.other_author if loser is other else pair.lead_author
        comments += tuple(line for line in told(loser, author) if line not in comments)
    extras = [tuple(f for f in e.flags if f != "fuzzy") for e in (was, lead, other)]
    flags = united_lines(*extras)
    united = replace(
        lead,
        msgid_plural=winner.msgid_plural,
        msgstr=winner.msgstr,
        comments=comments,
        extracted=either(was.extracted, lead.extracted, other.extracted),
        references=either(was.references, lead.references, other.references),
        flags=("fuzzy", *flags) if fuzzy and any(winner.msgstr) else flags,
        previous=winner.previous if fuzzy else (),
        obsolete=_obsolete(base, lead, other),
    )
    return (lead if united == lead else united), loser is not None


def either(was: T, lead: T, other: T) -> T:
    """The value of the side that changed it; the lead's if both did."""
    return other if lead == was else lead


def united_lines(
    was: tuple[str, ...], lead: tuple[str, ...], other: tuple[str, ...]
) -> tuple[str, ...]:
    """Lines of both sides: what one took away goes, what one added stays."""
    if lead in (was, other):
        return other
    if other == was:
        return lead
    gone = {line for line in was if line not in lead or line not in other}
    kept = [line for line in lead if line not in gone]
    return (*kept, *(line for line in other if line not in gone and line not in lead))


def told(entry: Entry, author: str) -> tuple[str, ...]:
    """The comment lines that keep the words of an entry, with who wrote them.

    They stand between quotes, escaped as in a msgstr, so that they can be copied from there.
    """
    state = "" if entry.state is State.DONE else ", unfinished"
    forms = enumerate(entry.msgstr)
    return tuple(
        f"merged: {author}{state} wrote{f' [{at}]' if entry.msgid_plural else ''}"
        f' "{escaped(words)}"'
        for at, words in forms
        if words
    )


def _winner(was: Entry, lead: Entry, other: Entry) -> tuple[Entry, Entry | None]:
    """Whose words stand in the msgstr, and whose in a comment because both changed them.

    Finished words go before fuzzy ones, those before none; then the text decides.
    """
    if _words(lead) == _words(other):
        held = [entry for entry in (lead, other) if not entry.fuzzy] or [lead, other]
        return max(held, key=lambda entry: (entry.previous, entry is lead)), None
    if not _decided(was, lead):
        return other, None
    if not _decided(was, other):
        return lead, None
    low, high = sorted((lead, other), key=lambda entry: (_RANK[entry.state], *_words(entry)))
    return high, low


def _words(entry: Entry) -> tuple[str, tuple[str, ...]]:
    return entry.msgid_plural, entry.msgstr


def _decided(was: Entry, now: Entry) -> bool:
    """Whether a person changed the words, or confirmed them as they are."""
    confirmed = was.fuzzy and not now.fuzzy and any(now.msgstr)
    return _words(was) != _words(now) or confirmed


def _fuzzy(was: Entry, winner: Entry, lead: Entry, other: Entry) -> bool:
    """Whether somebody has to look: one side began to ask for it, or nobody confirmed."""
    asked = either(was.fuzzy, lead.fuzzy, other.fuzzy)
    holders = [entry for entry in (lead, other) if _words(entry) == _words(winner)]
    return asked or all(entry.fuzzy for entry in holders)


def _obsolete(base: Entry | None, lead: Entry, other: Entry) -> bool:
    if base is None:
        return lead.obsolete and other.obsolete
    return either(base.obsolete, lead.obsolete, other.obsolete)
