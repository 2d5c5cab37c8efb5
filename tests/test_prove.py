"""The proofs: nothing is lost, and no visible word is without a marker."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.html import FORMAT
from pipeline.model import Block, Passage, Protected, Role, Segment, SegmentedDocument, SplitOptions
from pipeline.model import Text as Words
from pipeline.stages.prove import MARKER, completeness, identity, prove, unmarked_words
from pipeline.stages.segment import segment

CASES = Path(__file__).parent / "cases" / "html"
SAMPLES = sorted(path for path in CASES.iterdir() if path.suffix == ".html")
STAR = re.compile(r"\*")


def passage(text: str) -> Passage:
    block = Block(Role.TEXT, (Words(text, text),), 1, "html-text")
    return Passage(block, (Segment(text, "", Role.TEXT, 1, text),))


def proof_of(text: str):
    return prove(segment(FORMAT.split(text, "a.html", SplitOptions())), FORMAT, text, "a.html")


def test_a_word_outside_every_marker_is_found():
    html = "<p>* <b>left</b> *</p><img alt='*' title=over><script>no</script><p title=''>—</p>"
    assert unmarked_words(html, STAR) == ("left", "over")


def test_words_that_readers_do_not_see_do_not_count():
    html = (
        "<head><style>a</style></head><!-- b --><noscript><p>c</p></noscript><template>d</template>"
        "<iframe>e</iframe><a href='f' class='g' id=h>*</a><meta name=viewport content=i>"
    )
    assert unmarked_words(html, STAR) == ()


def test_attributes_that_readers_hear_count():
    html = '<meta name=description content=a><input type=submit value=b><i aria-label="c d">*</i>'
    assert unmarked_words(html, STAR) == ("a", "b", "c", "d")


def test_a_document_whose_words_are_all_segments_is_complete():
    document = SegmentedDocument(("<p>", passage("Hello you"), "</p>"), (), 0)
    proof = completeness(FORMAT, document)
    assert (proof.complete, proof.segments, proof.protected) == (True, 1, ())


def test_a_word_left_in_the_skeleton_breaks_the_proof():
    document = SegmentedDocument(("<p>lost ", passage("Hello"), "</p><img alt=gone>"), (), 0)
    assert completeness(FORMAT, document).unmarked == ("lost", "gone")
    proof = prove(document, FORMAT, "<p>lost Hello</p><img alt=gone>", "a.html")
    assert proof.identical
    assert [f.code for f in proof.findings] == ["unseen-words"]


def test_a_word_hidden_in_a_code_breaks_the_proof():
    part = passage("See <x1/>")
    seen = segment(FORMAT.split("See <b>it</b> now", "a", SplitOptions())).parts[0]
    assert isinstance(seen, Passage)
    [found] = seen.pieces
    assert isinstance(found, Segment)
    code = replace(found.codes[0], html_open=("<b>hidden",))
    pieces = (replace(found, codes=(code,)),)
    document = SegmentedDocument((replace(part, pieces=pieces),), (), 0)
    assert completeness(FORMAT, document).unmarked == ("hidden",)


def test_protected_words_are_counted_by_rule():
    parts = (Protected("<code>a b</code>", "code"), Protected("{{ x }}", "shortcode"))
    proof = completeness(FORMAT, SegmentedDocument(parts, (), 0))
    assert proof.protected == (("code", 2), ("shortcode", 1))
    assert proof.complete


def test_a_lost_byte_is_found_at_its_place():
    document = SegmentedDocument(("<p>", passage("Hello"), "</p>"), (), 0)
    assert identity(document, "<p>Hello</p>") is None
    assert identity(document, "<p>Hallo</p>") == 4
    [finding] = prove(document, FORMAT, "<p>Hello</p>\n", "a.html").findings
    assert finding.code == "not-identical"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_real_pages_are_identical_and_complete(path):
    proof = proof_of(path.read_text("utf-8"))
    assert proof.findings == ()
    assert proof.segments > 3


NAMES = ["p", "div", "b", "i", "span", "a", "ul", "li", "table", "td", "h2", "code", "svg", "my-x"]
NAMES += ["button", "select", "option", "pre", "label", "title", "textarea", "noscript"]
TREE = st.recursive(
    st.sampled_from(["word one. And two", " ", "&amp; so", "<br>", "<img alt='pic'>", "{{ sc }}"]),
    lambda inner: st.builds(
        lambda name, inside: f"<{name}>{''.join(inside)}</{name}>",
        st.sampled_from(NAMES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


@given(st.lists(TREE, max_size=4).map("".join))
def test_every_html_is_identical_and_complete(text):
    proof = proof_of(text)
    assert proof.findings == ()
    assert not MARKER.search(text)
