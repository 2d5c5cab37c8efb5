"""YAML front matter: source text in, parts, fields and the offset of the body out.

Refused are anchors, aliases, tags, merge keys, duplicate keys and deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from pipeline.errors import UnreadableError
from pipeline.formats._yaml_scalar import Loader, role_of
from pipeline.model import Block, Field, Part, Role, SplitOptions, Text, Where

_FRONT = re.compile(
    r"(\ufeff?---[ \t]*\r?\n)(.*?)^((?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"\ufeff?---[ \t]*\r?\n([\w-]+):(?:\s|\Z)")
_KEY_LINE = re.compile(r"^[\w\"'<][\w .<\-\"']*:(?:\s|\Z)", re.MULTILINE)
# PyYAML's stubs know too little of what an event holds.
_Event: TypeAlias = Any

_DEEPEST = 12
_LARGEST = 256 * 1024
_NULL = ("", "~", "null", "Null", "NULL")


def split_yaml(
    text: str, path: str, options: SplitOptions
) -> tuple[tuple[Part, ...], tuple[Field, ...], int]:
    """Cut the front matter between two lines of `---`.

    Text without front matter gives no parts, no fields and 0.

    Raises:
        UnreadableError: the YAML is broken or uses what front matter may not use.
    """
    found = _FRONT.match(text)
    if found is None:
        _refuse_unclosed(text, path, options)
        return (), (), 0
    if len(found[2]) > _LARGEST:
        raise _unreadable("the front matter is larger than 256 KB", path, 1, 1)
    reader = _Reader(found[2], path, options)
    try:
        is_mapping = reader.read()
    except (yaml.YAMLError, UnreadableError) as error:
        if not _KEY_LINE.search(found[2]):
            return (), (), 0  # prose between two thematic breaks
        raise _told(error, path) from None
    if not is_mapping:
        return (), (), 0
    parts = (found[1], *reader.parts(), found[3])
    return parts, tuple(reader.fields), found.end()


def split_yaml_flow(
    text: str, end: int, path: str, options: SplitOptions
) -> tuple[tuple[Part, ...], tuple[Field, ...], int]:
    """Cut front matter that is one JSON object, which ends at an offset: JSON is YAML too."""
    begin = int(text.startswith("\ufeff"))
    reader = _Reader(text[begin:end], path, options, above=1)
    try:
        reader.read()
    except (yaml.YAMLError, UnreadableError):
        return (), (), 0  # indented with tabs, or with a key twice
    return (*text[:begin], *reader.parts()), tuple(reader.fields), end


def _refuse_unclosed(text: str, path: str, options: SplitOptions) -> None:
    opened = _OPENED.match(text)
    known = {key.split(".")[0] for key in options.keys}
    if opened and (opened[1] in known or opened[1].islower()):
        raise _unreadable(
            "the front matter that begins with --- does not end", path, 1, 1, "add a line --- to it"
        )


def _unreadable(
    problem: str, path: str, line: int, column: int, hint: str = "write plain `key: value` lines"
) -> UnreadableError:
    return UnreadableError(problem, Where(path, line, column), hint, "front-matter")


def _told(error: yaml.YAMLError | UnreadableError, path: str) -> UnreadableError:
    if isinstance(error, UnreadableError):
        return error
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        problem = error.problem or error.context or "syntax error"
        return _unreadable(
            f"the front matter is not valid YAML: {problem}",
            path,
            mark.line + 2,
            mark.column + 1,
            'put a value that holds ": ", " #" or begins with a sign into "double quotes"',
        )
    reason = getattr(error, "reason", None) or "syntax error"
    return _unreadable(f"the front matter is not valid YAML: {reason}", path, 1, 1)


@dataclass(slots=True)
class _Reader:
    """Walks the YAML events of one front matter, iteratively: depth costs no stack."""

    source: str
    path: str
    options: SplitOptions
    fields: list[Field] = field(default_factory=list)
    blocks: list[tuple[int, int, Block]] = field(default_factory=list)
    flow: int = 0  # how many brackets are open
    above: int = 2  # the number of its first line

    def read(self) -> bool:
        """Collect fields and blocks; whether the YAML is a mapping, or nothing at all."""
        events = yaml.parse(self.source, Loader=Loader)
        next(events)  # the stream begins
        if isinstance(next(events), yaml.StreamEndEvent):
            return True
        first = next(events)
        self._refuse(first)
        if not isinstance(first, yaml.MappingStartEvent):
            return False
        self.flow = int(bool(first.flow_style))
        self._mapping(events, (), 1)
        next(events)  # the document ends
        if not isinstance(after := next(events), yaml.StreamEndEvent):
            raise self._at(after, "there is more than one YAML document in the front matter")
        return True

    def parts(self) -> Iterator[Part]:
        """The YAML as parts: skeleton, and the blocks of the listed keys."""
        at = 0
        for start, end, block in self.blocks:
            if start > at:
                yield self.source[at:start]
            yield block
            at = end
        if at < len(self.source):
            yield self.source[at:]

    def _at(self, event: _Event, problem: str) -> UnreadableError:
        mark = event.start_mark
        return _unreadable(problem, self.path, mark.line + self.above, mark.column + 1)

    def _refuse(self, event: _Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._at(event, f"front matter may not use an alias (*{event.anchor})")
        if getattr(event, "anchor", None):
            raise self._at(event, f"front matter may not use an anchor (&{event.anchor})")
        if getattr(event, "tag", None):
            raise self._at(event, f"front matter may not use a tag ({event.tag})")

    def _mapping(self, events: Iterator[_Event], names: tuple[str, ...], depth: int) -> None:
        seen: set[str] = set()
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self._refuse(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._at(key, "a key of the front matter must be a plain word")
            if key.value == "<<":
                raise self._at(key, "front matter may not use a merge key (<<)")
            if key.value in seen:
                raise self._at(key, f"the key {key.value!r} is there twice")
            seen.add(key.value)
            self._value(events, next(events), (*names, key.value), depth)

    def _value(
        self,
        events: Iterator[_Event],
        event: _Event,
        names: tuple[str, ...],
        depth: int,
    ) -> None:
        self._refuse(event)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, names)
            line = event.start_mark.line + self.above  # type: ignore[union-attr]  # parsers set it
            self.fields.append(Field(".".join(names), value, line))
            return
        if depth >= _DEEPEST:
            raise self._at(event, f"the front matter is nested deeper than {_DEEPEST} levels")
        self.flow += bool(event.flow_style)
        if isinstance(event, yaml.MappingStartEvent):
            self._mapping(events, names, depth + 1)
        else:
            self._sequence(events, event, names, depth + 1)
        self.flow -= bool(event.flow_style)

    def _sequence(
        self,
        events: Iterator[_Event],
        start: _Event,
        names: tuple[str, ...],
        depth: int,
    ) -> None:
        values: list[str] = []
        plain = True
        number = 0
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            inner = (*names, str(number))
            number += 1
            if isinstance(event, yaml.ScalarEvent):
                self._refuse(event)
                values.append(self._scalar(event, inner))
            else:
                plain = False
                self._value(events, event, inner, depth)
        if plain or values:
            line = start.start_mark.line + self.above
            self.fields.append(Field(".".join(names), tuple(values), line))

    def _scalar(self, event: _Event, names: tuple[str, ...]) -> str:
        value: str = event.value
        if not event.style and value in _NULL:
            return ""
        listed = ".".join(name for name in names if not name.isdigit())
        if listed in self.options.keys and value.strip():
            self._block(event, ".".join(names), role_of(listed))
        return value

    def _block(self, event: _Event, key: str, role: Role) -> None:
        start = event.start_mark.index
        raw = self.source[start : event.end_mark.index]
        text = event.value
        if event.style in ("|", ">"):
            raw = raw.rstrip()  # the line end after it, and the blank lines it keeps
            text = text.strip()
        escape = _escape(event.style, raw, self.flow)
        block = Block(role, (Text(raw, text),), event.start_mark.line + self.above, escape, key)
        self.blocks.append((start, start + len(raw), block))


def _escape(style: str | None, raw: str, flow: int) -> str:
    """How a scalar is written back: its style, and what a block scalar needs to know."""
    if style == "'":
        return "yaml-single"
    if style == '"':
        return "yaml-double"
    if style not in ("|", ">"):
        return "yaml-flow" if flow else "yaml-plain"
    header, _, content = raw.partition("\n")
    lines = (line for line in content.split("\n") if line.strip())
    first = next(lines, "")
    indent = len(first) - len(first.lstrip(" "))
    ends = "crlf" if header.endswith("\r") else "lf"
    return f"yaml-block {header.split()[0]} {indent} {ends}"
