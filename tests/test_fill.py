"""Words go into the slots of a page; everything else about it comes from the source."""

from article_samples import (
    HTML,
    MARKDOWN,
    PAGE,
    SOURCE,
    article,
    cut,
    filled,
    same,
    says,
    structure,
)
from pipeline.model import State
from pipeline.stages.bidi import isolate
from pipeline.stages.recombine import compile_skeleton, fill
from pipeline.stages.segment import segments_of


def test_the_skeleton_holds_each_segment_as_a_piece_and_gaps_apart():
    pieces = compile_skeleton(cut("Take it. Then rest.\n"), MARKDOWN).pieces
    assert [p if isinstance(p, str) else p.text for p in pieces] == [
        "<p>",
        "Take it.",
        " ",
        "Then rest.",
        "</p>\n",
    ]


def test_slots_where_a_tag_would_be_text_are_known():
    skeleton = compile_skeleton(cut(PAGE, HTML), HTML)
    bare = {skeleton.pieces[at].text for at in skeleton.bare}
    assert bare == {"A title", "Send", "One"}


def test_questions_and_answers_are_found_under_the_faq():
    local = filled(SOURCE, same)
    found = [
        (
            "".join(local.plain[q.question.start : q.question.stop]),
            "".join(local.plain[q.answer.start : q.answer.stop]).split(),
        )
        for q in local.article.skeleton.faq
    ]
    assert found == [
        ("Is it safe?", ["Yes.", "Ask", "your", "doctor."]),
        ("Does it hurt?", ["No.Not", "much."]),
    ]
    html = local.pieces[local.article.skeleton.faq[1].answer.start :]
    assert "".join(html).strip().startswith("<ul>")


def test_a_page_without_faq_has_no_questions():
    assert compile_skeleton(cut("## Why?\n\n### How?\n\nSo.\n"), MARKDOWN).faq == ()
    assert compile_skeleton(cut("## Why? {#faq}\n"), MARKDOWN).faq == ()


def test_text_right_before_the_next_question_belongs_to_the_answer():
    source = '<h2 id="faq">FAQ</h2><h3>One?</h3>Yes.<h3>Two?</h3>No.<h2>End</h2>'
    local = filled(source, same, fmt=HTML)
    assert [
        "".join(local.plain[q.answer.start : q.answer.stop]) for q in local.article.skeleton.faq
    ] == ["Yes.", "No."]


def test_words_are_escaped_and_codes_become_tags():
    local = filled("Mix **a** & `b`.", says(Mix='<b1>A</b1> < "B" & <c2/> <i>'))
    assert "".join(local.pieces) == (
        "<p><strong>A</strong> &lt; &quot;B&quot; &amp; <code>b</code> &lt;i&gt;</p>\n"
    )
    assert local.plain[1] == 'A < "B" & b <i>'
    assert local.complete


def test_what_is_missing_shows_the_source_and_says_so():
    local = filled("Take **it**.", lambda s: ("", State.MISSING))
    assert local.pieces[1] == (
        '<span lang="en" dir="ltr" class="untranslated">Take <strong>it</strong>.</span>'
    )
    assert (local.done, local.fuzzy, local.missing) == (0, 0, 1)


def test_what_is_fuzzy_shows_the_source_and_says_so():
    local = filled("Take **it**.", lambda s: ("Nimm <b1>es</b1>.", State.FUZZY))
    assert 'class="untranslated fuzzy">Take' in local.pieces[1]
    assert (local.done, local.fuzzy, local.missing) == (0, 1, 0)


def test_broken_codes_count_as_missing():
    local = filled("Take **it**.", lambda s: ("Nimm es.", State.DONE))
    assert 'class="untranslated">Take' in local.pieces[1]
    assert not local.complete


def test_attributes_hold_words_only():
    local = filled("![A stent](s.png)", lambda s: ("", State.MISSING))
    assert 'alt="A stent"' in "".join(local.pieces)
    local = filled("See ![A stent](s.png).", says(A='x" onerror="y'))
    assert 'alt="x&quot; onerror=&quot;y"' in "".join(local.pieces)


def test_an_attribute_without_quotes_stays_one():
    local = filled("<img alt=Stent src=x><p>x</p>", says(Stent="a b=c"), fmt=HTML)
    tokens = structure("".join(local.pieces))
    assert tokens[0][2] == [("alt", ""), ("src", "x")]


def test_fields_are_words_without_tags():
    local = filled(SOURCE, says(A="<b>Ein Stent"))
    assert local.fields["summary"].html == "&lt;b&gt;Ein Stent It may be opened."
    assert local.fields["summary"].plain == "<b>Ein Stent It may be opened."
    assert local.fields["tags.1"].plain == "Heart: care"
    missing = filled(SOURCE, lambda s: ("", State.MISSING)).fields["title"]
    assert (missing.html, missing.state) == ("In-stent restenosis", State.MISSING)


def test_all_segments_are_counted_those_in_codes_too():
    local = filled(SOURCE, same)
    assert local.done == len(list(segments_of(local.article.document)))


def test_a_skipped_sentence_leaves_the_page_with_its_space():
    local = filled("Take it. Then rest. So.", says(Then="<skip/>"))
    assert "".join(local.pieces) == "<p>Take it. So.</p>\n"
    assert local.complete
    assert not filled("Take it.", says(Take="<skip/>")).complete


def test_japanese_joins_its_sentences():
    local = filled("Take it. Then rest.", says(Take="服。", Then="休。"), "ja-JP")
    assert "".join(local.pieces) == "<p>服。休。</p>\n"


def test_latin_names_are_isolated_in_right_to_left_text_and_nowhere_else():
    words = says(The="دعامة XIENCE <b1>Pro 48</b1> <img2/>", A="صورة XIENCE")
    local = filled("The **Pro** ![A stent](s.png) now.", words, "ar-SA")
    assert "دعامة <bdi>XIENCE</bdi> <strong><bdi>Pro 48</bdi></strong>" in local.pieces[1]
    assert 'alt="صورة XIENCE"' in local.pieces[1]


def test_what_was_rendered_once_is_not_rendered_again():
    memo = {}
    page = article("Take **it**.\n\nTake **it**.\n")
    first = fill(page, "de-DE", same, "en", memo)
    size = len(memo)
    assert size == 1
    assert fill(page, "de-DE", same, "en", memo).pieces == first.pieces
    assert len(memo) == size


def test_memo_does_not_keep_what_a_code_holds():
    memo = {}
    page = article("See ![A stent](s.png) now.")
    fill(page, "de-DE", same, "en", memo)
    other = fill(page, "de-DE", says(A="Ein Stent"), "en", memo)
    assert 'alt="Ein Stent"' in other.pieces[1]


def test_no_name_is_isolated_within_a_tag():
    html = '<a title="a > Stent" href="/x">Stent</a>'
    assert isolate(html, "ar-SA") == '<a title="a > Stent" href="/x"><bdi>Stent</bdi></a>'
