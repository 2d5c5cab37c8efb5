"""An entry with words and a new text like its own → a fuzzy entry, or a reason not to."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from pipeline.model import Entry
from pipeline.po.strings import unescaped
from pipeline.po.write import previous_lines
from pipeline.stages.figures import interchangeable

# begin the notes of a declared change that every locale has to look at
_REOPENING = ("change (clinical): ", "change (regulatory): ")
Id: TypeAlias = tuple[str, str]


def carry(old: Entry, blank: Entry, *, same_figures: bool | None = None) -> Entry | None:
    """`blank` with the words of `old`, fuzzy, the old text in its `#|` lines.

    None when numbers, units or negation of the texts differ, or a plural meets a
    singular: such words would only have to be recognised as wrong. `same_figures` says
    whether the msgids agree in them, if that was found out before.
    """
    if bool(old.msgid_plural) != bool(blank.msgid_plural) or len(old.msgstr) != len(blank.msgstr):
        return None
    context, text, plural = original(old)
    if same_figures is None or text != old.msgid:
        same_figures = interchangeable(text, blank.msgid)
    if not same_figures or not any(old.msgstr):
        return None
    # a text that came back names no other: its words were made for it
    same = (context, text, plural) == (*blank.id, blank.msgid_plural)
    return replace(
        blank,
        msgstr=old.msgstr,
        comments=old.comments,
        flags=("fuzzy", *blank.flags),
        previous=() if same else previous_lines(context, text, plural),
    )


def as_it_was(old: Entry, blank: Entry, *, follows: bool) -> Entry | None:
    """`blank` with the words of `old`, as finished as they were; None where they do not fit.

    For a text that changed in nothing that matters. `follows` says that words which are the
    source's own change with it.
    """
    same = bool(old.msgid_plural) == bool(blank.msgid_plural)
    if old.obsolete or not any(old.msgstr) or not same or len(old.msgstr) != len(blank.msgstr):
        return None
    words = (blank.msgid,) if follows and old.msgstr == (old.msgid,) else old.msgstr
    flags = (*(flag for flag in old.flags if flag == "fuzzy"), *blank.flags)
    return replace(blank, msgstr=words, comments=old.comments, flags=flags, previous=old.previous)


def reopened(entry: Entry, wanted: Entry, seen: tuple[str, ...]) -> Entry:
    """The entry, fuzzy if a declared change asks for it that is not among the notes it had."""
    asking = (note for note in wanted.extracted if note.startswith(_REOPENING))
    if entry.fuzzy or not any(entry.msgstr) or all(note in seen for note in asking):
        return entry
    return replace(entry, flags=("fuzzy", *entry.flags))


def refitted(old: Entry, blank: Entry) -> Entry:
    """`blank` with the words of an entry of the same id that was no plural, or was one.

    All words stay, fuzzy: those that find no place become a comment.
    """
    forms = len(blank.msgstr)
    msgstr = (
        (*old.msgstr, *blank.msgstr)[:forms]
        if old.msgid_plural
        else (
            old.msgstr[0],
            *("",) * (forms - 1),
        )
    )
    spare = tuple(
        f"plural form {i}: {words}".replace("\n", "\\n").replace("\r", "\\r")
        for i, words in enumerate(old.msgstr[forms:], forms)
        if words
    )
    flags = ("fuzzy", *blank.flags) if any(msgstr) else blank.flags
    return replace(blank, msgstr=msgstr, comments=(*old.comments, *spare), flags=flags)


def original(entry: Entry) -> tuple[str, str, str]:
    """The context, text and plural that an entry's words were made for.

    A fuzzy entry that was itself carried over names them in its `#|` lines: judging the
    text in between would let "5 mg" become "10 mg" in two steps.
    """
    if not entry.fuzzy or not entry.previous:
        return entry.msgctxt, entry.msgid, entry.msgid_plural
    found = {"msgctxt": "", "msgid": "", "msgid_plural": ""}
    keyword = ""
    for line in entry.previous:
        name, quote, rest = line.partition('"')
        keyword = name.strip() or keyword
        if quote and keyword in found:
            found[keyword] += unescaped(rest.rstrip().removesuffix('"'))
    if not found["msgid"]:
        return entry.msgctxt, entry.msgid, entry.msgid_plural
    return found["msgctxt"], found["msgid"], found["msgid_plural"]


def updated(old: Entry, wanted: Entry) -> Entry:
    """An entry that stays, with the template's notes, references and flags."""
    flags = wanted.flags
    if old.flags != flags:
        # what editors or people set stays; the template adds its own
        extra = (flag for flag in wanted.flags if flag not in old.flags)
        flags = (*old.flags, *extra)
    previous = old.previous
    if old.msgid_plural != wanted.msgid_plural and any(old.msgstr):
        flags = tuple(dict.fromkeys(("fuzzy", *flags)))
        previous = previous_lines(*original(old))
    if (old.references, old.flags, old.msgid_plural, old.obsolete) == (
        wanted.references,
        flags,
        wanted.msgid_plural,
        False,
    ):
        return old
    return replace(
        old,
        references=wanted.references,
        flags=flags,
        previous=previous,
        extracted=wanted.extracted,
        msgid_plural=wanted.msgid_plural,
        obsolete=False,
    )


def as_obsolete(entry: Entry) -> Entry:
    """The entry as it is kept after its text left the article; what we noted goes."""
    flags = tuple(flag for flag in entry.flags if flag == "fuzzy")
    return replace(entry, obsolete=True, extracted=(), references=(), flags=flags)
