"""A built page and what its market demands → what is wrong with its statements and its gate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from turbohtml import Element

from pipeline.model import Demand, Finding, Gate, Placement, Statement, Where
from pipeline.stages.languages import between_sentences
from pipeline.stages.mentions import folded, name_pattern
from pipeline.stages.visible import (
    Seen,
    Tagged,
    Words,
    attribute,
    classes,
    is_gate,
    look,
    running_text,
    squeezed_text,
    unproven,
)

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
DIVIDING = frozenset({"article", "div", "header", "main", "section"})
# Where a statement may stand, and what may stand in it: anything else, such as <del> or
# <font>, could strike it out, colour it away or make it part of somebody else's words.
AROUND = DIVIDING | {"html", "body", "footer", "details"}
WITHIN = frozenset({"p", "span", "bdi"})
HTML_SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class _Page:
    """A built page, made ready for every question about it."""

    seen: Seen
    path: str
    names: re.Pattern[str] | None
    shown: str  # its visible words, squeezed
    readable: tuple[Words, ...]  # those of the article that show
    body: tuple[int, ...]  # the numbers of the elements that begin a part of the article's text
    metadata: str  # the words of JSON-LD and meta, squeezed


def statement_findings(
    html: str | Seen,
    demands: Iterable[Demand],
    statements: Iterable[Statement],
    gate: Gate,
    path: str,
    names: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Judge the built HTML, not the intent: each statement once, whole, seen, in its place.

    `statements` are the texts in the page's locale, `names` those of its products: an
    inline statement must follow the block that names one first.
    """
    page = _page(html, path, names)
    texts = {statement.id: statement for statement in statements}
    wanted = {demand.statement: demand for demand in demands}
    marked = [tag for tag in page.seen.elements if "data-stmt" in tag.element.attrs]
    found: list[Finding] = []
    for tag in marked:
        name = attribute(tag.element, "data-stmt")
        if name not in wanted:
            problem = f"the page carries statement {name!r}, which no rule demands"
            found.append(_finding("statement-not-demanded", problem, page, tag))
    for name, demand in wanted.items():
        mine = [tag for tag in marked if attribute(tag.element, "data-stmt") == name]
        found += _judge(demand, texts.get(name), mine, page)
    return (*found, *_gate(gate, page))


def _page(html: str | Seen, path: str, names: tuple[str, ...]) -> _Page:
    """Read a built page once for all the questions about it."""
    seen = look(html) if isinstance(html, str) else html
    return _Page(
        seen=seen,
        path=path,
        names=name_pattern(names),
        shown=squeezed_text(running_text(run for run in seen.words if run.shown)),
        readable=tuple(run for run in seen.words if run.shown and run.ground.article),
        body=tuple(tag.number for tag in seen.elements if _is_body(tag)),
        metadata=squeezed_text(" ".join(_metadata(seen))),
    )


def _judge(
    demand: Demand, statement: Statement | None, marked: list[Tagged], page: _Page
) -> Iterator[Finding]:
    """What is wrong with one demanded statement on the page."""
    name = demand.statement
    if statement is None or not marked:
        why = "has no text in this language" if statement is None else "is missing from the page"
        yield _finding("statement-missing", f"statement {name!r} {why}", page)
        return
    words = between_sentences(statement.locale).join(statement.sentences)
    squeezed = squeezed_text(words)
    if len(marked) > 1 or page.shown.count(squeezed) > 1:
        problem = f"statement {name!r} stands on the page more than once"
        yield _finding("statement-repeated", problem, page, marked[-1])
    if squeezed in page.metadata:
        problem = f"statement {name!r} stands in JSON-LD or a meta element"
        yield _finding("statement-in-metadata", problem, page)
    for tag in marked:
        yield from _shown_whole(tag, name, words, page)
        if why := _misplaced(tag, demand.placement, page):
            problem = f"statement {name!r} is not at {demand.placement.value!r}: {why}"
            yield _finding("statement-misplaced", problem, page, tag)


def _shown_whole(tag: Tagged, name: str, words: str, page: _Page) -> Iterator[Finding]:
    """Whether a statement's element shows its very words."""
    around = {element.tag for element in tag.inside} - AROUND
    below = takewhile(lambda t: tag.element in t.inside, page.seen.elements[tag.number + 1 :])
    inner = tuple(one.element for one in below)
    within = {element.tag for element in inner} - WITHIN
    odd = frozenset[str]().union(*map(unproven, (tag.element, *tag.inside, *inner)))
    if around or within or odd or not tag.ground.shown:
        why = "".join(f" by <{other}>" for other in sorted(around | within))
        why += "".join(f" by the attribute {name!r}" for name in sorted(odd))
        yield _finding("statement-hidden", f"statement {name!r} is hidden{why}", page, tag)
        return
    inside = _inside(tag.element, page.seen.words)
    text = running_text(run for run in inside if run.shown)
    if HTML_SPACE.sub(" ", text).strip(" ") != HTML_SPACE.sub(" ", words):
        problem = f"statement {name!r} does not show the words of its file"
        yield _finding("statement-altered", problem, page, tag)


def _misplaced(tag: Tagged, placement: Placement, page: _Page) -> str:
    """Why an element is not where its placement says; "" when it is."""
    short = placement.value.partition("-")[0]
    if attribute(tag.element, "data-place") != short:
        return f"its data-place is not {short!r}"
    around = {element.tag for element in tag.inside}
    if placement is Placement.FOOTER:
        return "" if "footer" in around else "it stands outside the footer"
    if not around & {"main", "article"} or "footer" in around:
        return "it stands outside the article"
    if placement is Placement.INLINE:
        return _not_after_mention(tag, page)
    if tag.ground.gated:
        return "it stands behind the gate, so it does not show before"
    if placement is Placement.TOP:
        return (
            "a heading or the text comes before it"
            if any(n < tag.number for n in page.body)
            else ""
        )
    around_it = any("body" in classes(element) for element in tag.inside)
    after = around_it or any(number > tag.number for number in page.body)
    return "a heading or the text comes after it" if after else ""


def _is_body(tag: Tagged) -> bool:
    """Whether an element begins a part of the article's own text."""
    ours = tag.ground.article and tag.ground.shown
    return ours and (tag.element.tag in HEADINGS or "body" in classes(tag.element))


def _not_after_mention(tag: Tagged, page: _Page) -> str:
    """Why an element does not follow the block that first names a product; "" when it does."""
    if page.names is None:
        return "the page names no product"
    block = _block_before(tag.element)
    if block is None:
        return "no text stands before it"
    inside = [run for run in page.readable if block in run.inside]
    if not page.names.search(folded(running_text(inside))):
        return "the block before it names no product"
    start = page.readable.index(inside[0])
    if page.names.search(folded(running_text(page.readable[:start]))):
        return "a product is named earlier"
    return ""


def _block_before(element: Element) -> Element | None:
    """The last block that stands before a statement, other statements apart."""
    block = _element_before(element)
    while block is not None and block.tag in DIVIDING:
        last = [child for child in block.children if isinstance(child, Element)]
        if not last:
            return block
        block = last[-1] if "data-stmt" not in last[-1].attrs else _element_before(last[-1])
    return block


def _element_before(element: Element) -> Element | None:
    """The element before one, with statements skipped."""
    before = element.previous_sibling
    while before is not None and (not isinstance(before, Element) or "data-stmt" in before.attrs):
        before = before.previous_sibling
    return before


def _gate(gate: Gate, page: _Page) -> Iterator[Finding]:
    """Whether the gate that the law asks for keeps the article from view."""
    if gate is Gate.NONE:
        return
    if gate is Gate.LOGIN:
        problem = "the law asks for a login, which a page by itself cannot give"
        hint = "publish it where readers log in; no target of this version says that it can do so"
        yield Finding("gate-login", problem, Where(page.path), hint)
        return
    gates = [tag for tag in page.seen.elements if is_gate(tag.element)]
    if len(gates) != 1 or "open" in gates[0].element.attrs:
        problem = "the page must have one closed gate that readers open by a declaration"
        yield _finding("gate-missing", problem, page)
    early = tuple(run for run in page.readable if not run.ground.gated)
    leaked = [run for run in early if not run.ground.lead and run.text.strip()]
    named = page.names and page.names.search(folded(running_text(early)))
    if leaked or named:
        words = leaked[0].text.strip()[:60] if leaked else "the name of a product"
        yield _finding("gate-leaks", f"{words!r} shows before the gate is passed", page)


def _metadata(seen: Seen) -> Iterator[str]:
    """The words that machines read: meta elements and JSON-LD."""
    for tag in seen.elements:
        if tag.element.tag == "meta":
            yield attribute(tag.element, "content")
        if tag.element.tag == "script" and attribute(tag.element, "type").endswith("json"):
            raw = "".join(run.text for run in _inside(tag.element, seen.words))
            try:
                yield json.dumps(json.loads(raw), ensure_ascii=False)
            except (ValueError, RecursionError):
                yield raw


def _inside(element: Element, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words inside an element."""
    return tuple(run for run in words if element in run.inside)


def _finding(code: str, problem: str, page: _Page, tag: Tagged | None = None) -> Finding:
    """A finding about a built page."""
    line = (tag.element.source_line or 0) if tag else 0
    hint = "build the page again; if this comes back, its template breaks the law's contract"
    return Finding(code, problem, Where(page.path, line), hint)
