"""A translation holds no markup and no HTML entities that its source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
Markup that readers would see as it is written

What a translator writes is text. `&nbsp;`, `<strong>`, `**bold**` or `[words](address)` in a
translation are shown to readers just so, unless the source has them as words too. The same is
true for what merging tools leave behind (`#-#-#-#-#`).

Use the codes of the source for bold words and links, and type the character itself: a no-break
space, `&`, `©`.

    source   Stop <b1>now</b1>.
    wrong    <strong>Sofort</strong> anhalten.
    right    <b1>Sofort</b1> anhalten.
"""

_MARKUP = re.compile(
    r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,6});"
    r"|</?(?:strong|em|br|p|span|div|a|img|sup|sub|ul|ol|li|font|[biu])(?:\s[^<>]*)?/?>"
    r"|\*\*\S[^*]*\*\*|\]\([^()\s]+\)|#-#-#-#-#"
)
_OUR_OWN = ("&lt;", "&amp;")  # how words that look like a code are written


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """Each piece of markup, once."""
    text = pair.translation
    if not ("&" in text or "<" in text or "*" in text or "](" in text or "#-" in text):
        return
    for found in dict.fromkeys(_MARKUP.findall(text)):
        if found not in pair.segment.text and found not in _OUR_OWN:
            yield (
                f"{found!r} stands in the translation, and readers would see it as it is",
                "use the codes of the source, or type the character itself",
            )


CHECK = Check("markup", Severity.WARNING, EXPLAIN, run)
