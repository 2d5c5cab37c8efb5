"""The values of a segment or an entry in, the frozen value out, at a fifth of its usual cost.

A frozen dataclass sets each field through `object.__setattr__`, which took longer than all
else about a plain segment. A twin has the same slots; once it is filled, its `__class__` is
set to the frozen one, which Python allows only between classes of the same layout.
`tests/test_stages_quick.py` compares the results with what the constructors make.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import Block, Code, Entry, Mark, Passage, Piece, Segment, Span
from pipeline.po.quick import OpenEntry

_new = object.__new__
_NOWHERE = Span(0, 0, 0)


class _OpenSegment:
    __slots__ = Segment.__slots__


class _OpenCode:
    __slots__ = Code.__slots__


class _OpenPassage:
    __slots__ = Passage.__slots__


def new_segment(
    block: Block,
    words: tuple[str, str, str],
    line: int,
    codes: tuple[Code, ...],
    trail: tuple[str, ...],
) -> Segment:
    """A segment of a block; `words` are its text, its context and its raw bytes."""
    made: Any = _new(_OpenSegment)
    made.text, made.context, made.raw = words
    made.role = block.role
    made.line = line
    made.codes = codes
    made.trail = trail
    made.note = block.note
    made.limit = block.limit
    made.key = block.key
    made.escape = block.escape
    made.__class__ = Segment
    done: Segment = made
    return done


def new_code(
    name: str,
    mark: Mark,
    end: Mark | None,
    source: tuple[tuple[Piece, ...], tuple[Piece, ...]],
    html: tuple[tuple[Piece, ...], str],
) -> Code:
    """The code of a mark and of its other end, with what each end is in source and page."""
    made: Any = _new(_OpenCode)
    made.name = name
    made.pair = end is not None
    made.open, made.close = source
    made.html_open, made.html_close = html
    made.shows = mark.shows
    made.plain = "" if end else mark.plain
    made.rewrite = end.rewrite if end else ""
    made.__class__ = Code
    done: Code = made
    return done


def new_passage(block: Block, pieces: tuple[Piece, ...], html: tuple[Piece, ...]) -> Passage:
    """What `Passage` makes of the same values."""
    made: Any = _new(_OpenPassage)
    made.block = block
    made.pieces = pieces
    made.html = html
    made.__class__ = Passage
    done: Passage = made
    return done


def new_entry(
    msgid: str, context: str, extracted: tuple[str, ...], references: tuple[str, ...]
) -> Entry:
    """An entry of a template, without words."""
    made: Any = _new(OpenEntry)
    made.msgid = msgid
    made.msgstr = ("",)
    made.msgctxt = context
    made.msgid_plural = ""
    made.comments = ()
    made.extracted = extracted
    made.references = references
    made.flags = ()
    made.previous = ()
    made.obsolete = False
    made.span = _NOWHERE
    made.__class__ = Entry
    done: Entry = made
    return done
