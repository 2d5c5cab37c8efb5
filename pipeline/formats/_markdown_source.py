"""Markdown text in, its parser's events with exact byte ranges out."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, TypeAlias

import pyromark
from pyromark import Options

from pipeline.errors import UnreadableError
from pipeline.formats._html_tokens import shortcodes
from pipeline.formats._markdown_directives import Directive, directives
from pipeline.model import Where

# One of the parser's events: a name, or a name with what it says (see pyromark.event).
Event: TypeAlias = Any
Ranged: TypeAlias = tuple[Event, Any]

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM  # `> [!NOTE]`
)
MASK = "\x7f"  # stands for a byte of a shortcode; a link may lead to it, a tag not be named so
_LARGEST = 64 * 1024 * 1024


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with its shortcodes made harmless, of the same length in UTF-8 bytes."""
    if not spans:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        lines = text[start:end].split("\n")
        hidden = "\n".join(MASK * len(line.encode()) for line in lines)
        pieces += (text[at:start], hidden)
        at = end
    return "".join([*pieces, text[at:]])


class Source:
    """A Markdown text as the bytes that the parser's ranges count in."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        """Encode the text; `first_line` is the number of its first line.

        Raises:
            UnreadableError: the text holds what UTF-8 cannot, or is beyond any article.
        """
        self.path = path
        try:
            self.data = text.encode()
        except UnicodeEncodeError as error:
            line = first_line + text.count("\n", 0, error.start)
            problem = "the text holds half of a surrogate pair"
            raise UnreadableError(problem, Where(path, line), "save it as UTF-8") from None
        if len(self.data) > _LARGEST:
            raise UnreadableError("the article is larger than 64 MB", Where(path), "split it")
        self.spans: list[tuple[int, int]] = []
        self.text = text
        self.seen = self.data
        self.directives: list[tuple[int, int]] = []
        if found := directives(text):
            self._blank(found)
        if "{{" in text or "{%" in text:
            self._mask(shortcodes(self.text))
        # whether the parser reads just what the author wrote
        self.unmasked = not (self.spans or self.directives)
        self._counted = 0
        self._line = first_line

    def _blank(self, found: list[Directive]) -> None:
        pieces: list[str] = []
        at = to = 0
        for start, end, mask in found:
            to += len(self.text[at:start].encode())
            self.directives.append((to, to + len(mask.encode())))
            to = self.directives[-1][1]
            pieces += (self.text[at:start], mask)
            at = end
        self.text = "".join([*pieces, self.text[at:]])
        self.seen = self.text.encode()

    def _mask(self, spans: list[tuple[int, int]]) -> None:
        whole = self.text
        self.text = masked(whole, spans)
        self.seen = self.text.encode()
        at = to = 0
        for start, end in spans:
            to += len(whole[at:start].encode())
            size = len(whole[start:end].encode())
            self.spans.append((to, to + size))
            to, at = to + size, end

    def events(self) -> list[Ranged]:
        """The parser's events, with text unmerged, each with its range in bytes."""
        return list(pyromark.events_with_range(self.text, options=OPTIONS))

    def raw(self, start: int, end: int) -> str:
        """The text between two byte offsets, as the author wrote it."""
        return self.data[start:end].decode()

    def line(self, offset: int) -> int:
        """The line of a byte offset; offsets come in rising order, more or less."""
        if offset >= self._counted:
            self._line += self.data.count(b"\n", self._counted, offset)
        else:
            self._line -= self.data.count(b"\n", offset, self._counted)
        self._counted = offset
        return self._line

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The shortcodes that begin between two byte offsets."""
        if not self.spans:
            return []
        first = bisect_left(self.spans, (start, 0))
        return self.spans[first : bisect_left(self.spans, (end, 0))]

    def shown(self, text: str, start: int, end: int) -> str:
        """What the parser read between two offsets, with its shortcodes put back."""
        for low, high in self.within(start, end):
            text = text.replace(MASK * (high - low), self.raw(low, high), 1)
        return text


def behind(events: list[Ranged], at: int) -> int:
    """The event behind the block that begins with an event."""
    depth = 0
    while True:
        event = events[at][0]
        at += 1
        if isinstance(event, dict):
            depth += ("Start" in event) - ("End" in event)
        if depth == 0:
            return at
