"""A selector and the elements around a text → whether the selector surely, maybe or never fits.

What depends on more than an element and those around it, such as `:hover`, `:has()` or
`:first-child`, fits maybe: whoever asks must be content with either answer.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from cssselect2 import parser
from cssselect2.parser import Selector


class Fit(IntEnum):
    """Whether a selector or a condition holds."""

    NEVER = 0
    MAYBE = 1
    SURELY = 2


class Part(NamedTuple):
    """An element, as far as a stylesheet can tell it from another."""

    tag: str
    names: frozenset[str]  # its classes
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The value of an attribute; None when it is absent."""
        return next((value for key, value in self.attributes if key == name), None)


Path = tuple[Part, ...]  # an element with those around it, outermost first


def fit(selector: Selector, path: Path) -> Fit:
    """Whether a selector fits the last element of a path, its pseudo-element apart."""
    return _tree(selector.parsed_tree, path)


def _tree(tree: object, path: Path) -> Fit:
    """Whether a compound selector, or several with signs between them, fits."""
    if isinstance(tree, parser.CompoundSelector):
        return min((_simple(one, path) for one in tree.simple_selectors), default=Fit.SURELY)
    if not isinstance(tree, parser.CombinedSelector):
        return Fit.MAYBE
    here = _tree(tree.right, path)
    if here is Fit.NEVER:
        return here
    if tree.combinator == ">":
        return min(here, _tree(tree.left, path[:-1]) if path[1:] else Fit.NEVER)
    if tree.combinator == " ":
        return min(
            here, max((_tree(tree.left, path[:n]) for n in range(1, len(path))), default=Fit.NEVER)
        )
    return Fit.MAYBE  # `+` and `~` depend on the elements beside it


def _simple(one: object, path: Path) -> Fit:
    """Whether one simple selector fits."""
    part = path[-1]
    if isinstance(one, parser.LocalNameSelector):
        return _sure(part.tag == one.lower_local_name)
    if isinstance(one, parser.ClassSelector):
        return _sure(one.class_name in part.names)
    if isinstance(one, parser.IDSelector):
        return _sure(part.get("id") == one.ident)
    if isinstance(one, parser.AttributeSelector):
        return _attribute(one, part.get(one.lower_name))
    if isinstance(one, parser.PseudoClassSelector) and one.name == "root":
        return _sure(len(path) == 1)
    if isinstance(one, parser.NegationSelector):
        inside = max((fit(s, path) for s in one.selector_list), default=Fit.NEVER)
        return Fit(Fit.SURELY - inside)
    if isinstance(one, parser.MatchesAnySelector | parser.SpecificityAdjustmentSelector):
        return max((fit(s, path) for s in one.selector_list), default=Fit.NEVER)
    return Fit.MAYBE


def _attribute(one: parser.AttributeSelector, value: str | None) -> Fit:
    """Whether an attribute selector fits a value."""
    if value is None:
        return Fit.NEVER
    if one.operator is None:
        return Fit.SURELY
    # HTML compares the values of some attributes without their case, of others with it.
    exact = value == one.value
    return Fit.SURELY if one.operator == "=" and exact else _alike(one, value.lower())


def _alike(one: parser.AttributeSelector, value: str) -> Fit:
    """Whether a value could fit, its case apart."""
    wanted = (one.value or "").lower()
    holds = {
        "=": value == wanted,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(f"{wanted}-"),
        "^=": value.startswith(wanted),
        "$=": value.endswith(wanted),
        "*=": wanted in value,
    }
    return Fit.MAYBE if holds[one.operator] else Fit.NEVER


def _sure(fits: bool) -> Fit:
    return Fit.SURELY if fits else Fit.NEVER


def media(query: str, medium: str, scheme: str) -> Fit:
    """Whether a media query holds in print or on a screen, in a light or a dark scheme."""
    return max(_query(part, medium, scheme) for part in query.split(","))


def _query(query: str, medium: str, scheme: str) -> Fit:
    if {"not", "or", "only"} & set(query.replace("(", " ").split()):
        return Fit.MAYBE
    known = {"all": True, "print": medium == "print", "screen": medium == "screen"}
    for name in ("light", "dark"):
        known[f"(prefers-color-scheme:{name})"] = scheme == name
    parts = ["".join(part.split()) for part in query.split(" and ")]
    return min((_sure(known[part]) if part in known else Fit.MAYBE) for part in parts)
