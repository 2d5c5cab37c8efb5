"""The HTML format: exact slices, the right words as blocks, safe writing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.html import FORMAT
from pipeline.model import (
    Block,
    Document,
    Mark,
    Part,
    Passage,
    Protected,
    Role,
    Segment,
    SplitOptions,
    Text,
    join,
)
from pipeline.stages.recombine import rebuild
from pipeline.stages.segment import segment

CASES = Path(__file__).parent / "cases" / "html"
SAMPLES = sorted(path for path in CASES.iterdir() if path.suffix in (".html", ".htm"))


def split(text: str, **options: bool) -> Document:
    return FORMAT.split(text, "a.html", SplitOptions(**options))


def blocks(parts: tuple[Part, ...]) -> list[Block]:
    found = []
    for part in parts:
        if isinstance(part, Block):
            found.append(part)
            for mark in part.inlines:
                if isinstance(mark, Mark):
                    found += blocks(mark.raw)
    return found


def words(block: Block) -> str:
    return "".join(i.text for i in block.inlines if isinstance(i, Text))


def told(text: str) -> str:
    """The segments and the protected words of a text, one a line."""
    lines = []

    def tell(pieces: tuple[object, ...]) -> None:
        for piece in pieces:
            if isinstance(piece, Protected):
                lines.append(f"{piece.rule} stays: {piece.raw!r}")
            elif isinstance(piece, Passage):
                tell(piece.pieces)
            elif isinstance(piece, Segment):
                note = f"  (note: {piece.note})" if piece.note else ""
                lines.append(f"{piece.role}: {piece.text}{note}")
                for code in piece.codes:
                    tell(code.open)

    tell(segment(split(text)).parts)
    return "\n".join(lines) + "\n"


def fixtures() -> list[tuple[str, str, str]]:
    chunks = (CASES / "blocks.txt").read_text("utf-8").split("\n.\n")
    titles = [chunk.strip() for chunk in chunks[0::3]]
    return list(zip(titles, chunks[1::3], chunks[2::3], strict=False))


@pytest.mark.parametrize(("title", "text", "expected"), fixtures(), ids=lambda v: v[:60])
def test_a_case_gives_these_segments(title, text, expected):
    assert told(text).strip() == expected.strip()


# ------------------------------------------------------------ the law of joining

TAGS = """
    < > </ /> <b> </b> <p> </p> <!-- --> --!> <![CDATA[ ]]> <? ?> & &amp; &amp &#0; &#x41; &#
    <script> </script> <textarea> </textarea> <title> </title> <svg> </svg> <math> </math>
    <pre> </pre> <code> </code> &nbsp; a word é 😀 = " ' title=z {{ }} {% %} </> <plaintext>
    <table> <td> <li> </ul> <noscript> <iframe> <xmp> <o:p/> <my-el> </my-el> <!DOCTYPE <select>
    <!--l10n:skip--> <!--l10n:skip-start--> <!--l10n:skip-end--> <option> </option> <dt> <dd>
"""
PIECES = [
    *TAGS.split(),
    'alt="x y"',
    "<a href=x",
    "<img alt=Q>",
    "<span class=notranslate>",
    "<p translate=no>",
    "<!--l10n:note hi-->",
    '<script type="application/ld+json">',
    '{"@type":"Question","name":"W <b>x"}',
]
PIECES += [" ", "\n", "\r\n", "\r", "\t", "\f", "\0", "\ufeff", "\u2028", "\x0b"]
GENERATED = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.text(st.characters(exclude_characters="\x04\u202d\u202e")), st.booleans())
def test_any_text_joins_to_itself(text, pre):
    if not text.startswith(("---", "\ufeff---")):
        assert join(split(text, translate_pre=pre).parts) == text


@given(GENERATED, st.booleans())
def test_any_html_joins_to_itself(text, pre):
    assert join(split(text, translate_pre=pre).parts) == text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_real_page_joins_to_itself(path, ending):
    text = path.read_text("utf-8").replace("\n", ending)
    document = split("\ufeff" + text)
    assert join(document.parts) == "\ufeff" + text
    assert rebuild(segment(document), FORMAT, lambda _: None) == "\ufeff" + text


@given(GENERATED)
def test_a_plain_part_holds_no_words(text):
    skeleton = [part for part in split(f"<div>{text}</div>").parts if isinstance(part, str)]
    for part in skeleton:
        outside = re.sub(r"(?s)<(script|iframe|noscript|style)\b.*", "", part)
        bare = re.sub(r"(?s)<!--.*?(-->|--!>|$)|<[a-zA-Z/!?][^>]*(>|$)", "", outside)
        assert "word" not in bare


def test_windows_line_ends_and_a_byte_order_mark_do_not_reach_translators():
    document = split("\ufeff<p>One\r\n  two</p>\r\n<p>Three</p>")
    assert [words(b) for b in blocks(document.parts)] == ["One two", "Three"]
    assert [b.line for b in blocks(document.parts)] == [1, 3]


def test_front_matter_stands_before_the_body():
    text = "---\ntitle: On stents\nslug: stents\n---\n<h1>On stents</h1>\n"
    document = split(text)
    assert join(document.parts) == text
    assert join(document.parts[document.body :]) == "<h1>On stents</h1>\n"
    title, slug, heading = blocks(document.parts)
    assert (title.key, slug.key, heading.line) == ("title", "slug", 5)
    assert FORMAT.write(("Über: uns",), title.escape) == '"Über: uns"'


def test_preformatted_text_is_translated_when_asked_for():
    document = split("<pre>one\n  two</pre>", translate_pre=True)
    assert [words(b) for b in blocks(document.parts)] == ["one\n  two"]


# ------------------------------------------------------------ the page


def html(text: str) -> str:
    document = segment(split(text))
    pieces = FORMAT.html(document.parts[document.body :])
    return "".join(p if isinstance(p, str) else p.raw for p in pieces)


def test_headings_without_an_id_get_one_that_is_free():
    page = '<h2>In short</h2><h2 id="in-short-2">A</h2><h2 class=x>In <b>short</b></h2><h3>…</h3>'
    assert html(page) == (
        '<h2 id="in-short">In short</h2><h2 id="in-short-2">A</h2>'
        '<h2 id="in-short-3" class=x>In <b>short</b></h2><h3>…</h3>'
    )


def test_a_whole_page_gives_the_inside_of_its_main_element_without_scripts():
    body = "<nav>No</nav><main class=a><h1 id=t>T</h1><script>x</script><p>Y</p></main><p>No</p>"
    assert html(f"<!doctype html><html><body>{body}</body></html>") == "<h1 id=t>T</h1><p>Y</p>"
    assert html("<html><body><article>A</article>B</body></html>") == "A"
    assert html("<html><head><title>T</title></head><body>B</body></html>") == "B"
    assert html("<main>A</main>B") == "<main>A</main>B"


# ------------------------------------------------------------ hostile input


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000 + "x",
        "<div>" * 50_000 + "x" + "</div>" * 50_000,
        '<p title="' + "a b " * 2_500_000 + '">x</p>',
        "{{" * 200_000,
        "<h2>a</h2>" * 5_000,
        "\xa0 x" * 20_000,
        "<b>x</i>" * 20_000,
        "<p>x</p><a href='" + "x" * 1_000_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "]" * 100_000 + "</script>",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_input_is_cut_in_linear_time(text):
    document = split(text)
    assert join(document.parts) == text
    FORMAT.html(tuple(p if not isinstance(p, Block) else Passage(p, ()) for p in document.parts))


def test_the_role_of_a_footnote_comes_from_its_element():
    document = split('<ol><li role="doc-endnote">Source of it.</li></ol>')
    assert [b.role for b in blocks(document.parts)] == [Role.FOOTNOTE]
