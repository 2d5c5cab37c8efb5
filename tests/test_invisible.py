"""No finished page holds a character that cannot be seen, unless its language writes it."""

from __future__ import annotations

import pytest

from page_samples import all_placements, english, localized, page, templates
from pipeline.stages.invisible import invisible_findings
from pipeline.stages.render import render_page
from pipeline.stages.visible import look
from style_samples import sample_page


def told(html: str) -> list[str]:
    return [finding.message for finding in invisible_findings(look(html), "build/x.html")]


def words(text: str, lang: str) -> str:
    return f"<!doctype html><html lang={lang}><title>x</title><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-US", "a\u200bb"),  # zero width space
        ("en-US", "a\u2060b"),
        ("en-US", "a\ufeffb"),
        ("en-US", "a\u200db"),
        ("en-US", "a\u200cb"),
        ("ja-JP", "患\u00ad者"),  # a soft hyphen where no word is parted
        ("zh-TW", "患\u200d者"),
        ("ar-SA", "م\u00adر"),
        ("de-DE", "a\u202eb\u202c"),  # overrides are nobody's
        ("ar-SA", "a\u202db\u202c"),
        ("he-IL", "a\u202eb\u202c"),
        ("de-DE", "a\u2068b\u2069"),  # an isolate that no right-to-left language asked for
        ("de-DE", "a\u200fb"),
        ("hi-IN", "a\u200eb"),
        ("ar-SA", "a\u2067b"),  # an isolate without an end
        ("fa-IR", "a\u2069b"),
        ("en-US", "a\U000e0041b"),  # a tag
        ("en-US", "a\ufe0fb"),  # a chooser of a form, after a letter that has none
        ("en-US", "a\U000e0100b"),
        ("en-US", " \ufe0e"),
        ("ko-KR", "\u3164"),  # fillers
        ("ko-KR", "\uffa0"),
        ("ko-KR", "\u115f\u1160"),
        ("en-US", "\u2800"),  # a letter of Braille without dots
        ("en-US", "a\u034fb"),
        ("en-US", "a\u180eb"),
        ("en-US", "a\ue000b"),  # private use
        ("en-US", "a\ufffdb"),  # damaged
        ("", "a\u00adb"),  # no language: nothing is usual
    ],
)
def test_a_character_that_the_language_does_not_write_is_found(lang: str, text: str) -> None:
    assert told(words(text, lang or '""'))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de-DE", "Stent\u00adthrombose und Auf\u200clage"),
        ("en-US", "re\u00adstenosis"),
        ("fa-IR", "می\u200cشود"),
        ("hi-IN", "क्\u200dष क्\u200cष"),
        ("ar-SA", "م\u200eA\u200fر\u061c"),
        ("ar-SA", "م \u2068ATLAS\u2069 ر"),
        ("he-IL", "א \u2066ATLAS\u2069 ב"),
        ("th-TH", "ผู้\u200bป่วย"),
        ("ja-JP", "葛\U000e0100"),  # an ideograph's form
        ("en-US", "\u2714\ufe0e done \u26a0\ufe0f 1\ufe0f\u20e3"),
        ("en-US", "\U0001f469\u200d\U0001f467"),  # a family, from pictures
        ("fr-FR", "5\u202fmg\u00a0: ça\u2009va"),
        ("en-US", "plain words, é ß 字"),
    ],
)
def test_a_character_that_the_language_writes_is_free(lang: str, text: str) -> None:
    assert told(words(text, lang)) == []


def test_the_language_is_that_of_the_nearest_element() -> None:
    arabic = '<span lang="ar">م\u200fA</span>'
    assert told(words(arabic, "de")) == []
    assert told(words(arabic + "\u200f", "de"))
    assert told(words(f'<i lang="de">{arabic}</i><i lang=de>\u200f</i>', "ar"))


def test_marks_of_direction_may_end_in_another_element_of_the_same_block() -> None:
    assert told(words("م \u2068<b>ATLAS</b>\u2069 ر", "ar")) == []
    assert told(words("م \u2068ATLAS</p><p>\u2069 ر", "ar"))


@pytest.mark.parametrize(
    "html",
    [
        "<img alt='a\u200bb'>",
        "<p aria-label='a\u200bb'></p>",
        "<a title='a\u200bb'>x</a>",
        "<title>a\u200bb</title>",
        "<meta name=description content='a\u200bb'>",
        "<p hidden>a\u200bb</p>",
    ],
)
def test_words_outside_the_text_are_looked_at_too(html: str) -> None:
    (message,) = told(f"<html lang=en>{html}</html>")
    assert "U+200B (zero width space)" in message
    assert "'en'" in message


def test_what_readers_never_get_is_not_looked_at() -> None:
    assert told("<html lang=en><script>a\u200bb</script><style>c\u200bd</style></html>") == []


def test_each_character_is_told_once() -> None:
    assert len(told(words("a\u200bb</p><p>c\u200bd", "en"))) == 1


def test_our_own_pages_have_none_in_any_direction() -> None:
    assert told(sample_page()) == []
    arabic = page(localized("ar-SA"), statements=all_placements())
    assert told(render_page(arabic, templates(), english()).html) == []
