"""The quoted strings of PO: text → escaped literals, one a line, and back."""

from __future__ import annotations

import re

# gettext's own set (po-lex.c, control_sequence); octal and hex numbers come beside it
ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
}
_WRITTEN = str.maketrans({char: f"\\{letter}" for letter, char in ESCAPES.items()})
_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"])|([0-7]{1,3})|x([0-9a-fA-F]+)|(.?))", re.DOTALL)

# NUL ends C strings; gettext joins context and msgid with EOT and refuses it in a text
FORBIDDEN = re.compile("[\x00\x04\u202d\u202e]")


class BadEscapeError(ValueError):
    """An escape that PO does not know; `at` is its offset in the literal."""

    def __init__(self, escape: str, at: int) -> None:
        super().__init__(escape)
        self.escape = escape
        self.at = at


def escaped(text: str) -> str:
    """The text as it stands between the quotes of a literal."""
    return text.translate(_WRITTEN)


def unescaped(literal: str) -> str:
    """The text of a literal, without its quotes.

    Raises:
        BadEscapeError: an escape that PO does not know.
    """
    return _ESCAPE.sub(_char, literal) if "\\" in literal else literal


def _char(match: re.Match[str]) -> str:
    letter, octal, hexadecimal, _ = match.groups()
    if letter:
        return ESCAPES[letter]
    code = int(octal, 8) if octal else int(hexadecimal, 16) if hexadecimal else 256
    # gettext writes such an escape as one byte: above ASCII it would not be UTF-8
    if code > 127:
        raise BadEscapeError(match[0], match.start())
    return chr(code)


def literals(keyword: str, text: str) -> list[str]:
    """The lines of `keyword "text"`, unwrapped: a line ends only after a line feed.

    Text of more than one line starts with an empty literal, as `msgcat --no-wrap` has it.
    """
    if text.isprintable() and '"' not in text and "\\" not in text:  # as nearly all are
        return [f'{keyword} "{text}"']
    body = text.translate(_WRITTEN)
    first_break = text.find("\n")
    if first_break < 0 or first_break == len(text) - 1:
        return [f'{keyword} "{body}"']
    rows = text.split("\n")
    quoted = [f'"{row.translate(_WRITTEN)}\\n"' for row in rows[:-1]]
    if rows[-1]:
        quoted.append(f'"{rows[-1].translate(_WRITTEN)}"')
    return [f'{keyword} ""', *quoted]


def literal(keyword: str, text: str) -> str:
    """The same as one string."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'{keyword} "{text}"'
    return "\n".join(literals(keyword, text))
