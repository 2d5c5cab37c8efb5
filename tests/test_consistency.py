"""What several catalogs and articles contradict each other in."""

from pathlib import Path

import pytest

from pipeline.model import Severity
from pipeline.stages.consistency import Said, contradictions
from pipeline.stages.judge_source import clashing_claims, hard_segments
from pipeline.stages.sentences import cuts
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import read_articles

LONG = "Nehmen Sie das Medikament jeden Tag zur selben Zeit ein."


def said(source, words, locale="de-DE", article="a", context="", line=1):
    return Said(locale, article, (context, source), words, f"{locale}/{article}.po", line)


def found(*every):
    return [told.finding.code for told in contradictions(every)]


def test_one_source_translated_in_two_ways_is_a_warning():
    told = contradictions(
        (said("follow-up visit", "Kontrolle"), said("follow-up visit", "Nachsorge", article="b"))
    )
    (one,) = told
    assert one.finding.code == "inconsistent"
    assert "in de-DE/a.po:1" in one.finding.message
    assert one.finding.severity is Severity.WARNING


def test_other_roles_other_locales_and_single_words_may_differ():
    assert not found(said("a stent", "x", context="tag"), said("a stent", "y", context="heading"))
    assert not found(said("a stent", "x"), said("a stent", "y", locale="fr-FR"))
    assert not found(said("Yes.", "Ja."), said("Yes.", "Doch.", article="b"))
    assert not found(said("a stent", "x"), said("a stent", "x", article="b"))


def test_a_long_translation_of_two_sources_is_a_warning():
    assert found(said("Take it daily.", LONG), said("Take it in the morning.", LONG)) == [
        "same-translation"
    ]
    assert not found(said("Take it daily.", LONG), said("Take <b1>it</b1> daily!", LONG))
    assert not found(said("Artery", "Arterie"), said("Vessel", "Arterie"))
    assert not found(said("Take 1 daily.", LONG), said("Take 2 daily.", LONG))


def test_countries_of_one_language_that_differ_are_a_note():
    told = contradictions((said("a stent", "x"), said("a stent", "y", locale="de-AT")))
    assert [(one.finding.code, one.finding.severity) for one in told] == [
        ("country-words", Severity.NOTE)
    ]


@pytest.fixture
def articles(demo):
    """Make articles of texts: the demo's own article with another id and body."""
    first = next((demo / "source").glob("*.md"))
    head = first.read_text("utf-8").split("\n---\n", 1)[0]

    def make(*bodies):
        for number, body in enumerate(bodies):
            text = head.replace("after-an-x-ray", f"article-{number}")
            Path(demo / f"source/article-{number}.md").write_text(f"{text}\n---\n\n{body}\n")
        every, findings = read_articles(open_workspace(demo))
        assert not findings
        return [one for one in every if one.id.startswith("article-")]

    return make


def test_long_sentences_parts_and_lone_words_are_told(articles):
    long = "The doctor tells you " + "and tells you again " * 12 + "what to do."
    assert not cuts("A b.")
    told = list(hard_segments(articles(f"{long}\n\n- take the rest of\n\nIt is a whole sentence.")))
    assert [(one.severity, one.where.line > 3) for one in told if "words" in one.message] == [
        (Severity.WARNING, True)
    ]
    assert any("is a part of a sentence" in one.message for one in told)
    assert not any("whole sentence" in one.message for one in told)


def test_the_same_sentence_with_another_figure_is_an_error(articles):
    told = list(
        clashing_claims(
            articles(
                "The stent stayed open in 94% of patients. It took 3 days.",
                "The stent stayed open in 96% of patients. It took 4 days.",
            )
        )
    )
    (one,) = told
    assert one.code == "claim-figure"
    assert one.severity is Severity.ERROR
    assert "article-0.md" in one.message


def test_equal_figures_and_one_article_alone_are_no_contradiction(articles):
    body = "The stent stayed open in 94% of patients. The stent stayed open in 95% of patients."
    assert not list(clashing_claims(articles(body)))
    assert not list(clashing_claims(articles("It stayed open in 94% of them.") * 2))
