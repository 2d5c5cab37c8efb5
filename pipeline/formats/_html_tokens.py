"""HTML text in, its tokens as exact slices of that text out."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from pipeline.errors import UnreadableError
from pipeline.formats._html_names import KNOWN, VOID
from pipeline.model import Where

_BREAK = re.compile(r"\r\n?|\n")
_NOT_BREAK = re.compile(r"[^\r\n]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*+\n|\r[ \t]*+\r")
_SHORTCODE = re.compile(r"\{[{%]")
_NAME = re.compile(r"</?([^\s/>]*)")


class Kind(Enum):
    """What a token is to a reader."""

    WORDS = "words"
    START = "start"
    END = "end"
    SHORTCODE = "shortcode"
    COMMENT = "comment"  # and doctype, and all else that browsers leave out
    INSTRUCTION = "instruction"  # <?php … ?>


class Token(NamedTuple):
    """A slice of the text; `mask` is the slice with its shortcodes made harmless."""

    kind: Kind
    raw: str
    mask: str
    name: str  # of a tag, in lower case
    text: str  # what a reader reads
    line: int


def shortcodes(text: str) -> list[tuple[int, int]]:
    """Where `{{ … }}` and `{% … %}` stand in the text; none holds a blank line."""
    found: list[tuple[int, int]] = []
    end = 0
    # The next of each after `at`: kept, so that no stretch is searched twice.
    ahead: dict[str, int] = {}
    for match in _SHORTCODE.finditer(text):
        at = match.start()
        if at < end:
            continue
        close = "}}" if match[0] == "{{" else "%}"
        if ahead.get(close, -1) < at + 2:
            ahead[close] = _or_end(text.find(close, at + 2), text)
        if ahead.get("blank", -1) < at:
            blank = _BLANK_LINE.search(text, at)
            ahead["blank"] = blank.start() if blank else len(text)
        if ahead[close] < ahead["blank"]:
            end = ahead[close] + 2
            while close == "}}" and text.startswith("}", end):  # {{{ raw }}}
                end += 1
            found.append((at, end))
    return found


def _or_end(place: int, text: str) -> int:
    return place if place >= 0 else len(text)


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        # The braces stay: `<{{` must not look like a tag.
        inner = _NOT_BREAK.sub("x", text[start + 2 : end - 2])
        pieces += [text[at : start + 2], inner, text[end - 2 : end]]
        at = end
    return "".join([*pieces, text[at:]])


def tokens(text: str, line: int = 1) -> list[Token]:
    """The tokens of the text, in order and without a gap; `line` is its first line.

    Raises:
        UnreadableError: the tokenizer lost its place.
    """
    # Imported here: a command that reads no HTML must not pay for it.
    from turbohtml import tokenize

    spans = shortcodes(text)
    mask = _masked(text, spans) if spans else text
    # `</>` is nothing to a browser, and no token: make it an empty comment of its length.
    mask = mask.replace("</>", "<!>")
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    found: list[Token] = []
    at = 0
    for token in tokenize(
        mask, resolve_references=False, capture_source=True, capture_attributes=False
    ):
        row = token.line
        source = token.source or token.data or ""
        start = starts[row - 1] + token.col
        end = start + len(source) if "\n" not in source else _end(source, row, starts)
        if start != at or end < start:
            raise UnreadableError("this HTML cannot be cut exactly", Where("", line + row))
        here = line + row - 1
        if token.type == 0 and spans:
            found += _around(text, spans, start, end, here)
        else:
            raw = text[start:end]
            found.append(_token(token, raw, mask[start:end] if mask is not text else raw, here))
        at = end
    if at < len(text):  # half a tag
        found.append(Token(Kind.COMMENT, text[at:], mask[at:], "", "", line + len(starts) - 1))
    return found


def _end(source: str, row: int, starts: list[int]) -> int:
    """Where a token of several lines ends in the text, whose lines may end in other ways."""
    breaks = source.count("\n")
    return starts[row - 1 + breaks] + len(source) - source.rindex("\n") - 1


def _token(token: object, raw: str, mask: str, line: int) -> Token:
    number: int = token.type  # type: ignore[attr-defined]  # no stub
    if number == 0:
        return Token(Kind.WORDS, raw, mask, "", raw, line)
    if number in (1, 2):
        kind = Kind.START if number == 1 else Kind.END
        return Token(kind, raw, mask, _tag_name(raw), "", line)
    if number == 5:
        return Token(Kind.WORDS, raw, mask, "", token.data or "", line)  # type: ignore[attr-defined]  # no stub
    kind = Kind.INSTRUCTION if raw.startswith("<?") else Kind.COMMENT
    return Token(kind, raw, mask, "", "", line)


@lru_cache(maxsize=4096)  # pages repeat their tags
def _tag_name(raw: str) -> str:
    name = _NAME.match(raw)
    return name[1].lower() if name else ""


def _around(
    text: str, spans: list[tuple[int, int]], start: int, end: int, line: int
) -> list[Token]:
    """The words of text[start:end] and the shortcodes among them."""
    found: list[Token] = []

    def add(kind: Kind, to: int) -> None:
        nonlocal start, line
        raw = text[start:to]
        if raw:
            words = raw if kind is Kind.WORDS else ""
            found.append(Token(kind, raw, raw, "", words, line))
        line += len(_BREAK.findall(raw))
        start = to

    for index in range(bisect_left(spans, (start, 0)), len(spans)):
        if spans[index][0] >= end:
            break
        add(Kind.WORDS, spans[index][0])
        add(Kind.SHORTCODE, spans[index][1])
    add(Kind.WORDS, end)
    return found


def alone(token: Token) -> bool:
    """Whether a start tag has no end tag: `<br>`, and `<o:p/>` of foreign names."""
    return token.name in VOID or (token.name not in KNOWN and token.raw.endswith("/>"))
