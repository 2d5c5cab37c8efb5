"""TOML front matter between lines of `+++` in, parts, fields and the offset of the body out."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field

from pipeline.errors import UnreadableError
from pipeline.formats._yaml_scalar import role_of
from pipeline.model import Block, Field, Part, SplitOptions, Text, Where

_FRONT = re.compile(
    r"(\ufeff?\+\+\+[ \t]*\r?\n)(.*?)^(\+\+\+[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE
)
_LARGEST = 256 * 1024
_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*+")
_PART = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEY = re.compile(rf"({_PART}(?:[ \t]*\.[ \t]*{_PART})*+)[ \t]*=[ \t]*")
_TABLE = re.compile(rf"\[\[?[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*+)[ \t]*\]\]?")
_NAME = re.compile(_PART)
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}" + r'|"(?:[^"\\\n]|\\.)*+"|' + r"'[^'\n]*+'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^\s,\]}#]+(?: \d[^\s,\]}#]*)?")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def split_toml(
    text: str, path: str, options: SplitOptions
) -> tuple[tuple[Part, ...], tuple[Field, ...], int]:
    """Cut the front matter of `text`; without any, no parts, no fields and 0.

    Raises:
        UnreadableError: it is not sound TOML.
    """
    found = _FRONT.match(text)
    if found is None or len(found[2]) > _LARGEST:
        return (), (), 0
    try:
        tomllib.loads(found[2].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if "=" not in found[2]:
            return (), (), 0
        raise _told(str(error), path) from None
    reader = _Reader(found[2], options)
    reader.read()
    parts = (found[1], *reader.parts, found[2][reader.cut :], found[3])
    return tuple(part for part in parts if part != ""), tuple(reader.fields), found.end()


def write_toml(text: str, escape: str) -> str:
    """Write a string in the style of its source, or in double quotes where it cannot be."""
    if escape == "toml-single" and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _told(problem: str, path: str) -> UnreadableError:
    place = _PLACE.search(problem)
    line, column = (int(place[1]) + 1, int(place[2])) if place else (1, 1)
    message = f"the front matter is not valid TOML: {_PLACE.sub('', problem)}"
    hint = 'write `key = "value"` lines'
    return UnreadableError(message, Where(path, line, column), hint, "front-matter")


@dataclass(slots=True)
class _Reader:
    """Walks sound TOML from left to right and cuts out the strings of listed keys."""

    source: str
    options: SplitOptions
    fields: list[Field] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cut: int = 0  # what stands before is in a part

    def read(self) -> None:
        """Collect fields and blocks."""
        table: tuple[str, ...] = ()
        at = self._behind_blanks(0)
        while at < len(self.source):
            if header := _TABLE.match(self.source, at):
                table = _names(header[1])
                at = header.end()
            elif key := _KEY.match(self.source, at):
                at = self._value(key.end(), (*table, *_names(key[1])))
            else:
                return
            at = self._behind_blanks(at)

    def _behind_blanks(self, at: int) -> int:
        found = _BLANK.match(self.source, at)
        return found.end() if found else at

    def _value(self, at: int, names: tuple[str, ...]) -> int:
        """Take in the value at a place; give back the place behind it."""
        opening = self.source[at : at + 1]
        if opening == "{":
            return self._inline_table(at + 1, names)
        line = self._line(at)
        if opening == "[":
            value, end = self._array(at + 1, names)
            if value:
                self.fields.append(Field(".".join(names), value, line))
            return end
        text, end = self._scalar(at, names)
        self.fields.append(Field(".".join(names), text, line))
        return end

    def _inline_table(self, at: int, names: tuple[str, ...]) -> int:
        while key := _KEY.match(self.source, self._behind_blanks(at)):
            at = self._value(key.end(), (*names, *_names(key[1])))
        return self._behind_blanks(at) + 1

    def _array(self, at: int, names: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        values: list[str] = []
        at = self._behind_blanks(at)
        number = 0
        while at < len(self.source) and self.source[at] != "]":
            inner = (*names, str(number))
            number += 1
            if self.source[at] in "[{":
                at = self._value(at, inner)
            else:
                text, at = self._scalar(at, inner)
                values.append(text)
            at = self._behind_blanks(at)
        return tuple(values), at + 1

    def _scalar(self, at: int, names: tuple[str, ...]) -> tuple[str, int]:
        found = _STRING.match(self.source, at)
        if found is None:
            other = _SCALAR.match(self.source, at)
            return (other[0], other.end()) if other else ("", at + 1)
        raw = found[0]
        text: str = tomllib.loads("x = " + raw.replace("\r\n", "\n"))["x"]
        listed = ".".join(name for name in names if not name.isdigit())
        if listed in self.options.keys and text.strip():
            escape = "toml-single" if raw[0] == "'" else "toml-double"
            inlines = (Text(raw, text.strip()),)
            key = ".".join(names)
            block = Block(role_of(listed), inlines, self._line(at), escape, key)
            self.parts += [self.source[self.cut : at], block]
            self.cut = found.end()
        return text, found.end()

    def _line(self, at: int) -> int:
        return 2 + self.source.count("\n", 0, at)


def _names(key: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _NAME.findall(key))
