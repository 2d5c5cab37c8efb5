"""A translator asks in a comment; the author answers once, and every locale reads it."""

import json

import pytest

from workspaces import replace

DE = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
EN = "locales/en_US/LC_MESSAGES/after-an-x-ray.po"
ARTICLE = "source/after-an-x-ray.md"
TEXT = "You can go home right after the examination."
NOTE = "<!-- l10n:note The same day, not within the hour. -->\n"


@pytest.fixture
def asked(demo, l10n):
    l10n("extract", "-C", demo)
    place = f'msgid "{TEXT}"'
    text = (demo / DE).read_text("utf-8")
    before, _, after = text.partition(place)
    head, gap, notes = before.rpartition("\n\n")
    question = "# ? Does it mean at once,\n# or the same day?\n#\n# my own note\n"
    (demo / DE).write_text(f"{head}{gap}{question}{notes}{place}{after}", "utf-8")
    return demo


def told(l10n, demo, *words):
    done = l10n("status", "-C", demo, "--questions", "--json", *words)
    assert done.code == 0, done.err
    return json.loads(done.out)["questions"]


def test_a_question_is_told_with_its_place_and_where_to_answer_it(asked, l10n):
    (one,) = told(l10n, asked)
    assert one["question"] == "Does it mean at once, or the same day?"
    assert (one["locale"], one["article"], one["text"]) == ("de-DE", "after-an-x-ray", TEXT)
    lines = (asked / one["path"]).read_text("utf-8").splitlines()
    assert lines[one["line"] - 1].startswith("# ? Does it")
    source = (asked / one["source"]).read_text("utf-8").splitlines()
    assert source[one["source_line"] - 1].startswith(TEXT)
    shown = l10n("status", "-C", asked, "--questions").out
    assert "open: Does it mean" in shown
    assert "questions: 1 open, 0 answered" in shown


def test_one_note_answers_it_and_reaches_every_locale(asked, l10n):
    replace(asked / ARTICLE, TEXT, NOTE + TEXT)
    (one,) = told(l10n, asked)
    assert (one["open"], one["answer"]) == (False, "The same day, not within the hour.")
    assert l10n("extract", "-C", asked).code == 0
    for path in (DE, EN):
        assert "#. note: The same day, not within the hour." in (asked / path).read_text("utf-8")
    assert "# ? Does it mean at once," in (asked / DE).read_text("utf-8"), "theirs to take away"


def test_two_question_marks_say_that_the_note_is_no_answer(asked, l10n):
    replace(asked / ARTICLE, TEXT, NOTE + TEXT)
    replace(asked / DE, "# ? Does", "# ?? Does")
    (one,) = told(l10n, asked)
    assert one["open"]
    assert one["question"].startswith("Does")


def test_questions_can_be_narrowed_down_and_other_comments_are_none(asked, l10n):
    assert told(l10n, asked, "--locale", "en-US") == []
    assert len(told(l10n, asked, "--locale", "de-DE", "--article", "after-an-x-ray")) == 1
    assert l10n("status", "-C", asked, "--questions", "--locale", "de_DE").code == 2
