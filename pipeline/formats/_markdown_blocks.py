"""A Markdown body in, its parts out: blocks, words that stay, and skeleton."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pyromark

from pipeline.errors import UnreadableError
from pipeline.formats._html_split import split_fragment
from pipeline.formats._markdown_fragment import weave
from pipeline.formats._markdown_inline import SPANS, Inlines, bare, run_of
from pipeline.formats._markdown_links import definition
from pipeline.formats._markdown_source import OPTIONS, Event, Source, behind
from pipeline.formats._quick import block
from pipeline.model import Block, Inline, Part, Protected, Role, SplitOptions, Text, Where

_WORD = re.compile(r"[^\W_]")
_DIRECTIVE = re.compile(r"\s*<!--\s*l10n:(note|skip-start|skip-end|skip)\b(.*?)-->\s*", re.DOTALL)
_SKIP = "<!--l10n:skip-->"
_ROLES = {"Item": Role.ITEM, "FootnoteDefinition": Role.FOOTNOTE, "BlockQuote": Role.TEXT}
# Parts of a block; and HTML, which looks itself for what to skip.
_NOT_SKIPPED = SPANS | {"HtmlBlock", "Item", "TableHead", "TableRow", "TableCell"}


def split_body(text: str, path: str, line: int, options: SplitOptions) -> tuple[Part, ...]:
    """The parts of a Markdown text without front matter, whose first line is `line`.

    Raises:
        UnreadableError: a region that begins with l10n:skip-start does not end.
    """
    if not text:
        return ()
    return _Blocks(Source(text, path, line), options).parts()


class _Blocks:
    """Walks the events once, without recursion: depth costs no stack."""

    def __init__(self, source: Source, options: SplitOptions) -> None:
        self._source = source
        self._events = source.events()
        self._options = options
        self._parts: list[Part] = []
        self._cursor = 0  # everything before it is in a part
        self._roles: list[Role] = [Role.TEXT]
        self._footnotes: dict[str, int] = {}
        self._note = ""
        self._skip = False
        self._skipping = -1  # where a region to skip begins
        self._definitions = self._titles()
        self._directives = self._source.directives[::-1]

    def parts(self) -> tuple[Part, ...]:
        """All parts, in order."""
        events = self._events
        at, last = 0, len(events)
        while at < last:
            event, spot = events[at]
            if event.__class__ is str:
                at = at + 1 if event == "Rule" else self._inlines(at, self._roles[-1], "md")
            elif "End" in event:
                tag = event["End"]
                if (tag if tag.__class__ is str else next(iter(tag))) in _ROLES:
                    self._roles.pop()
                at += 1
            elif "Start" in event:
                at = self._start(event["Start"], spot, at)
            else:
                at = self._inlines(at, self._roles[-1], "md")
        if self._skipping >= 0:
            where = Where(self._source.path, self._source.line(self._skipping))
            raise UnreadableError(
                "this l10n:skip-start has no l10n:skip-end", where, "add <!-- l10n:skip-end -->"
            )
        self._titled(len(self._source.data))
        self._upto(len(self._source.data))
        return tuple(self._parts)

    def _titles(self) -> list[tuple[int, int, str]]:
        """The reference definitions that have a title, the last one first."""
        if b"]:" not in self._source.seen:
            return []
        found = pyromark.reference_definitions(self._source.text, options=OPTIONS)
        spans = [(d["span"], d["title"]) for d in found.values() if d["title"]]
        return sorted(((s["start"], s["end"], title) for s, title in spans), reverse=True)

    def _titled(self, before: int) -> None:
        """Take in the definitions that stand before an offset."""
        while self._definitions and self._definitions[-1][0] < before:
            start, end, title = self._definitions.pop()
            if start >= self._cursor and self._skipping < 0:
                self._upto(start)
                self._parts += definition(self._source, start, end, title)
                self._cursor = end

    def _upto(self, offset: int) -> None:
        """Make skeleton of what stands before an offset."""
        while self._directives and self._directives[-1][1] <= offset:
            start, end = self._directives.pop()
            if start >= self._cursor:
                self._upto(start)
                self._parts.append(Protected(self._source.raw(start, end), "directive"))
                self._cursor = end
        if offset > self._cursor:
            self._parts.append(self._source.raw(self._cursor, offset))
            self._cursor = offset

    def _add(self, parts: tuple[Part, ...], start: int, end: int) -> None:
        if self._skipping >= 0:
            return
        if self._definitions:
            self._titled(start)
        if self._directives:
            self._upto(start)
        elif start > self._cursor:
            self._parts.append(self._source.raw(self._cursor, start))
        self._parts += parts
        self._cursor = end

    def _start(self, tag: Event, spot: Any, at: int) -> int:  # noqa: ANN401 (untyped event)
        """Take in the beginning of a block; give back the event to go on with."""
        name = tag if tag.__class__ is str else next(iter(tag))
        if self._skip and name not in _NOT_SKIPPED:
            self._skip = False
            self._add((self._kept(spot["start"], spot["end"]),), spot["start"], spot["end"])
            return behind(self._events, at)
        if name == "Paragraph":
            return self._inlines(at + 1, self._roles[-1], "md")
        if name in SPANS:  # of a list item without paragraphs
            return self._inlines(at, self._roles[-1], "md")
        if name == "HtmlBlock":
            return self._html(at + 1)
        if name == "TableCell":
            return self._inlines(at + 1, Role.CELL, "md-cell")
        if name == "Heading":
            return self._heading(tag["Heading"], spot["start"], at + 1)
        if name == "CodeBlock":
            return self._code(at + 1)
        if name in _ROLES:
            self._roles.append(_ROLES[name])
        return at + 1

    def _heading(self, heading: Any, start: int, at: int) -> int:  # noqa: ANN401 (untyped event)
        atx = self._source.seen[start : start + 1] == b"#"
        level, anchor = int(heading["level"][1]), heading["id"] or ""
        return self._inlines(at, Role.HEADING, "md-heading" if atx else "md-setext", level, anchor)

    def _inlines(self, at: int, role: Role, notation: str, level: int = 0, anchor: str = "") -> int:
        """Take in a block's words; give back the event behind them."""
        inlines: tuple[Inline, ...]
        if words := run_of(self._source, self._events, at):
            spot = self._events[at][1]
            start, end, inlines, at = spot["start"], spot["end"], (words,), at + 1
        else:
            found = Inlines(self._source, self._footnotes)
            at = found.read(self._events, at)
            start, end, inlines = found.start, found.end, tuple(found.out)
        if not inlines or start < self._cursor:
            return at
        if _has_words(inlines):
            line = self._source.line(start)
            made = block(role, inlines, line, notation, "", level, anchor, self._note)
            self._note = ""
            self._add((made,), start, end)
        else:
            self._add(bare(inlines), start, end)
        return at

    def _code(self, at: int) -> int:
        events, first = self._events, at
        while "End" not in events[at][0]:
            at += 1
        if at > first:
            start, end = events[first][1]["start"], events[at - 1][1]["end"]
            self._add((self._kept(start, end, "code"),), start, end)
        return at + 1

    def _kept(self, start: int, end: int, rule: str = "skip") -> Part:
        raw = self._source.raw(start, end)
        return Protected(raw, rule) if raw.strip() else raw

    def _html(self, at: int) -> int:
        """Take in a raw HTML block, whose lines are one event each."""
        events = self._events
        lines: list[tuple[int, int]] = []
        while "End" not in events[at][0]:
            lines.append((events[at][1]["start"], events[at][1]["end"]))
            at += 1
        if not lines:
            return at + 1
        start, end = lines[0][0], lines[-1][1]
        raw = self._source.raw(start, end)
        directive = _DIRECTIVE.fullmatch(raw) if "l10n:" in raw else None
        if directive:
            self._direct(directive[1], directive[2], start, end)
        elif self._skipping >= 0:
            pass
        elif raw.startswith("<!--") and raw.rstrip().endswith("-->") and raw.count("-->") == 1:
            pass  # a comment, which is skeleton
        else:
            parts = weave(self._source, lines, self._fragment, self._source.line(start))
            self._add(parts, start, end)
        return at + 1

    def _fragment(self, raw: str, line: int) -> tuple[Part, ...]:
        try:
            parts = split_fragment(_SKIP * self._skip + raw, line, self._options)
        except UnreadableError as error:
            place = Where(self._source.path, error.where.line if error.where else line)
            raise UnreadableError(error.problem, place, error.hint, error.code) from None
        if self._skip:  # what the directive asks for is the same as in an HTML article
            parts = (str(parts[0])[len(_SKIP) :], *parts[1:])
            self._skip = not any(isinstance(p, Protected) and p.rule == "skip" for p in parts)
        if self._note and any(isinstance(part, Block) for part in parts):
            index = next(i for i, part in enumerate(parts) if isinstance(part, Block))
            first = parts[index]
            if isinstance(first, Block) and not first.note:
                parts = (*parts[:index], replace(first, note=self._note), *parts[index + 1 :])
            self._note = ""
        return parts

    def _direct(self, word: str, rest: str, start: int, end: int) -> None:
        """Obey a comment to this tool."""
        if word == "note":
            self._note = " ".join(rest.split())
        elif word == "skip":
            self._skip = True
        elif word == "skip-start" and self._skipping < 0:
            self._titled(end)
            self._upto(end)
            self._skipping = end
        elif word == "skip-end" and self._skipping >= 0:
            begin, self._skipping = self._skipping, -1
            self._definitions = [d for d in self._definitions if d[0] >= start]
            self._add((self._kept(begin, start),), begin, start)


def _has_words(inlines: tuple[Inline, ...]) -> bool:
    for inline in inlines:  # noqa: SIM110 (a generator would double the time)
        if inline.__class__ is Text and _WORD.search(inline.text):
            return True
    return False
