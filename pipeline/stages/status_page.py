"""The table of `status`, its trend and a template's text → one HTML page without other files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from babel import Locale
from jinja2 import Environment, StrictUndefined

from pipeline.model import Site

LANGUAGE = "en_GB"  # of the program's own words
SIGNS = {"published": "✓", "gated": "◐", "draft": "…", "blocked": "✕"}
MEANINGS = {
    "published": "Complete, and the law allows it.",
    "gated": "The same, behind a declaration of the reader.",
    "draft": "The law allows it; words are missing or to be confirmed.",
    "blocked": "The law does not allow it, or something it asks for is missing.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One article in one locale."""

    locale: str
    market: str
    article: str
    done: int
    fuzzy: int
    missing: int
    page: str  # published, gated, draft or blocked
    why: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many texts the article has."""
        return self.done + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """How much is finished; 100 only when all is."""
        return 100 * self.done // (self.total or 1)

    @property
    def left(self) -> str:
        """What is not finished, in words."""
        counts = ((self.fuzzy, "fuzzy"), (self.missing, "missing"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)


@dataclass(frozen=True, slots=True)
class Point:
    """How many texts were finished on a day, or are now."""

    day: str
    done: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How the finished texts of a locale grew, oldest first."""

    locale: str
    past: tuple[Point, ...]

    @property
    def first(self) -> int:
        """The oldest count."""
        return self.past[0].done

    @property
    def last(self) -> int:
        """The count now."""
        return self.past[-1].done

    @property
    def change(self) -> str:
        """How many more, with a sign."""
        more = self.last - self.first
        return f"{more:+d}".replace("-", "−") if more else "0"

    @property
    def points(self) -> str:
        """The line of a drawing 100 wide and 20 high; the most that ever was is at its top."""
        most = max(point.done for point in self.past) or 1
        steps = max(len(self.past) - 1, 1)
        places = [(100 * at / steps, 19 - 18 * p.done / most) for at, p in enumerate(self.past)]
        if len(places) == 1:
            places.append((100, places[0][1]))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)

    @property
    def told(self) -> str:
        """The drawing in words."""
        counts = [point.done for point in self.past]
        low, high = min(counts), max(counts)
        begin = self.past[0].day
        said = f"{self.locale}: {self.first} finished texts at first ({begin}), {self.last} now"
        return f"{said}; between {low} and {high} on the way"


Numbered: TypeAlias = tuple[Cell | None, tuple[int, ...]]  # a cell and its reasons


@dataclass(frozen=True, slots=True)
class _Line:
    """A locale's cells in a market."""

    locale: str
    market: str
    name: str
    cells: tuple[Numbered, ...]


def render_status(
    cells: Iterable[Cell],
    titles: Mapping[str, str],
    trends: tuple[Trend, ...],
    site: Site,
    day: str,
    template: str,
) -> str:
    """Fill the template, everything escaped; equal inputs give equal pages."""
    listed = list(cells)
    reasons = tuple(dict.fromkeys(reason for cell in listed for reason in cell.why))
    numbers = {reason: number for number, reason in enumerate(reasons, 1)}
    articles = tuple(dict.fromkeys(cell.article for cell in listed))
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template).render(
        site=site,
        day=day,
        told=_told(listed),
        titles=[titles[article] for article in articles],
        lines=_lines(listed, articles, numbers),
        legend=_legend(listed),
        signs=SIGNS,
        reasons=reasons,
        trends=trends,
        span=_span(trends),
    )


def _lines(
    cells: list[Cell], articles: tuple[str, ...], numbers: Mapping[str, int]
) -> tuple[_Line, ...]:
    at = {(cell.locale, cell.market, cell.article): cell for cell in cells}
    rows = dict.fromkeys((cell.locale, cell.market) for cell in cells)
    return tuple(
        _Line(
            locale,
            market,
            str(Locale.parse(locale, sep="-").get_display_name(LANGUAGE)),
            tuple(_numbered(at.get((locale, market, article)), numbers) for article in articles),
        )
        for locale, market in rows
    )


def _numbered(cell: Cell | None, numbers: Mapping[str, int]) -> Numbered:
    return cell, tuple(numbers[reason] for reason in cell.why) if cell else ()


def _legend(cells: list[Cell]) -> tuple[tuple[str, str, str, int], ...]:
    pages = [cell.page for cell in cells]
    return tuple((page, SIGNS[page], MEANINGS[page], pages.count(page)) for page in SIGNS)


def _told(cells: list[Cell]) -> str:
    """The whole in a sentence."""
    done, total = sum(cell.done for cell in cells), sum(cell.total for cell in cells)
    locales = len({cell.locale for cell in cells})
    return f"{done} of {total} texts are finished, in {locales} locales."


def _span(trends: tuple[Trend, ...]) -> str:
    past = trends[0].past[:-1] if trends else ()
    if not past:
        return "; no history of them is known"
    many = "commit" if len(past) == 1 else "commits"
    return f", over the last {len(past)} {many} that touched them, since {past[0].day}"
