"""Written Markdown and the tokens it was made of in, whether it reads as those tokens out."""

from __future__ import annotations

import re

import pyromark

from pipeline.formats._html_tokens import shortcodes
from pipeline.formats._markdown_source import OPTIONS, Event, masked
from pipeline.model import Kind, Tag, Token, Verbatim

_LABEL = re.compile(r"\]\[((?:[^\[\]\\]|\\.)+)\]\Z")
_PAIRS = {"Emphasis": "i", "Strong": "b", "Strikethrough": "s", "Link": "a"}
_FRAMES = {
    "md": ("", "\n"),
    "md-heading": ("# ", "\n"),
    "md-setext": ("", "\n---\n"),
    "md-cell": ("|x|\n|-|\n|", "|\n"),
}
_STAND_IN = re.compile(r"\(w([0-9]+)w\)")
_SPACE = re.compile(r"\s+")
# Between two codes' signs; no text holds it, since the source of law is the parser's own.
_SIGN = "\x00"


def reads_as(written: str, tokens: list[Token], escape: str) -> bool:
    """Whether the parser finds the same words and codes in the same order, and one block."""
    found = _read(written, tokens, escape)
    if found is None:
        return False
    kept = any(isinstance(token, Verbatim) and token.raw.strip() for token in tokens)
    expected = _around(tokens, escape) if kept else "".join(map(_of_token, tokens))
    return _bare(found) == _bare(expected)


def _read(written: str, tokens: list[Token], escape: str) -> str | None:
    before, after = _FRAMES[escape]
    text = before + written + after + _definitions(tokens)
    return _signature(masked(text, shortcodes(text)) if "{" in text else text, escape)


def _around(tokens: list[Token], escape: str) -> str:
    """What tokens with raw notation among them read as, by what stands around their words.

    Punctuation beside a mark lets it open and close wherever it may at all.
    """
    spoken = [t.strip() if isinstance(t, str) else "" for t in tokens]
    text = "".join(
        t.raw if not isinstance(t, str) else f"(w{n}w)" if t.strip() else t
        for n, t in enumerate(tokens)
    )
    read = _read(text, tokens, escape) or ""
    return _STAND_IN.sub(lambda m: spoken[int(m[1])], read)


def _bare(signature: str) -> str:
    return _SPACE.sub("", signature)


def _definitions(tokens: list[Token]) -> str:
    """What the tokens refer to and the block does not hold."""
    lines: list[str] = []
    for token in tokens:
        raw = "" if isinstance(token, str) else token.raw
        if raw.startswith("[^") and raw.endswith("]"):
            lines.append(f"\n{raw}: x\n")
        elif found := _LABEL.search(raw):
            lines.append(f"\n[{found[1]}]: /x\n")
    return "".join(lines)


def _of_token(token: Token) -> str:
    if isinstance(token, str):
        return token
    return _of_tag(token) if isinstance(token, Tag) else ""


def _alone(raw: str) -> str:
    """What a code that stands alone reads as."""
    return _signature(masked(raw, shortcodes(raw)) + "\n", "md") or ""


def _of_tag(tag: Tag) -> str:
    raw = tag.raw
    letters = tag.code.name.rstrip("0123456789")
    if tag.kind is not Kind.ALONE:
        if raw.startswith("<"):
            return f"{_SIGN}h"
        return f"{_SIGN}/{letters}" if tag.kind is Kind.CLOSE else f"{_SIGN}{letters}"
    if raw.startswith("!["):
        return f"{_SIGN}img"
    if raw.startswith("[^"):
        return f"{_SIGN}f"
    if letters == "br" and not raw.startswith("<"):
        return f"{_SIGN}br"
    if raw.startswith("<") and letters == "x" and tag.code.plain:
        return _alone(raw)
    if raw.startswith("<") and raw.count("<") == 1:
        return f"{_SIGN}h"
    return _alone(raw)


def _signature(text: str, escape: str) -> str | None:
    """The words and codes of the first block of a text, None if there is another block."""
    reading = _Reading(escape)
    for event in pyromark.events(text, options=OPTIONS):
        reading.take(event)
    return None if reading.other_block else "".join(reading.out)


class _Reading:
    """Writes down the words and codes of one block, and notes what should not be there."""

    def __init__(self, escape: str) -> None:
        self.out: list[str] = []
        self.other_block = False
        self._escape = escape
        self._blocks = 0
        self._images = 0  # how many are open: what is in them is not this block's words
        self._over = False  # the footnotes that were added begin here

    def take(self, event: Event) -> None:
        """Take in the next event."""
        if self._over:
            return
        if isinstance(event, str):
            self.other_block = self.other_block or event == "Rule"
            if event == "HardBreak":
                self._sign("br")
            return
        ((name, value),) = event.items()
        if name == "Start":
            self._start(value if isinstance(value, str) else next(iter(value)))
        elif name == "End":
            self._end(value)
        elif not self._images:
            self.out.append(_leaf(name, value))

    def _sign(self, name: str) -> None:
        if not self._images:
            self.out.append(_SIGN + name)

    def _start(self, kind: str) -> None:
        if kind == "FootnoteDefinition":
            self._over = True
        elif kind == "Image":
            self._sign("img")
            self._images += 1
        elif kind in _PAIRS:
            self._sign(_PAIRS[kind])
        else:
            self._blocks += 1
            self.other_block = self.other_block or not self._expected(kind)
            if kind == "TableCell":
                self.out.clear()

    def _end(self, kind: Event) -> None:
        if kind == "Image":
            self._images -= 1
        elif isinstance(kind, str) and kind in _PAIRS:
            self._sign("/" + _PAIRS[kind])

    def _expected(self, kind: str) -> bool:
        if self._escape == "md-cell":
            return kind in ("Table", "TableHead", "TableRow", "TableCell") and self._blocks <= 5
        return self._blocks == 1 and kind == ("Paragraph" if self._escape == "md" else "Heading")


def _leaf(name: str, value: str) -> str:
    if name == "Text":
        return value
    if name == "Code":
        return f"{_SIGN}c{value}"
    return f"{_SIGN}f" if name == "FootnoteReference" else f"{_SIGN}h"
