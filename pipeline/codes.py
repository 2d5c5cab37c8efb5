"""The grammar of codes in a segment: words and code ends ↔ the text a translator sees.

Translators see `<b1>…</b1>` for a pair and `<c4/>` for a code that stands alone. Words that
only look so are written with `&lt;` for their `<`, and words that already have that `&lt;`
with `&amp;lt;`: each level moves one up, so that reading is the exact inverse of writing.
Every other `<` and `&` is a plain character and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model import Code, Kind

SKIP = "<skip/>"

_NAME = r"[a-z]{1,8}[0-9]{1,4}"
# what must follow a `<` to be read as a code; editors may put a space before the end
_AFTER = rf"(?:/{_NAME} ?>|{_NAME} ?/?>|skip ?/>)"
_TOKEN = re.compile(
    rf"<(?:/(?P<close>{_NAME}) ?|(?P<name>{_NAME}) ?(?P<alone>/?))>"
    rf"|(?P<skip><skip ?/>)"
    rf"|&(?P<level>(?:amp;)*)lt;(?={_AFTER})"
)
_LIKE_A_CODE = re.compile(rf"(?:<|&(?:amp;)*lt;)(?={_AFTER})")
_EMPTY = re.compile(rf"<({_NAME})></\1>")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a code, or the whole of a code that stands alone."""

    kind: Kind
    code: Code


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the codes of a translation, and how to mend it."""

    message: str
    hint: str


Word: TypeAlias = str | End


def is_skip(translation: str) -> bool:
    """Whether the translation says "translated with the sentence before"."""
    return "<skip" in translation and translation.strip() in (SKIP, "<skip />")


def escape(words: str) -> str:
    """Write words so that nothing in them is read as a code."""
    if "<" not in words and "&" not in words:
        return words
    return _LIKE_A_CODE.sub(_one_level_up, words)


def _one_level_up(match: re.Match[str]) -> str:
    seen = match.group()
    return "&lt;" if seen == "<" else "&amp;" + seen[1:]


def render(words: Iterable[Word]) -> str:
    """The text a translator sees for words and code ends."""
    out: list[str] = []
    run = ""
    for word in words:
        if isinstance(word, str):
            run += word
        else:
            out += (escape(run), mark(word.kind, word.code.name))
            run = ""
    return "".join([*out, escape(run)])


def mark(kind: Kind, name: str) -> str:
    """One code end as a translator sees it: `<b1>`, `</b1>` or `<b1/>`."""
    if kind is Kind.OPEN:
        return f"<{name}>"
    return f"</{name}>" if kind is Kind.CLOSE else f"<{name}/>"


def plain(words: Iterable[Word]) -> str:
    """What a reader reads: the words, and those that codes standing alone show."""
    return "".join(
        w if isinstance(w, str) else w.code.plain if w.kind is Kind.ALONE else "" for w in words
    )


def parse(translation: str, codes: tuple[Code, ...]) -> tuple[tuple[Word, ...], tuple[Fault, ...]]:
    """Read a translation as words and code ends, with all that is wrong with its codes.

    With faults, the words are of no use for rendering: a page is never half right.
    `<skip/>` alone gives no words, and its segment's codes count as lost.
    """
    if "<" not in translation and "&" not in translation and not codes:
        return ((translation,) if translation else ()), ()
    if is_skip(translation):
        return (), tuple(_lost(code) for code in codes)
    reader = _Reader({code.name: code for code in codes})
    translation = _EMPTY.sub(reader.empty, translation)
    at = 0
    for match in _TOKEN.finditer(translation):
        reader.words(translation[at : match.start()])
        reader.token(match)
        at = match.end()
    reader.words(translation[at:])
    return reader.done()


def codes_of(text: str) -> tuple[Code, ...]:
    """The codes that a msgid names, without their notation: enough to judge a translation."""
    found: dict[str, Code] = {}
    for match in _TOKEN.finditer(text):
        if match["name"]:
            name = match["name"]
            found.setdefault(name, Code(name, not match["alone"], (), (), (), ""))
    return tuple(found.values())


def _lost(code: Code) -> Fault:
    seen = f"<{code.name}>…</{code.name}>" if code.pair else f"<{code.name}/>"
    return Fault(f"the code {seen} is lost", f"put {seen} where its words or its place are")


def _is_link(name: str) -> bool:
    return name[0] == "a" and name[1].isdigit()


class _Reader:
    """Reads the tokens of one translation from left to right."""

    def __init__(self, codes: dict[str, Code]) -> None:
        self.codes = codes
        self.out: list[Word] = []
        self.open: dict[str, None] = {}  # in order: a set that knows its last
        self.links = 0  # how many of them are links
        self.seen: set[str] = set()
        self.faults: list[Fault] = []

    def words(self, words: str) -> None:
        if words and self.out and isinstance(self.out[-1], str):
            self.out[-1] += words
        elif words:
            self.out.append(words)

    def fault(self, message: str, hint: str) -> None:
        self.faults.append(Fault(message, hint))

    def empty(self, match: re.Match[str]) -> str:
        """Editors of XML write a code that stands alone as `<c4></c4>`."""
        code = self.codes.get(match[1])
        return match[0] if code is None or code.pair else f"<{match[1]}/>"

    def token(self, match: re.Match[str]) -> None:
        if match["level"] is not None:
            # one level down: `&lt;` → `<`, `&amp;lt;` → `&lt;`
            self.words(f"&{match['level'][4:]}lt;" if match["level"] else "<")
        elif match["skip"]:
            self.fault(f"{SKIP} stands among words", f"write {SKIP} alone, or take it out")
        else:
            self.code(match["name"] or match["close"], match)

    def code(self, name: str, match: re.Match[str]) -> None:
        code = self.codes.get(name)
        if code is None:
            known = " ".join(f"<{n}>" for n in self.codes) or "no codes"
            hint = f"the source has {known}; for the words themselves write &lt; for the <"
            self.fault(f"the source has no code {match[0]}", hint)
        elif code.pair == bool(match["alone"]) or (match["close"] and not code.pair):
            self.fault(f"{match[0]} is not how this code is written", _lost(code).hint)
        elif match["close"]:
            self.close(code)
        elif name in self.seen:
            self.fault(f"the code <{name}> stands twice", "keep the one at the right place")
        else:
            self.start(code)

    def start(self, code: Code) -> None:
        self.seen.add(code.name)
        if not code.pair:
            self.out.append(End(Kind.ALONE, code))
            return
        if _is_link(code.name):
            if self.links:
                hint = "end that one first"
                self.fault(f"the link <{code.name}> stands inside another link", hint)
            self.links += 1
        self.open[code.name] = None
        self.out.append(End(Kind.OPEN, code))

    def close(self, code: Code) -> None:
        name = code.name
        if name not in self.open:
            self.fault(f"</{name}> ends a code that is not open", f"write <{name}> before it")
            return
        inner = next(reversed(self.open))
        if inner != name:
            hint = f"write </{inner}> before </{name}>"
            self.fault(f"<{inner}> and <{name}> overlap", hint)
        del self.open[name]
        self.links -= _is_link(name)
        self.out.append(End(Kind.CLOSE, code))

    def done(self) -> tuple[tuple[Word, ...], tuple[Fault, ...]]:
        for name in self.open:
            self.fault(f"the code <{name}> is not closed", f"write </{name}> after its words")
        self.faults += (_lost(c) for n, c in self.codes.items() if n not in self.seen)
        return tuple(self.out), tuple(self.faults)
