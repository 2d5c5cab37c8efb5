"""The matrix and a template's text → one HTML page that needs no other file."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale
from jinja2 import Environment, StrictUndefined

from pipeline.model import Gate, Market, Site
from pipeline.stages.dates import long_date
from pipeline.stages.matrix import Cell, Column, Lack, Matrix, Outcome
from pipeline.stages.tell import GATES, PLACES, READERS

LOCALE = "en-GB"  # the language of the program's own words
SIGNS = {
    Outcome.PUBLISHED: "✓",
    Outcome.GATED: "◐",
    Outcome.NEEDS: "!",
    Outcome.BLOCKED: "✕",
}
MEANINGS = {
    Outcome.PUBLISHED: "The law lets it be shown, with the legal texts it asks for.",
    Outcome.GATED: "The same, but readers first declare that it is meant for them.",
    Outcome.NEEDS: "Nothing forbids it, but something has to be supplied first.",
    Outcome.BLOCKED: "The law forbids it, or nobody has permitted it.",
}
MARKS = {
    "statements": "legal texts missing",
    "words": "words missing",
    "mentions": "products named wrongly",
    "wording": "words to be mended",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head."""

    title: str
    article: str
    about: str  # for whom, and which products it names


@dataclass(frozen=True, slots=True)
class Box:
    """One cell with all that the page tells of it."""

    anchor: str
    heading: Heading
    outcome: str
    sign: str
    told: str
    marks: tuple[str, ...]
    cell: Cell
    gate: str
    texts: tuple[str, ...]  # the statements that the page must carry, and where
    lacking: tuple[str, ...]
    until: str


@dataclass(frozen=True, slots=True)
class Line:
    """A market with its cells."""

    market: Market
    name: str
    boxes: tuple[Box, ...]


def render_matrix(matrix: Matrix, site: Site, supposed: tuple[str, ...], template: str) -> str:
    """Fill the template, everything escaped; equal inputs give equal pages.

    `supposed` says in words in what the pages differ from their articles.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    headings = tuple(map(_heading, matrix.columns))
    lines = tuple(_line(row, headings) for row in matrix.rows if row)
    boxes = [box for line in lines for box in line.boxes]
    legend = tuple(
        (o.value, SIGNS[o], MEANINGS[o], sum(box.outcome == o.value for box in boxes))
        for o in Outcome
    )
    return environment.from_string(template).render(
        site=site,
        day=" or ".join(long_date(day, LOCALE) for day in matrix.days),
        supposed=supposed,
        headings=headings,
        lines=lines,
        legend=legend,
    )


def _heading(column: Column) -> Heading:
    named = ", ".join(product.id for product in column.facts.products) or "no product"
    about = f"for {READERS[column.facts.audience.value]}, names {named}"
    return Heading(column.title, column.facts.article, about)


def _line(row: tuple[Cell, ...], headings: tuple[Heading, ...]) -> Line:
    """A market's line; the first cell knows the market."""
    market = row[0].market
    names = Locale.parse(LOCALE, sep="-").territories
    pairs = enumerate(zip(row, headings, strict=True), 1)
    boxes = (_box(cell, heading, number) for number, (cell, heading) in pairs)
    return Line(market, names.get(market.code, market.code), tuple(boxes))


def _box(cell: Cell, heading: Heading, number: int) -> Box:
    """A cell in words; its anchor names the column by number, for one article may have two."""
    verdict = cell.verdict
    return Box(
        anchor=f"{cell.market.code}-{number}",
        heading=heading,
        outcome=cell.outcome.value,
        sign=SIGNS[cell.outcome],
        told=cell.told[:1].upper() + cell.told[1:],
        marks=tuple(MARKS[mark] for mark in cell.marks),
        cell=cell,
        gate=GATES[verdict.gate] if verdict.gate > Gate.NONE else "",
        texts=tuple(f"{d.statement}, {PLACES[d.placement]}" for d in verdict.demands),
        lacking=tuple(part for lack in cell.lacks for part in lacking(lack)),
        until=long_date(verdict.valid_until, LOCALE) if verdict.valid_until else "",
    )


def lacking(lack: Lack) -> tuple[str, ...]:
    """What a locale still has to be given, each in a line of words."""
    texts = (f"{lack.locale}: the legal text {name} is missing" for name in lack.statements)
    words = [f"{lack.locale}: {lack.words} texts await translation"] if lack.words else []
    return (*texts, *words, *(f"{lack.locale}: {told}" for told in lack.mentions + lack.wording))
