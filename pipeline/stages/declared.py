"""A change that the author declares in the front matter → what it means for every locale.

A declaration holds for one change: it is bound to the texts with which it was first
extracted, by the field X-Source-Change of the template. The next change needs another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from pipeline.model import Catalog, Entry, Field, Finding, Where
from pipeline.po.header import value_of
from pipeline.stages.carry import Id
from pipeline.stages.changes import CHANGE_FIELD, Changes, compare
from pipeline.stages.figures import interchangeable
from pipeline.stages.similarity import words_of

REOPENING = ("clinical", "regulatory")
_CODE = re.compile(r"</?[a-z]{1,8}\d{1,4} ?/?>")
# Words that say the opposite of one another and look like a slip of the pen.
_OPPOSITES = frozenset(
    word
    for words in (
        "left right bilateral unilateral both either up down start begin end",
        "increase increases increased decrease decreases decreased more less fewer most least",
        "higher lower above below before after over under min max only",
        "must may should can always often sometimes rarely",
    )
    for word in words.split()
)
_PREFIXES = ("hypo", "hyper", "ante", "anti", "inter", "intra", "pre", "post")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the author says of the change since the last extract."""

    type: str
    note: str
    about: tuple[str, ...]  # words of the texts that it concerns; none: the whole article
    where: Where

    @property
    def mark(self) -> str:
        """The declaration as a template's header keeps it."""
        told = "\0".join((self.type, self.note, *self.about))
        return f"{self.type} {sha256(told.encode()).hexdigest()[:16]}"

    @property
    def line(self) -> str:
        """The declaration as translators read it."""
        return f"change ({self.type}): {' '.join(self.note.split())}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a declaration does to a template and to the catalogs."""

    changes: Changes
    findings: tuple[Finding, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)  # old text → new, words stay finished
    reopened: int = 0  # texts that every locale has to look at again
    fresh: bool = False  # whether this run is the first with the declaration


def declaration_of(front: Iterable[Field], path: str) -> Declaration | None:
    """The declaration in an article's front matter, if there is one."""
    told = {item.key: item for item in front if item.key.startswith("change.")}
    if not told:
        return None
    values = {key.partition(".")[2]: item.value for key, item in told.items()}
    about = values.get("about", ())
    return Declaration(
        str(values.get("type", "")),
        str(values.get("note", "")),
        about if isinstance(about, tuple) else (about,),
        Where(path, min(item.line for item in told.values())),
    )


def declare(
    old: Catalog | None, changes: Changes, said: Declaration | None, names: Sequence[str]
) -> Effect:
    """What a declaration means for a new template; `names` are those of products."""
    if said is None or old is None:
        return Effect(changes)
    if value_of(old.header, CHANGE_FIELD) == said.mark:
        if changes.ids == changes.old_ids:
            return Effect(_marked(old, changes, _lines_of(old), said))
        return Effect(changes, (_spent(said),))
    added = changes.ids - changes.old_ids
    if said.type == "cosmetic":
        return _cosmetic(old, changes, said, names)
    about = set(added)
    if said.type in REOPENING:
        about |= {entry.id for entry in changes.template.entries if _concerned(entry, said)}
    marked = _marked(old, changes, dict.fromkeys(about, (said.line,)), said)
    reopened = len(about - added) if said.type in REOPENING else 0
    return Effect(marked, (), {}, reopened, fresh=True)


def _concerned(entry: Entry, said: Declaration) -> bool:
    text = entry.msgid.casefold()
    return not said.about or any(words.casefold() in text for words in said.about)


def _lines_of(old: Catalog) -> dict[Id, tuple[str, ...]]:
    """What an earlier run noted of the change."""
    lines = {e.id: tuple(n for n in e.extracted if n.startswith("change (")) for e in old.entries}
    return {key: notes for key, notes in lines.items() if notes}


def _marked(
    old: Catalog, changes: Changes, lines: Mapping[Id, tuple[str, ...]], said: Declaration
) -> Changes:
    """The changes with the declaration in the template: in notes and header."""
    template = changes.template
    entries = tuple(
        replace(entry, extracted=(*entry.extracted, *lines.get(entry.id, ())))
        for entry in template.entries
    )
    header = [pair for pair in template.header if pair[0] != CHANGE_FIELD]
    at = next((n for n, pair in enumerate(header) if pair[0] > CHANGE_FIELD and pair[0][0] == "X"),
              len(header))  # fmt: skip
    header.insert(at, (CHANGE_FIELD, said.mark))
    return compare(old, replace(template, entries=entries, header=tuple(header)))


def _cosmetic(old: Catalog, changes: Changes, said: Declaration, names: Sequence[str]) -> Effect:
    """Pair each new text with the one that it replaces, and refuse what is more than cosmetic."""
    gone = {e.id: e.msgid for e in old.entries if not e.obsolete and e.id not in changes.ids}
    pairs: dict[Id, Id] = {}
    findings = []
    for entry in changes.template.entries:
        if entry.id in changes.old_ids:
            continue
        near = next((key for key in changes.near(entry) if key in gone), None)
        was = gone.pop(near) if near else ""
        why = difference(was, entry.msgid, names) if near else "it is like no text that was there"
        if why:
            findings.append(_refused(said, entry.msgid, was, why))
        elif near:
            pairs[entry.id] = near
    findings += [_refused(said, "", text, "it left the article") for text in gone.values()]
    if findings:
        return Effect(changes, tuple(findings))
    marked = _marked(old, changes, dict.fromkeys(pairs, (said.line,)), said)
    kept = {was[1]: now[1] for now, was in pairs.items()}
    return Effect(replace(marked, cosmetic=pairs), (), kept, 0, fresh=True)


def difference(was: str, now: str, names: Iterable[str]) -> str:
    """Why the words for one text may not stay as they are for the other; "" if they may."""
    if not interchangeable(was, now):
        return "a number, a unit or a negation differs"
    if Counter(_CODE.findall(was)) != Counter(_CODE.findall(now)):
        return "its codes differ"
    for name in names:
        if was.casefold().count(name.casefold()) != now.casefold().count(name.casefold()):
            return f"the name {name!r} stands in one of them only"
    one, other = (Counter(filter(_telling, words_of(text))) for text in (was, now))
    differ = sorted(((one - other) + (other - one)).keys())
    return f"the meaning of {differ[0]!r} may differ" if differ else ""


def _telling(word: str) -> bool:
    return word in _OPPOSITES or word.startswith(_PREFIXES)


def _refused(said: Declaration, now: str, was: str, why: str) -> Finding:
    text = now or was
    before = f"; before: {was!r}" if was and now else ""
    return Finding(
        "change-not-cosmetic",
        f"{text!r} is more than a cosmetic change: {why}{before}",
        said.where,
        "declare the change editorial or clinical; or take the declaration away",
    )


def _spent(said: Declaration) -> Finding:
    return Finding(
        "change-spent",
        f"this declaration ({said.type}: {said.note!r}) was for an earlier change; the article "
        "has changed again",
        said.where,
        "take it away, or declare the new change with a note of its own",
    )
