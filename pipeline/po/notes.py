"""The comment lines of an entry: `#` lines → comments, references and flags, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_REFERENCE = re.compile(r"\u2068[^\u2069]*\u2069(?::\d+)?|(?:\\ |\S)+")
_SPACE = re.compile(r"\s")
_FORMAT = re.compile(r"(?:no-)?[a-z+-]+-format")


@dataclass(slots=True)
class Notes:
    """The comment lines of one entry while it is being read."""

    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Take in one line that starts with `#` (but not with `#~`)."""
        kind = line[1:2]
        if kind == ".":
            self.extracted.append(unspaced(line[2:]))
        elif kind == ":":
            self.references += references_in(line)
        elif kind in (",", "="):  # `#=` is gettext's newer name for flags that stay
            self.flags += [flag for flag in flags_in(line) if flag not in self.flags]
        elif kind == "|":
            self.previous.append(unspaced(line[2:]))
        else:
            self.comments.append(unspaced(line[1:]))


def unspaced(text: str) -> str:
    """The text without the one space that parts it from its mark."""
    return text[1:] if text[:1] == " " else text


def references_in(line: str) -> list[str]:
    """The references of a `#:` line; gettext isolates names that hold spaces."""
    text = line[2:]
    if "\u2068" not in text and "\\" not in text:
        return text.split()
    found = _REFERENCE.findall(text)
    return [name.strip("\u2068").replace("\u2069", "").replace("\\ ", " ") for name in found]


def flags_in(line: str) -> list[str]:
    """The flags of a `#,` line."""
    return [flag for flag in (part.strip() for part in line[2:].split(",")) if flag]


def reference(name: str) -> str:
    """A reference as it is written."""
    return f"\u2068{name}\u2069" if _SPACE.search(name) else name


def reference_lines(names: tuple[str, ...]) -> list[str]:
    """The `#:` lines, which gettext fills up to 79 bytes even when it wraps nothing else."""
    lines: list[str] = []
    width = 0
    for name in map(reference, names):
        size = len(name.encode()) + 1
        if lines and width + size <= 79:
            lines[-1] += f" {name}"
            width += size
        else:
            lines.append(f"#: {name}")
            width = 2 + size
    return lines


def ordered_flags(flags: tuple[str, ...]) -> tuple[str, ...]:
    """Flags in gettext's order: fuzzy, formats, range, wrap; then what only editors know."""
    return tuple(sorted(flags, key=_flag_rank))


# gettext's own sequence (message.h, enum format_type)
_FORMATS = (
    " c objc python python-brace java java-printf csharp javascript scheme lisp elisp"
    " librep ruby sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl"
    " perl-brace php gcc-internal gfc-internal ycp "
)


def _flag_rank(flag: str) -> tuple[int, int]:
    if flag == "fuzzy":
        return 0, 0
    if _FORMAT.fullmatch(flag):
        name = flag.removeprefix("no-").removesuffix("-format")
        at = _FORMATS.find(f" {name} ")
        return 1, at if at >= 0 else len(_FORMATS)
    if flag.startswith("range:"):
        return 2, 0
    return (3, 0) if flag in ("wrap", "no-wrap") else (4, 0)
