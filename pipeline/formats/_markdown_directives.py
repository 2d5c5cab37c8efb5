"""Markdown text in, the lines that are notation of a site generator out, with their masks.

Kramdown's `{: .note}`, Docusaurus' and Pandoc's `:::tip`, imports of MDX and the code blocks
of Liquid and Hugo are no CommonMark. The parser gets blanks for them, so that no paragraph
goes on across such a line; the source keeps them byte for byte.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Without one of these there is nothing to look for.
_SIGNS = (":::", "{:", "{/*", "import ", "export ")
_LINE = re.compile(
    r"""^[ \t>]*+(?P<whole>
      :::+[ \t]*+(?:[\w-]++[ \t]*+)?(?:\{[^}\n]*\})?
      | \{:[^}\n]*\}
      | \{/\*[^\n]*\*/\}
      | import\s[^\n]*["'][^"'\n]+["'];?
      | export\s+(?:const|let|default|function)\b[^\n]*
    )[ \t]*\r?$
    | ^[ \t>]*+(?P<opening>:::+[ \t]*+[\w-]++(?:[ \t]++|\[)(?=[^\s{]))
      [^\n]*?(?P<closing>\]?)[ \t]*\r?$""",
    re.VERBOSE | re.MULTILINE,
)
_REGION = re.compile(
    r"^\{%-?\s*(highlight|comment)\b[^\n]*?%\}.*?\{%-?\s*end\1\s*-?%\}[ \t]*\r?$"
    r"|^\{\{[<%]\s*highlight\b[^\n]*?[>%]\}\}.*?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}[ \t]*\r?$",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_SEEN = re.compile(r"[^\r\n]")


class Directive(NamedTuple):
    """Notation between two offsets, and what the parser gets for it."""

    start: int
    end: int
    mask: str  # of the same length in UTF-8 bytes


def directives(text: str) -> list[Directive]:
    """The directives of a text, in order and without overlap."""
    regions = _regions(text) if "{%" in text or "{{" in text else []
    if not any(sign in text for sign in _SIGNS):
        return regions
    found = list(regions)
    at = 0
    for match in _LINE.finditer(text):
        while at < len(regions) and regions[at].end <= match.start():
            at += 1
        if at == len(regions) or regions[at].start > match.start():
            found += _of_line(match)
    return sorted(found)


def _regions(text: str) -> list[Directive]:
    """The code blocks and comments of Liquid and Hugo."""
    if "highlight" not in text and "comment" not in text:
        return []
    return [
        Directive(m.start(), m.end(), _blank(m[0]))
        for m in _REGION.finditer(text)
        if not _FENCE.search(m[0])
    ]


def shown(raw: str) -> str:
    """What the parser gets for a directive."""
    if raw.startswith(":::") and raw[-1:] in (" ", "\t", "["):
        return "######".ljust(len(raw.encode()))  # its title reads as a small heading
    return _blank(raw)


def _of_line(match: re.Match[str]) -> list[Directive]:
    if match["whole"] is not None:
        start, end = match.span("whole")
        end = start + len(match["whole"].rstrip())
        return [Directive(start, end, _blank(match.string[start:end]))]
    start, end = match.span("opening")
    parts = [Directive(start, end, shown(match["opening"]))]
    if match["closing"] and match["opening"].endswith("["):
        parts.append(Directive(*match.span("closing"), " "))
    return parts


def _blank(raw: str) -> str:
    return _SEEN.sub(lambda m: " " * len(m[0].encode()), raw)
