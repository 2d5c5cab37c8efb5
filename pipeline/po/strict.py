"""The exact reader: PO bytes → entries in file order, or every fault with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import UnreadableError
from pipeline.model import Entry
from pipeline.po.draft import Draft
from pipeline.po.encoding import decoded_lines
from pipeline.po.faults import Faults
from pipeline.po.header import Header, parsed, plural_count
from pipeline.po.strings import FORBIDDEN, BadEscapeError, unescaped

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:[ \t]*\[(\d*)\])?[ \t]*(?=")')
_LITERAL = re.compile(r'[ \t]*"((?:[^"\\]|\\.)*)"')
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?= |$)")
# a keyword may follow these; anything else leaves an entry unfinished
_BEFORE = {
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}
_INDEX_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a file: the header entry, and the others in file order."""

    header: Entry | None
    entries: tuple[Entry, ...]


def read_strictly(content: bytes, path: str) -> Reading:
    """Read a whole PO file.

    Raises:
        UnreadableError: with one finding for each fault.
    """
    reader = _Reader(path)
    for number, (start, end, line) in enumerate(decoded_lines(content, path), 1):
        reader.take(line, number, start, end)
    reader.close()
    if reader.faults.found:
        raise UnreadableError.of(tuple(reader.faults.found))
    return Reading(reader.header, tuple(reader.entries))


class _Reader:
    """Takes the lines of a file one by one."""

    def __init__(self, path: str) -> None:
        self.faults = Faults(path)
        self.header: Entry | None = None
        self.entries: list[Entry] = []
        self.forms = 0
        self.seen: dict[tuple[str, str], int] = {}
        self.draft: Draft | None = None
        self.in_conflict = False

    def take(self, line: str, number: int, start: int, end: int) -> None:
        line = line.removesuffix("\r")
        if self._conflict(line, number):
            return
        for character in ("\r", "\0"):
            if character in line:
                self.faults.character(character, number, line.index(character) + 1)
                return
        text = line.lstrip(" \t")
        column = len(line) - len(line.lstrip(" \t")) + 1
        obsolete = text.startswith("#~")
        if obsolete:
            column += len(text)
            text = text[2:].lstrip(" \t")
            column -= len(text)
            text = f"#{text}" if text[:1] == "|" else text
        if not text.rstrip(" \t"):
            return
        if text[0] == "#":
            self._comment(text, number, start)
        else:
            self._strings(text.rstrip(" \t"), (number, column), start, obsolete=obsolete)
        if self.draft:
            self.draft.end = end

    def close(self) -> None:
        """Finish the last entry; comments that no entry follows belong to none."""
        self._finish()

    def _conflict(self, line: str, number: int) -> bool:
        marker = _CONFLICT.match(line)
        if marker:
            if not self.in_conflict:
                self.faults.conflict(number)
            self.in_conflict = marker[1][0] != ">"
            if self.draft:
                self.draft.broken = True
        return bool(marker) or self.in_conflict

    def _comment(self, text: str, number: int, start: int) -> None:
        if self.draft and self.draft.stage:
            self._finish()
        if not self.draft:
            self.draft = Draft(number, start)
        self.draft.notes.add(text)

    def _strings(self, text: str, at: tuple[int, int], start: int, *, obsolete: bool) -> None:
        """Take a line that begins with a keyword or goes on with a string."""
        keyword = _KEYWORD.match(text)
        if keyword:
            draft = self._opened(keyword[1], at[0], start, obsolete=obsolete)
            value = self._literals(text, keyword.end(), at)
            self._put(draft, keyword, value, at)
        elif text[0] == '"':
            open_draft = self.draft
            value = self._literals(text, 0, at)
            if not open_draft or not open_draft.stage:
                self.faults.stray_string(*at)
            elif open_draft.obsolete != obsolete:
                self.faults.mixed(*at)
            else:
                open_draft.texts[open_draft.stage][-1] += value
        else:
            self.faults.keyword(text, *at)
            if self.draft:
                self.draft.broken = True

    def _opened(self, keyword: str, number: int, start: int, *, obsolete: bool) -> Draft:
        draft = self.draft
        if draft and draft.stage:
            goes_on = draft.stage in _BEFORE[keyword] and draft.obsolete == obsolete
            if not goes_on:
                self._finish()
        if not self.draft:
            self.draft = Draft(number, start)
        draft = self.draft
        if not draft.stage:
            draft.at, draft.obsolete = number, obsolete
        return draft

    def _put(self, draft: Draft, keyword: re.Match[str], value: str, at: tuple[int, int]) -> None:
        name, index = keyword[1], keyword[2]
        if name != "msgstr" and index is not None:
            self.faults.plural(f"{name} takes no number", *at)
        if not draft.stage and name in ("msgid_plural", "msgstr"):
            if not draft.broken:
                self.faults.without_msgid(name, *at)
            draft.broken = True
        if name == "msgstr":
            self._number(draft, index, at)
        draft.stage = name
        draft.texts.setdefault(name, []).append(value)

    def _number(self, draft: Draft, index: str | None, at: tuple[int, int]) -> None:
        plural = "msgid_plural" in draft.texts
        expected = len(draft.texts.get("msgstr", ()))
        if draft.broken:
            return
        problem = ""
        if index is None:
            if plural:
                problem = "an entry with msgid_plural needs msgstr[0], msgstr[1] …"
            elif expected:
                problem = "a second msgstr for the same msgid"
        elif not plural:
            problem = f"msgstr[{index[:_INDEX_DIGITS]}] without msgid_plural"
        elif not index or len(index) > _INDEX_DIGITS or int(index) != expected:
            problem = f"msgstr[{index[:12]}] where msgstr[{expected}] should stand"
        if problem:
            draft.broken = True
            self.faults.plural(problem, *at)

    def _literals(self, text: str, position: int, at: tuple[int, int]) -> str:
        """The joined literals from `position` to the end of the line."""
        number, column = at
        value = ""
        while position < len(text):
            literal = _LITERAL.match(text, position)
            if not literal:
                self.faults.string(text, position, number, column)
                if self.draft:
                    self.draft.broken = True
                break
            value += self._value(literal, number, column)
            position = literal.end()
        return value

    def _value(self, literal: re.Match[str], number: int, column: int) -> str:
        first = literal.start(1) + column
        try:
            value = unescaped(literal[1])
        except BadEscapeError as error:
            self.faults.escape(error.escape, number, first + error.at)
            return ""
        bad = FORBIDDEN.search(value)
        if bad:
            raw = literal[1].find(bad[0])
            self.faults.character(bad[0], number, first + max(raw, 0))
        return value

    def _finish(self) -> None:
        draft, self.draft = self.draft, None
        if not draft or not draft.stage or draft.broken:
            return
        if draft.stage != "msgstr":
            self.faults.incomplete(draft.stage, draft.at)
            return
        entry = draft.entry()
        if entry.id == ("", ""):
            self._header(entry, draft.at)
        elif entry.id in self.seen:
            self.faults.duplicate(draft.at, self.seen[entry.id])
        elif entry.msgid_plural and self.forms and len(entry.msgstr) != self.forms:
            self.faults.plural_forms(len(entry.msgstr), self.forms, draft.at)
        else:
            self.seen[entry.id] = draft.at
            self.entries.append(entry)

    def _header(self, entry: Entry, line: int) -> None:
        if self.header or self.entries or entry.obsolete:
            self.faults.second_header(line)
            return
        self.header = entry
        fields: Header = parsed(entry.msgstr[0])
        self.forms = plural_count(fields)
