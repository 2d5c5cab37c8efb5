"""A source document as its format sees it: skeleton, blocks, and the marks in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeAlias


class Role(StrEnum):
    """What a segment is in its article, as a translator would name it."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "list-item"
    CELL = "table-cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    TITLE = "title"
    SUMMARY = "summary"
    META_DESCRIPTION = "meta-description"
    META_KEYWORDS = "meta-keywords"
    TAG = "tag"
    ALT = "alt"
    LINK_TITLE = "link-title"
    LABEL = "label"
    BUTTON = "button"
    SLUG = "slug"


@dataclass(frozen=True, slots=True)
class Protected:
    """Visible words that are never translated, and the named rule that says so."""

    raw: str
    rule: str  # code, shortcode, date, name, address, translate-no, skip, math, svg, textarea


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words: the bytes as they stand in the source, and what a reader reads."""

    raw: str
    text: str


class Kind(Enum):
    """How a mark stands in its block."""

    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline tag as the source has it; `segment` turns marks into numbered codes.

    `raw` is the source's own notation and `html` what a page gets for it. Both may hold
    blocks: the alt text of an image is a segment of its own inside the image's mark.
    """

    kind: Kind
    name: str  # letters only: b, i, a, c, img, br, x; the same for an OPEN and its CLOSE
    raw: tuple[Part, ...]
    html: tuple[Part, ...]
    shows: str = ""  # for the legend: what a translator should know ("link to /guide")
    plain: str = ""  # the words a reader sees for it ("np.array" for a code span)
    # of a CLOSE: what replaces `raw` once the words in the pair have changed: `][label]` for
    # a reference link that is found by its words. Such a pair is never taken for a wrapper.
    rewrite: str = ""


Inline: TypeAlias = Text | Mark


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of translatable content: a paragraph, a heading, a cell, an attribute."""

    role: Role
    inlines: tuple[Inline, ...]
    line: int  # of its first character, from 1
    escape: str  # the format's own name for how text is written back at this place
    key: str = ""  # front matter: "title", "tags.2", "image.alt"; "" in the body
    level: int = 0  # of a heading, 1 to 6
    anchor: str = ""  # of a heading: the id that the source gives it
    note: str = ""  # the author's note to translators
    limit: int = 0  # most characters a translation may have, 0 for any number


Part: TypeAlias = str | Protected | Block


@dataclass(frozen=True, slots=True)
class Field:
    """One front matter key with its value, as strings; lists keep their order."""

    key: str
    value: str | tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its format sees it. `join(document.parts)` is the source text."""

    parts: tuple[Part, ...]
    front: tuple[Field, ...] = ()
    # parts[:body] are the front matter; parts[body:] are what the page shows
    body: int = 0


def join(parts: Iterable[Part]) -> str:
    """Give back the source text that the parts were cut from."""
    return "".join(raw_of(part) for part in parts)


def raw_of(part: Part) -> str:
    """The source text of one part, with the blocks inside its marks."""
    if isinstance(part, str):
        return part
    if isinstance(part, Protected):
        return part.raw
    return "".join(
        inline.raw if isinstance(inline, Text) else join(inline.raw) for inline in part.inlines
    )
