"""Law 5: each demanded statement stands once, whole, seen and in its place on the built page."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Demand, Gate, Placement, Rule, Statement, Where
from pipeline.stages.verify_page import statement_findings
from pipeline.stages.visible import FORMAT

RULE = Rule("r", "statement", "XX", Where("XX.toml"), ("Act",))
TEXTS = {
    "hcp-only": ("This page is for professionals only.",),
    "risk": ("Every stent carries risks.", "A physician must weigh them."),
    "education": ("This page is for education only.", "It is no medical advice."),
    "imprint": ("The maker is INVAMED.",),
}
PLACES = {
    "hcp-only": Placement.TOP,
    "risk": Placement.INLINE,
    "education": Placement.BOTTOM,
    "imprint": Placement.FOOTER,
}
DEMANDS = tuple(Demand(name, place, RULE) for name, place in PLACES.items())
NAMES = ("INVAMED ATLAS", "ATLAS")


def statements(locale: str = "en-US") -> tuple[Statement, ...]:
    return tuple(Statement(name, locale, text, Where("")) for name, text in TEXTS.items())


def aside(name: str, extra: str = "", text: str = "") -> str:
    place = PLACES[name].value.partition("-")[0]
    words = text or escape(" ".join(TEXTS[name]))
    return f'<aside data-stmt="{name}" data-place="{place}"{extra}><p>{words}</p></aside>'


def page(**change: str) -> str:
    """A page that carries every statement as it should, with some of its parts changed."""
    part = {
        "head": '<meta name="description" content="On stents">',
        "top": aside("hcp-only"),
        "header": "<header><h1>On stents</h1><p class=meta>2026</p></header>",
        "intro": "<p>Stents hold arteries open.</p>",
        "mention": "<p>The INVAMED <b>ATLAS</b> is one of them.</p>",
        "inline": aside("risk"),
        "rest": "<h2>More</h2><p>Text.</p>",
        "bottom": aside("education"),
        "after": "<p class=reviewed>Reviewed by: A</p>",
        "footer": aside("imprint"),
        "open": "",
        "close": "",
    } | change
    return (
        "<!doctype html><html lang=en><head><title>On stents</title>{head}</head><body>"
        "<nav>Home / ATLAS</nav><main><article>{top}{header}{open}<div class=body>{intro}"
        "{mention}{inline}{rest}</div>{close}{bottom}{after}</article></main>"
        "<footer>{footer}</footer></body></html>"
    ).format(**part)


def codes(html: str, gate: Gate = Gate.NONE, names: tuple[str, ...] = NAMES) -> list[str]:
    found = statement_findings(html, DEMANDS, statements(), gate, "build/x.html", names)
    return [finding.code for finding in found]


def test_a_page_that_carries_everything_has_no_findings() -> None:
    assert codes(page()) == []


@pytest.mark.parametrize("slot", ["top", "inline", "bottom", "footer"])
def test_a_statement_that_is_left_out_is_missing(slot: str) -> None:
    assert codes(page(**{slot: ""})) == ["statement-missing"]


def test_a_statement_without_a_text_in_the_language_is_missing() -> None:
    found = statement_findings(page(), DEMANDS, statements()[1:], Gate.NONE, "x", NAMES)
    assert [finding.code for finding in found] == ["statement-missing"]


def test_a_finding_names_the_file_and_line() -> None:
    html = page(bottom="\n\n" + aside("education", text="Other words."))
    (found,) = statement_findings(html, DEMANDS, statements(), Gate.NONE, "build/x.html", NAMES)
    assert str(found.where) == "build/x.html:3"


@pytest.mark.parametrize(
    "extra",
    [
        " hidden",
        ' hidden="until-found"',
        ' aria-hidden="true"',
        ' aria-hidden="TRUE"',
        ' style="display:none"',
        ' style="color:red; DISPLAY : none !important"',
        ' style="display:/**/none"',
        ' style="visibility: hidden"',
        ' style="opacity:0"',
        ' style="opacity: 0.0"',
        ' style="font-size:0px"',
        ' style="height:0"',
        ' style="text-indent:-9999px"',
        ' style="position:absolute;left:-9999px"',
        ' style="clip-path:inset(50%)"',
        ' style="color:transparent"',
        " popover",
    ],
)
def test_a_statement_that_hides_itself_is_hidden(extra: str) -> None:
    assert codes(page(bottom=aside("education", extra))) == ["statement-hidden"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div hidden>", "</div>"),
        ('<div aria-hidden="true">', "</div>"),
        ('<div style="display: none">', "</div>"),
        ("<noscript>", "</noscript>"),
        ("<template>", "</template>"),
        ("<details><summary>More</summary>", "</details>"),
        ("<dialog>", "</dialog>"),
        ("<svg><foreignObject>", "</foreignObject></svg>"),
    ],
)
def test_a_statement_inside_something_hidden_is_hidden(before: str, after: str) -> None:
    found = codes(page(bottom=before + aside("education") + after))
    assert found in (["statement-hidden"], ["statement-missing"])


@pytest.mark.parametrize("tag", ["s", "del", "font", "a", "small", "bdo", "blockquote", "li"])
def test_a_statement_that_stands_in_somebody_elses_words_is_hidden(tag: str) -> None:
    found = codes(page(bottom=f"<{tag}>" + aside("education") + f"</{tag}>"))
    assert found == ["statement-hidden"]


@pytest.mark.parametrize("tag", ["s", "del", "font", "button", "sup"])
def test_a_statement_whose_words_stand_in_other_elements_is_hidden(tag: str) -> None:
    text = f"<{tag}>{' '.join(TEXTS['education'])}</{tag}>"
    assert codes(page(bottom=aside("education", text=text))) == ["statement-hidden"]


@pytest.mark.parametrize(
    "extra",
    [
        'style="color:red"',
        "inert",
        "hidden",
        'bgcolor="black"',
        'onclick="x"',
        'aria-hidden="false"',
        "width=0",
    ],
)
def test_an_attribute_that_nobody_has_proved_harmless_is_found(extra: str) -> None:
    assert codes(page(bottom=aside("education", f" {extra}"))) == ["statement-hidden"]
    around = f"<div {extra}>{aside('education')}</div>"
    assert codes(page(bottom=around)) == ["statement-hidden"]
    words = f"<span {extra}>{' '.join(TEXTS['education'])}</span>"
    assert codes(page(bottom=aside("education", text=words))) == ["statement-hidden"]


def test_an_attribute_that_hides_nothing_is_no_finding() -> None:
    extra = ' class="statement" id="x" lang="en" dir="ltr" role="note" data-sign="1" tabindex="0"'
    assert codes(page(bottom=aside("education", extra))) == []


@pytest.mark.parametrize(
    "copy",
    [
        aside("education"),
        f"<p>{' '.join(TEXTS['education'])}</p>",
        "".join(f"<p>{sentence}</p>" for sentence in TEXTS["education"]),
        "<p>This page is for education only. It is no med\u00adical advice.</p>",
    ],
)
def test_a_statement_that_stands_twice_is_repeated(copy: str) -> None:
    assert "statement-repeated" in codes(page(after=copy))


@pytest.mark.parametrize(
    "text",
    [
        "This page is for education only.",
        "This page is for education only. It is medical advice.",
        "This page is for education only. It is no medical advice. Buy now.",
        "This page is for education only. It is no med\u200bical advice.",
    ],
)
def test_a_statement_whose_words_differ_is_altered(text: str) -> None:
    assert codes(page(bottom=aside("education", text=text))) == ["statement-altered"]


def test_sentences_may_stand_in_elements_of_their_own() -> None:
    spans = "\n ".join(f"<span data-sentence>{s}</span>" for s in TEXTS["education"])
    assert codes(page(bottom=aside("education", text=spans))) == []


def test_japanese_sentences_stand_without_a_space() -> None:
    japanese = Statement("education", "ja-JP", ("教育用です。", "助言ではありません。"), Where(""))
    demand = (Demand("education", Placement.BOTTOM, RULE),)
    for between, wanted in (("", []), (" ", ["statement-altered"])):
        bottom = aside("education", text=between.join(japanese.sentences))
        html = page(top="", inline="", footer="", bottom=bottom)
        found = statement_findings(html, demand, (japanese,), Gate.NONE, "x")
        assert [finding.code for finding in found] == wanted


def test_a_statement_that_nobody_demands_is_found() -> None:
    stray = '<aside data-stmt="other" data-place="bottom"><p>Law of another land.</p></aside>'
    assert codes(page(after=stray)) == ["statement-not-demanded"]


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="{" ".join(TEXTS["education"])}">',
        (
            '<script type="application/ld+json">{"a": ["This page is for education only. '
            'It is no medic\\u0061l advice."]}</script>'
        ),
    ],
)
def test_a_statement_in_the_metadata_is_found(head: str) -> None:
    assert codes(page(head=head)) == ["statement-in-metadata"]


@pytest.mark.parametrize(
    "change",
    [
        {"top": "", "intro": "<h2>First</h2>" + aside("hcp-only")},
        {"top": "", "footer": aside("imprint") + aside("hcp-only")},
        {"bottom": "", "intro": aside("education")},
        {"bottom": "", "after": aside("education") + "<h2>Related</h2>"},
        {"footer": "", "after": aside("imprint")},
        {"bottom": aside("education").replace('"bottom"', '"top"')},
        {"inline": "", "intro": "<p>Stents.</p>" + aside("risk")},
        {"inline": "", "rest": "<p>Later.</p>" + aside("risk")},
        {"intro": "<p>ATLAS first.</p>"},
        {"header": "<header><h1>The atlas stent</h1></header>"},
    ],
)
def test_a_statement_at_another_place_is_misplaced(change: dict[str, str]) -> None:
    assert codes(page(**change)) == ["statement-misplaced"]


def test_an_inline_statement_without_a_mention_is_misplaced() -> None:
    assert codes(page(mention="<p>A stent.</p>")) == ["statement-misplaced"]
    assert codes(page(), names=()) == ["statement-misplaced"]


def test_a_mention_in_a_list_counts_for_the_whole_list() -> None:
    items = "<ul><li>One</li><li>The ＡＴＬＡＳ stent</li></ul>"
    assert codes(page(mention=items)) == []


def test_a_mention_in_the_title_is_followed_there() -> None:
    header = f"<header><h1>The ATLAS stent</h1>{aside('risk')}<p class=meta>2026</p></header>"
    assert codes(page(header=header, inline="")) == []


def test_a_longer_word_is_no_mention() -> None:
    assert codes(page(intro="<p>The atlases of anatomy.</p>")) == []


GATE = {"open": "<details class=gate><summary>I am a professional</summary>", "close": "</details>"}


def test_a_closed_gate_around_the_article_is_in_force() -> None:
    assert codes(page(**GATE), Gate.SELF_DECLARE) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {"open": "<details class=gate open><summary>I</summary>", "close": "</details>"},
            "gate-missing",
        ),
        (GATE | {"header": "<header><h1>T</h1></header><p>Lead text.</p>"}, "gate-leaks"),
        (GATE | {"after": "<p>More text.</p>"}, "gate-leaks"),
    ],
)
def test_a_gate_that_shows_the_article_early_is_found(change: dict[str, str], code: str) -> None:
    assert codes(page(**change), Gate.SELF_DECLARE) == [code]


def test_a_page_without_its_gate_is_found() -> None:
    assert codes(page(), Gate.SELF_DECLARE) == ["gate-missing", "gate-leaks"]
    assert codes(page(), Gate.LOGIN) == ["gate-login"]


def test_a_product_named_before_the_gate_leaks() -> None:
    header = f"<header><h1>The ATLAS stent</h1>{aside('risk')}</header>"
    assert codes(page(**GATE, header=header, inline=""), Gate.SELF_DECLARE) == ["gate-leaks"]


def test_a_statement_behind_the_gate_does_not_show_before_it() -> None:
    change = GATE | {"bottom": "", "close": aside("education") + "</details>"}
    assert codes(page(**change), Gate.SELF_DECLARE) == ["statement-misplaced"]


@given(st.lists(st.sampled_from(list(TEXTS)), unique=True))
def test_each_missing_statement_is_found_and_no_other(left_out: list[str]) -> None:
    slots = {"hcp-only": "top", "risk": "inline", "education": "bottom", "imprint": "footer"}
    html = page(**{slots[name]: "" for name in left_out})
    assert codes(html) == ["statement-missing"] * len(left_out)


@given(st.text(alphabet="<>&\"'ab İé字\u00a0", min_size=1).map(str.strip).filter(bool))
def test_any_words_are_recognised_once_escaped(sentence: str) -> None:
    text = Statement("education", "en-US", (sentence,), Where(""))
    html = page(top="", inline="", footer="", bottom=aside("education", text=escape(sentence)))
    demand = (Demand("education", Placement.BOTTOM, RULE),)
    found = statement_findings(html, demand, (text,), Gate.NONE, "x")
    assert {f.code for f in found} <= {"statement-repeated", "statement-in-metadata"}


def test_a_page_that_is_nested_very_deeply_is_judged_in_time() -> None:
    deep = "<div>" * 20_000 + "x" + "</div>" * 20_000
    assert codes(page(rest=deep)) == []


def test_the_characters_that_show_nothing_are_those_of_unicode() -> None:
    for number in range(0x110000):
        character = chr(number)
        if unicodedata.category(character) == "Cf":
            assert FORMAT.fullmatch(character), hex(number)
    assert not FORMAT.search(string.printable + "äİ字ا\u0301")


@pytest.mark.parametrize(
    ("mention", "wanted"),
    [
        ("<div><p>Other.</p><div><p>The ATLAS.</p></div></div>", []),
        ("<div><p>The ATLAS.</p><p>Other.</p></div>", ["statement-misplaced"]),
        ("<div></div>", ["statement-misplaced"]),
    ],
)
def test_a_mention_is_looked_for_in_the_last_block_of_a_divider(
    mention: str, wanted: list[str]
) -> None:
    assert codes(page(mention=mention)) == wanted


def test_statements_may_follow_one_another_after_a_mention() -> None:
    other = replace(RULE, id="other")
    both = (*DEMANDS, Demand("second", Placement.INLINE, other))
    texts = (*statements(), Statement("second", "en-US", ("One more risk.",), Where("")))
    second = '<aside data-stmt="second" data-place="inline"><p>One more risk.</p></aside>'
    for inline in (aside("risk") + second, f"<div>{aside('risk')}</div>{second}"):
        mention = "<div><p>The ATLAS.</p></div>"
        html = page(mention=mention, inline=inline)
        found = statement_findings(html, both, texts, Gate.NONE, "x", NAMES)
        assert all(finding.code == "statement-misplaced" for finding in found)
        assert len(found) == ("<div>" in inline) * 2


def test_an_inline_statement_with_nothing_before_it_is_misplaced() -> None:
    change = {"intro": "", "mention": "", "rest": "<p>The ATLAS.</p>"}
    assert codes(page(**change)) == ["statement-misplaced"]


def test_json_that_cannot_be_read_is_searched_as_it_stands() -> None:
    words = " ".join(TEXTS["education"])
    broken = f'<script type="application/ld+json">{{{words}</script>'
    assert codes(page(head=broken)) == ["statement-in-metadata"]
