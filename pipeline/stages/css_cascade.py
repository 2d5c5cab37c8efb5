"""The declarations that reach an element → all the colours and sizes that it may come to have.

A browser decides between declarations by their weight and order. Where a declaration applies
only perhaps, the others stay possible too: what comes out is a set of all that may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.model import NOWHERE, Where
from pipeline.stages.css_allowed import why_near
from pipeline.stages.css_match import Fit, Path, fit, media
from pipeline.stages.css_rules import Declared, Sheet
from pipeline.stages.css_values import Colour, Span, Type, colour, expand, span, tokens

SMALLEST, LARGEST = 12.0, 64.0  # type, in CSS pixels
GROUNDS = frozenset({"background", "background-color"})
COMPUTED = GROUNDS | {"color", "font-size"}
UNKNOWN = "?"  # a custom property's value that cannot be told: it is safe nowhere
Problem = tuple[Declared, str]  # what may hide a text, and why


@dataclass(frozen=True, slots=True)
class Reach:
    """A declaration that reaches an element, and how surely."""

    declared: Declared
    sure: bool
    weight: tuple[int, int, int]  # the specificity of its selector
    pseudo: str  # the part of the element that it speaks of; "" for the element itself
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour, and where it is declared; None is the browser's own."""

    colour: Colour | None
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """What an element hands on to those in it."""

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # custom properties
    ink: frozenset[Paint] = frozenset({Paint(None)})
    paper: frozenset[Paint] = frozenset({Paint(None)})
    sizes: Type = field(default_factory=Type)
    outermost: bool = True


def reaching(sheet: Sheet, path: Path) -> tuple[Reach, ...]:
    """What may reach the last element of a path, in the order of the stylesheet."""
    found: list[Reach] = []
    for rule in sheet.rules:
        fits = [(Fit.MAYBE, (0, 0, 0), UNKNOWN)]
        if rule.selectors is not None:
            fits = [
                (fit(selector, path), selector.specificity, selector.pseudo_element or "")
                for selector in rule.selectors
            ]
        found += [
            Reach(one, how is Fit.SURELY, weight, pseudo, rule.conditions)
            for how, weight, pseudo in fits
            for one in rule.declared
            if how
        ]
    return tuple(found)


def under(reach: Iterable[Reach], medium: str, scheme: str) -> tuple[Reach, ...]:
    """What of it may apply in a medium and a colour scheme."""
    found: list[Reach] = []
    for one in reach:
        holds = min((media(q, medium, scheme) for q in one.conditions), default=Fit.SURELY)
        if holds:
            unsure = one.sure and holds is Fit.MAYBE
            found.append(replace(one, sure=False) if unsure else one)
    return tuple(found)


def step(reach: Iterable[Reach], around: Ground) -> tuple[Ground, tuple[Problem, ...]]:
    """What an element has, from what its surroundings have and what reaches it."""
    ordered = sorted(reach, key=lambda one: one.weight)  # stable: the later of equals wins
    own = _own(ordered, around.own)
    sizes, problems = _sizes([r for r in ordered if r.declared.name == "font-size"], around, own)
    ink, pale = _paints([r for r in ordered if r.declared.name == "color"], around.ink, own)
    paper, dim = _paints([r for r in ordered if r.declared.name in GROUNDS], around.paper, own)
    problems += pale + dim
    for one in (r.declared for r in ordered):
        if one.important:
            problems.append((one, "`!important` may win over what was proved"))
        if one.name not in COMPUTED and not one.name.startswith("--"):
            values = expand(one.value, own) or (UNKNOWN,)
            problems += [(one, why) for v in values if (why := why_near(one.name, v, sizes))]
    return Ground(own, ink, paper, sizes, outermost=False), tuple(problems)


def _own(ordered: list[Reach], around: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The values that custom properties may have in an element."""
    raw = dict(around)
    for name, value, sure in ((r.declared.name, r.declared.value, r.sure) for r in ordered):
        if name.startswith("--"):
            raw[name] = (value,) if sure else (*raw.get(name, (UNKNOWN,)), value)
    told = dict(around)  # what is handed on stays as it was computed there
    for name in (name for name, values in raw.items() if values is not around.get(name)):
        every = [one for value in raw[name] for one in expand(value, raw) or (UNKNOWN,)]
        told[name] = tuple(dict.fromkeys(every))
    return told


def _sizes(
    ordered: list[Reach], around: Ground, own: Mapping[str, tuple[str, ...]]
) -> tuple[Type, list[Problem]]:
    """The sizes of type that an element may have."""
    problems: list[Problem] = []
    inherited = Type(around.sizes.em, around.sizes.rem, around.sizes.em)
    found = [around.sizes.em]
    for one in ordered:
        values = expand(one.declared.value, own) or (UNKNOWN,)
        spans = [_size(value, inherited) for value in values]
        known = [s for s in spans if s and s.low >= SMALLEST and s.high <= LARGEST]
        if len(known) < len(spans):
            why = f"type may come out smaller than {SMALLEST:g} or larger than {LARGEST:g} pixels"
            problems.append((one.declared, why))
        elif one.sure:
            found = []
        found += known
    em = Span(min(s.low for s in found), max(s.high for s in found))
    return Type(em, em if around.outermost else around.sizes.rem), problems


def _size(value: str, sizes: Type) -> Span | None:
    """A size of type in pixels."""
    if value == "inherit":
        return sizes.em
    parts = tokens(value)
    found = span(parts[0], sizes) if len(parts) == 1 else None
    return found if found and found.length else None


def _paints(
    ordered: list[Reach], around: frozenset[Paint], own: Mapping[str, tuple[str, ...]]
) -> tuple[frozenset[Paint], list[Problem]]:
    """The colours that an element's text or ground may have."""
    problems: list[Problem] = []
    found = set(around)
    for one in ordered:
        here: set[Paint] = set()
        for value in expand(one.declared.value, own) or (UNKNOWN,):
            through = one.declared.name in GROUNDS and value in {"none", "transparent"}
            if value == "inherit" or through:
                here |= around
            elif known := colour(value):
                here.add(Paint(known, one.declared.where))
            else:
                problems.append((one.declared, f"`{value}` is no opaque colour that can be told"))
        found = here or found if one.sure else found | here
    return frozenset(found), problems
