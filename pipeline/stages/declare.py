"""What an article declares and what its words name → what is undeclared, and what is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.codes import is_skip
from pipeline.model import Product, Role, Segment, State
from pipeline.stages.readings import Reading, texts_of
from pipeline.stages.spot import Mention, Spotter, Thing


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is named, or is not, in one reading of an article."""

    reading: Reading
    thing: Thing
    words: str  # as they stand there; "" for a name that is missing


def declared_things(declared: Iterable[Product]) -> frozenset[Thing]:
    """What an article may name: the products that it declares, and their substances."""
    return frozenset(
        thing
        for product in declared
        for thing in (
            Thing(product.id, is_product=True),
            *(Thing(substance, is_product=False) for substance in product.substances),
        )
    )


def source_mentions(readings: Sequence[Reading], spotter: Spotter) -> tuple[Named, ...]:
    """Every mention in an article as it was written."""
    return _mentions(readings, [reading.texts for reading in readings], spotter)


def translated_mentions(
    readings: Sequence[Reading],
    words: Mapping[tuple[str, str], tuple[str, State]],
    spotter: Spotter,
) -> tuple[Named, ...]:
    """Every mention in an article's translation; unfinished words are looked at too."""
    used: list[Reading] = []
    texts: list[tuple[str, ...]] = []
    for reading in readings:
        text = words[reading.segment.id][0] if reading.segment else ""
        if reading.segment and text and text != reading.segment.text:
            used.append(reading)
            texts.append(texts_of(text, reading.segment.codes))
    return _mentions(used, texts, spotter)


def undeclared(mentions: Iterable[Named], declared: frozenset[Thing]) -> tuple[Named, ...]:
    """The mentions of what an article does not declare."""
    return tuple(mention for mention in mentions if mention.thing not in declared)


def dropped(
    readings: Sequence[Reading],
    words: Mapping[tuple[str, str], tuple[str, State]],
    source: Iterable[Named],
    translated: Iterable[Named],
) -> tuple[Named, ...]:
    """The products that a source segment names and its finished translation does not.

    A sentence that is translated with the one before may be named there. A slug need not
    name anything: it is an address.
    """
    there = {(id(named.reading), named.thing) for named in translated}
    place = {id(reading): number for number, reading in enumerate(readings)}
    found = []
    for named in source:
        segment = named.reading.segment
        if segment is None or segment.role is Role.SLUG or not named.thing.is_product:
            continue
        text, state = words[segment.id]
        if state is not State.DONE or text == segment.text:
            continue
        at = place[id(named.reading)]
        while is_skip(_text(readings[at].segment, words)) and at:
            at -= 1
        if (id(readings[at]), named.thing) not in there:
            found.append(named)
    return tuple(Named(named.reading, named.thing, named.words) for named in found)


def _text(segment: Segment | None, words: Mapping[tuple[str, str], tuple[str, State]]) -> str:
    return words[segment.id][0] if segment else ""


def _mentions(
    readings: Sequence[Reading], texts: Sequence[tuple[str, ...]], spotter: Spotter
) -> tuple[Named, ...]:
    """What the texts name, each thing once in a reading."""
    owners = [number for number, ways in enumerate(texts) for _ in ways]
    found: dict[tuple[int, Thing], Mention] = {}
    for mention in spotter.find(way for ways in texts for way in ways):
        for thing in mention.things:
            found.setdefault((owners[mention.text], thing), mention)
    return tuple(Named(readings[at], thing, m.words) for (at, thing), m in found.items())
