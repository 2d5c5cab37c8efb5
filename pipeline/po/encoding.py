"""PO bytes → decoded lines with their places, or why they cannot be decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import UnreadableError
from pipeline.model import Finding, Where

LIMIT = 64 * 2**20  # bytes; the largest catalogs known are a tenth of it
BOM = b"\xef\xbb\xbf"

_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_CHARSET = re.compile(
    rb"(?im)^(?:#[~ ]*)?(?:msgstr[ \t]*)?\"Content-Type:[^\n]*?charset=([^\s\\\";]+)"
)
_MSGID = re.compile(rb"(?m)^msgid")
# CHARSET is what a template says before anyone has filled it in
_ACCEPTED = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "charset"})


def is_utf8(charset: str) -> bool:
    """Whether text that declares this charset can be read as UTF-8."""
    return charset.casefold() in _ACCEPTED


def decoded_lines(content: bytes, path: str) -> Iterator[tuple[int, int, str]]:
    """The start, the end (with the line feed) and the text of each line.

    Raises:
        UnreadableError: the file is too large, not UTF-8, or says that it is not.
    """
    _check_size(content, path)
    _check_declared(content, path)
    lines: list[tuple[int, int, str]] = []
    faults: list[Finding] = []
    start = len(BOM) if content.startswith(BOM) else 0
    for raw in content[start:].split(b"\n"):
        end = min(start + len(raw) + 1, len(content))
        try:
            lines.append((start, end, raw.decode()))
        except UnicodeDecodeError as error:
            lines.append((start, end, ""))
            faults.append(_not_utf8(raw, error, Where(path, len(lines))))
        start = end
    if faults:
        raise UnreadableError.of(tuple(faults))
    return iter(lines)


def _check_size(content: bytes, path: str) -> None:
    if len(content) > LIMIT:
        problem = f"{len(content) // 2**20} MB are too much for a catalog (limit 64 MB)"
        hint = "split the article, or look whether this is the right file"
        raise UnreadableError(problem, Where(path), hint, "po-size")
    if not content.removeprefix(BOM).strip():
        hint = "restore it from version control; delete it to start from nothing"
        raise UnreadableError("the file is empty", Where(path, 1, 1), hint, "po-incomplete")


def _check_declared(content: bytes, path: str) -> None:
    wide = _WIDE.get(content[:2])
    starts = [match.start() for match in _MSGID.finditer(content, 0, 16384)]
    declared = _CHARSET.search(content, 0, starts[1] if len(starts) > 1 else len(content))
    charset = wide or (declared[1].decode("ascii", "replace") if declared else "UTF-8")
    if is_utf8(charset):
        return
    line = 1 if wide or not declared else content.count(b"\n", 0, declared.start(1)) + 1
    column = 1
    if declared and not wide:
        column = declared.start(1) - (content.rfind(b"\n", 0, declared.start(1)) + 1) + 1
    hint = f"convert it: msgconv -t UTF-8 -o {path} {path}"
    if wide:
        hint = f"convert it: iconv -f {wide} -t UTF-8 {path}"
    problem = f"the file is in {charset}, not in UTF-8"
    raise UnreadableError(problem, Where(path, line, column), hint, "po-encoding")


def _not_utf8(raw: bytes, error: UnicodeDecodeError, line: Where) -> Finding:
    column = len(raw[: error.start].decode()) + 1
    hint = "save the file as UTF-8; if an editor used another encoding, convert it with iconv"
    message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
    return Finding("po-encoding", message, Where(line.path, line.line, column), hint)
