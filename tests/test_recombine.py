"""Translations go back into sources and pages; nothing else about them changes."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codes import escape
from pipeline.formats.html import FORMAT as HTML
from pipeline.formats.markdown import FORMAT as MARKDOWN
from pipeline.model import Article, Audience, Protected, Role, Segment, SplitOptions, State
from pipeline.stages.pseudo import Pseudo, pseudo
from pipeline.stages.recombine import compile_skeleton, fill, rebuild
from pipeline.stages.segment import segment, segments_of

CASES = Path(__file__).parent / "cases"
PAYLOADS = [
    json.loads(line)["payload"]
    for line in (CASES / "xss" / "dompurify.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]

SOURCE = """\
---
title: In-stent restenosis
summary: A stent can close. It may be opened.
tags: [Stents, "Heart: care"]
---

# What is **restenosis**?

A stent can close. It may be <b>opened</b> again.
See [the *guide*](/guide "Our guide") and ![A stent](s.png), or `np`.

**Take it. Then rest.**

| Name | Value |
|------|-------|
| Age  | 5     |

## Frequently asked questions {#faq}

### Is it safe?

Yes. Ask your doctor.

### Does it hurt?

- No.
- Not *much*.

## More

The end.
"""
PAGE = """\
<h1>What is <em>it</em>?</h1>
<p title="A title">A stent can close. It may be <b class="x > y">opened</b> again.<br>
Ask <img src=s.png alt=Stent> <a href='/x' title='The "guide"'>us</a>.</p>
<input type="submit" value="Send"><select><option>One</option></select>
"""


def cut(text, fmt=MARKDOWN):
    return segment(fmt.split(text, "source/a.md", SplitOptions()))


def article(text, fmt=MARKDOWN):
    document = cut(text, fmt)
    fields = tuple(s for s in segments_of(document) if s.key)
    return Article(
        "a",
        "source/a.md",
        Audience.LAY,
        (),
        date(2026, 1, 1),
        "",
        "",
        (),
        "",
        fields,
        document,
        compile_skeleton(document, fmt),
    )


def filled(text, words, locale="de-DE", fmt=MARKDOWN):
    return fill(article(text, fmt), locale, words, "en", {})


def says(**translations):
    """The given translations by the first word of their source, all else as it is."""

    def words(found):
        return translations.get(found.text.split()[0].strip("?.:"), found.text), State.DONE

    return words


def same(found):
    return found.text, State.DONE


def structure(html):
    """The elements of a page with the names of their attributes, and their addresses."""
    return [
        (
            token.type,
            token.tag,
            [(k, v if k in ("href", "src", "class", "id") else "") for k, v in token.attrs or ()],
        )
        for token in turbohtml.tokenize(html)
        if token.type in (1, 2)
    ]


# ------------------------------------------------------------------ rebuild


@pytest.mark.parametrize(("text", "fmt"), [(SOURCE, MARKDOWN), (PAGE, HTML)])
def test_without_translations_the_source_comes_back(text, fmt):
    assert rebuild(cut(text, fmt), fmt, lambda s: None) == text
    assert rebuild(cut(text, fmt), fmt, lambda s: s.text, joined=True) == text


@given(st.text(st.sampled_from("ab .\n#*_`[]()<>!|-1&\\\"'"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_source_comes_back(text):
    for fmt in (MARKDOWN, HTML):
        assert rebuild(cut(text, fmt), fmt, lambda s: None) == text


def test_only_translated_sentences_change():
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: "Das Ende." if s.text == "The end." else None)
    assert got == SOURCE.replace("The end.", "Das Ende.")


def test_a_translation_moves_codes_and_keeps_what_they_hold():
    words = {
        "See <a1>the <i2>guide</i2></a1> and <img3/>, or <c4/>.": (
            "<c4/>, <img3/> oder <a1>der <i2>Leitfaden</i2></a1>."
        ),
        "Our guide": "Unser Leitfaden",
        "A stent": "Ein Stent",
    }
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: words.get(s.text))
    assert '`np`, ![Ein Stent](s.png) oder [der *Leitfaden*](/guide "Unser Leitfaden").' in got


def test_an_alt_text_is_translated_even_where_its_sentence_is_not():
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: "Bild" if s.text == "A stent" else None)
    assert got == SOURCE.replace("![A stent]", "![Bild]")


def test_a_translation_with_broken_codes_is_not_used():
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: "Siehe" if s.text.startswith("See") else None)
    assert got == SOURCE


def test_a_skipped_sentence_goes_with_the_space_before_it():
    words = {"It may be opened.": "<skip/>", "Then rest.": "<skip/>", "Take it.": "Nimm und ruhe."}
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: words.get(s.text))
    assert "**Nimm und ruhe.**" in got
    assert "summary: A stent can close.\n" in got


def test_a_sentence_with_nothing_before_it_cannot_be_skipped():
    assert rebuild(cut(SOURCE), MARKDOWN, lambda s: "<skip/>").count("What is **restenosis**?")
    assert "The end." in rebuild(cut(SOURCE), MARKDOWN, lambda s: "<skip/>")


def test_chinese_has_no_space_between_sentences():
    words = {"Take it.": "服药。", "Then rest.": "休息。"}
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: words.get(s.text), joined=True)
    assert "**服药。休息。**" in got


# ------------------------------------------------------------------ skeleton


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


# ------------------------------------------------------------------ fill


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


# ------------------------------------------------------------------ hostile and pretended words


@pytest.mark.parametrize(("text", "fmt"), [(SOURCE, MARKDOWN), (PAGE, HTML)])
def test_no_translation_can_add_an_element_or_attribute(text, fmt):
    page = article(text, fmt)
    plain = structure("".join(fill(page, "de-DE", same, "en").pieces))
    for payload in PAYLOADS:
        for locale in ("de-DE", "ar-SA"):
            # `<h1>` would be taken for an unknown code, and the source's words be shown
            words = saying(escape(payload))
            html = "".join(fill(page, locale, words, "en").pieces)
            assert structure(html.replace("<bdi>", "").replace("</bdi>", "")) == plain, payload
            raw = fill(page, locale, saying(payload), "en")
            assert raw.complete or payload not in "".join(raw.pieces)


def saying(payload):
    return lambda found: (found.text + payload, State.DONE)


@pytest.mark.parametrize("script", list(Pseudo))
@pytest.mark.parametrize(("text", "fmt"), [(SOURCE, MARKDOWN), (PAGE, HTML)])
def test_a_pretended_translation_keeps_the_structure_of_a_page(text, fmt, script):
    page = article(text, fmt)
    plain = structure("".join(fill(page, "en-US", same, "en").pieces))
    local = fill(page, "de-DE", lambda s: (pseudo(s, script), State.DONE), "en")
    assert local.complete
    assert structure("".join(local.pieces)) == plain
    rebuilt = rebuild(page.document, fmt, lambda s: pseudo(s, script))
    again = structure("".join(fill(article(rebuilt, fmt), "en-US", same, "en").pieces))
    assert without_ids(again) == without_ids(plain)


def without_ids(tokens):
    """Ids of headings are made of their words."""
    return [(kind, tag, [a for a in attrs if a[0] != "id"]) for kind, tag, attrs in tokens]


def test_a_pretended_translation_leaves_no_word_of_the_source():
    page = article(SOURCE)
    local = fill(page, "zh-CN", lambda s: (pseudo(s, Pseudo.CHINESE), State.DONE), "en")
    letters = {c for word in local.plain for c in word if c.isascii() and c.isalpha()}
    kept = {c for p in page.skeleton.pieces if isinstance(p, Protected) for c in p.raw}
    assert letters - kept <= set("np")  # the code span


def test_pretended_words_keep_numbers_and_look_alikes():
    found = Segment("Take &lt;b1> 5.5 mg.", "", Role.TEXT, 1, "")
    assert [re.sub(r"[^\d.<>&。]", "", pseudo(found, script)) for script in Pseudo] == [
        "<1>5.5.",
        "<1>5.5。",
        "<1>5.5.",
    ]
