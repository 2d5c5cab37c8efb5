"""Blocks are cut into segments: nothing is lost, nothing that is no words is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.codes import parse
from pipeline.model import (
    Block,
    Document,
    Kind,
    Mark,
    Passage,
    Protected,
    Role,
    Segment,
    Text,
    raw_of,
)
from pipeline.stages.segment import segment, segments_of

words = st.sampled_from(
    ["Take it. ", "Then rest.", " ", "\n", "a", "<b1>", "—", "5 mg", "Dr. No", "\xa0", "Is it? Yes"]
)
plain = words.map(lambda w: Text(w, w.replace("\n", " ")))
entity = st.just(Text("&amp;", "&")) | st.just(Text("a &amp; b. Then c", "a & b. Then c"))
alt = st.sampled_from(["A stent. Open.", "5", "—"]).map(
    lambda w: Block(Role.ALT, (Text(w, w),), 1, "attribute")
)
image = alt.map(lambda b: Mark(Kind.ALONE, "img", ("![", b, "](x)"), ('<img alt="', b, '">')))
alone = st.sampled_from(
    [
        Mark(Kind.ALONE, "br", ("<br>",), ("<br>",)),
        Mark(Kind.ALONE, "c", (Protected("`np`", "code"),), ("<code>np</code>",), plain="np"),
    ]
)


def pair(inner):
    link = Block(Role.LINK_TITLE, (Text("Guide", "Guide"),), 1, "attribute")
    tags = st.sampled_from([("b", ("**",), ("**",)), ("a", ("[",), ('](/x "', link, '")'))])
    return st.tuples(tags, st.lists(inner, max_size=4)).map(
        lambda t: (
            Mark(Kind.OPEN, t[0][0], t[0][1], ("<p>",)),
            *flat(t[1]),
            Mark(Kind.CLOSE, t[0][0], t[0][2], ("</p>",)),
        )
    )


def flat(items):
    return tuple(i for item in items for i in (item if isinstance(item, tuple) else (item,)))


single = plain | entity | image | alone
stray = st.sampled_from([Mark(k, "i", ("_",), ("<i>",)) for k in (Kind.OPEN, Kind.CLOSE)])
runs = st.lists(st.recursive(single, pair, max_leaves=8) | stray, max_size=7).map(flat)
blocks = st.builds(
    Block, st.sampled_from(list(Role)), runs, st.integers(1, 99), st.just("body"), level=st.just(2)
)


def cut(*inlines, role=Role.TEXT, **more):
    return segment(Document((Block(role, inlines, 1, "body", **more),))).parts[0]


def texts(passage):
    return [p.text if isinstance(p, Segment) else p for p in passage.pieces]


def T(text):  # noqa: N802
    return Text(text, text)


OPEN, CLOSE = Mark(Kind.OPEN, "b", ("**",), ("<b>",)), Mark(Kind.CLOSE, "b", ("**",), ("</b>",))
BREAK = Mark(Kind.ALONE, "br", ("<br>",), ("<br>",))


@given(blocks)
def test_the_pieces_of_a_passage_are_the_bytes_of_its_block(block):
    passage = segment(Document((block,))).parts[0]
    assert "".join(p if isinstance(p, str) else p.raw for p in passage.pieces) == raw_of(block)


@given(blocks)
def test_every_segment_reads_back_without_a_fault(block):
    for found in segments_of(segment(Document((block,)))):
        assert parse(found.text, found.codes)[1] == ()
        assert [int(c.name.lstrip("abcimgrx")) for c in found.codes] == list(
            range(1, len(found.codes) + 1)
        )


@given(blocks)
def test_no_segment_is_without_a_letter_or_digit(block):
    for found in segments_of(segment(Document((block,)))):
        assert any(map(str.isalnum, found.text))


@given(blocks)
def test_no_letter_of_a_block_is_left_in_the_skeleton(block):
    passage = segment(Document((block,))).parts[0]
    seen = [t.text for t in block.inlines if isinstance(t, Text)]
    held = sum(c.isalnum() for p in passage.pieces if isinstance(p, Segment) for c in spoken(p))
    want = sum(c.isalnum() for text in seen for c in text)
    inner = [p for p in passage.pieces if isinstance(p, Segment) and p.escape == "attribute"]
    assert held - sum(c.isalnum() for p in inner for c in spoken(p)) == want


def spoken(found):
    return "".join(w for w in parse(found.text, found.codes)[0] if isinstance(w, str))


def test_prose_is_cut_into_sentences_and_the_space_between_is_skeleton():
    assert texts(cut(T("Take it. Then rest."))) == ["Take it.", " ", "Then rest."]


def test_headings_and_attributes_are_never_cut():
    for role in (Role.HEADING, Role.ALT, Role.META_DESCRIPTION, Role.TITLE, Role.TAG):
        assert texts(cut(T("Take it. Then rest."), role=role)) == ["Take it. Then rest."]


def test_a_summary_is_cut():
    assert len(texts(cut(T("Take it. Then rest."), role=Role.SUMMARY))) == 3


def test_a_pair_around_the_whole_block_is_skeleton():
    passage = cut(OPEN, T("Take it. Then rest."), CLOSE)
    assert texts(passage) == ["**", "Take it.", " ", "Then rest.", "**"]
    assert passage.html[0] == "<b>"
    assert passage.html[-1] == "</b>"


def test_a_link_found_by_its_words_is_no_wrapper():
    close = Mark(Kind.CLOSE, "b", ("]",), ("</a>",), rewrite="][foo]")
    (found,) = cut(Mark(Kind.OPEN, "b", ("[",), ("<a>",)), T("foo"), close).pieces
    assert found.text == "<b1>foo</b1>"
    assert found.codes[0].rewrite == "][foo]"


def test_an_image_at_the_edge_is_skeleton_and_its_alt_text_a_segment():
    alt = Block(Role.ALT, (T("A stent"),), 1, "attribute")
    mark = Mark(Kind.ALONE, "img", ("![", alt, "](x)"), ('<img alt="', alt, '">'))
    assert texts(cut(mark, T(" It is open."))) == ["![", "A stent", "](x) ", "It is open."]
    (inside,) = cut(T("See "), mark, T(" here.")).pieces
    assert inside.text == "See <img1/> here."
    assert [s.text for s in segments_of(segment(Document((Block(*LINE),))))] == ["See"]
    assert inside.codes[0].open[1].text == "A stent"


LINE = (Role.TEXT, (T("See"), BREAK), 1, "body")


def test_no_sentence_is_cut_within_a_pair():
    passage = cut(T("He said: "), OPEN, T("take it. Then rest."), CLOSE, T(" So."))
    assert texts(passage) == ["He said: <b1>take it. Then rest.</b1>", " ", "So."]


def test_a_sentence_keeps_the_pair_that_begins_it():
    assert texts(cut(T("Take it. "), OPEN, T("Then"), CLOSE, T(" rest."))) == [
        "Take it.",
        " ",
        "<b1>Then</b1> rest.",
    ]


def test_a_cut_in_escaped_text_finds_its_place_in_the_raw_text():
    raw = '"Fish &amp; chips\\. \\"Eat\\". Then &quot;rest&quot;."'
    passage = cut(Text(raw, 'Fish & chips. "Eat". Then "rest".'), role=Role.SUMMARY)
    assert [p if isinstance(p, str) else p.raw for p in passage.pieces] == [
        '"Fish &amp; chips\\.',
        " ",
        '\\"Eat\\".',
        " ",
        'Then &quot;rest&quot;."',
    ]


def test_text_whose_place_is_in_doubt_is_not_cut():
    assert texts(cut(Text("$1 $2", "Take it. Then rest."))) == ["Take it. Then rest."]


def test_a_block_without_letters_or_digits_asks_for_nothing():
    code = Mark(Kind.ALONE, "c", ("`np`",), ("<code>np</code>",), plain="np")
    assert texts(cut(T("—"))) == ["—"]
    assert texts(cut(code)) == ["`np`"]
    assert cut(T("<—>")).html == ("&lt;—&gt;",)


def test_numbers_alone_are_a_segment():
    assert texts(cut(T("2021-01-05"), role=Role.CELL)) == ["2021-01-05"]


def test_short_text_carries_its_role_as_context():
    def context(text, role):
        return cut(T(text), role=role).pieces[0].context

    assert context("Date", Role.TEXT) == "text"
    assert context("Take it", Role.TEXT) == ""
    assert context("Mean age", Role.CELL) == "table-cell"
    assert context("Mean age years", Role.CELL) == ""
    assert context("What is a stent?", Role.HEADING) == "heading"
    assert context("What is a stent?", Role.TITLE) == "heading"
    assert context("What is a coronary stent?", Role.HEADING) == ""
    assert context("what-is-a-coronary-stent-really", Role.SLUG) == "slug"


def test_codes_do_not_count_as_words_of_a_short_text():
    (found,) = cut(T("Age"), BREAK, T("Sex"), role=Role.CELL).pieces
    assert found.context == "table-cell"


def test_segments_know_the_headings_above_them():
    def block(role, text, level=0):
        return Block(role, (T(text),), 1, "body", level=level)

    document = segment(
        Document(
            (
                block(Role.HEADING, "Stents", 1),
                block(Role.HEADING, "Risks", 2),
                block(Role.TEXT, "It can close."),
                block(Role.HEADING, "Care", 2),
                block(Role.TEXT, "Take it."),
            )
        )
    )
    assert [s.trail for s in segments_of(document)] == [
        (),
        ("Stents",),
        ("Stents", "Risks"),
        ("Stents",),
        ("Stents", "Care"),
    ]


def test_note_limit_key_and_line_are_carried():
    passage = cut(T("Take it.\nThen rest."), role=Role.SUMMARY, note="n", limit=9, key="summary")
    assert [(p.note, p.limit, p.key, p.line) for p in passage.pieces if isinstance(p, Segment)] == [
        ("n", 9, "summary", 1),
        ("n", 9, "summary", 2),
    ]


def test_a_link_in_a_link_is_no_link_to_translators():
    start, end = Mark(Kind.OPEN, "a", ("<a>",), ()), Mark(Kind.CLOSE, "a", ("</a>",), ())
    (found,) = cut(T("See "), start, T("one "), start, T("two"), end, end, T(" now.")).pieces
    assert found.text == "See <a1>one <x2>two</x2></a1> now."


def test_overlapping_marks_stand_alone():
    other = Mark(Kind.CLOSE, "i", ("_",), ("</i>",))
    (found,) = cut(T("a "), OPEN, T("b "), other, T("c "), CLOSE, T("d")).pieces
    assert found.text == "a <b1>b <i2/>c </b1>d"


def test_a_document_keeps_what_is_no_block():
    parts = ("# ", Protected("x", "code"), Block(Role.TEXT, (T("Take it."),), 1, "body"))
    cut_parts = segment(Document(parts, (), 1))
    assert cut_parts.parts[:2] == parts[:2]
    assert isinstance(cut_parts.parts[2], Passage)
    assert cut_parts.body == 1
