"""The tokens of HTML in, the place where each element ends out."""

from __future__ import annotations

from collections import defaultdict

from pipeline.formats._html_names import BLOCK, CLOSED_BY, STRONG
from pipeline.formats._html_tokens import Kind, Token, alone


def element_ends(found: list[Token]) -> list[int]:
    """For each start tag, the index of the token that ends its content; else -1.

    The HTML standard's implied ends are followed as far as lists, tables, options and
    paragraphs go; an inline end tag never closes a block. An element that nothing closes
    ends with the text.
    """
    stack = _Stack(found)
    for index, token in enumerate(found):
        if token.kind is Kind.START:
            stack.start(index, token)
        elif token.kind is Kind.END:
            stack.end(index, token.name)
    stack.pop_to(0, len(found))
    return stack.ends


class _Stack:
    """The open elements, with what makes each question about them answered at once."""

    def __init__(self, found: list[Token]) -> None:
        self.ends = [-1] * len(found)
        self._names = [token.name for token in found]
        self._open: list[int] = []  # token indices
        self._places: dict[str, list[int]] = defaultdict(list)  # name → where in the stack
        self._blocks: list[int] = []  # where in the stack blocks are

    def start(self, index: int, token: Token) -> None:
        """Open an element, after those that its start tag closes."""
        while self._open and token.name in CLOSED_BY.get(self._names[self._open[-1]], ()):
            self.pop_to(len(self._open) - 1, index)
        if alone(token):
            return
        self._places[token.name].append(len(self._open))
        if token.name in BLOCK:
            self._blocks.append(len(self._open))
        self._open.append(index)

    def end(self, index: int, name: str) -> None:
        """Close the last open element of this name, with all that is open in it."""
        places = self._places[name]
        if not places:
            return
        weak = name not in BLOCK and name not in STRONG
        if weak and self._blocks and self._blocks[-1] > places[-1]:
            return
        self.pop_to(places[-1], index)

    def pop_to(self, place: int, index: int) -> None:
        """Close the elements from the top of the stack down to a place."""
        while len(self._open) > place:
            last = self._open.pop()
            self.ends[last] = index
            self._places[self._names[last]].pop()
            if self._blocks and self._blocks[-1] == len(self._open):
                self._blocks.pop()
