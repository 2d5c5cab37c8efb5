"""HTML text in, its parts out: blocks of words, words that stay, and skeleton."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.formats import _html_names as names
from pipeline.formats._html_attributes import tag_parts, values_of
from pipeline.formats._html_inline import Place, bare, has_words, run_parts
from pipeline.formats._html_items import Item, code, comment, instruction, kept, tag, words
from pipeline.formats._html_source import Source
from pipeline.formats._html_tokens import Kind, Token, alone, tokens
from pipeline.formats._jsonld import script_parts
from pipeline.model import Block, Part, Protected, Role, SplitOptions, join

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
        self._source = Source(found)
        self._tokens = found
        self._ends = self._source.ends
        self._options = options
        self._parts: list[Part] = []
        self._run: list[Item] = []
        self._places: list[Place] = []
        self._keep_space_until = -1
        self._note = ""
        self._later_note = ""  # for the block after the run that this note stands in
        self._skip = False

    def parts(self) -> list[Part]:
        """All parts, in order."""
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        self._flush()
        return self._parts

    def _step(self, index: int) -> int:
        """Take in the token at the index; give back the index of the next one."""
        token = self._tokens[index]
        match token.kind:
            case Kind.WORDS:
                self._run += words(token, keep_space=index < self._keep_space_until)
            case Kind.SHORTCODE:
                self._run.append(kept(token, token.raw, "shortcode", token.raw))
            case Kind.INSTRUCTION:
                self._run.append(instruction(token))
            case Kind.COMMENT:
                return self._comment(index, token)
            case Kind.START:
                return self._start(index, token)
            case Kind.END:
                self._end(index, token)
        return index + 1

    def _flush(self) -> None:
        """End the run of inline content."""
        items, self._run = self._run, []
        if not items:
            return
        outer = bare(items)
        if not has_words(items) and not any(isinstance(part, Block) for part in outer):
            self._parts += outer
            return
        if self._skip:
            self._skip = False
            self._parts.append(Protected(join(outer), "skip"))
            return
        place = self._places[-1] if self._places else Place()
        self._parts += run_parts(items, place, "html-text", self._note)
        self._note, self._later_note = self._later_note, ""

    def _boundary(self, index: int) -> None:
        self._flush()
        while self._places and self._places[-1].end <= index:
            self._places.pop()

    def _comment(self, index: int, token: Token) -> int:
        directive = _DIRECTIVE.match(token.raw)
        if directive is None or directive[1] == "skip-end":
            self._run.append(comment(token))
            return index + 1
        if directive[1] == "skip":
            return self._skip_next(index, token)
        if directive[1] == "skip-start":
            self._flush()
            self._parts.append(token.raw)
            end = self._skip_end(index + 1)
            self._keep(index + 1, end, "skip")
            return end
        note = _SPACES.sub(" ", directive[2]).strip()
        if has_words(self._run):
            self._later_note = note
        else:
            self._note = note
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
        start = self._tokens[after] if after < len(self._tokens) else token
        if start.kind is Kind.START and start.name in names.BLOCK and not alone(start):
            end = self._source.after(after)
            self._boundary(after)
            self._parts.append(self._source.raw(index, after))
            self._keep(after, end, "skip")
            return end
        self._parts.append(token.raw)
        self._skip = True
        return index + 1

    def _keep(self, start: int, end: int, rule: str) -> None:
        raw = self._source.raw(start, end)
        self._parts.append(Protected(raw, rule) if self._source.seen(start, end) else raw)

    # ------------------------------------------------------------ tags

    def _start(self, index: int, token: Token) -> int:
        block = token.name in names.BLOCK
        if block:
            self._boundary(index)
        values = values_of(token)
        if _stays(values):
            return self._untranslated(index, block=block)
        if self._is_closed(index, token):
            return self._closed(index, token, values)
        if not block:
            self._run.append(tag(token, tag_parts(token), values))
            return index + 1
        return self._block(index, token, values)

    def _end(self, index: int, token: Token) -> None:
        if token.name in names.BLOCK:
            self._boundary(index)
            self._parts.append(token.raw)
        else:
            self._run.append(tag(token, (token.raw,), {}))

    def _block(self, index: int, token: Token, values: Mapping[str, str]) -> int:
        parts = tag_parts(token, self._note)
        self._note = self._note if len(parts) == 1 else ""
        self._parts += parts
        end = self._ends[index]
        role = names.ROLES.get(token.name)
        if values.get("role") in ("doc-footnote", "doc-endnote"):
            role = Role.FOOTNOTE
        if role and end >= 0:
            level = int(token.name[1]) if role is Role.HEADING else 0
            self._places.append(Place(role, level, values.get("id", "") if level else "", end))
        if token.name in names.PREFORMATTED:
            if not self._options.translate_pre:
                self._keep(index + 1, end, "code")
                return end
            self._keep_space_until = end
        return index + 1

    def _untranslated(self, index: int, *, block: bool) -> int:
        """An element with translate="no": nothing in it is for translation."""
        end = self._source.after(index)
        if block:
            self._keep(index, end, "translate-no")
            return end
        token, raw = self._tokens[index], self._source.raw(index, end)
        if self._source.seen(index, end):
            self._run.append(kept(token, raw, "translate-no", self._source.plain(index, end)))
        else:
            self._run.append(code(token, (raw,)))
        return end

    def _is_closed(self, index: int, token: Token) -> bool:
        """Whether the content of an element is nobody's to translate."""
        if self._ends[index] < 0:
            return False
        if token.name == "code":  # one without an end tag would swallow its paragraph
            return self._source.after(index) > self._ends[index]
        return token.name in names.VERBATIM or token.name in names.SILENT

    def _closed(self, index: int, token: Token, values: Mapping[str, str]) -> int:
        """Such an element is one code in the run; its own attributes are for translation."""
        end, after = self._ends[index], self._source.after(index)
        raw, close = self._source.raw(index + 1, end), self._source.raw(end, after)
        seen = token.name in names.VERBATIM and self._source.seen(index + 1, end)
        if token.name == "code" and seen:
            whole, plain = token.raw + raw + close, self._source.plain(index, end)
            self._run.append(kept(token, whole, "code", plain))
            return after
        content: tuple[Part, ...] = (raw,)
        if seen:
            content = (Protected(raw, names.VERBATIM[token.name]),)
        elif values.get("type", "").strip().lower() == "application/ld+json":
            content = script_parts(raw, token.line + token.raw.count("\n"), self._nested)
        parts = (*tag_parts(token), *content, close)
        plain = self._source.plain(index, end) if seen and token.name == "math" else ""
        self._run.append(code(token, parts, shows=f"<{token.name}>", plain=plain))
        return after

    def _nested(self, raw: str, line: int) -> tuple[Part, ...]:
        return split_fragment(raw, line, self._options)


def _stays(values: Mapping[str, str]) -> bool:
    classes = values.get("class", "").split()
    return values.get("translate", "").strip().lower() == "no" or "notranslate" in classes
