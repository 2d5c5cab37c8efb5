"""Judged pages → the lines of the table that `status` and `build` show, and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import Finding, Where


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table locale × article."""

    locale: str
    market: str
    article: str
    done: int
    fuzzy: int
    missing: int
    page: str
    why: tuple[str, ...]
    blocks: tuple[Finding, ...] = ()  # what keeps the page from readers, each with its code

    @property
    def total(self) -> int:
        """How many segments the article has."""
        return self.done + self.fuzzy + self.missing

    def told(self) -> dict[str, object]:
        """The row as scripts get it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "blocks": [_told(block) for block in self.blocks]}


def remembered(told: Mapping[str, Any]) -> Row:
    """A row that an earlier run told and kept."""
    blocks = tuple(_finding(**block) for block in told["blocks"])
    return Row(**{**told, "why": tuple(told["why"]), "blocks": blocks})


def reason(block: Finding) -> str:
    """What keeps a page from readers and whom to ask; with its place if it is not the law."""
    if block.where.path.startswith("locales/markets/"):
        # the rule that it names is its place
        return f"{block.code}: {block.message}; {block.hint}"
    return f"{block.where}: {block.code}: {block.message}; {block.hint}"


def _told(block: Finding) -> dict[str, object]:
    where = block.where
    place = {"path": where.path, "line": where.line, "column": where.column}
    return {"code": block.code, "message": block.message, **place, "hint": block.hint}


def _finding(code: str, message: str, path: str, line: int, column: int, hint: str) -> Finding:
    return Finding(code, message, Where(path, line, column), hint)
