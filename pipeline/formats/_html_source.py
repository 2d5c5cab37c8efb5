"""The tokens of some HTML: answers about stretches of them and the elements they make."""

from __future__ import annotations

import re

from pipeline.formats._html_attributes import tag_parts
from pipeline.formats._html_ends import element_ends
from pipeline.formats._html_tokens import Kind, Token

_SPACES = re.compile(r"[ \t\r\n\f]+")


class Source:
    """Tokens with the ends of their elements; a stretch is from an index to before another."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.ends = element_ends(found)

    def raw(self, start: int, end: int) -> str:
        """The stretch as it stands in the source."""
        return "".join(token.raw for token in self.tokens[start:end])

    def plain(self, start: int, end: int) -> str:
        """The words of the stretch."""
        return _SPACES.sub(" ", "".join(t.text for t in self.tokens[start:end])).strip()

    def after(self, index: int) -> int:
        """The index behind the element that starts at the index, its end tag included."""
        end = self.ends[index]
        if end < 0:
            return index + 1
        closes = end < len(self.tokens) and self.tokens[end]
        own = closes and closes.kind is Kind.END and closes.name == self.tokens[index].name
        return end + 1 if own else end

    def seen(self, start: int, end: int) -> bool:
        """Whether readers get words from the stretch; attributes count as words."""
        for token in self.tokens[start:end]:
            if token.kind is Kind.SHORTCODE or any(map(str.isalnum, token.text)):
                return True
            if token.kind is Kind.START and len(tag_parts(token)) > 1:
                return True
        return False
