"""The words and codes of one translated block in, Markdown that parses as just those out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.formats._markdown_proof import reads_as
from pipeline.model import Kind, Tag, Token, Verbatim

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,;:()'\"%/–—’‘“”„«»?°±×³²µ\u00a0\u202f-]|[.!](?!\Z))*[.!]?")
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would escape something
    r"|[`*\[\]]"
    r"|_(?!(?<=\w_)[^\W_])"  # but within a word it is a letter
    r"|<(?=[A-Za-z/!?]|$)"
    r"|&(?=#?\w{1,40};)"
    r"|&$"
    r"|~"
    r"|\{(?=[{%])"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_LINE_START = re.compile(r"(\s*)(?:([#>=]|[-+](?=\s|$|[-=])|\|)|(\d{1,9})([.)])(?=\s|$))")
_BLANKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_LAYOUT = " \t\f\v\r\n"
_ENTITY = {"{": "&#123;"}
_HTML = {"b": "strong", "i": "em", "s": "del"}
_MARKDOWN_PAIR = frozenset(("*", "_", "**", "__", "~", "~~"))


def write_words(tokens: tuple[Token, ...], escape: str) -> str:
    """Write the tokens of a block; `escape` is md, md-heading, md-setext or md-cell.

    The result is parsed again. Where CommonMark would not take a mark for a mark, such as
    the second `**` of `**字：**字`, the pairs are written as HTML.
    """
    if len(tokens) == 1 and isinstance(only := tokens[0], str) and _PLAIN.fullmatch(only):
        return only
    joined = _merged(tokens)
    written = ""
    for heavy, as_html in ((False, False), (False, True), (True, True)):
        chosen = _as_html(joined) if as_html else joined
        written = _written(chosen, escape, heavy)
        if reads_as(written, chosen, escape):
            break
    return written


def _merged(tokens: Sequence[Token]) -> list[Token]:
    merged: list[Token] = []
    for token in tokens:
        if isinstance(token, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + token
        elif token != "":
            merged.append(token)
    return merged


def _as_html(tokens: list[Token]) -> list[Token]:
    """The tokens with Markdown's emphasis and line breaks as HTML tags."""
    out: list[Token] = []
    names: list[str] = []
    for token in tokens:
        if isinstance(token, Tag) and token.kind is Kind.OPEN and token.raw in _MARKDOWN_PAIR:
            names.append(_HTML.get(token.code.name.rstrip("0123456789"), "em"))
            out.append(Tag(token.kind, token.code, f"<{names[-1]}>"))
        elif isinstance(token, Tag) and token.kind is Kind.CLOSE and token.raw in _MARKDOWN_PAIR:
            name = names.pop() if names else "em"
            out.append(Tag(token.kind, token.code, f"</{name}>"))
        elif isinstance(token, Tag) and token.kind is Kind.ALONE and "\n" in token.raw:
            is_break = not token.raw.strip(" \t\\\r\n>")
            out.append(Tag(token.kind, token.code, "<br />") if is_break else token)
        else:
            out.append(token)
    return out


def _written(tokens: list[Token], escape: str, heavy: bool) -> str:
    pieces: list[str] = []
    line_starts = escape in ("md", "md-setext")
    for index, token in enumerate(tokens):
        if not isinstance(token, str):
            pieces.append(token.raw)
            line_starts = "\n" in token.raw and not token.raw.rpartition("\n")[2].strip(" \t>")
            continue
        words = _BLANKS.sub(" ", token)
        if index == 0:
            words = words.lstrip(_LAYOUT)
        if index == len(tokens) - 1:
            words = words.rstrip(_LAYOUT)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        escaped = _escaped(words, escape, line_starts, heavy)
        pieces.append(_edged(escaped, _is_mark(before), _is_mark(following)))
        if words.endswith("!") and following is not None and _raw(following).startswith("["):
            pieces[-1] = pieces[-1][:-1] + "\\!"
        if token.endswith("\n") and escape == "md" and _raw(following or "")[:3] == "<br":
            pieces[-1] = pieces[-1].rstrip(_LAYOUT) + "\n"  # as in the source
        line_starts = line_starts and not words.strip()
    text = "".join(pieces)
    last = next((t for t in reversed(tokens) if not isinstance(t, str) or t.strip()), None)
    if escape in ("md-heading", "md-setext") and isinstance(last, str):
        text = _heading_end(text)
    return text


def _is_mark(token: Token | None) -> bool:
    return isinstance(token, Verbatim) and not token.raw.isspace()


def _edged(text: str, left: bool, right: bool) -> str:
    """The text, with a no-break space beside raw notation as a reference: `**` needs a sign."""
    if right and text[-1:].isspace() and text[-1] not in _LAYOUT:
        text = f"{text[:-1]}&#{ord(text[-1])};"
    if left and text[:1].isspace() and text[0] not in _LAYOUT:
        text = f"&#{ord(text[0])};{text[1:]}"
    return text


def _raw(token: Token) -> str:
    return token if isinstance(token, str) else token.raw


def _escaped(words: str, escape: str, line_starts: bool, heavy: bool) -> str:
    if heavy:
        backslash = "&#92;" if escape == "md-cell" else "\\\\"
        words = _PUNCTUATION.sub(lambda m: backslash if m[0] == "\\" else "\\" + m[0], words)
        words = words.replace("\\{\\{", "&#123;{").replace("\\{\\%", "&#123;%")
        return re.sub(r"^(\d{1,9})(?=\\[.)])", r"\1", words)
    if _SPECIAL.search(words):
        lone = words.count("~") == 1
        words = _SPECIAL.sub(lambda m: _one(m[0], lone), words)
    if escape == "md-cell":
        # A table is cut at its pipes before backslashes are looked at.
        words = words.replace("\\\\", "&#92;").replace("|", "\\|")
    if line_starts and (start := _LINE_START.match(words)):
        place = start.start(2) if start[2] else start.start(4)
        words = words[:place] + "\\" + words[place:]
    return words


def _one(char: str, lone_tilde: bool) -> str:
    if char == "~" and lone_tilde:
        return char
    return _ENTITY.get(char) or "\\" + char


def _heading_end(text: str) -> str:
    """A heading's last `}` or `#` would be taken for its attributes or its closing."""
    bare = text.rstrip("#")
    if len(bare) < len(text) and (not bare or bare[-1] in " \t"):
        return bare + "\\" + text[len(bare) :]
    return text[:-1] + "\\}" if text.endswith("}") and not text.endswith("\\}") else text


def write_title(words: str, quote: str) -> str:
    """Write the title of a link between the quotes that the source has."""
    text = _BLANKS.sub(" ", words).strip()
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)|&(?=#?\w{1,40};)", r"\\\g<0>", text)
    text = text.replace("|", "\\|").replace("{{", "&#123;{").replace("{%", "&#123;%")
    for char in "()" if quote == "(" else quote:
        text = text.replace(char, "\\" + char)
    return text


def write_alt(words: str, label: str | None) -> str:
    """Write the alt text of an image; `label` is that of a reference found by the alt itself."""
    text = _BLANKS.sub(" ", words).strip()
    text = _SPECIAL.sub(lambda m: _one(m[0], lone_tilde=False), text).replace("|", "\\|")
    return text if label is None else f"{text}][{label}]"
