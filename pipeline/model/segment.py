"""What translators see: segments with numbered codes, cut from a document's blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.source import Block, Field, Protected, Role


@dataclass(frozen=True, slots=True)
class Code:
    """An inline tag inside a segment, such as `<b1>…</b1>` or `<img5/>`."""

    name: str  # "b1": letters and the number, counted from 1 within the segment
    pair: bool
    open: tuple[Piece, ...]  # in the source's notation; the whole of it when alone
    close: tuple[Piece, ...]  # may hold the title of a link: `](/guide "The guide")`
    html_open: tuple[Piece, ...]
    html_close: str
    shows: str = ""
    plain: str = ""
    rewrite: str = ""  # of its CLOSE mark: replaces `close` in a translation


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable string of an article."""

    text: str  # what translators see: words and codes; the msgid
    context: str  # the msgctxt: a role for short or ambiguous text, else ""
    role: Role
    line: int
    raw: str  # the bytes of the source that it stands for
    codes: tuple[Code, ...] = ()
    trail: tuple[str, ...] = ()  # the headings above it
    note: str = ""
    limit: int = 0
    key: str = ""  # the front matter key it is the value of
    escape: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """The identity of its entry: context and text."""
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A block cut into segments, with the raw text between and around them.

    A plain string is skeleton: space between sentences, or codes that wrap the whole
    block. Segments of attributes that such codes carry stand among the pieces.
    """

    block: Block
    pieces: tuple[Piece, ...]
    # the same with skeleton as a page shows it: `<strong>` for `**`; what `Format.html` takes
    html: tuple[Piece, ...] = ()


Piece: TypeAlias = str | Protected | Segment


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A document whose blocks are cut: what `segment` gives and `recombine` fills."""

    parts: tuple[str | Protected | Passage, ...]
    front: tuple[Field, ...]
    body: int
