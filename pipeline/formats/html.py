"""HTML articles, with YAML front matter or without: text ↔ parts."""

from __future__ import annotations

from pipeline.errors import UnreadableError
from pipeline.formats._front import split_front, write_front
from pipeline.formats._html_page import page
from pipeline.formats._html_split import split_fragment
from pipeline.formats._html_write import write as write_html
from pipeline.formats._sound import refuse_unsound
from pipeline.model import Document, Format, Part, SplitOptions, Token, Verbatim, Where

_BOM = "\ufeff"


def split(text: str, path: str, options: SplitOptions) -> Document:
    """The article as parts; joined, they are the text, byte for byte.

    Raises:
        UnreadableError: the front matter or a text is not sound, or the HTML cannot be cut.
    """
    front, fields, body = split_front(text, path, options)
    lead: tuple[Part, ...] = ()
    if not front and text.startswith(_BOM):
        lead, body = (_BOM,), 1
    line = 1 + text.count("\n", 0, body)
    try:
        parts = split_fragment(text[body:], line, options)
    except UnreadableError as error:
        where = Where(path, error.where.line if error.where else 0)
        raise UnreadableError(error.problem, where, error.hint) from error
    refuse_unsound((*front, *parts), text, path)
    return Document((*front, *lead, *parts), fields, len(front))


def write(tokens: tuple[Token, ...], escape: str) -> str:
    """The tokens in the notation of their place: HTML, or YAML in the front matter."""
    if escape.startswith("html"):
        return write_html(tokens, escape)
    words = "".join(t if isinstance(t, str) else t.raw for t in tokens)
    return words if any(isinstance(t, Verbatim) for t in tokens) else write_front(words, escape)


FORMAT = Format("html", (".html", ".htm"), split, write, page)
