"""The Markdown source format: CommonMark with tables, footnotes, front matter and raw HTML."""

from __future__ import annotations

from pipeline.model import Document, Format, Part, Passage, Piece, Protected, SplitOptions, Token


def split(text: str, path: str, options: SplitOptions) -> Document:
    """Cut an article into parts. `join(split(text).parts) == text`.

    Raises:
        UnreadableError: broken front matter, or characters that no text may hold.
    """
    # Imported here: a command that reads no article must not pay for the parsers.
    from pipeline.formats._front import split_front
    from pipeline.formats._markdown_blocks import split_body
    from pipeline.formats._sound import refuse_unsound

    front, fields, start = split_front(text, path, options)
    mark: tuple[Part, ...] = ()
    if not start and text.startswith("\ufeff"):
        mark, start = ("\ufeff",), 1
    line = 1 + text.count("\n", 0, start)
    body = split_body(text[start:], path, line, options)
    before = (*front, *mark)
    refuse_unsound((*front, *body), text, path)
    return Document((*before, *body), fields, len(before))


def write(tokens: tuple[Token, ...], escape: str) -> str:
    """Write the tokens of one block as the notation of its place, which `escape` names."""
    if escape.startswith("html"):
        from pipeline.formats.html import FORMAT as HTML

        return HTML.write(tokens, escape)
    if escape.startswith(("yaml", "toml")):
        from pipeline.formats._front import write_front

        return write_front(_words(tokens), escape)

    from pipeline.formats import _markdown_write as notation

    if escape.startswith("md-title "):
        return notation.write_title(_words(tokens), escape[-1])
    if escape.startswith("md-alt"):
        label = escape.removeprefix("md-alt-of ")
        return notation.write_alt(_words(tokens), None if label == escape else label)
    return notation.write_words(tokens, escape)


def html(parts: tuple[str | Protected | Passage, ...]) -> tuple[Piece, ...]:
    """The page's HTML of a body, with its segments as slots."""
    from pipeline.formats._markdown_html import render

    return render(parts)


def _words(tokens: tuple[Token, ...]) -> str:
    return "".join(token if isinstance(token, str) else token.raw for token in tokens)


FORMAT = Format("markdown", (".md", ".markdown"), split, write, html)
