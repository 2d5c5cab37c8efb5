"""Writing translations into HTML: the same words come back, and nothing else gets in."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.html import FORMAT
from pipeline.model import (
    Block,
    Document,
    Kind,
    Mark,
    Part,
    Protected,
    SplitOptions,
    Tag,
    Text,
    Verbatim,
)
from pipeline.stages.recombine import rebuild
from pipeline.stages.segment import segment, segments_of


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
