"""The value of a property → the lengths, colours and words in it, as far as they can be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import tinycss2
from tinycss2.ast import Node
from tinycss2.color4 import parse_color

Colour = tuple[float, float, float]  # sRGB, each from 0 to 1
MOST = 64  # values that one text may stand for, before it counts as unknown
DEEPEST = 12
# Screens from a small phone to a wide desk, in CSS pixels.
NARROW, WIDE = 320.0, 1920.0
ABSOLUTE = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
VIEW = frozenset({"vw", "vh", "vi", "vb", "vmin", "vmax", "svh", "lvh", "dvh", "svw", "lvw", "dvw"})


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that a number or, in pixels, a length can be."""

    low: float
    high: float
    length: bool = True

    def times(self, factor: float) -> Span:
        """The same, so many times."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Span(low, high, self.length)


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of type that relative lengths refer to."""

    em: Span = Span(16, 16)
    rem: Span = Span(16, 16)
    share: Span = Span(NARROW, WIDE)  # what 100 % is


@cache  # pure, and a value comes back for every text, medium and scheme
def tokens(value: str) -> tuple[Node, ...]:
    """The tokens of a value without white space."""
    parsed = tinycss2.parse_component_value_list(value, skip_comments=True)
    return tuple(token for token in parsed if token.type != "whitespace")


def expand(value: str, known: Mapping[str, Iterable[str]], depth: int = 0) -> tuple[str, ...]:
    """Every value that a text with `var()` may stand for; () when it cannot be told."""
    if "(" not in value:
        return (value,)
    if depth > DEEPEST:
        return ()
    parsed = tinycss2.parse_component_value_list(value, skip_comments=True)
    choices = [_choices(token, known, depth) for token in parsed]
    count = 1
    for choice in choices:
        count *= len(choice)
    return tuple("".join(one) for one in product(*choices)) if count <= MOST else ()


def _choices(token: Node, known: Mapping[str, Iterable[str]], depth: int) -> tuple[str, ...]:
    """What one token may stand for."""
    if token.type == "function" and token.lower_name == "var":
        names = [t.value for t in token.arguments if t.type == "ident"]
        if len(names) != 1 or any(t == "," for t in token.arguments):
            return ()  # a value to fall back on says that the first may be missing
        found = [expand(v, known, depth + 1) for v in known.get(names[0], ())]
        return tuple(dict.fromkeys(v for values in found for v in values)) if all(found) else ()
    if token.type == "function":
        inside = expand(tinycss2.serialize(token.arguments), known, depth)
        return tuple(f"{token.name}({v})" for v in inside)
    if token.type == "() block":
        return tuple(f"({v})" for v in expand(tinycss2.serialize(token.content), known, depth))
    return (token.serialize(),)


@cache
def colour(value: str) -> Colour | None:
    """An opaque colour; None for anything else."""
    found = parse_color(value)
    if found is None or isinstance(found, str) or found.alpha != 1 or found.space != "srgb":
        return None
    red, green, blue = found.coordinates
    return (red, green, blue) if None not in (red, green, blue) else None


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def span(token: Node, sizes: Type) -> Span | None:
    """What a number, a length, a percentage or a calculation can be; None: it cannot be told."""
    if token.type == "number":
        return Span(token.value, token.value, length=False)
    if token.type == "percentage":
        return sizes.share.times(token.value / 100)
    if token.type == "dimension":
        return _length(token.value, token.lower_unit, sizes)
    if token.type == "() block":
        return _sum(token.content, sizes)
    if token.type != "function":
        return None
    parts = [_sum(part, sizes) for part in _split(token.arguments)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({part.length for part in known}) != 1:
        return None
    if token.lower_name == "calc" and len(known) == 1:
        return known[0]
    lows, highs, kind = [p.low for p in known], [p.high for p in known], known[0].length
    if token.lower_name in {"min", "max"}:
        pick = min if token.lower_name == "min" else max
        return Span(pick(lows), pick(highs), kind)
    if token.lower_name == "clamp" and len(known) == 3:  # CSS Values 4, 10.3
        bound = [max(v[0], min(v[1], v[2])) for v in (lows, highs)]
        return Span(bound[0], bound[1], kind)
    return None


def _length(value: float, unit: str, sizes: Type) -> Span | None:
    """A length in pixels."""
    if unit in ABSOLUTE:
        return Span(value * ABSOLUTE[unit], value * ABSOLUTE[unit])
    if unit in {"em", "rem"}:
        return (sizes.em if unit == "em" else sizes.rem).times(value)
    if unit in VIEW:
        return Span(NARROW, WIDE).times(value / 100)
    return None


def _split(nodes: Iterable[Node]) -> list[list[Node]]:
    """The arguments of a function."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node == ",":
            parts.append([])
        elif node.type not in {"whitespace", "comment"}:
            parts[-1].append(node)
    return parts


def _sum(nodes: Iterable[Node], sizes: Type) -> Span | None:
    """A calculation: sums of products (CSS Values 4, 10.9)."""
    flat = _split(nodes)[0]
    if not flat or len(flat) % 2 == 0:
        return None
    total = product_ = span(flat[0], sizes)
    total, sign = Span(0, 0, product_.length) if product_ else None, 1
    for operator, node in zip(flat[1::2], flat[2::2], strict=True):
        right = span(node, sizes)
        if total is None or product_ is None or right is None:
            return None
        if operator in ("+", "-"):
            total = _plus(total, product_.times(sign))
            product_, sign = right, 1 if operator == "+" else -1
        else:
            product_ = _scaled(product_, right, divided=operator == "/")
    return _plus(total, product_.times(sign)) if total and product_ else None


def _plus(one: Span, other: Span) -> Span | None:
    if one.length != other.length:
        return None
    return Span(one.low + other.low, one.high + other.high, one.length)


def _scaled(one: Span, other: Span, *, divided: bool) -> Span | None:
    """A product, or a quotient; one of the two is a plain number."""
    if not divided and other.length:
        one, other = other, one
    if other.length or other.low != other.high or (divided and not other.low):
        return None
    return one.times(1 / other.low if divided else other.low)
