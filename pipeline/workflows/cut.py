"""How an article, or any text, is cut: `l10n segments`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Segment, SegmentedDocument, SplitOptions
from pipeline.store.files import decode, read_text
from pipeline.workflows.articles import format_named, format_of, segmented


def cut_file(path: Path, format_name: str | None) -> tuple[Segment, ...]:
    """The segments of a file, in document order, those inside its codes too."""
    fmt = format_named(format_name) if format_name else format_of(path)
    return _listed(segmented(read_text(path), str(path), fmt, SplitOptions()))


def cut_bytes(content: bytes, format_name: str | None) -> tuple[Segment, ...]:
    """The segments of what came on standard input; Markdown unless told otherwise."""
    fmt = format_named(format_name or "markdown")
    text = decode(content, "<stdin>")
    return _listed(segmented(text, "<stdin>", fmt, SplitOptions()))


def _listed(document: SegmentedDocument) -> tuple[Segment, ...]:
    from pipeline.stages.segment import segments_of

    return tuple(segments_of(document))


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
