"""HTML in a right-to-left locale → the same HTML with its Latin names isolated in `<bdi>`."""

from __future__ import annotations

import re

from pipeline.stages.languages import direction

_WORD = r"[A-Za-zÀ-ɏµμ][A-Za-z0-9À-ɏ²³®™]*"
# A tag, whose quoted values may hold a `>`.
TAG = r"<(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>"
# A tag or a character reference is passed over; a Latin run may begin with its number, so
# that "1 µg/mm²" keeps its order, and may go on over one space, hyphen, stop or slash.
_MORE = r"[ \u00a0\-/.+'’]?[A-Za-z0-9À-ɏµμ²³®™]+"
_TOKEN = re.compile(rf"{TAG}|<|&[#\w]+;|((?:[0-9][0-9.,]*[ \u00a0]?)?{_WORD}(?:{_MORE})*)")


def isolate(html: str, locale: str) -> str:
    """The HTML with each run of Latin letters in its own `<bdi>`, if the locale needs it.

    HTML that has a `<bdi>` already is left as it is: whoever wrote it chose the runs.
    Unicode's algorithm alone puts the full stop or bracket beside such a run on the wrong
    side (Unicode TR 9, section 2.7; HTML, the bdi element).
    """
    if direction(locale) != "rtl" or "<bdi" in html:
        return html
    return _TOKEN.sub(_isolated, html)


def _isolated(match: re.Match[str]) -> str:
    return f"<bdi>{match[1]}</bdi>" if match[1] else match[0]
