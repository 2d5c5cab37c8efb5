"""A stylesheet's text → its declarations, each with its selectors, conditions and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tinycss2
from cssselect2.parser import Selector, SelectorError, parse
from tinycss2.ast import AtRule, Node, ParseError, QualifiedRule

from pipeline.model import Where

# The margins of printed sheets, which no text stands on.
PAGE = frozenset({"margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "size"})


@dataclass(frozen=True, slots=True)
class Declared:
    """One `property: value` of a rule."""

    name: str
    value: str  # without comments
    important: bool
    where: Where


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: which elements it may reach, under which conditions, and what it says of them."""

    text: str  # its selectors as they are written
    selectors: tuple[Selector, ...] | None  # None: they cannot be decided
    conditions: tuple[str, ...]  # media queries, all of which must hold
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet in the order of its text, with what in it cannot be judged."""

    rules: tuple[Rule, ...]
    unknown: tuple[tuple[str, Where], ...]


def read_sheet(css: str, path: str) -> Sheet:
    """Read a stylesheet (CSS Syntax 3)."""
    rules: list[Rule] = []
    unknown: list[tuple[str, Where]] = []
    for found in _rules(tinycss2.parse_stylesheet(css, skip_comments=True), path, ()):
        if isinstance(found, Rule):
            rules.append(found)
        else:
            unknown.append(found)
    return Sheet(tuple(rules), tuple(unknown))


def _rules(
    nodes: Iterable[Node], path: str, conditions: tuple[str, ...]
) -> Iterator[Rule | tuple[str, Where]]:
    """The rules of a stylesheet or of a block of media, and what cannot be judged."""
    for node in nodes:
        where = Where(path, node.source_line, node.source_column)
        if isinstance(node, QualifiedRule):
            yield from _rule(node, path, conditions)
        elif isinstance(node, AtRule) and node.lower_at_keyword == "media" and node.content:
            inside = tinycss2.parse_rule_list(
                node.content, skip_comments=True, skip_whitespace=True
            )
            yield from _rules(inside, path, (*conditions, _text(node.prelude).lower()))
        elif isinstance(node, AtRule) and node.lower_at_keyword == "page" and node.content:
            for part in tinycss2.parse_blocks_contents(node.content):
                if part.type == "declaration" and part.lower_name not in PAGE:
                    yield f"`{part.name}` in @page", where
                elif part.type in {"at-rule", "qualified-rule", "error"}:
                    yield "a rule in @page", where
        elif isinstance(node, AtRule):
            yield f"`@{node.at_keyword}`", where
        elif isinstance(node, ParseError):
            yield f"something that is no CSS ({node.message})", where


def _rule(
    node: QualifiedRule, path: str, conditions: tuple[str, ...]
) -> Iterator[Rule | tuple[str, Where]]:
    """One rule, and what stands in its block that is no declaration."""
    declared: list[Declared] = []
    for part in tinycss2.parse_blocks_contents(
        node.content, skip_comments=True, skip_whitespace=True
    ):
        where = Where(path, part.source_line, part.source_column)
        if part.type == "declaration":
            name = part.name if part.name.startswith("--") else part.lower_name
            declared.append(Declared(name, _text(part.value), part.important, where))
        else:
            told = "something that is no CSS" if part.type == "error" else "a rule inside a rule"
            yield told, where
    yield Rule(_text(node.prelude), _selectors(node.prelude), conditions, tuple(declared))


def _selectors(prelude: list[Node]) -> tuple[Selector, ...] | None:
    """The selectors of a rule; None when the parser does not know one of them."""
    try:
        for node in _inner(prelude):
            # `:is(…)` takes a list of which it may ignore parts: the parser then drops all
            # that follows a part it does not know, but a browser may know it.
            if node.type == "function" and node.lower_name in {"is", "where"}:
                list(parse(node.arguments))
        return tuple(parse(prelude))
    except SelectorError:
        return None


def _inner(nodes: Iterable[Node]) -> Iterator[Node]:
    """Tokens and those inside them."""
    for node in nodes:
        yield node
        yield from _inner(getattr(node, "arguments", None) or getattr(node, "content", None) or ())


def _text(nodes: Iterable[Node]) -> str:
    """Tokens as text, without comments and with single spaces."""
    kept = [node for node in nodes if node.type != "comment"]
    return " ".join(tinycss2.serialize(kept).split())
