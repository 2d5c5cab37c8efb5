"""A stylesheet and a built page → which declarations may hide a legal text or open the gate.

What reaches a text must be on a list of what is known to be safe, in every medium and scheme;
a selector that cannot be decided counts as reaching it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from turbohtml import Element

from pipeline.model import Finding, Where
from pipeline.stages.css_allowed import PSEUDO, why_far
from pipeline.stages.css_cascade import Ground, Problem, Reach, reaching, step, under
from pipeline.stages.css_match import Part, Path
from pipeline.stages.css_rules import Rule, Sheet
from pipeline.stages.css_values import Colour, contrast, expand
from pipeline.stages.visible import Seen, attribute, classes, is_gate

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
MEDIA = tuple((medium, scheme) for medium in ("screen", "print") for scheme in ("light", "dark"))
PAPER: Colour = (1.0, 1.0, 1.0)  # browsers print no backgrounds unless they are asked to
# The site's own declarations that lay something over something else, each proved harmless in
# a browser: the skip link at the head, a card's link over its card, marks of less than a letter.
PROVEN = frozenset({
    (".skip", "position", "absolute"),
    (".skip", "inset-block-start", "0.5rem"),
    (".skip", "inset-inline-start", "0.5rem"),
    (".skip", "z-index", "2"),
    (".skip:not(:focus)", "block-size", "1px"),
    (".cards a::after", "position", "absolute"),
    (".cards a::after", "inset", "0"),
    (".locale::after", "transform", "translateY(-0.2em) rotate(45deg)"),
    ('[dir="rtl"] .locale::after', "transform", "translateY(-0.2em) rotate(-45deg)"),
    (".trail li + li::before", "transform", "rotate(45deg)"),
    ('[dir="rtl"] .trail li + li::before', "transform", "rotate(-45deg)"),
    (".meta .author::before", "margin-inline", "-0.86em 0.64em"),
    (":is(sup, sub)", "line-height", "0"),
    ("img", "filter", "brightness(0.9)"),
})  # fmt: skip
WORDLESS = ("::before", "::after", "img")  # their boxes hold no words that could hang out
TALL = frozenset({"height", "block-size", "max-height", "max-block-size"})
ASKED = re.compile(r"\[\s*([-\w]+)\s*([~|^$*]?=)?|(#)")  # by a selector, of attributes
HINT = "take it out or narrow its selector; docs/workspace.md says how legal texts may be styled"


def sheet_findings(sheet: Sheet) -> tuple[Finding, ...]:
    """What the stylesheet of a page with a legal text may not have, whatever it reaches."""
    found = [
        _finding(f"{told} in the stylesheet cannot be judged", at) for told, at in sheet.unknown
    ]
    own: dict[str, tuple[str, ...]] = {}
    for one in (one for rule in sheet.rules for one in rule.declared):
        if one.name.startswith("--"):
            own[one.name] = (*own.get(one.name, ()), one.value)
    for rule in sheet.rules:
        found += [_told(p, "may cover a legal text, or add words to it") for p in _laid(rule, own)]
    return tuple(dict.fromkeys(found))


def _laid(rule: Rule, own: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """What in a rule may lay its element over others, or make it speak."""
    wordless = all(end.strip().endswith(WORDLESS) for end in rule.text.split(","))
    for one in rule.declared:
        if one.name.startswith("--") or (rule.text, one.name, one.value) in PROVEN:
            continue
        if one.name in TALL and wordless:
            continue
        values = expand(one.value, own) or ("?",)
        yield from ((one, why) for value in values if (why := why_far(one.name, value)))


def text_paths(seen: Seen, sheet: Sheet) -> frozenset[Path]:
    """Each element whose words must show: those of legal texts, and what opens the gate.

    Elements that the stylesheet cannot tell apart are one.
    """
    asked = [found for rule in sheet.rules for found in ASKED.findall(rule.text)]
    present = frozenset("id" if sign else name.lower() for name, _, sign in asked)
    compared = frozenset("id" if sign else name.lower() for name, how, sign in asked if how or sign)
    paths: set[Path] = set()
    for tag in seen.elements:
        around = (*tag.inside, tag.element)
        opens = any(map(is_gate, around)) and any(e.tag == "summary" for e in around)
        if opens or is_gate(tag.element) or any("data-stmt" in e.attrs for e in around):
            paths.add(tuple(_part(one, present, compared) for one in around))
    return frozenset(paths)


def _part(element: Element, present: frozenset[str], compared: frozenset[str]) -> Part:
    """An element with those of its attributes that a selector asks for."""
    asked = [
        (name, attribute(element, name) if name in compared else "")
        for name in element.attrs
        if name in present
    ]
    return Part(element.tag, frozenset(classes(element)), tuple(sorted(asked)))


def style_findings(sheet: Sheet, paths: Iterable[Path]) -> dict[Path, tuple[Finding, ...]]:
    """What in a stylesheet may hide the words of the last element of each path."""
    found: dict[Path, dict[Finding, None]] = {path: {} for path in paths}
    reach: dict[Path, tuple[Reach, ...]] = {}  # many paths begin alike
    for medium, scheme in MEDIA:
        known: dict[Path, tuple[Ground, tuple[Problem, ...]]] = {(): (Ground(), ())}
        for path, told in found.items():
            for inner in (path[:n] for n in range(1, len(path) + 1) if path[:n] not in known):
                if inner not in reach:
                    reach[inner] = reaching(sheet, inner)
                known[inner] = _judged(under(reach[inner], medium, scheme), *known[inner[:-1]])
            ground, problems = known[path]
            told.update(
                dict.fromkeys(_told(p, "may hide a legal text or the gate") for p in problems)
            )
            told.update(dict.fromkeys(_pale(ground, medium, scheme)))
    return {path: tuple(told) for path, told in found.items()}


def _judged(
    here: tuple[Reach, ...], around: Ground, before: tuple[Problem, ...]
) -> tuple[Ground, tuple[Problem, ...]]:
    """What an element has, and what is wrong with it and with those around it."""
    ground, problems = step((one for one in here if not one.pseudo), around)
    return ground, tuple(dict.fromkeys((*before, *_parts(here), *problems)))


def _parts(here: tuple[Reach, ...]) -> Iterator[Problem]:
    """What is said of a part of an element; what a reader marks shows in colours of its own."""
    for one in here:
        if one.pseudo not in {"", "selection"} and one.declared.name not in PSEUDO:
            yield one.declared, "it changes a part of an element around the words"


def _pale(ground: Ground, medium: str, scheme: str) -> Iterator[Finding]:
    """Whether some colour of the words is too near to some colour behind them."""
    for ink in ground.ink:
        behind = [(paper.colour, paper.where) for paper in ground.paper]
        if medium == "print":
            behind.append((PAPER, Where("")))
        for paper, where in behind:
            if ink.colour is None or paper is None:
                if ink.colour is not None or (paper is not None and where.path):
                    at = ink.where if ink.colour else where
                    yield _finding("a legal text has only one of colour and background set", at)
                continue
            ratio = contrast(ink.colour, paper)
            if ratio < LEAST_CONTRAST:
                on = f"the background of line {where.line}" if where.line else "white paper"
                problem = (
                    f"this colour may stand on {on} ({medium}, {scheme}): a contrast of"
                    f" {ratio:.2f}, where a legal text needs {LEAST_CONTRAST}"
                )
                yield _finding(problem, ink.where)


def document_findings(seen: Seen, stylesheet: str, path: str) -> tuple[Finding, ...]:
    """Styles in a page that stand outside the stylesheet that is judged."""
    found: list[Finding] = []
    for tag in seen.elements:
        element, at = tag.element, Where(path, tag.element.source_line or 0)
        if "style" in element.attrs:
            found.append(_finding(f"<{element.tag}> has a style of its own", at))
        if element.tag == "style":
            found.append(_finding("the page has a <style> element", at))
        linked = "stylesheet" in attribute(element, "rel").lower().split()
        if element.tag == "link" and linked and attribute(element, "href") != stylesheet:
            found.append(_finding("the page loads another stylesheet", at))
    return tuple(found)


def _told(problem: Problem, what: str) -> Finding:
    """A finding about a declaration."""
    one, why = problem
    return _finding(f"`{one.name}: {one.value}` {what}: {why}", one.where)


def _finding(problem: str, where: Where) -> Finding:
    return Finding("style-unproven", problem, where, HINT)
