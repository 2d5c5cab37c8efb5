"""The grammar of codes: what translators see, what is read back, what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codes import End, Word, escape, is_skip, parse, plain, render
from pipeline.model import Code, Kind

B1 = Code("b1", pair=True, open=("**",), close=("**",), html_open=(), html_close="")
A2 = Code("a2", pair=True, open=("[",), close=("](/x)",), html_open=(), html_close="")
C3 = Code("c3", pair=False, open=("`np`",), close=(), html_open=(), html_close="", plain="np")
CODES = (B1, A2, C3)

PIECES = ("<", "&", "amp;", "lt;", "b1", "/", ">", "/>", "skip", " ", "&lt;b1>", "<b1>", "x")
words = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)


def merged(tokens: list[Word]) -> tuple[Word, ...]:
    out: list[Word] = []
    for token in tokens:
        if isinstance(token, str) and out and isinstance(out[-1], str):
            out[-1] += token
        elif token != "":
            out.append(token)
    return tuple(out)


@given(words)
def test_reading_gives_back_the_words_that_were_written(text):
    assert parse(escape(text), ()) == (((text,) if text else ()), ())


@given(words, words, words, words, words)
def test_reading_gives_back_words_and_codes_in_any_order(one, two, three, four, five):
    b, bb = End(Kind.OPEN, B1), End(Kind.CLOSE, B1)
    a, aa = End(Kind.OPEN, A2), End(Kind.CLOSE, A2)
    tokens = [one, a, two, b, three, End(Kind.ALONE, C3), bb, four, aa, five]
    assert parse(render(tokens), CODES) == (merged(tokens), ())


def test_ordinary_less_than_and_ampersands_are_left_alone():
    text = "a < b & c &lt; d <em>x</em> &amp;"
    assert escape(text) == text
    assert parse(text, ())[0] == (text,)


def test_words_that_look_like_a_code_are_written_apart_from_it():
    assert escape("write <b1> or &lt;b1>") == "write &lt;b1> or &amp;lt;b1>"


def test_editors_may_write_codes_their_own_way():
    usual = parse("<b1>x</b1><a2>y</a2><c3/>", CODES)
    assert not usual[1]
    assert parse("<b1>x</b1 ><a2 >y</a2><c3 />", CODES) == usual
    assert parse("<b1>x</b1><a2>y</a2><c3></c3>", CODES) == usual


def test_what_a_reader_reads_holds_the_words_of_codes():
    assert plain(parse("<b1>use</b1> <c3/><a2>.</a2>", CODES)[0]) == "use np."


@pytest.mark.parametrize(
    ("translation", "message"),
    [
        ("<b1>x</b1> <a2>y</a2>", "the code <c3/> is lost"),
        ("<b1>x</b1> <c3/>", "the code <a2>…</a2> is lost"),
        ("<b1>x</b1><a2>y</a2><c3/><c3/>", "the code <c3> stands twice"),
        ("<b1>x</b1><b1>z</b1><a2>y</a2><c3/>", "the code <b1> stands twice"),
        ("x</b1><a2>y</a2><c3/>", "</b1> ends a code that is not open"),
        ("<b1>x<a2>y</a2><c3/>", "the code <b1> is not closed"),
        ("<b1>x<a2>y</b1></a2><c3/>", "<a2> and <b1> overlap"),
        ("<b1>x</b1><a2>y</a2><c3/><i9>", "the source has no code <i9>"),
        ("<b1/><a2>y</a2><c3/>", "<b1/> is not how this code is written"),
        ("<b1>x</b1><a2>y</a2><c3>", "<c3> is not how this code is written"),
        ("<b1>x</b1><a2>y</a2><c3/></c3>", "</c3> is not how this code is written"),
        ("<b1>x</b1><a2>y</a2><c3/><skip/>", "<skip/> stands among words"),
        ("<skip/>", "the code <b1>…</b1> is lost"),
    ],
)
def test_every_fault_of_a_code_is_told_with_a_hint(translation, message):
    faults = parse(translation, CODES)[1]
    assert message in [fault.message for fault in faults]
    assert all(fault.hint for fault in faults)


def test_a_link_inside_a_link_is_a_fault():
    outer = Code("a1", pair=True, open=("[",), close=("](/y)",), html_open=(), html_close="")
    assert parse("<a1>x <a2>y</a2></a1>", (outer, A2))[1]


def test_other_tags_are_words():
    tokens, faults = parse("<script>x</script>", ())
    assert tokens == ("<script>x</script>",)
    assert not faults


def test_skip_stands_alone():
    assert is_skip("<skip/>")
    assert is_skip(" <skip /> ")
    assert not is_skip("<skip/> and more")
    assert parse("<skip/>", ()) == ((), ())


def test_thousands_of_nested_codes_are_read():
    codes = tuple(
        Code(f"b{n}", pair=True, open=(), close=(), html_open=(), html_close="")
        for n in range(1, 5001)
    )
    text = "".join(f"<{c.name}>" for c in codes) + "".join(f"</{c.name}>" for c in codes[::-1])
    assert parse(text, codes)[1] == ()
