"""What the law says of pages → JSON for scripts, and lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from pipeline.cli.show import out, table
from pipeline.model import Gate, Market, Rule
from pipeline.stages.due import Event
from pipeline.stages.matrix import Cell, Ground, Lack, Matrix
from pipeline.stages.tell import Told, page_in_words

MARKS = {
    "statements": "a legal text that the page must carry is missing in a language of the market",
    "words": "some words await translation",
    "mentions": "the words name an undeclared product, or drop a declared one; that blocks it",
    "wording": "the words are not those that the law or an authority wants; that blocks it",
}


def cell_json(cell: Cell) -> dict[str, object]:
    """A cell of the matrix as scripts get it."""
    facts, verdict = cell.column.facts, cell.verdict
    return {
        "market": cell.market.code,
        "locales": list(cell.market.languages),
        "article": facts.article,
        "audience": facts.audience.value,
        "products": [product.id for product in facts.products],
        "outcome": cell.outcome.value,
        "needs": cell.needs,
        "gate": verdict.gate.name.lower().replace("_", "-") if verdict.gate > Gate.NONE else "",
        "owner": cell.market.owner,
        "grounds": [_ground_json(ground) for ground in cell.grounds],
        "statements": [
            {"id": d.statement, "placement": d.placement.value, "rule": d.rule.id}
            for d in verdict.demands
        ],
        "lacks": [_lack_json(lack) for lack in cell.lacks],
        "valid_until": verdict.valid_until.isoformat() if verdict.valid_until else None,
    }


def told_json(told: Told) -> dict[str, object]:
    """A rule's say about a page, as scripts get it."""
    return {
        **_rule_json(told.rule),
        "effect": told.rule.effect,
        "matched": told.matched,
        "why": told.why,
        "does": told.does,
        "reason": told.rule.reason,
        "path": told.rule.where.path,
        "line": told.rule.where.line,
    }


def event_json(event: Event) -> dict[str, object]:
    """A day of the calendar as scripts get it."""
    dated = event.dated
    return {
        "date": event.day.isoformat(),
        "happening": event.happening.value,
        "overdue": event.overdue,
        "meaning": event.meaning,
        "kind": dated.kind,
        "id": dated.id,
        "rule": dated.id if dated.kind == "rule" else "",
        "market": dated.market,
        "legal": list(dated.legal),
        "authority": dated.authority,
        "effect": dated.effect,
        "owner": event.owner,
        "reaches": list(event.reaches),
        "path": dated.where.path,
        "line": dated.where.line,
    }


def _rule_json(rule: Rule | None) -> dict[str, object]:
    """A rule with what it rests on; empty where no rule speaks."""
    return {
        "rule": rule.id if rule else "",
        "market": rule.market if rule else "",
        "legal": list(rule.legal) if rule else [],
        "authority": rule.authority if rule else "",
    }


def _ground_json(ground: Ground) -> dict[str, object]:
    place = {"path": ground.where.path, "line": ground.where.line}
    return {"code": ground.code, "text": ground.text, **_rule_json(ground.rule), **place}


def _lack_json(lack: Lack) -> dict[str, object]:
    return {
        "locale": lack.locale,
        "statements": list(lack.statements),
        "words": lack.words,
        "mentions": list(lack.mentions),
        "wording": list(lack.wording),
    }


def show_matrix(matrix: Matrix, supposed: Iterable[str]) -> None:
    """Write the table market × article, then each ground once, under its number."""
    days = " or ".join(str(day) for day in matrix.days)  # two while a day begins around the world
    out(f"What each market's law says, as of {days}; words and legal texts do not count.")
    for question in supposed:
        out(f"What if {question}?")
    out()
    numbers: dict[str, int] = {}
    lines = []
    if not matrix.columns:
        out("no articles: what stands in source/ makes the columns")
        return
    for row in matrix.rows:
        told = [_cell_line(cell, numbers) for cell in row]
        lines.append((row[0].market.code, *told))
    heads = (f"{c.facts.article} ({c.facts.audience.value})" for c in matrix.columns)
    table(("market", *heads), lines)
    _marks(matrix)
    for text, number in numbers.items():
        out()
        _wrapped(text, f"{number:>3}  ")


def _cell_line(cell: Cell, numbers: dict[str, int]) -> str:
    """A cell of the table: outcome, numbers of its grounds, and marks for what is missing."""
    grounds = (ground_line(ground, cell.market) for ground in cell.grounds)
    found = [str(numbers.setdefault(text, len(numbers) + 1)) for text in grounds]
    return " ".join([cell.told, *found, *(f"+{mark}" for mark in cell.marks)])


def _marks(matrix: Matrix) -> None:
    """What the marks of the table mean."""
    used = {mark for row in matrix.rows for cell in row for mark in cell.marks}
    if used:
        out()
    for mark in sorted(used):
        out(f"+{mark}: {MARKS[mark]}")


def ground_line(ground: Ground, market: Market) -> str:
    """A ground with its rule, law, authority and whom to ask, the way `status` tells it."""
    rule = ground.rule
    rests = ""
    if rule:
        authority = f"; {rule.authority}" if rule.authority else ""
        rests = f" (rule {rule.id}: {', '.join(rule.legal)}{authority})"
    named = "" if ground.text.startswith(f"{market.code} ") else f"{market.code}: "
    return f"{named}{ground.text}{rests}; ask {market.owner}"


def show_explained(cell: Cell, rules: tuple[Told, ...]) -> None:
    """Write one market's law on one article: each rule, the outcome, whom to ask."""
    facts, market = cell.column.facts, cell.market
    about = f"{facts.article} in {market.code}: a page {page_in_words(facts)}"
    out(fill(about, 96, break_on_hyphens=False))
    for told in rules:
        inherited = f", from {told.rule.market}" if told.rule.market != market.code else ""
        out()
        out(f"{'yes' if told.matched else 'no':<4} {told.rule.id} ({told.rule.effect}{inherited})")
        _wrapped(("" if told.matched else "does not count: ") + told.why)
        if told.matched:
            _wrapped(f"so {told.does}: {told.rule.reason}")
        _wrapped(f"{', '.join(told.rule.legal)}; {told.rule.authority}; {told.rule.where}")
    out()
    out(f"Outcome: {cell.told}")
    for ground in cell.grounds:
        _wrapped(ground_line(ground, market))
    for mark in cell.marks:
        _wrapped(f"beside the law: {MARKS[mark]}")
    if cell.verdict.valid_until:
        out(f"Holds until {cell.verdict.valid_until}")


def show_calendar(events: tuple[Event, ...]) -> None:
    """Write what falls due, a line for each rule and day."""
    rows = [
        (
            event.day.isoformat(),
            "overdue" if event.overdue else event.happening.value,
            event.dated.market,
            event.dated.kind,
            event.dated.id,
            event.owner,
            " ".join(event.reaches),
        )
        for event in events
    ]
    table(("day", "what", "market", "kind", "name", "owner", "reaches"), rows)
    out()
    meanings = (
        ("overdue", "nobody vouches for it any more, and it blocks its pages"),
        ("review", "the last day on which somebody vouches for it; then it blocks its pages"),
        ("begins", "the first day on which it holds"),
        ("ends", "the last day on which it holds; what needs it is kept back after that"),
    )
    used = {row[1] for row in rows}
    for name, meaning in meanings:
        if name in used:
            out(f"{name}: {meaning}")


def _wrapped(text: str, indent: str = "     ") -> None:
    """Write a text in lines of 96, the way `status` writes reasons."""
    out(fill(text, 96, initial_indent=indent, subsequent_indent="     ", break_on_hyphens=False))
