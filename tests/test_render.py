import json
import re
from dataclasses import replace

import pytest
from turbohtml import parse

from page_samples import (
    BODY,
    SITE,
    TEMPLATES,
    all_placements,
    english,
    filled,
    localized,
    page,
    statement,
    templates,
)
from pipeline.errors import ConfigError
from pipeline.model import Finding, Gate, Placement, State, Where
from pipeline.stages.render import render_page
from pipeline.stages.templates import compile_templates
from pipeline.stages.words import Words, missing_words

TEMPLATE_SET = templates()


def html_of(shown=None, words=None):
    return render_page(shown or page(), TEMPLATE_SET, words or english()).html


def only(root, selector):
    found = root.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def graph_of(html):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def test_a_page_has_every_part_of_an_article_once():
    root = parse(html_of(page(statements=all_placements())))
    for selector in (
        "a.skip", "header .wordmark", "nav.trail", "time", ".author", "h1", ".standfirst",
        "p.category", ".lead-image img", ".body", ".related", ".topics", ".reviewed", "main",
        'meta[name="description"]', 'meta[name="viewport"]', 'link[rel="canonical"]', "title",
    ):  # fmt: skip
        only(root, selector)
    assert only(root, "h1").text == "Restenose im Stent"
    assert [tag.text for tag in root.select(".topics li")] == ["Stent", "Restenose"]
    assert "INVAMED Review Board" in only(root, ".reviewed").text


def test_the_skip_link_leads_to_the_main_content():
    root = parse(html_of())
    assert only(root, "a.skip").attrs["href"] == "#" + only(root, "main").attrs["id"]


def test_a_page_says_its_language_direction_and_canonical_address():
    root = parse(html_of(page(localized("ar-SA"), url="/ar-SA/عودة/")))
    attributes = only(root, "html").attrs
    assert (attributes["lang"], attributes["dir"]) == ("ar-SA", "rtl")
    address = only(root, 'link[rel="canonical"]').attrs["href"]
    assert address == "https://inva.example/ar-SA/%D8%B9%D9%88%D8%AF%D8%A9/"


def test_the_date_is_written_as_the_country_writes_it():
    assert "21. Januar 2022" in html_of()
    assert "٢١ يناير ٢٠٢٢" in html_of(page(localized("ar-SA")))
    assert "2022年1月21日" in html_of(page(localized("ja-JP")))
    assert '<time datetime="2022-01-21">' in html_of(page(localized("ja-JP")))


def test_a_page_has_no_script_but_data_and_no_inline_style():
    root = parse(html_of(page(statements=all_placements(), gate=Gate.SELF_DECLARE)))
    assert [s.attrs["type"] for s in root.select("script")] == ["application/ld+json"]
    assert not root.select("style, [style], [onclick], iframe, form, base")
    policy = only(root, "meta[http-equiv]").attrs["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_latin_names_stand_isolated_on_a_right_to_left_page():
    html = html_of(page(localized("ar-SA", title="دعامة INVAMED ATLAS (L605)")))
    assert "دعامة <bdi>INVAMED ATLAS</bdi> (<bdi>L605</bdi>)</h1>" in html
    assert "<bdi>INVAMED Medical Affairs</bdi>" in html


def test_structured_data_describes_the_page_its_faq_and_its_breadcrumb():
    graph = graph_of(html_of())
    web = graph["MedicalWebPage"]
    assert web["headline"] == "Restenose im Stent"
    assert web["inLanguage"] == "de-DE"
    assert web["datePublished"] == "2022-01-21"
    assert web["audience"]["audienceType"] == "Clinician"
    assert web["reviewedBy"]["name"] == "INVAMED Review Board"
    question = graph["FAQPage"]["mainEntity"][0]
    assert question["name"] == "How often?"
    assert question["acceptedAnswer"]["text"] == "Rarely. It varies."
    names = [item["name"] for item in graph["BreadcrumbList"]["itemListElement"]]
    assert names == ["INVAblog", "Koronararterien", "Restenose im Stent"]


def test_structured_data_writes_no_space_between_japanese_sentences():
    body = tuple({"Rarely.": "まれです。", "It varies.": "異なります。"}.get(p, p) for p in BODY)
    questions = graph_of(html_of(page(localized("ja-JP", body))))["FAQPage"]["mainEntity"]
    assert questions[0]["acceptedAnswer"]["text"] == "まれです。異なります。"


def test_structured_data_cannot_be_closed_by_words_and_never_carries_statements():
    shown = page(localized(title="</script><!--<script>"), statements=all_placements())
    html = html_of(shown)
    assert graph_of(html)["MedicalWebPage"]["headline"] == "</script><!--<script>"
    assert "Text BOTTOM" not in json.dumps(graph_of(html))


@pytest.mark.parametrize(
    ("changes", "hidden"),
    [
        ({}, False),
        ({"draft": True}, True),
        ({"review": True}, True),
        ({"site": replace(SITE, assurance="sample")}, True),
    ],
)
def test_only_a_finished_page_may_be_found_by_search_engines(changes, hidden):
    root = parse(html_of(page(**changes)))
    assert bool(root.select('meta[name="robots"][content~="noindex,"]')) is hidden


def test_a_sample_site_says_so_on_every_page():
    root = parse(html_of(page(site=replace(SITE, assurance="sample"))))
    assert "not for publication" in only(root, ".sample").text
    assert not parse(html_of()).select(".sample")


def test_a_review_copy_says_why_it_is_not_published():
    reason = Finding("law-not-permitted", "no rule <permits> it", Where("DE.toml"), "ask DE")
    banner = only(parse(html_of(page(review_reasons=(reason,)))), ".banner.review")
    assert banner.attrs["lang"] == "en"
    for part in ("law-not-permitted", "no rule <permits> it", "ask DE"):
        assert part in banner.text


def test_a_closed_gate_covers_the_content_and_leaves_statements_in_view():
    root = parse(html_of(page(statements=all_placements(), gate=Gate.SELF_DECLARE)))
    gate = only(root, "details.gate")
    assert "open" not in gate.attrs
    assert gate.select("summary")
    for selector in (".body", ".standfirst", ".lead-image", ".related", ".topics"):
        assert gate.select(selector), selector
    inside = {aside.attrs["data-stmt"] for aside in gate.select("[data-stmt]")}
    assert inside == {"inline"}  # it follows a mention, which the gate covers with it
    assert len(root.select("[data-stmt]")) == 4
    assert only(root, "h1").text == "Restenose im Stent"


def test_a_login_gate_is_left_to_the_target():
    assert not parse(html_of(page(gate=Gate.LOGIN))).select("details")


def test_untranslated_fields_are_marked_with_their_own_language():
    words = localized()
    fields = dict(words.fields) | {"title": filled("In-stent restenosis", State.MISSING)}
    heading = only(parse(html_of(page(replace(words, fields=fields), draft=True))), "h1 span")
    assert heading.attrs["lang"] == "en-US"


def test_a_missing_word_of_the_templates_is_shown_as_english():
    words = Words("de-DE", lambda text: "Themen" if text == "Topics" else "", lambda *_: "")
    root = parse(html_of(words=words))
    assert only(root, "#page-topics").text == "Themen"
    assert only(root, "a.skip span").attrs["lang"] == "en-US"
    missing = {word.text for word in missing_words(TEMPLATE_SET.words, words)}
    assert "Topics" not in missing
    assert "Skip to main content" in missing
    assert missing_words(TEMPLATE_SET.words, english()) == ()


def test_a_translated_word_is_text_whatever_stands_in_it():
    words = Words("de-DE", lambda _: "<b>100 % {{ x }} %(reviewer)s %(no)s</b>", lambda *_: "")
    html = html_of(words=words)
    assert "&lt;b&gt;100 % {{ x }} <bdi>INVAMED Review Board</bdi> %(no)s&lt;/b&gt;" in html


def test_every_word_of_the_templates_has_a_note_for_translators():
    assert [word.text for word in TEMPLATE_SET.words if not word.note] == []


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("<p>\n{% if %}</p>", 2, "Expected an expression"),
        ("{{ title|nosuch }}", 1, "nosuch"),
        ("\n\n{{ colour }}", 3, "colour"),
        ("\n{{ 1 + 'a' }}", 2, "unsupported"),
    ],
)
def test_a_wrong_template_is_reported_with_its_file_and_line(text, line, problem):
    sources = {path.name: path.read_text() for path in TEMPLATES.glob("*.html")}
    sources["page.html"] = text
    with pytest.raises(ConfigError, match=problem) as caught:
        render_page(page(), compile_templates(sources), english())
    assert caught.value.where == Where("templates/page.html", line)


def test_a_missing_template_is_reported():
    with pytest.raises(ConfigError, match=r"index\.html"):
        compile_templates({"page.html": ""})


def test_tables_stand_in_boxes_that_scroll_by_keyboard():
    body = ("<table><tbody><tr><td>", "x", "</td></tr></tbody></table>")
    root = parse(html_of(page(localized(body=body))))
    assert only(root, ".body .scroll table").parent.attrs["tabindex"] == "0"


def test_a_table_in_a_value_of_an_attribute_stays_words():
    body = ('<p class="<table onclick=alert(1) x">', "x", "</p>")
    assert body[0] in html_of(page(localized(body=body)))


def test_a_statement_shows_its_sentences_in_its_own_language():
    shown = page(statements=(statement("ifu", Placement.TOP, "使用前に。", "ja-JP"),))
    aside = only(parse(html_of(shown)), "[data-stmt]")
    assert aside.text == "使用前に。Zweiter Satz."
    assert (aside.attrs["lang"], aside.attrs["dir"]) == ("ja-JP", "ltr")
