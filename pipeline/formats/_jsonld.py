"""A JSON-LD script in, its parts out: headlines and FAQ texts become blocks.

Strings are cut out of the script as they stand; the rest of it stays byte for byte. Text
that holds HTML, as schema.org allows for answers, is split as HTML, so that its words make
the same segments as those of the page's body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.formats._html_inline import Place, run_parts
from pipeline.formats._html_items import Item, words
from pipeline.formats._html_tokens import Kind, Token
from pipeline.model import Block, Inline, Mark, Part, Protected, Role, Text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]')
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)
_RUN = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]+", re.DOTALL)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);")

_ROLES = {
    "headline": Role.HEADING,
    "alternativeHeadline": Role.HEADING,
    "name": Role.HEADING,
    "description": Role.META_DESCRIPTION,
    "keywords": Role.META_KEYWORDS,
    "text": Role.TEXT,
}
_NAMED = frozenset(("Question", "FAQPage", "BreadcrumbList", "ListItem"))


@dataclass(slots=True)
class _Object:
    """A JSON object while its members are read; a list speaks for the object around it."""

    parent: _Object | None
    at: str  # the key under which the parent holds it
    types: set[str] = field(default_factory=set)
    key: str = ""

    def names_itself(self) -> bool:
        """Whether its `name` is a text of the page: a question or a step of the breadcrumb."""
        above = self.parent.types if self.parent and self.at == "item" else set()
        return bool(self.types & _NAMED) or "ListItem" in above


def script_parts(
    raw: str, line: int, split: Callable[[str, int], tuple[Part, ...]]
) -> tuple[Part, ...]:
    """The parts of a JSON-LD script's content; broken JSON is skeleton.

    `split` cuts the HTML that a string may hold.
    """
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return (raw,)
    parts: list[Part] = []
    at = 0
    for start, end, role in _strings(raw):
        here = line + raw.count("\n", 0, start)
        parts += [raw[at:start], *_string_parts(raw[start:end], role, here, split)]
        at = end
    return (*parts, raw[at:])


def _strings(raw: str) -> list[tuple[int, int, Role]]:
    """Where the texts for readers stand in sound JSON, without their quotes."""
    found: list[tuple[int, int, str, _Object]] = []
    stack: list[_Object | None] = []  # None for a list
    owner: _Object | None = None
    for match in _TOKEN.finditer(raw):
        token = match[0]
        if token == "{":  # noqa: S105 - a brace, not a password
            owner = _Object(owner, owner.key if owner else "")
            stack.append(owner)
        elif token == "[":  # noqa: S105
            stack.append(None)
        elif token in ("}", "]"):
            if stack.pop() is not None and owner:
                owner = owner.parent
        elif token[0] == '"' and owner:
            if stack[-1] is not None and raw[match.end() :].lstrip()[:1] == ":":
                owner.key = json.loads(token)
            elif owner.key == "@type":
                owner.types.add(json.loads(token))
            elif owner.key in _ROLES:
                found.append((match.start() + 1, match.end() - 1, owner.key, owner))
    return [
        (start, end, _ROLES[key])
        for start, end, key, holder in found
        if key != "name" or holder.names_itself()
    ]


def _string_parts(
    raw: str, role: Role, line: int, split: Callable[[str, int], tuple[Part, ...]]
) -> list[Part]:
    """The parts of one JSON string."""
    value: str = json.loads(f'"{raw}"')
    if _MARKUP.search(value):
        pieces = [match[0] for match in _CHARACTER.finditer(raw)]
        if len(pieces) == len(value):
            return _Encoded(pieces, role).parts(split(value, line))
    items: list[Item] = []
    for match in _RUN.finditer(raw):
        decoded: str = json.loads(f'"{match[0]}"')
        items += words(Token(Kind.WORDS, match[0], "", "", decoded, line), keep_space=False)
    return run_parts(items, Place(role), "html-jsonld", "")


class _Encoded:
    """Gives parts that were cut from a string's value the notation of the JSON string."""

    def __init__(self, pieces: list[str], role: Role) -> None:
        self._pieces = pieces  # the notation of each character
        self._at = 0
        self._role = role

    def _raw(self, raw: str) -> str:
        start, self._at = self._at, self._at + len(raw)
        return "".join(self._pieces[start : self._at])

    def parts(self, parts: tuple[Part, ...]) -> list[Part]:
        """The parts in the notation of the string."""
        return [self._part(part) for part in parts]

    def _part(self, part: Part) -> Part:
        if isinstance(part, str):
            return self._raw(part)
        if isinstance(part, Protected):
            return replace(part, raw=self._raw(part.raw))
        return self._block(part)

    def _block(self, block: Block) -> Block:
        inlines: tuple[Inline, ...] = tuple(self._inline(i) for i in block.inlines)
        role = self._role if block.role is Role.TEXT else block.role
        escape = "html-jsonld-" + block.escape.removeprefix("html-")
        return replace(block, inlines=inlines, escape=escape, role=role)

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Text):
            return replace(inline, raw=self._raw(inline.raw))
        raw = tuple(self.parts(inline.raw))
        return replace(inline, raw=raw, html=raw) if isinstance(inline, Mark) else inline
