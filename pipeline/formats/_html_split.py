"""HTML text in, its parts out: blocks of words, words that stay, and skeleton."""

from __future__ import annotations

import re

from pipeline.formats import _html_names as names
from pipeline.formats._html_attributes import tag_parts, values_of
from pipeline.formats._html_inline import Item, Place, bare, comment, protected, run_parts, words
from pipeline.formats._html_tokens import Kind, Token, alone, element_ends, tokens
from pipeline.formats._jsonld import script_parts
from pipeline.model import Kind as MarkKind
from pipeline.model import Mark, Part, Protected, Role, SplitOptions, Text

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DIRECTIVE = re.compile(r"<!--\s*l10n:(note|skip-start|skip-end|skip)\b(.*?)(?:--!?>|$)", re.S)


def split_fragment(raw: str, line: int, options: SplitOptions) -> tuple[Part, ...]:
    """The parts of some HTML whose first line is `line`; elements may begin or end outside.

    Raises:
        UnreadableError: the tokenizer lost its place.
    """
    return tuple(_joined(_Splitter(tokens(raw, line), options).parts()))


def _joined(parts: list[Part]) -> list[Part]:
    """The parts without empty strings, and with neighbouring strings made one."""
    joined: list[Part] = []
    strings: list[str] = []
    for part in parts:
        if isinstance(part, str):
            strings.append(part)
            continue
        if text := "".join(strings):
            joined.append(text)
        strings.clear()
        joined.append(part)
    text = "".join(strings)
    return [*joined, text] if text else joined


class _Splitter:
    """Walks the tokens once; knows the run it is in and the elements around it."""

    def __init__(self, found: list[Token], options: SplitOptions) -> None:
        self._tokens = found
        self._ends = element_ends(found)
        self._options = options
        self._parts: list[Part] = []
        self._run: list[Item] = []
        self._places: list[Place] = []
        self._keep_space_until = -1
        self._note = ""
        self._skip = False

    def parts(self) -> list[Part]:
        """All parts, in order."""
        index = 0
        while index < len(self._tokens):
            index = self._step(index)
        self._flush()
        return self._parts

    def _step(self, index: int) -> int:
        """Take in the token at the index; give back the index of the next one."""
        token = self._tokens[index]
        match token.kind:
            case Kind.WORDS:
                self._run += words(token, index < self._keep_space_until)
            case Kind.SHORTCODE:
                mark = protected(token.raw, "shortcode")
                self._run.append(Item(mark, token.line, solid=True))
            case Kind.COMMENT:
                return self._comment(index, token)
            case Kind.INSTRUCTION:
                mark = Mark(MarkKind.ALONE, "x", (token.raw,), (token.raw,), token.raw[:40])
                self._run.append(Item(mark, token.line, solid=True))
            case Kind.START:
                return self._start(index, token)
            case Kind.END:
                self._end(index, token)
        return index + 1

    def _raw(self, start: int, end: int) -> str:
        return "".join(token.raw for token in self._tokens[start:end])

    def _flush(self) -> None:
        """End the run of inline content."""
        items, self._run = self._run, []
        if not items:
            return
        texts = [i.inline.text for i in items if isinstance(i.inline, Text)]
        seen = any(char.isalnum() for text in texts for char in text)
        place = self._places[-1] if self._places else Place()
        if seen and self._skip:
            self._skip = False
            raw = "".join(_raw_of(bare(items)))
            self._parts.append(Protected(raw, "skip"))
            return
        note = self._note if seen else ""
        self._note = "" if seen else self._note
        self._parts += run_parts(items, place, "html-text", note)

    def _boundary(self, index: int) -> None:
        self._flush()
        while self._places and self._places[-1].end <= index:
            self._places.pop()

    def _comment(self, index: int, token: Token) -> int:
        directive = _DIRECTIVE.match(token.raw)
        if directive is None:
            self._run.append(comment(token))
            return index + 1
        if directive[1] == "skip-start":
            end = self._skip_end(index + 1)
            self._flush()
            self._parts.append(token.raw)
            self._keep(self._raw(index + 1, end), "skip", self._seen(index + 1, end))
            return end
        if directive[1] == "note":
            self._note = _SPACES.sub(" ", directive[2]).strip()
        elif directive[1] == "skip":
            return self._skip_next(index, token)
        self._run.append(comment(token))
        return index + 1

    def _skip_end(self, index: int) -> int:
        """The index of the next skip-end comment, or of the end."""
        while index < len(self._tokens):
            token = self._tokens[index]
            found = token.kind is Kind.COMMENT and _DIRECTIVE.match(token.raw)
            if found and found[1] == "skip-end":
                break
            index += 1
        return index

    def _skip_next(self, index: int, token: Token) -> int:
        """Skip the block-level element that follows, or else the next run of words."""
        after = index + 1
        while after < len(self._tokens) and not self._tokens[after].raw.strip():
            after += 1
        self._flush()
        if after < len(self._tokens):
            start = self._tokens[after]
            if start.kind is Kind.START and start.name in names.BLOCK and not alone(start):
                end = self._after(after)
                self._boundary(after)
                self._parts.append(self._raw(index, after))
                self._keep(self._raw(after, end), "skip", self._seen(after, end))
                return end
        self._parts.append(token.raw)
        self._skip = True
        return index + 1

    def _keep(self, raw: str, rule: str, seen: bool) -> None:
        self._parts.append(Protected(raw, rule) if seen else raw)

    def _after(self, index: int) -> int:
        """The index behind the element that starts at the index, its end tag included."""
        end = self._ends[index]
        if end < 0:
            return index + 1
        closes = end < len(self._tokens) and self._tokens[end]
        own = closes and closes.kind is Kind.END and closes.name == self._tokens[index].name
        return end + 1 if own else end

    def _seen(self, start: int, end: int) -> bool:
        """Whether readers could see words in these tokens; attributes count as words."""
        for token in self._tokens[start:end]:
            if token.kind is Kind.SHORTCODE or any(map(str.isalnum, token.text)):
                return True
            if token.kind is Kind.START and len(tag_parts(token)) > 1:
                return True
        return False

    def _plain(self, start: int, end: int) -> str:
        return _SPACES.sub(" ", "".join(t.text for t in self._tokens[start:end])).strip()

    def _start(self, index: int, token: Token) -> int:
        block = token.name in names.BLOCK
        if block:
            self._boundary(index)
        values = values_of(token) if "=" in token.raw else {}
        if _stays(values):
            return self._untranslated(index, block)
        if token.name in names.VERBATIM or token.name in names.SILENT:
            end = self._ends[index]
            if end >= 0 and (token.name != "code" or self._after(index) > end):
                return self._closed_world(index, token)
        parts = tag_parts(token)
        if not block:
            self._run.append(_tag(token, parts, values))
            return index + 1
        self._parts += parts
        self._enter(index, token, values)
        if token.name in names.PREFORMATTED:
            end = self._ends[index]
            if not self._options.translate_pre:
                self._keep(self._raw(index + 1, end), "code", self._seen(index + 1, end))
                return end
            self._keep_space_until = end
        return index + 1

    def _enter(self, index: int, token: Token, values: dict[str, str]) -> None:
        role = names.ROLES.get(token.name)
        if values.get("role") in ("doc-footnote", "doc-endnote"):
            role = Role.FOOTNOTE
        if role is None or self._ends[index] < 0:
            return
        level = int(token.name[1]) if role is Role.HEADING else 0
        anchor = values.get("id", "") if level else ""
        self._places.append(Place(role, level, anchor, self._ends[index]))

    def _untranslated(self, index: int, block: bool) -> int:
        """An element with translate="no": nothing in it is for translation."""
        end = self._after(index)
        raw, seen = self._raw(index, end), self._seen(index, end)
        if block:
            self._keep(raw, "translate-no", seen)
        else:
            mark = protected(raw, "translate-no", self._plain(index, end))
            plain = Mark(MarkKind.ALONE, "x", (raw,), (raw,))
            self._run.append(Item(mark if seen else plain, self._tokens[index].line, seen))
        return end

    def _closed_world(self, index: int, token: Token) -> int:
        """An element whose content is nobody's to translate: one code in the run."""
        end, after = self._ends[index], self._after(index)
        raw, close = self._raw(index + 1, end), self._raw(end, after)
        seen = token.name in names.VERBATIM and self._seen(index + 1, end)
        if token.name == "code" and seen:
            plain = self._plain(index, end)
            mark = protected(token.raw + raw + close, "code", plain, "c")
        else:
            content: tuple[Part, ...] = (raw,)
            if seen:
                content = (Protected(raw, names.VERBATIM[token.name]),)
            elif token.name == "script" and _is_jsonld(token):
                line = token.line + token.raw.count("\n")
                content = script_parts(raw, line, self._nested)
            parts = (*tag_parts(token), *content, close)
            plain = self._plain(index, end) if token.name == "math" else ""
            mark = Mark(MarkKind.ALONE, "x", parts, parts, token.name, plain)
        self._run.append(Item(mark, token.line, seen and token.name in ("code", "math")))
        return after

    def _nested(self, raw: str, line: int) -> tuple[Part, ...]:
        return split_fragment(raw, line, self._options)

    def _end(self, index: int, token: Token) -> None:
        if token.name in names.BLOCK:
            self._boundary(index)
            self._parts.append(token.raw)
        else:
            self._run.append(_tag(token, (token.raw,), {}))


def _raw_of(parts: list[Part]) -> list[str]:
    from pipeline.model import raw_of

    return [raw_of(part) for part in parts]


def _is_jsonld(token: Token) -> bool:
    return values_of(token).get("type", "").strip().lower() == "application/ld+json"


def _stays(values: dict[str, str]) -> bool:
    return (
        values.get("translate", "").lower() == "no"
        or "notranslate" in values.get("class", "").split()
    )


def _tag(token: Token, parts: tuple[Part, ...], values: dict[str, str]) -> Item:
    """The code for one inline tag."""
    name = names.CODES.get(token.name, "x")
    kind = MarkKind.CLOSE if token.kind is Kind.END else MarkKind.OPEN
    if token.kind is Kind.START and alone(token):
        kind = MarkKind.ALONE
    shows = token.name
    return Item(Mark(kind, name, parts, parts, shows), token.line, solid=False)
