"""Units and a text that is asked for → what is kept of them, and which known words may serve."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from pipeline.codes import codes_of, mark
from pipeline.model import Kind
from pipeline.model.memory import Candidate, Closeness, Match, Row, Target, Unit
from pipeline.stages.figures import interchangeable
from pipeline.stages.similarity import Shape, alike, keys, shape, shapes

_CODE = re.compile(r"<(/?)([a-z]{1,8}[0-9]{1,4}) ?(/?)>")
_BATCH = 1000  # texts whose words are cut out in one go


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that words are looked for, and where it stands."""

    text: str
    context: str = ""
    article: str = ""
    before: str = ""
    after: str = ""


class Rows:
    """Makes units ready for keeping; a text that many locales have is looked at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, frozenset[str], int]] = {"": ("", frozenset(), 0)}

    def of(self, units: Sequence[Unit]) -> list[Row]:
        """The rows of units, in their order."""
        new = list(dict.fromkeys(u.source for u in units if u.source not in self._known))
        for start in range(0, len(new), _BATCH):
            texts = new[start : start + _BATCH]
            for text, known in zip(texts, shapes(texts), strict=True):
                self._known[text] = (known.letters, frozenset(keys(known)), digest(text))
        return [self._row(unit) for unit in units]

    def _row(self, unit: Unit) -> Row:
        words, found_by, own = self._known[unit.source]
        return Row(unit, words, found_by, own, self._digest(unit.before), self._digest(unit.after))

    def _digest(self, text: str) -> int:
        known = self._known.get(text)
        return known[2] if known else digest(text)


def digest(text: str) -> int:
    """A number that stands for a text, to compare neighbours by; 0 for no text."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest()) or 1


def asked_by(text: str) -> tuple[str, frozenset[str]]:
    """The masked words of a text, and what it is found by."""
    wanted = shape(text)
    return wanted.letters, frozenset(keys(wanted))


def scored(text: str, candidates: Iterable[Candidate]) -> list[tuple[int, Candidate]]:
    """How alike each candidate is, in percent, cut off; the best first, then by their text.

    Only the same text has 100: two texts that differ in a number alone have 99.
    """
    known = {candidate.id: candidate for candidate in candidates}
    found = alike(shape(text), {at: Shape(candidate.words) for at, candidate in known.items()})
    pairs = (
        (100 if known[at].text == text else min(int(score * 100), 99), known[at])
        for score, at in found
        if score
    )
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1].text))


def matches(
    asked: Asked,
    found: Sequence[tuple[int, Candidate]],
    targets: Iterable[Target],
    names: Callable[[str], frozenset[str]],
) -> tuple[Match, ...]:
    """The translations that known texts have, the best first; each words of a text once.

    `names` tells which products a text names.
    """
    texts = {candidate.id: (score, candidate.text) for score, candidate in found}
    made = (_match(asked, *texts[target.segment], target, names) for target in targets)
    ordered = sorted(made, key=_best_first)
    once = {(match.source, match.target): match for match in reversed(ordered)}
    return tuple(sorted(once.values(), key=_best_first))


def _best_first(match: Match) -> tuple[int, int, str, str, str, str]:
    newest = "".join(chr(0x10000 - ord(c)) for c in match.changed) or "\U0010ffff"
    place = (match.source, match.target, match.origin)
    return (-match.score, -match.closeness, newest, *place)


def _match(
    asked: Asked, score: int, text: str, target: Target, names: Callable[[str], frozenset[str]]
) -> Match:
    closeness = Closeness.FUZZY if score < 100 else _closeness(asked, target)
    differs = differing(text, asked.text, names)
    return Match(
        text, target.text, target.locale, score, closeness, target.origin, target.changed, differs
    )


def _closeness(asked: Asked, target: Target) -> Closeness:
    """Whether the same text stands in the same role and beside the same text, or article."""
    before, after = digest(asked.before), digest(asked.after)
    beside = (before and before == target.before) or (after and after == target.after)
    known = beside or bool(asked.article and asked.article == target.article)
    return Closeness.CONTEXT if known and asked.context == target.context else Closeness.EXACT


def differing(one: str, other: str, names: Callable[[str], frozenset[str]]) -> str:
    """In what two texts differ that no translation may be carried across; "" for nothing."""
    if one == other:
        return ""
    if not interchangeable(one, other):
        return "number, unit or negation"
    return "product" if names(one) != names(other) else ""


def fitted(words: str, source: str, wanted: str) -> str:
    """A translation of `source` with the codes that `wanted` has.

    Codes of the same kinds in the same order take the wanted names. Otherwise only those
    that `wanted` has too stay: the translator puts in what is missing.
    """
    had, wants = codes_of(source), codes_of(wanted)
    if had == wants or "<" not in words:
        return words
    alike_codes = [(c.name.rstrip("0123456789"), c.pair) for c in had] == [
        (c.name.rstrip("0123456789"), c.pair) for c in wants
    ]
    names: Mapping[str, str] = (
        {old.name: new.name for old, new in zip(had, wants, strict=True)}
        if alike_codes
        else {code.name: code.name for code in wants if code in had}
    )
    return "".join(_renamed(words, names))


def _renamed(words: str, names: Mapping[str, str]) -> Iterator[str]:
    at = 0
    for code in _CODE.finditer(words):
        yield words[at : code.start()]
        at = code.end()
        if code[2] in names:
            kind = Kind.CLOSE if code[1] else Kind.ALONE if code[3] else Kind.OPEN
            yield mark(kind, names[code[2]])
    yield words[at:]
