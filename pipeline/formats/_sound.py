"""The parts of an article in; refused are words that no file of translations may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.errors import UnreadableError
from pipeline.model import Block, Mark, Part, Text, Where

_NAMES = {
    "\x04": "an EOT character (U+0004)",
    "\u202d": "a left-to-right override (U+202D)",
    "\u202e": "a right-to-left override (U+202E)",
}
_REFUSED = re.compile("[" + "".join(_NAMES) + "]")
# The beginnings of what may stand for them in HTML, JSON, YAML or TOML.
_SIGNS = (
    *("202d", "202D", "202e", "202E", "8237", "8238"),
    *("&#4", "&#0", "&#x4", "&#x0", "&#X4", "&#X0", "\\x04", "\\u0004", "\\U00000004"),
)


def refuse_unsound(parts: tuple[Part, ...], text: str, path: str) -> None:
    """Refuse words that hide or reverse others; `text` is the source of the parts.

    Raises:
        UnreadableError: with one finding for each text that holds such a character.
    """
    if not _may_hold(text):
        return
    found = tuple(_faults(parts, path))
    if found:
        raise UnreadableError.of(tuple(f for error in found for f in error.as_findings()))


def _may_hold(text: str) -> bool:
    """Whether a search through the parts could find one; almost always a look is enough."""
    if any(char in text for char in _NAMES):
        return True
    escapes = "\\" in text or ("&" in text and "&#" in text)
    return escapes and any(sign in text for sign in _SIGNS)


def _faults(parts: Iterable[Part], path: str) -> Iterator[UnreadableError]:
    for part in parts:
        if not isinstance(part, Block):
            continue
        line = part.line
        for inline in part.inlines:
            if isinstance(inline, Mark):
                yield from _faults(inline.raw, path)
            elif bad := _REFUSED.search(inline.text):
                where = Where(path, line + _lines_before(inline, bad[0]))
                problem = f"{_NAMES[bad[0]]} in this text"
                yield UnreadableError(problem, where, "delete the character")
            line += "".join(_strings(inline)).count("\n")


def _lines_before(text: Text, char: str) -> int:
    return text.raw.count("\n", 0, max(text.raw.find(char), 0))


def _strings(inline: Text | Mark) -> Iterator[str]:
    if isinstance(inline, Text):
        yield inline.raw
    else:
        yield from (part for part in inline.raw if isinstance(part, str))
