"""One YAML scalar: words and the style of its source in, YAML that reads as those words out."""

from __future__ import annotations

import yaml

from pipeline.model import Role

# The C parser is ten times as fast; wheels without it exist.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STRING = "tag:yaml.org,2002:str"
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


_ROLES = {
    "title": Role.TITLE,
    "description": Role.META_DESCRIPTION,
    "summary": Role.SUMMARY,
    "slug": Role.SLUG,
    "category": Role.TAG,
    "tags": Role.TAG,
    "image.alt": Role.ALT,
}


def role_of(key: str) -> Role:
    """What the value of a front matter key is to readers."""
    return _ROLES.get(key, Role.TEXT)


def write_scalar(text: str, escape: str) -> str:
    """Write `text` in the style that `escape` names, or in double quotes where it cannot be.

    `escape` is yaml-plain, yaml-flow (plain, between brackets), yaml-single, yaml-double, or
    yaml-block with the header, indentation and line ends of the source: "yaml-block >- 2 lf".
    """
    style, *rest = escape.split(" ")
    if style in ("yaml-plain", "yaml-flow"):
        written = text
    elif style == "yaml-single":
        written = "'" + text.replace("'", "''") + "'"
    elif style == "yaml-block" and rest[0] in ("|", "|-", "|+", ">", ">-", ">+"):
        written = _block(text, rest[0], int(rest[1]), "\r\n" if rest[2] == "crlf" else "\n")
    else:
        return _double(text)
    return written if _reads_as(written, text, style) else _double(text)


def _block(text: str, header: str, indent: int, end: str) -> str:
    between = end if header[0] == "|" else end + end
    margin = " " * (indent or 2)
    lines = (margin + line if line else "" for line in text.split("\n"))
    return header + end + between.join(lines)


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPED.get(c) or (c if _safe(c) else _numbered(c)) for c in text) + '"'


def _safe(char: str) -> bool:
    return char.isprintable() or char in "\u00a0\u202f\u2009\u200b\u200c\u200d\u200e\u200f\u00ad"


def _numbered(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _reads_as(written: str, text: str, style: str) -> bool:
    """Whether YAML reads the text back at every place where a value may stand."""
    if style == "yaml-block":
        return _scalars(f"k: {written}\n") == ["k", text]
    if "\n" in text or "\r" in text:
        return False
    if written == text and not _is_words(text):
        return False
    if style == "yaml-flow":
        return _scalars(f"[{written}, {written}]\n") == [text, text]
    return _scalars(f"- {written}\n- k: {written}\n") == [text, "k", text]


def _is_words(text: str) -> bool:
    """Whether plain YAML reads this as a string: `no` and `12` would be something else."""
    resolver = yaml.SafeLoader("")
    return bool(resolver.resolve(yaml.ScalarNode, text, (True, False)) == _STRING)  # type: ignore[no-untyped-call]  # no stub


def _scalars(source: str) -> list[str] | None:
    try:
        events = list(yaml.parse(source, Loader=Loader))
    except yaml.YAMLError:
        return None
    if any(isinstance(event, yaml.AliasEvent) for event in events):
        return None
    found = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    if any(event.tag or event.anchor for event in found):
        return None
    return [event.value.strip() if event.style in ("|", ">") else event.value for event in found]
