"""A translation has the line breaks of its source."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Line breaks are lost or added

The translation has more or fewer line breaks (`\\n`) than the source, or `\\n` stands in it as
two characters. In a list or an address each line is a thing of its own.

Break the lines where the source does.

    source   Street\\nTown
    wrong    Straße Ort
    right    Straße\\nOrt
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Whether the number of lines differs, or a break is written as two characters."""
    source, text = pair.segment.text, pair.translation
    if not text:
        return
    if "\\n" in text and "\\n" not in source:
        yield "a backslash and an n stand in the translation", "break the line instead"
    if "\n" not in source and "\n" not in text:
        return
    wanted, found = source.count("\n"), text.count("\n")
    if wanted != found and text.strip() != "<skip/>":
        yield (
            f"the source has {wanted} line breaks and the translation {found}",
            "break the lines where the source does",
        )


CHECK = Check("newlines", Severity.WARNING, EXPLAIN, run)
