"""How alike two texts are, and whether a translation of one may stand in for the other.

Codes and numbers are masked before comparing: a moved link or a new figure does not make
two sentences strangers. What the figures are is judged apart, in `figures.py`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

_CODE = re.compile(r"</?[a-z]+\d+/?>")
_FIGURE = r"\d+(?:[.,:/\u2009\u00a0]\d+)*"
_NUMBER = re.compile(_FIGURE)
_WORD = re.compile(rf"{_FIGURE}|[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰°<>≤≥±]")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum() and code != 10}
DIGIT = re.compile(r"\d")

LEAST = 0.6  # of the words, in order; msgmerge asks for as much
_SHORT = 4  # words: below, letters are compared, for one word is too much of the whole
_LEAST_SHORT = 0.75
_RARE = 3  # words of a text by which others are looked for, at the least
_POSTINGS = 400  # places that further words may add: a word of many texts says little
_MOST = 40  # candidates that are compared


@dataclass(frozen=True, slots=True)
class Shape:
    """A text made ready for comparing: its words with codes and numbers masked."""

    words: tuple[str, ...]

    @property
    def letters(self) -> str:
        """The words as one string, for texts of so few words that letters count."""
        return " ".join(self.words)


def shape(text: str) -> Shape:
    """The shape of a text."""
    return shapes([text])[0]


def shapes(texts: Sequence[str]) -> list[Shape]:
    """The shapes of texts. Plain ones fall apart at blanks, all at once and much faster."""
    folded = [
        (_CODE.sub(" ", text) if "<" in text else text).lower().replace("’", "'") for text in texts
    ]
    plain = [place for place, text in enumerate(folded) if _is_plain(text)]
    joined = _NUMBER.sub(" 0 ", "\n".join([folded[place] for place in plain]))
    rows = dict(zip(plain, joined.translate(_BLANKS).split("\n"), strict=False))
    return [
        Shape(
            tuple(rows[place].split() if place in rows else _WORD.findall(_NUMBER.sub("0", text)))
        )
        for place, text in enumerate(folded)
    ]


def _is_plain(text: str) -> bool:
    """Whether its words are what stands between blanks once other characters are blanks."""
    return text.isascii() and not any(sign in text for sign in "'%<>\n")


def words_of(text: str) -> list[str]:
    """The words, numbers and signs of a text, folded, without its codes."""
    if "<" in text:
        text = _CODE.sub(" ", text)
    return _WORD.findall(text.lower().replace("’", "'"))


def likeness(one: Shape, other: Shape) -> float:
    """How alike two texts are, from 0 to 1; 0 when they are too unlike to be offered."""
    if min(len(one.words), len(other.words)) < _SHORT:
        return Indel.normalized_similarity(one.letters, other.letters, score_cutoff=_LEAST_SHORT)
    return Indel.normalized_similarity(one.words, other.words, score_cutoff=LEAST)


def alike(wanted: Shape, known: Mapping[int, Shape]) -> list[tuple[float, int]]:
    """How alike each of some texts is, and its number; those of enough words in one call."""
    if len(wanted.words) < _SHORT:
        return [(likeness(wanted, shape), number) for number, shape in known.items()]
    long = {at: shape.words for at, shape in known.items() if len(shape.words) >= _SHORT}
    found = process.extract(
        wanted.words, long, scorer=Indel.normalized_similarity, score_cutoff=LEAST, limit=None
    )
    short = [(likeness(wanted, shape), at) for at, shape in known.items() if at not in long]
    return [*((score, at) for _, score, at in found), *short]


class Index:
    """Texts by their rare words, so that each new text meets only a few old ones."""

    def __init__(self, texts: Iterable[str], wanted: Iterable[str] | None = None) -> None:
        """Index the texts; who knows all texts to be looked for says so and saves half."""
        self.shapes = shapes(list(texts))
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        only = set[str]().union(*map(keys, shapes(list(wanted or ()))))
        for place, known in enumerate(self.shapes):
            found_by = keys(known)
            for key in found_by if wanted is None else found_by & only:
                self._places[key].append(place)

    def near(self, text: str) -> list[tuple[float, int]]:
        """How alike each like text is, and its place; the best first, then the earliest."""
        wanted = shape(text)
        scored = alike(wanted, {at: self.shapes[at] for at in self._candidates(wanted)})
        return sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1]))

    def _candidates(self, wanted: Shape) -> Sequence[int]:
        """The places that share most of the rarest words."""
        lists = [self._places[key] for key in keys(wanted) if key in self._places]
        lists.sort(key=len)
        shared: Counter[int] = Counter()
        looked_at = 0
        for number, places in enumerate(lists):
            looked_at += len(places)
            if number >= _RARE and looked_at > _POSTINGS:
                break
            shared.update(places)
        return [place for place, _ in shared.most_common(_MOST)]


def keys(known: Shape) -> set[str]:
    """The words a text is found by; letters in threes where words are few or unspaced."""
    found = set(known.words)
    if len(known.words) < _SHORT:
        letters = known.letters
        found.update("\0" + letters[at : at + 3] for at in range(max(len(letters) - 2, 1)))
    return found
