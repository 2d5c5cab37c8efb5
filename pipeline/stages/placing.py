"""A page's statements and its texts → each statement as one element, at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import escape

from pipeline.model import Demand, Finding, Placement, Statement, Where
from pipeline.stages.bidi import isolate
from pipeline.stages.languages import between_sentences, direction
from pipeline.stages.mentions import folded, name_pattern, visible

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>", re.DOTALL)
# Elements that only divide a page: what stands in them directly is a block of its own.
_DIVIDING = frozenset({"article", "div", "main", "section"})
# Elements that end an open paragraph (HTML, 13.1.2.4) and that hold whole blocks.
_BLOCKS = _DIVIDING | frozenset(
    {"p", "address", "aside", "blockquote", "details", "dl", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "nav", "ol", "pre", "table", "ul"}
)
_SHORT = {Placement.INLINE: "inline"}


@dataclass(frozen=True, slots=True)
class Placed:
    """The statements as HTML, one string for each place, and the body with its own inside."""

    top: str
    after_title: str
    after_summary: str
    body: str
    bottom: str
    footer: str
    findings: tuple[Finding, ...]


def place(
    statements: Sequence[tuple[Demand, Statement]],
    names: Sequence[str],
    texts: tuple[str, str, str],
    path: str,
) -> Placed:
    """Give each statement its one element.

    `texts` are the title and summary, as plain words, and the body as HTML, in reading
    order. An inline statement follows the block that holds the first mention of a name in
    them. Without a mention it stands before the body, where an officer sees it, and a
    finding stops the page.
    """
    found = _twice(statements, path)
    asides = {demand.statement: (demand.placement, aside(demand, s)) for demand, s in statements}
    at = {place: "".join(html for p, html in asides.values() if p is place) for place in Placement}
    inline, body = at[Placement.INLINE], texts[2]
    spot = first_mention(texts, names) if inline else None
    if isinstance(spot, int) or spot is None:
        body = body[: spot or 0] + inline + body[spot or 0 :]
    if inline and spot is None:
        found += _unmentioned(statements, path)
    return Placed(
        top=at[Placement.TOP],
        after_title=inline if spot == "title" else "",
        after_summary=inline if spot == "summary" else "",
        body=body,
        bottom=at[Placement.BOTTOM],
        footer=at[Placement.FOOTER],
        findings=found,
    )


def aside(demand: Demand, statement: Statement) -> str:
    """The one element of a statement: `<aside data-stmt data-place lang dir>`."""
    words = between_sentences(statement.locale).join(statement.sentences)
    short = _SHORT.get(demand.placement, demand.placement.value)
    return (
        f'<aside class="statement" role="note" data-stmt="{escape(demand.statement)}"'
        f' data-place="{short}" lang="{escape(statement.locale)}"'
        f' dir="{direction(statement.locale)}"><p>'
        f"{isolate(str(escape(words)), statement.locale)}</p></aside>"
    )


def first_mention(texts: tuple[str, str, str], names: Iterable[str]) -> str | int | None:
    """Where a product is first named: "title", "summary", or the end of a block of the body."""
    pattern = name_pattern(names)
    if pattern is None:
        return None
    title, summary, body = texts
    if pattern.search(folded(title)):
        return "title"
    if pattern.search(folded(summary)):
        return "summary"
    return _block_end(body, pattern)


def _block_end(body: str, names: re.Pattern[str]) -> int | None:
    """The offset behind the outermost block, dividing elements apart, that names a product."""
    for start, end in blocks(body):
        if names.search(folded(visible(body[start:end]))):
            return end
    return None


def blocks(body: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each block that stands directly in the body or in a dividing element.

    Words that stand loose belong to the block after them, or to the end of their divider.
    End tags of paragraphs that HTML lets an author leave out are supplied.
    """
    ends: list[int] = []
    inside: list[str] = []
    for tag in _TAG.finditer(body):
        name = (tag[2] or "").lower()
        if name not in _BLOCKS:
            continue
        if tag[1]:
            if name in inside:
                del inside[len(inside) - 1 - inside[::-1].index(name) :]
            ends += [tag.end()] * _DIVIDING.issuperset(inside)
            continue
        if inside and inside[-1] == "p":
            inside.pop()
            ends += [tag.start()] * _DIVIDING.issuperset(inside)
        inside.append(name)
    ends += [len(body)] * (not ends or ends[-1] < len(body))
    return tuple(pairwise([0, *ends]))


def _twice(statements: Sequence[tuple[Demand, Statement]], path: str) -> tuple[Finding, ...]:
    """A finding for each statement that two rules want at different places."""
    places: dict[str, set[str]] = {}
    for demand, _ in statements:
        places.setdefault(demand.statement, set()).add(demand.placement.value)
    return tuple(
        Finding(
            "law-two-places",
            f"statement {name} is demanded at two places: {', '.join(sorted(where))}",
            Where(path),
            "give the rules the same placement, or each a statement of its own",
        )
        for name, where in places.items()
        if len(where) > 1
    )


def _unmentioned(statements: Sequence[tuple[Demand, Statement]], path: str) -> tuple[Finding, ...]:
    """A finding for each inline statement of a page that never names its product."""
    return tuple(
        Finding(
            "law-no-mention",
            f"statement {demand.statement} must follow the first mention of a product, "
            "but the page names none",
            Where(path),
            "name the product in the text, or take it out of `products`",
        )
        for demand, _ in statements
        if demand.placement is Placement.INLINE
    )
