"""The values of a source document, made at a third of the cost of their constructors.

A frozen dataclass sets each field through `object.__setattr__`, which took more time than
all else about a paragraph. A twin has the same slots; once it is filled, its `__class__` is
set to the frozen one, which Python allows only between classes of the same layout.
`tests/test_formats_quick.py` compares the results with what the constructors make.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import Block, Inline, Kind, Mark, Part, Role, Text

_new = object.__new__


class _OpenText:
    __slots__ = Text.__slots__


class _OpenMark:
    __slots__ = Mark.__slots__


class _OpenBlock:
    __slots__ = Block.__slots__


def text(raw: str, shown: str) -> Text:
    """What `Text(raw, shown)` is."""
    made: Any = _new(_OpenText)
    made.raw = raw
    made.text = shown
    made.__class__ = Text
    done: Text = made
    return done


def mark(
    kind: Kind,
    name: str,
    raw: tuple[Part, ...],
    html: tuple[Part, ...],
    shows: str = "",
    plain: str = "",
    rewrite: str = "",
) -> Mark:
    """What `Mark` makes of the same values."""
    made: Any = _new(_OpenMark)
    made.kind = kind
    made.name = name
    made.raw = raw
    made.html = html
    made.shows = shows
    made.plain = plain
    made.rewrite = rewrite
    made.__class__ = Mark
    done: Mark = made
    return done


def block(
    role: Role,
    inlines: tuple[Inline, ...],
    line: int,
    escape: str,
    key: str = "",
    level: int = 0,
    anchor: str = "",
    note: str = "",
) -> Block:
    """What `Block` makes of the same values, without a limit."""
    made: Any = _new(_OpenBlock)
    made.role = role
    made.inlines = inlines
    made.line = line
    made.escape = escape
    made.key = key
    made.level = level
    made.anchor = anchor
    made.note = note
    made.limit = 0
    made.__class__ = Block
    done: Block = made
    return done
