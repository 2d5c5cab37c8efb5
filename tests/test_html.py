"""The HTML format: exact slices, the right words as blocks, safe writing."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.html import FORMAT
from pipeline.model import (
    Block,
    Document,
    Kind,
    Mark,
    Part,
    Passage,
    Protected,
    Role,
    Segment,
    SplitOptions,
    Tag,
    Text,
    Verbatim,
    join,
)
from pipeline.stages.recombine import rebuild
from pipeline.stages.segment import segment, segments_of

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


@given(st.text(), st.booleans())
def test_any_text_joins_to_itself(text, pre):
    if not text.startswith(("---", "\ufeff---")):
        assert join(split(text, translate_pre=pre).parts) == text


@settings(max_examples=400, deadline=None)
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


@settings(max_examples=200, deadline=None)
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


# ------------------------------------------------------------ writing

ESCAPES = {
    "html-text": "<p>{}</p>",
    "html-double": '<img alt="{}">',
    "html-single": "<img alt='{}'>",
    "html-bare": "<img alt={}>",
    "html-jsonld": '<script type="application/ld+json">{{"headline": "{}"}}</script>',
    "html-jsonld-text": '<script type="application/ld+json">{{"text": "<p>{}</p>"}}</script>',
}
SENTENCE = st.text(
    st.one_of(
        st.sampled_from(list("<>&\"'{}%=/\\ \xa0aé中😀;")),
        st.characters(exclude_categories=["Cs", "Cc", "Z"]),
    ),
    min_size=1,
    max_size=30,
).map(lambda text: "x" + " ".join(text.split(" ")).strip() + "x")


def read_back(page: str) -> list[str]:
    """The words at the place of an escape; a JSON string is read as JSON alone."""
    if "headline" in page:
        return [json.loads(page.partition(">")[2].rpartition("</script>")[0])["headline"]]
    return [words(block) for block in blocks(split(page).parts)]


@settings(max_examples=300, deadline=None)
@given(SENTENCE, st.sampled_from(sorted(ESCAPES)))
def test_what_is_written_is_read_back_as_the_same_words(text, escape):
    text = re.sub(" +", " ", text)
    page = ESCAPES[escape].format(FORMAT.write((text,), escape))
    assert read_back(page) == [text]
    assert not any(isinstance(part, Protected) for part in split(page).parts)


def test_codes_and_raw_pieces_are_written_as_they_are():
    opened = Tag(Kind.OPEN, None, '<b class="x">')
    written = FORMAT.write(
        (opened, "a<b", Tag(Kind.CLOSE, None, "</b>"), Verbatim("&nbsp;")), "html-text"
    )
    assert written == '<b class="x">a&lt;b</b>&nbsp;'


@pytest.mark.parametrize(("escape", "place"), ESCAPES.items(), ids=lambda value: value[:20])
def test_a_translation_cannot_end_a_script_or_an_attribute_or_call_a_shortcode(escape, place):
    text = "</script><script>alert(1)</script> \" ' onload=x {{ evil }} {% evil %} <!-- x"
    written = FORMAT.write((text,), escape)
    assert not re.search(r"[<>]|\{\{|\{%", written)
    assert read_back(place.format(written)) == [text]


def test_a_translated_page_differs_in_its_words_only():
    text = "<p>Hello <b>you</b>, see <img alt=Stent>.</p>\n<p>Go  on.</p>"
    said = {"Hello <b1>you</b1>, see <img2/>.": "<img2/> <b1>Du</b1> & ich", "Stent": 'Ein "Stent"'}
    written = rebuild(segment(split(text)), FORMAT, lambda s: said.get(s.text))
    assert written == (
        '<p><img alt="Ein &quot;Stent&quot;"> <b>Du</b> &amp; ich</p>\n<p>Go  on.</p>'
    )


def test_json_stays_sound_after_translation():
    text = '<script type="application/ld+json">{"text":"<p>Ask <b>us<\\/b>.</p>","x":1}</script>'
    written = rebuild(segment(split(text)), FORMAT, lambda s: 'Sag "ja" <b1>\\n</b1> & </p>')
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside)["text"] == '<p>Sag "ja" <b>\\n</b> &amp; &lt;/p&gt;</p>'


def test_json_and_body_share_their_segments():
    page = (
        '<script type="application/ld+json">{"@type":"Question","name":"Is a new stent safe '
        'for me?","acceptedAnswer":{"text":"Yes. Ask <b>us</b>."}}</script>'
        "<h3>Is a new stent safe for me?</h3><p>Yes. Ask <b>us</b>.</p>"
    )
    found = [s.id for s in segments_of(segment(split(page)))]
    assert found[: len(found) // 2] == found[len(found) // 2 :]


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
