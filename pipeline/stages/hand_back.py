"""Our catalog, what was exported and what came back → our catalog with the work in it.

Three ways, entry by entry. Law: no finished translation of ours is ever replaced by one that
was not made for it: where both sides changed, ours stays and theirs becomes a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeAlias

from pipeline.model import Catalog, Entry

Id: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A catalog after an import, and what became of each entry that came back changed."""

    catalog: Catalog
    taken: tuple[Entry, ...] = ()  # theirs, with the line at which they stand in the kit
    conflicts: tuple[tuple[Entry, Entry], ...] = ()  # ours and theirs
    gone: tuple[Entry, ...] = ()  # theirs: the text has left the article
    emptied: tuple[Entry, ...] = ()  # theirs: words taken away, which stay here
    strange: tuple[Entry, ...] = ()  # theirs: no entry of what was exported
    misfits: tuple[Entry, ...] = ()  # theirs: another number of plural forms
    untouched: int = 0


def hand_back(
    ours: Catalog, exported: Catalog, theirs: Catalog, kit: str, *, trusted: bool
) -> HandedBack:
    """Bring what came back into our catalog.

    `kit` names the kit in the comment that keeps a conflicting translation. When `exported`
    is not `trusted` (nobody here remembers to have made it), it replaces no finished words.
    """
    run = _Run(kit, {e.id: e for e in ours.entries}, {e.id: e for e in exported.entries}, trusted)
    for entry in theirs.entries:
        run.take(entry)
    kept = tuple(run.changed.pop(entry.id, entry) for entry in ours.entries)
    catalog = replace(ours, entries=(*kept, *run.changed.values()))
    found = {name: tuple(entries) for name, entries in run.found.items()}
    return HandedBack(catalog, conflicts=tuple(run.conflicts), untouched=run.untouched, **found)


@dataclass(slots=True)
class _Run:
    kit: str
    ours: Mapping[Id, Entry]
    exported: Mapping[Id, Entry]
    trusted: bool
    changed: dict[Id, Entry] = field(default_factory=dict)
    found: dict[str, list[Entry]] = field(
        default_factory=lambda: {
            name: [] for name in ("taken", "gone", "emptied", "strange", "misfits")
        }
    )
    conflicts: list[tuple[Entry, Entry]] = field(default_factory=list)
    untouched: int = 0

    def take(self, theirs: Entry) -> None:
        """One entry that came back."""
        sent = self.exported.get(theirs.id)
        if sent is None:
            self.found["strange"].append(theirs)
            return
        theirs = replace(theirs, comments=_new_comments(sent, theirs))
        if len(theirs.msgstr) != len(sent.msgstr):
            self.found["misfits"].append(theirs)
        elif _said(theirs) == _said(sent) and not theirs.comments:
            self.untouched += 1
        elif any(_lost(sent, theirs)):
            self.found["emptied"].append(theirs)
            self._comment(theirs)
        else:
            self._changed(sent, theirs)

    def _changed(self, sent: Entry, theirs: Entry) -> None:
        ours = self.ours.get(theirs.id)
        if ours is None or ours.obsolete:
            self.found["gone"].append(theirs)
        if ours is None:
            if any(theirs.msgstr):
                self._put(_kept(theirs))
        elif len(ours.msgstr) != len(theirs.msgstr):
            self.found["misfits"].append(theirs)
        elif _said(theirs) in (_said(sent), _said(ours)):  # only notes are new, or nothing is
            self._noted(ours, theirs)
        elif self._may_replace(ours, sent, theirs):
            self.found["taken"] += [theirs] if not ours.obsolete else []
            self._put(_with_words(ours, theirs))
        else:
            self.conflicts.append((ours, theirs))
            self._put(_commented(ours, (*theirs.comments, *_as_comment(theirs, self.kit))))

    def _may_replace(self, ours: Entry, sent: Entry, theirs: Entry) -> bool:
        """Whether nothing newer stands here."""
        if not any(ours.msgstr):
            return not any(sent.msgstr)  # words that were taken away here do not come back
        if ours.msgstr == theirs.msgstr:  # the same words, confirmed or doubted there
            return _said(ours) == _said(sent) if theirs.fuzzy else True
        return _said(ours) == _said(sent) and (self.trusted or ours.fuzzy)

    def _noted(self, ours: Entry, theirs: Entry) -> None:
        noted = _commented(ours, theirs.comments)
        if noted == ours:
            self.untouched += 1
        else:
            self.found["taken"].append(theirs)
            self._put(noted)

    def _comment(self, theirs: Entry) -> None:
        ours = self.ours.get(theirs.id)
        if ours is not None and theirs.comments:
            self._put(_commented(ours, theirs.comments))

    def _put(self, entry: Entry) -> None:
        self.changed[entry.id] = entry


def _said(entry: Entry) -> tuple[tuple[str, ...], bool]:
    """The words of an entry, and whether they wait for a human."""
    return entry.msgstr, entry.fuzzy and any(entry.msgstr)


def _lost(sent: Entry, theirs: Entry) -> list[bool]:
    """Which of its forms lost the words that it had."""
    return [bool(was) and not now for was, now in zip(sent.msgstr, theirs.msgstr, strict=True)]


def _new_comments(sent: Entry, theirs: Entry) -> tuple[str, ...]:
    lines = map(_line, theirs.comments)
    return tuple(line for line in lines if line.strip() and line not in sent.comments)


def _with_words(ours: Entry, theirs: Entry) -> Entry:
    """Our entry with their words; what the old words were made for is no longer of use."""
    flags = tuple(flag for flag in ours.flags if flag != "fuzzy")
    entry = replace(
        ours,
        msgstr=theirs.msgstr,
        flags=("fuzzy", *flags) if theirs.fuzzy else flags,
        previous=ours.previous if theirs.fuzzy else (),
    )
    return _commented(entry, theirs.comments)


def _commented(entry: Entry, lines: tuple[str, ...]) -> Entry:
    new = tuple(line for line in dict.fromkeys(lines) if line not in entry.comments)
    return replace(entry, comments=(*entry.comments, *new)) if new else entry


def _as_comment(theirs: Entry, kit: str) -> tuple[str, ...]:
    """A translation that found no place, where a translator sees it."""
    state = " (to be reviewed)" if theirs.fuzzy else ""
    forms = enumerate(theirs.msgstr)
    return tuple(
        f"kit {kit}{f', form {number}' if len(theirs.msgstr) > 1 else ''}{state}: {_line(words)}"
        for number, words in forms
        if words
    )


def _line(words: str) -> str:
    r"""Words in one line: a comment has no line ends, nor may it end with a backslash."""
    told = words.replace("\n", "\\n").replace("\r", "\\r")
    return f"{told} " if told.endswith("\\") else told


def _kept(theirs: Entry) -> Entry:
    """Their entry as an obsolete one: merging finds it if the text comes back."""
    flags = ("fuzzy",) if theirs.fuzzy else ()
    return replace(theirs, obsolete=True, extracted=(), references=(), flags=flags, previous=())


def fingerprint(catalog: Catalog) -> str:
    """The SHA-256 of the texts of a catalog: the same for catalogs made from equal sources."""
    told = [f"{e.msgctxt}\x04{e.msgid}\0" for e in catalog.entries if not e.obsolete]
    return sha256("".join(sorted(told)).encode()).hexdigest()
