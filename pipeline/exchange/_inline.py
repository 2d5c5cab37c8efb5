"""The words of an entry ↔ pieces for XML: text that XML can hold, and the codes in it.

A code that stands once and nests well becomes an element; one that a translator broke stays
text. What is read from XML is put together again as it stood, so nothing is lost either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model import Kind

NAME = re.compile(r"[a-z]{1,8}[0-9]{1,4}")
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-z]{1,8}[0-9]{1,4})(?P<alone>/?)>")
_DEEPEST = 50  # readers of XML give up somewhere beyond 200
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPELLED = re.compile(r"\\u\{([0-9a-f]{1,4})\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One end of a code, or the whole of one that stands alone."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        """Write it as translators of PO files see it."""
        if self.kind is Kind.OPEN:
            return f"<{self.name}>"
        return f"</{self.name}>" if self.kind is Kind.CLOSE else f"<{self.name}/>"


Piece: TypeAlias = str | Mark


def pieces_of(words: str, known: frozenset[Mark] | None = None) -> tuple[Piece, ...]:
    """The words as text and code ends; only codes whose first end is `known`, if that is given."""
    if "<" not in words:
        return (words,) if words else ()
    marks = _sound(words, known)
    found: list[Piece] = []
    at = 0
    for start, end, mark in marks:
        found += [words[at:start]] if start > at else []
        found.append(mark)
        at = end
    return (*found, words[at:]) if at < len(words) else tuple(found)


def marks_of(pieces: tuple[Piece, ...]) -> frozenset[Mark]:
    """The codes of a source, which its translation may have."""
    return frozenset(piece for piece in pieces if isinstance(piece, Mark))


def _sound(words: str, known: frozenset[Mark] | None) -> list[tuple[int, int, Mark]]:
    """The codes that nest well and stand once, in order."""
    found: list[tuple[int, int, Mark]] = []
    open_: list[tuple[int, int, Mark]] = []
    used: set[str] = set()
    for token in _TOKEN.finditer(words):
        name = token["name"]
        if token["close"] and not token["alone"]:
            if open_ and open_[-1][2].name == name:
                first = open_.pop()
                if name not in used:
                    used.add(name)
                    found += [first, (*token.span(), Mark(Kind.CLOSE, name))]
        elif not token["close"]:
            mark = Mark(Kind.ALONE if token["alone"] else Kind.OPEN, name)
            if known is not None and mark not in known:
                continue
            if not token["alone"]:
                open_.append((*token.span(), mark))
            elif name not in used:
                used.add(name)
                found.append((*token.span(), mark))
    return _shallow(sorted(found, key=lambda item: item[0]))


def _shallow(found: list[tuple[int, int, Mark]]) -> list[tuple[int, int, Mark]]:
    """The codes without those that lie too deep for a reader of XML."""
    kept = []
    depth = 0
    for item in found:
        depth -= item[2].kind is Kind.CLOSE
        if depth < _DEEPEST:
            kept.append(item)
        depth += item[2].kind is Kind.OPEN
    return kept


def spelled(words: str) -> str:
    r"""The words with each character that no XML holds written as `\u{b}`."""
    if "\\u{" in words:
        words = words.replace("\\u{", "\\u{5c}u{")
    return _ILLEGAL.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", words)


def unspelled(words: str) -> str:
    """The inverse of `spelled`; what it never writes is left as it stands."""
    return _SPELLED.sub(_read, words) if "\\u{" in words else words


def _read(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character == "\\" or _ILLEGAL.match(character) else match[0]
