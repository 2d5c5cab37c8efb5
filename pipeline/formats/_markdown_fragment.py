"""A raw HTML block within Markdown in, its parts with the prefixes of its lines out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.formats._markdown_source import Source
from pipeline.model import Inline, Mark, Part, Protected, Text

# Tags that only give a page its shape; with thousands of them in Markdown it pays to know
# them without a look at each token.
_SHAPE = re.compile(
    r"(?:\s*+(?:</[a-z][a-z0-9]*+\s*+>"
    r"|<(?:div|section|article|aside|main|header|footer|nav|ul|ol|li|p|span|table|thead|tbody|tr"
    r"|dl|dt|dd|hr|br)"
    r"(?:\s++(?:class|id|style|role|markdown|hidden|lang|dir|tabindex|data-[a-z-]++|item[a-z]++"
    r"|aria-(?:hidden|labelledby|expanded|controls|live|multiselectable|current))"
    r"(?:\s*+=\s*+(?:\"[^\"<>{]*+\"|[^\s\"'=<>`{]++))?)*+\s*+/?>))++\s*+"
)

# HTML and its first line → its parts.
Fragment = Callable[[str, int], tuple[Part, ...]]


def weave(
    source: Source, lines: Sequence[tuple[int, int]], fragment: Fragment, line: int
) -> tuple[Part, ...]:
    """The parts of an HTML block whose lines are the given byte ranges.

    In a quotation or a list each line has a prefix that is no HTML: it is taken out for
    the HTML format and put back into the raw text of the parts.
    """
    start, end = lines[0][0], lines[-1][1]
    if sum(high - low for low, high in lines) == end - start:  # no line has a prefix
        raw = source.raw(start, end)
        return (raw,) if _is_shape(raw) else fragment(raw, line)
    gaps: list[tuple[int, str]] = []
    html: list[str] = []
    length, before = 0, start
    for low, high in lines:
        if low > before:
            gaps.append((length, source.raw(before, low)))
        html.append(source.raw(low, high))
        length += len(html[-1])
        before = high
    whole = "".join(html)
    if _is_shape(whole):
        return (source.raw(start, end),)
    return _Weaver(gaps).parts(fragment(whole, line))


def _is_shape(html: str) -> bool:
    return _SHAPE.fullmatch(html) is not None and "translate" not in html


class _Weaver:
    """Puts prefixes back, counting the raw text that it has seen."""

    def __init__(self, gaps: list[tuple[int, str]]) -> None:
        self._gaps = gaps[::-1]
        self._at = 0

    def parts(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(self._part(part) for part in parts)

    def _raw(self, raw: str) -> str:
        pieces: list[str] = []
        begin, at = self._at, 0
        self._at += len(raw)
        while self._gaps and self._gaps[-1][0] < self._at:
            place, prefix = self._gaps.pop()
            pieces += (raw[at : place - begin], prefix)
            at = place - begin
        return "".join([*pieces, raw[at:]])

    def _part(self, part: Part) -> Part:
        if isinstance(part, str):
            return self._raw(part)
        if isinstance(part, Protected):
            return Protected(self._raw(part.raw), part.rule)
        return replace(part, inlines=tuple(self._inline(inline) for inline in part.inlines))

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Text):
            return Text(self._raw(inline.raw), inline.text)
        if isinstance(inline, Mark):
            return replace(inline, raw=self.parts(inline.raw))
        return inline
