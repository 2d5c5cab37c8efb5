"""Products and term lists → what finds their names in the texts of a language, in any guise."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pipeline.model import Product, Term
from pipeline.stages.endings import ENDINGS
from pipeline.stages.folding import LOOK_ALIKE, Folding, fold, latinized

# A name of so many letters is told from other words by its beginning: endings may follow.
LONG = 7
# Languages that are written in Cyrillic or Greek.
_OWN_SCRIPT = frozenset({"be", "bg", "el", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
# Scripts that part words: their letters, and what they write in front without a space.
_SPACED = (
    (re.compile("[a-zß-ʯḀ-ỿ]", re.IGNORECASE), "a-zß-ʯḀ-ỿ", ""),
    (re.compile("[Ѐ-ԯ]"), "Ѐ-ԯ", ""),
    (re.compile("[Ͱ-Ͽ]"), "Ͱ-Ͽ", ""),
    (re.compile("[\u0620-\u06d5]"), "\u0620-\u06d5", "[وفبكلس]{0,3}(?:ال)?"),
    (re.compile("[\u05d0-\u05ea]"), "\u05d0-\u05ea", "[ובהלמשכ]{0,4}"),
    (re.compile("[\u0900-\u0dff\u0530-\u058f\u10a0-\u10ff]"), "\u0900-\u0dff\u0530-\u10ff", ""),
    (re.compile("[0-9]"), "0-9", ""),
)


class Thing(NamedTuple):
    """What a mention speaks of: a product, or a substance of one."""

    id: str
    is_product: bool


class Mention(NamedTuple):
    """A name in one of the texts that were searched."""

    text: int  # which text, counted from 0
    words: str  # as they stand there
    things: tuple[Thing, ...]


class _Name(NamedTuple):
    """A spelling as it is looked for."""

    probe: str  # its longest word: where that is not, the name is not
    pattern: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """Names, the longest first, and the table that texts are folded by."""

    names: Mapping[str, _Name]  # by their folded letters
    table: Folding
    patterns: dict[tuple[str, ...], re.Pattern[str]] = field(default_factory=dict)

    def pattern(self, keys: tuple[str, ...]) -> re.Pattern[str]:
        """One pattern for some of the names: all at once would cost a page more than the rest."""
        if keys not in self.patterns:
            self.patterns[keys] = re.compile("|".join(self.names[key].pattern for key in keys))
        return self.patterns[keys]


@dataclass(frozen=True, slots=True)
class Spotter:
    """Finds products and substances in texts of one language."""

    searches: tuple[_Search, ...]
    own_script: bool

    def find(self, texts: Iterable[str]) -> tuple[Mention, ...]:
        """Every mention in the texts, in the order of the texts."""
        whole = "\0".join(text.replace("\0", "") for text in texts)
        variants = [whole]
        if not whole.isascii() and LOOK_ALIKE.search(whole):
            variants.append(latinized(whole, mixed_only=self.own_script))
        found = {
            (mention.text, mention.things): mention
            for variant in reversed(variants)  # the words as they stand win
            for search in self.searches
            for mention in _found(variant, search)
        }
        return tuple(sorted(found.values()))


def make_spotter(products: Iterable[Product], terms: Iterable[Term], language: str) -> Spotter:
    """What finds the products and their substances in texts of a language.

    Names and substances as the products file has them are looked for in every language.
    So are spellings in other scripts than Latin; those in Latin only in their own language.
    """
    plain: dict[str, set[Thing]] = {}
    exact: dict[str, set[Thing]] = {}
    for spelling, thing, exact_case in _spellings(tuple(products), tuple(terms), language):
        (exact if exact_case else plain).setdefault(spelling, set()).add(thing)
    searches = [
        _search(names, Folding(exact_case=cased), language)
        for names, cased in ((plain, False), (exact, True))
        if names
    ]
    return Spotter(tuple(searches), language in _OWN_SCRIPT)


def _spellings(
    products: tuple[Product, ...], terms: tuple[Term, ...], language: str
) -> Iterator[tuple[str, Thing, bool]]:
    """Each spelling, what it means, and whether its case counts."""
    for product in products:
        for name in product.names:
            yield name, Thing(product.id, is_product=True), name in product.exact_case
        for substance in product.substances:
            yield substance, Thing(substance, is_product=False), False
    ids = {product.id for product in products}
    for term in terms:
        if term.language == language or not re.search("[A-Za-z]", term.spelling):
            yield term.spelling, Thing(term.id, term.id in ids), False


def _search(names: Mapping[str, set[Thing]], table: Folding, language: str) -> _Search:
    """What looks for some spellings."""
    parts: dict[str, tuple[str, str]] = {}
    things: dict[str, set[Thing]] = {}
    for spelling, meant in names.items():
        for form in (spelling, latinized(spelling, mixed_only=False)):
            words = fold(form, table).split()
            key = "".join(words)
            if not key:
                continue
            things.setdefault(key, set()).update(meant)
            open_end = not table.exact_case and not any(thing.is_product for thing in meant)
            part = _part(words, language, open_end=open_end, exact_case=table.exact_case)
            parts[key] = max(words, key=len), part
    longest = sorted(parts, key=lambda key: (-len(key), key))
    return _Search({k: _Name(*parts[k], tuple(sorted(things[k]))) for k in longest}, table)


def _part(words: list[str], language: str, *, open_end: bool, exact_case: bool) -> str:
    """The pattern of one name: its words however they are joined, and where it may end."""
    name = " *".join(map(re.escape, words))
    before, in_front = _letters(words[0][0])
    after, _ = _letters(words[-1][-1])
    left = f"(?<![{before}])" if before else ""
    if not after or (open_end and sum(map(len, words)) >= LONG):
        right = ""
    elif exact_case:
        right = f"(?![A-Z]|[{after}]{{5}})"  # ATLASu is an inflected ATLAS, ATLASSEN is not
    else:
        endings = ENDINGS.get(language, "")
        right = f"(?:{endings})?(?![{after}])" if endings else f"(?![{after}])"
    if exact_case and "a-z" in before:
        left = f"(?<![A-Z{before}])"
    return f"{left}{in_front}({name}){right}"


def _letters(character: str) -> tuple[str, str]:
    """The letters of a character's script, none if it parts no words; and its prefixes."""
    for known, letters, in_front in _SPACED:
        if known.match(character):
            return letters, in_front
    return "", ""


def _found(variant: str, search: _Search) -> Iterator[Mention]:
    """The mentions that one pattern finds in texts divided by NUL."""
    folded = fold(variant, search.table)
    present = tuple(key for key, name in search.names.items() if name.probe in folded)
    if not present:
        return
    pattern = search.pattern(present)
    for number, text in enumerate(folded.split("\0")):
        if not any(search.names[key].probe in text for key in present):
            continue
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            name = search.names[text[start:end].replace(" ", "")]
            words = _unfolded(variant.split("\0")[number], start, end, search.table)
            yield Mention(number, words, name.things)


def _unfolded(text: str, start: int, end: int, table: Folding) -> str:
    """The part of a text that a part of its folded form comes from."""
    ends = list(accumulate(len(fold(character, table)) for character in text))
    first = bisect_right(ends, start)
    return text[first : bisect_left(ends, end) + 1]
