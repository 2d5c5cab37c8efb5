"""Translations go back into sources; nothing else about them changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_samples import BOTH, HTML, MARKDOWN, SOURCE, cut
from pipeline.stages.recombine import rebuild


@pytest.mark.parametrize(("text", "fmt"), BOTH)
def test_without_translations_the_source_comes_back(text, fmt):
    assert rebuild(cut(text, fmt), fmt, lambda s: None) == text
    assert rebuild(cut(text, fmt), fmt, lambda s: s.text, joined=True) == text


@given(st.text(st.sampled_from("ab .\n#*_`[]()<>!|-1&\\\"'"), max_size=80))
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


def test_space_at_the_edges_of_a_translation_is_left_out():
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: " Ruhe. " if s.text == "Then rest." else None)
    assert "**Take it. Ruhe.**" in got


def test_a_no_break_space_at_the_edge_of_a_translation_stays_and_breaks_no_mark():
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: "Ruhe.\xa0" if s.text == "Then rest." else None)
    assert "**Take it. Ruhe.&#160;**" in got


def test_chinese_has_no_space_between_sentences():
    words = {"Take it.": "服药。", "Then rest.": "休息。"}
    got = rebuild(cut(SOURCE), MARKDOWN, lambda s: words.get(s.text), joined=True)
    assert "**服药。休息。**" in got
