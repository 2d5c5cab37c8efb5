"""An article and its entries → one HTML page for a translator, each entry with its number.

It loads nothing and runs nothing. Every entry has an anchor `e12`: in the text where it stands
there, and else in the table of words that stand in the page's head, in links and in pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from pipeline.model import Article, Entry, Localized, Segment
from pipeline.stages.languages import direction

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 sans-serif }
mark { background: #eef4ff; color: inherit; outline: 1px solid #b6cdf5 }
mark.open { background: #fff3d6; outline-color: #e0b95a }
mark:target { background: #ffe45c }
sup.n { font-size: .65em; color: #555; margin-right: .2em; user-select: none }
table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: .3rem .5rem;
text-align: start; vertical-align: top } img { display: none }
"""

Numbers = Mapping[tuple[str, str], tuple[int, Entry]]


def numbered(entries: Sequence[Entry]) -> Numbers:
    """The number of each entry in its catalog, from 1, by context and text."""
    return {entry.id: (number, entry) for number, entry in enumerate(entries, 1)}


def reference_page(source: Localized, locale: str, numbers: Numbers) -> str:
    """The page.

    `source` is the article filled with its own words; `numbers` are the entries of the
    translator's catalog. Yellow places wait for work; a translation shows on pointing.
    """
    article, pieces = source.article, list(source.pieces)
    placed: set[int] = set()
    for at, piece in enumerate(article.skeleton.pieces):
        if isinstance(piece, Segment) and piece.id in numbers:
            number, entry = numbers[piece.id]
            if at not in article.skeleton.bare:
                first = number not in placed
                placed.add(number)
                pieces[at] = _marked(pieces[at], number, entry, locale, anchor=first)
    others = [
        _row(number, entry, locale) for number, entry in numbers.values() if number not in placed
    ]
    return _page(article, source.locale, locale, "".join(pieces), others)


def _marked(html: str, number: int, entry: Entry, locale: str, *, anchor: bool) -> str:
    name = f' id="e{number}"' if anchor else ""
    kind = "" if _finished(entry) else ' class="open"'
    shown = escape(f"{number}: {_now(entry, locale)}")
    return f'<mark{name}{kind} title="{shown}"><sup class="n">{number}</sup>{html}</mark>'


def _now(entry: Entry, locale: str) -> str:
    if not any(entry.msgstr):
        return f"no translation in {locale} yet"
    return f"{'to review' if entry.fuzzy else 'now'}: {entry.msgstr[0]}"


def _finished(entry: Entry) -> bool:
    return all(entry.msgstr) and not entry.fuzzy


def _row(number: int, entry: Entry, locale: str) -> str:
    what = escape(entry.extracted[0] if entry.extracted else "")
    kind = "" if _finished(entry) else ' class="open"'
    return (
        f'<tr><td><mark id="e{number}"{kind}>{number}</mark></td><td>{what}</td>'
        f"<td>{escape(entry.msgid)}</td>"
        f'<td lang="{locale}" dir="{direction(locale)}">{escape(entry.msgstr[0])}</td></tr>\n'
    )


def _page(article: Article, source: str, locale: str, body: str, others: list[str]) -> str:
    rows = "".join(others)
    return f"""<!DOCTYPE html>
<html lang="{source}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="robots" content="noindex">
<title>{escape(article.id)} for {locale}</title>
<style>{_STYLE}</style>
</head>
<body>
<p>Reference for <b>{locale}</b>: the article {escape(article.id)} in {source}. The numbers are
those of the entries. Yellow: work to do. Point at a place to see its translation.</p>
<details open><summary>Titles, descriptions, addresses, texts of pictures and links</summary>
<table>
<tr><th>Entry</th><th>What it is</th><th>{source}</th><th>{locale}</th></tr>
{rows}</table></details>
<main>
{body}
</main>
</body>
</html>
"""


def place_note(page: str, number: int) -> str:
    """The note that leads from an entry to its place on the page."""
    return f"see it in place: {page}#e{number}"
