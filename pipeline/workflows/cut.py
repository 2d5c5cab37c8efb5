"""How an article, or any text, is cut: `l10n segments`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Passage, Segment, SplitOptions
from pipeline.store.files import decode, read_text
from pipeline.workflows.articles import format_named, format_of, segmented


def cut_file(path: Path, format_name: str | None) -> tuple[Segment, ...]:
    """The segments of a file, in document order, those inside its codes too."""
    fmt = format_named(format_name) if format_name else format_of(path)
    return segments_of(segmented(read_text(path), str(path), fmt, SplitOptions()).parts)


def cut_bytes(content: bytes, format_name: str | None) -> tuple[Segment, ...]:
    """The segments of what came on standard input; Markdown unless told otherwise."""
    fmt = format_named(format_name or "markdown")
    text = decode(content, "<stdin>")
    return segments_of(segmented(text, "<stdin>", fmt, SplitOptions()).parts)


def segments_of(parts: tuple[object, ...]) -> tuple[Segment, ...]:
    """Every segment of a segmented document's parts."""
    found: list[Segment] = []
    for part in parts:
        if isinstance(part, Passage):
            for piece in part.pieces:
                if isinstance(piece, Segment):
                    found += with_inner(piece)
    return tuple(found)


def with_inner(segment: Segment) -> list[Segment]:
    """A segment and those inside its codes, such as the alt text of an image."""
    found = [segment]
    for code in segment.codes:
        for piece in (*code.open, *code.close):
            if isinstance(piece, Segment):
                found += with_inner(piece)
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment as `l10n segments --json` tells it."""

    text: str
    role: str
    line: int
    context: str
    codes: tuple[dict[str, str], ...]


def told(segment: Segment) -> Cut:
    """What a script is told of a segment."""
    codes = tuple(
        {"name": code.name, "kind": "pair" if code.pair else "alone", "shows": code.shows}
        for code in segment.codes
    )
    return Cut(segment.text, str(segment.role), segment.line, segment.context, codes)
