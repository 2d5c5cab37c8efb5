"""Aligned sentences and a catalog → the catalog with their words in it, fuzzy.

A translated page numbers its codes in its own way: each is given the number of the source's
code of its kind, links first of all by where they lead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.codes import SKIP, End, Word, parse, render
from pipeline.model import Catalog, Code, Entry, Kind, Segment
from pipeline.stages.align import Match
from pipeline.stages.carry import Id
from pipeline.stages.merge import ORIGINS

ALIGNED = ORIGINS[0]  # begins the note of an entry; it stays as long as the entry is fuzzy


@dataclass(frozen=True, slots=True)
class Filling:
    """A catalog with aligned words, and what became of each sentence that was paired."""

    catalog: Catalog
    filled: int
    had_words: int  # and kept them
    unknown: int  # are in no catalog: the article was not extracted


def fill(
    catalog: Catalog,
    matches: Iterable[Match],
    inherited: Collection[Id],
    page: str,
    *,
    joint: str = " ",
) -> Filling:
    """Put aligned words into the empty entries of a catalog, never over words.

    `inherited` are the entries that have a parent's words; `page` names the page in the
    notes; `joint` stands between two sentences that translate one.
    """
    found: dict[Id, tuple[str, int]] = {}
    for match in matches:
        for key, words in _words(match, joint):
            if key not in found or found[key][1] < match.score:
                found[key] = words, match.score
    live = {entry.id: entry for entry in catalog.entries if not entry.obsolete}
    free = {key for key in found if key in live and not _taken(live[key], inherited)}
    entries = tuple(
        _filled(entry, *found[entry.id], page) if entry.id in free and not entry.obsolete else entry
        for entry in catalog.entries
    )
    known = sum(key in live for key in found)
    new = replace(catalog, entries=entries)
    return Filling(new, len(free), known - len(free), len(found) - known)


def _taken(entry: Entry, inherited: Collection[Id]) -> bool:
    return any(entry.msgstr) or bool(entry.msgid_plural) or entry.id in inherited


def _filled(entry: Entry, words: str, score: int, page: str) -> Entry:
    note = f"{ALIGNED}{score} of 100, from {page}; compare, and confirm or mend"
    return replace(
        entry,
        msgstr=(words,),
        flags=("fuzzy", *entry.flags),
        extracted=(*entry.extracted, note),
    )


def _words(match: Match, joint: str) -> Iterable[tuple[Id, str]]:
    """The words of each source sentence of a match: all in the first, `<skip/>` in a second."""
    first, *others = match.sources
    yield first.id, joint.join(_recoded(match.targets, first.codes)).strip()
    for other in others:
        yield other.id, SKIP


def _recoded(targets: Iterable[Segment], codes: tuple[Code, ...]) -> list[str]:
    """The words of sentences with the source's codes; codes that it lacks are left out."""
    free = list(codes)
    told = []
    for target in targets:
        names = _names(target.codes, free)
        words, _ = parse(target.text, target.codes)
        told.append(" ".join(render(_renamed(words, names)).split()))
    return told


def _names(codes: Iterable[Code], free: list[Code]) -> Mapping[str, Code]:
    """For each code of a page the source's code that it stands for; takes it out of `free`."""
    listed = list(codes)
    names: dict[str, Code] = {}
    for alike in (_same_target, _same_kind):
        for code in listed:
            mine = next((one for one in free if alike(one, code)), None)
            if mine is not None and code.name not in names:
                names[code.name] = mine
                free.remove(mine)
    return names


def _same_target(one: Code, other: Code) -> bool:
    return bool(one.shows) and one.shows == other.shows and _same_kind(one, other)


def _same_kind(one: Code, other: Code) -> bool:
    return one.pair == other.pair and _kind(one) == _kind(other)


def _kind(code: Code) -> str:
    return code.name.rstrip("0123456789")


def _renamed(words: Iterable[Word], names: Mapping[str, Code]) -> Iterable[Word]:
    for word in words:
        if isinstance(word, str):
            yield word
        elif word.code.name in names:
            yield End(word.kind, names[word.code.name])
        elif word.kind is Kind.ALONE:
            yield word.code.plain
