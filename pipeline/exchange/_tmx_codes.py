"""The inline elements of TMX texts → our codes, the same in a source and its targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.exchange._inline import unspelled
from pipeline.exchange._xml import Element

_OURS = re.compile(r"</?[a-z]{1,8}[0-9]{1,4} ?/?>")
_KINDS = {"bold": "b", "b": "b", "italic": "i", "i": "i", "link": "a", "a": "a", "image": "img"}


class Codes:
    """The codes of one unit: those of another tool get numbers where they first stand."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def read(self, seg: Element | None) -> str:
        """The words of a text with its codes."""
        return "" if seg is None else "".join(self._read(seg, {}))

    def _read(self, element: Element, pairs: dict[str, str]) -> Iterator[str]:
        yield unspelled(element.text or "")
        for child in element:
            tag = str(child.tag).rpartition("}")[2]
            if tag == "hi":  # marks words, and is no code
                yield from self._read(child, pairs)
            else:
                yield self._code(tag, child, pairs)
            yield unspelled(child.tail or "")

    def _code(self, tag: str, element: Element, pairs: dict[str, str]) -> str:
        shown = unspelled(element.text or "")
        if _OURS.fullmatch(shown) and not len(element):
            return shown
        pair = element.get("i", "")
        if tag == "ept":
            return f"</{pairs[pair]}>" if pair in pairs else ""
        letters = _KINDS.get((element.get("type") or "").lower(), "x")
        if tag == "bpt":
            name = self._named(f"pair {element.get('x') or pair}", letters)
            pairs[pair] = name
            return f"<{name}>"
        which = element.get("x") or shown
        return f"<{self._named(f'{tag} {which}', letters)}/>"

    def _named(self, key: str, letters: str) -> str:
        return self._names.setdefault(key, f"{letters}{len(self._names) + 1}")
