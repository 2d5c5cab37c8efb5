"""What can be wrong with a PO file: the words and the hint for each fault."""

from __future__ import annotations

import difflib

from pipeline.model import Finding, Where

KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")

_NAMES = {
    "\0": "a NUL character",
    "\x04": "an EOT character (U+0004)",
    "\r": "a carriage return inside a line",
    "\u202d": "a left-to-right override (U+202D)",
    "\u202e": "a right-to-left override (U+202E)",
}


class Faults:
    """Gathers the faults of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Finding] = []

    def add(self, code: str, message: str, line: int, column: int, hint: str) -> None:
        """Note one fault."""
        self.found.append(Finding(code, message, Where(self.path, line, column), hint))

    def string(self, text: str, position: int, line: int, column: int) -> None:
        """A literal that does not end, or something behind it."""
        rest = text[position:]
        if rest.lstrip(" \t")[:1] == '"':
            place = column + position + len(rest) - len(rest.lstrip(" \t"))
            hint = "close the string with a quote; the file may have been cut off here"
            self.add("po-string", "this string is not closed", line, place, hint)
            return
        hint = 'write \\" for a quote inside the text'
        self.add("po-string", "text after the closing quote", line, column + position, hint)

    def escape(self, escape: str, line: int, column: int) -> None:
        """An escape that PO does not know."""
        hint = "write \\\\ for a backslash"
        self.add("po-escape", f"the escape {escape} is not known", line, column, hint)

    def keyword(self, text: str, line: int, column: int) -> None:
        """A line that begins with no keyword, or with one that lacks its string."""
        word = text.split(None, 1)[0].partition("[")[0].partition('"')[0]
        if word in KEYWORDS:
            hint = f'write {word} "…" on one line'
            self.add("po-string", f"{word} without a string", line, column, hint)
            return
        near = difflib.get_close_matches(word.lower(), KEYWORDS, 1)
        hint = f"did you mean {near[0]}?" if near else "a note begins with #, a text with a quote"
        self.add("po-keyword", f"{word[:40]!r} is not a PO keyword", line, column, hint)

    def stray_string(self, line: int, column: int) -> None:
        """A string that continues nothing."""
        hint = "put msgid or msgstr before it"
        self.add("po-keyword", "a string without a keyword", line, column, hint)

    def mixed(self, line: int, column: int) -> None:
        """An entry that is obsolete in part."""
        hint = "begin every line of an obsolete entry with #~, or none"
        self.add("po-keyword", "only a part of this entry is obsolete", line, column, hint)

    def without_msgid(self, name: str, line: int, column: int) -> None:
        """A keyword that needs a msgid before it."""
        hint = "restore the msgid, or delete the rest of the entry"
        self.add("po-incomplete", f"{name} without a msgid before it", line, column, hint)

    def incomplete(self, name: str, line: int) -> None:
        """An entry without its msgstr."""
        hint = 'add msgstr "" to leave it untranslated; the file may have been cut off here'
        self.add("po-incomplete", f"the entry ends after its {name}, without msgstr", line, 1, hint)

    def duplicate(self, line: int, first: int) -> None:
        """An entry that stands twice."""
        hint = f"keep one of the two; the first is in line {first}"
        self.add("po-duplicate", "this entry stands in the file already", line, 1, hint)

    def second_header(self, line: int) -> None:
        """An empty msgid that does not begin the file."""
        hint = "only the header has an empty msgid, and it is the first entry"
        self.add("po-duplicate", "an entry with an empty msgid", line, 1, hint)

    def plural(self, problem: str, line: int, column: int) -> None:
        """A wrong or missing plural index."""
        hint = "number the forms msgstr[0], msgstr[1] … in this order"
        self.add("po-plural", problem, line, column, hint)

    def plural_forms(self, count: int, wanted: int, line: int) -> None:
        """An entry whose forms are not those of the header."""
        hint = "write as many forms as nplurals in Plural-Forms says"
        self.add("po-plural", f"{count} plural forms, the header promises {wanted}", line, 1, hint)

    def conflict(self, line: int) -> None:
        """Conflict markers of a version control system."""
        hint = "keep both sides' entries, each once, and take the marker lines out"
        self.add("po-conflict", "a merge conflict was left in this file", line, 1, hint)

    def character(self, character: str, line: int, column: int) -> None:
        """A character that no catalog may hold."""
        hint = "delete the character"
        self.add("po-character", f"{_NAMES[character]} in this line", line, column, hint)
