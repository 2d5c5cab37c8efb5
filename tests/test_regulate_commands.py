"""`l10n regulate`: the law of the demo, broken in one place, and of this repository itself."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Audience, Moment
from pipeline.workflows.pages import plan_pages
from pipeline.workflows.regulate import WhatIf, judge_all
from workspaces import replace

ROOT = Path(__file__).parent.parent
WRITTEN = Moment(date(2026, 11, 22))
ARTICLE = "after-an-x-ray"


def cells(result):
    assert result.code == 0, result.out + result.err
    return {(cell["market"], cell["article"]): cell for cell in json.loads(result.out)["cells"]}


@pytest.fixture
def extracted(demo, l10n):
    assert l10n("extract", "-C", demo).code == 0
    return demo


@pytest.fixture(scope="module")
def here():
    return judge_all(ROOT, WRITTEN)


def test_a_permitted_page_is_published_by_its_permit(extracted, l10n):
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["US", ARTICLE]
    assert cell["outcome"] == "published"
    (ground,) = cell["grounds"]
    assert ground["rule"] == "us-permit-education"
    assert ground["legal"] == ["sample: cite the law here"]
    assert ground["authority"] == "to be named by the owner"
    assert cell["owner"] == "regulatory-us@example.com"


def test_missing_words_are_a_mark_and_change_no_outcome(extracted, l10n):
    matrix = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))
    assert matrix["DE", ARTICLE]["outcome"] == "published"
    assert matrix["DE", ARTICLE]["lacks"][0]["words"] > 0
    assert matrix["US", ARTICLE]["lacks"] == []
    text = l10n("regulate", "matrix", "-C", extracted).out
    assert "published 1 +words" in text
    assert "+words: some words await translation" in text


def test_a_missing_statement_is_a_mark_and_changes_no_outcome(extracted, l10n):
    (extracted / "locales/de_DE/statements/educational-purpose.txt").unlink()
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["DE", ARTICLE]
    assert cell["outcome"] == "published"
    assert cell["lacks"][0]["statements"] == ["educational-purpose"]
    assert "+statements" in l10n("regulate", "matrix", "-C", extracted).out


def test_a_block_is_told_with_its_rule_and_place(extracted, l10n):
    replace(extracted / "locales/markets/DE.toml", 'effect = "permit"', 'effect = "block"')
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["DE", ARTICLE]
    assert cell["outcome"] == "blocked"
    block, silence = cell["grounds"]
    assert (block["code"], block["rule"]) == ("law-blocked", "de-permit-education")
    assert block["text"] == "Pages that name no product may be shown."
    assert block["path"] == "locales/markets/DE.toml"
    assert block["line"] > 1
    assert (silence["code"], silence["rule"]) == ("law-no-permit", "")


def test_a_gate_is_told_with_the_rule_that_asks_for_it(extracted, l10n):
    gate_rule(extracted, "self-declare")
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["DE", ARTICLE]
    assert (cell["outcome"], cell["gate"]) == ("gated", "self-declare")
    assert [ground["rule"] for ground in cell["grounds"]] == ["de-gate"]


def test_a_login_is_something_that_a_page_still_needs(extracted, l10n):
    gate_rule(extracted, "login")
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["DE", ARTICLE]
    assert (cell["outcome"], cell["needs"]) == ("needs", "a login")


def gate_rule(workspace, gate):
    market = workspace / "locales/markets/DE.toml"
    rule = (
        f'\n[[rules]]\nid = "de-gate"\neffect = "gate"\ngate = "{gate}"\nlegal = ["Act, art. 1"]\n'
        'reason = "Only for those it is meant for."\nreview_by = 2099-12-31\n'
    )
    market.write_text(market.read_text("utf-8") + rule, "utf-8")


def test_an_overdue_rule_needs_a_review_and_a_forbidden_page_stays_blocked(extracted, l10n):
    late = l10n("regulate", "matrix", "-C", extracted, "--as-of", "2100-01-01", "--json")
    cell = cells(late)["DE", ARTICLE]
    assert (cell["outcome"], cell["needs"]) == ("needs", "a review")
    replace(extracted / "locales/markets/DE.toml", 'effect = "permit"', 'effect = "block"')
    late = l10n("regulate", "matrix", "-C", extracted, "--as-of", "2100-01-01", "--json")
    assert cells(late)["DE", ARTICLE]["outcome"] == "blocked"


def test_a_product_without_a_description_is_something_a_page_needs(extracted, l10n):
    replace(extracted / f"source/{ARTICLE}.md", "products: []", "products: [unheard-of]")
    cell = cells(l10n("regulate", "matrix", "-C", extracted, "--json"))["US", ARTICLE]
    assert (cell["outcome"], cell["needs"]) == ("needs", "a product entry")
    words = ("--without-product", "unheard-of", "--json")
    cell = cells(l10n("regulate", "matrix", "-C", extracted, *words))["US", ARTICLE]
    assert cell["outcome"] == "published"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("matrix", "--market", "DR"), "DE"),
        (("matrix", "--article", "after-an-x-rai"), ARTICLE),
        (("matrix", "--without-product", "stent"), "known:"),
        (("explain", "DR", ARTICLE), "DE"),
        (("explain", "DE", "after-an-x-rai"), ARTICLE),
        (("calendar", "--market", "DR"), "DE"),
        (("matrix", "--audience", "nurses"), "'lay', 'hcp'"),
        (("matrix", "--as-of", "soon"), "--as-of 2026-01-31"),
        (("matrix", "--html", "no/such/folder.html"), "check the path"),
    ],
)
def test_a_name_that_does_not_exist_exits_2_with_the_nearest(words, near, extracted, l10n):
    result = l10n("regulate", *words, "-C", extracted)
    assert result.code == 2
    assert near in result.err


def test_an_unreadable_catalog_is_told_and_the_rest_is_judged(extracted, l10n):
    (extracted / f"locales/de_DE/LC_MESSAGES/{ARTICLE}.po").write_bytes(b"msgid \xff")
    result = l10n("regulate", "matrix", "-C", extracted, "--json")
    assert result.code == 3
    told = json.loads(result.out)
    assert told["findings"]
    assert [cell["outcome"] for cell in told["cells"]] == ["published", "published"]


def test_without_a_readable_article_the_matrix_is_empty_and_exits_3(extracted, l10n):
    (extracted / f"source/{ARTICLE}.md").write_bytes(b"\xff")
    assert l10n("regulate", "matrix", "-C", extracted).code == 3
    assert l10n("regulate", "matrix", "-C", extracted, "--html", extracted / "m.html").code == 3


def test_a_published_or_blocked_cell_agrees_with_what_status_says(here):
    """Every market of this repository, every article."""
    pages = plan_pages(ROOT, WRITTEN).planned
    said = {(page.market.code, page.article.id): page.outcome for page in pages}
    told = {
        (cell.market.code, cell.column.facts.article): cell.outcome.value
        for row in here.matrix.rows
        for cell in row
        if not cell.marks and cell.outcome.value != "needs"
    }
    assert told
    assert {key: said[key] for key in told} == told


def test_what_if_judges_for_other_readers_without_a_product_and_on_another_day():
    shown = judge_all(ROOT, WRITTEN, ("DE",), ("in-stent-restenosis",), WhatIf((Audience.LAY,)))
    ((cell,),) = shown.matrix.rows
    assert cell.outcome.value == "blocked"
    asked = WhatIf((Audience.LAY, Audience.HCP), ("atlas-des",))
    shown = judge_all(ROOT, WRITTEN, ("DE",), ("in-stent-restenosis",), asked)
    assert [cell.told for cell in shown.matrix.rows[0]] == ["published", "published"]
    late = judge_all(ROOT, Moment(date(2027, 4, 1)), ("DE",), ("in-stent-restenosis",))
    assert late.matrix.rows[0][0].told == "needs a review"


def test_a_parent_is_left_out_unless_it_is_asked_for(here, l10n):
    assert {"EU", "GLOBAL"}.isdisjoint(row[0].market.code for row in here.matrix.rows)
    told = cells(l10n("regulate", "matrix", "-C", ROOT, "--market", "EU", "--json"))
    assert {cell["grounds"][0]["code"] for cell in told.values()} == {"law-parent-only"}


def test_explain_tells_each_rule_of_a_market_in_the_order_of_its_files(l10n):
    words = ("explain", "IT", "restenosis-versus-thrombosis", "--as-of", WRITTEN, "-C", ROOT)
    (page,) = json.loads(l10n("regulate", *words, "--json").out)["pages"]
    rules = {rule["rule"]: rule for rule in page["rules"]}
    order = list(dict.fromkeys(rule["market"] for rule in page["rules"]))
    assert order == ["IT", "EU", "GLOBAL"]
    assert rules["it-gate-hcp"]["matched"]
    assert rules["it-gate-hcp"]["why"] == "it speaks of pages for professionals"
    assert not rules["it-no-lay-des"]["matched"]
    assert "audience lay; the page's is hcp" in rules["it-no-lay-des"]["why"]
    assert rules["house-hcp-only"]["why"] == "IT fills the slot 'audience' itself"
    assert rules["house-education"]["why"] == "it speaks of every page"
    text = l10n("regulate", *words).out
    assert "yes  it-gate-hcp (gate)" in text
    assert "no   house-hcp-only (statement, from GLOBAL)" in text
    assert "Outcome: gated" in text
    assert "ask regulatory-it@example.com" in text


def test_explain_says_when_a_rule_does_not_hold_yet_and_when_its_review_is_overdue(extracted, l10n):
    market = extracted / "locales/markets/DE.toml"
    replace(market, 'id = "de-education"', 'id = "de-education"\neffective_from = 2030-01-01')
    words = ("regulate", "explain", "DE", ARTICLE, "-C", extracted, "--as-of")
    assert "it holds from 2030-01-01" in l10n(*words, "2029-12-31").out
    late = " ".join(l10n(*words, "2100-01-01").out.split())
    assert "its review was due by 2099-12-31, and until it is done it blocks them" in late
    assert "Outcome: needs a review" in late


def test_the_calendar_counts_its_first_and_its_last_day(extracted, l10n):
    market = extracted / "locales/markets/DE.toml"
    dates = "effective_from = 2030-01-01\neffective_until = 2030-01-31"
    replace(market, 'id = "de-education"', f'id = "de-education"\n{dates}')

    def told(first, days):
        words = ("calendar", "--as-of", first, "--days", days, "--json", "-C", extracted)
        return [
            (event["date"], event["happening"], event["rule"])
            for event in json.loads(l10n("regulate", *words).out)["events"]
        ]

    begins = ("2030-01-01", "begins", "de-education")
    ends = ("2030-01-31", "ends", "de-education")
    assert told("2029-12-31", 0) == []
    assert told("2030-01-01", 0) == [begins]
    assert told("2030-01-01", 29) == [begins]
    assert told("2030-01-01", 30) == [begins, ends]
    assert told("2030-01-31", 0) == [ends]


def test_the_calendar_tells_a_parents_rule_once_with_the_markets_it_reaches(l10n):
    words = ("calendar", "--days", 365, "--as-of", WRITTEN, "-C", ROOT)
    events = json.loads(l10n("regulate", *words, "--json").out)["events"]
    (risk,) = [event for event in events if event["rule"] == "eu-product-risk"]
    assert risk["owner"] == "regulatory-eu@example.com"
    assert {"DE", "IT"} <= set(risk["reaches"])
    assert not {"GB", "TR", "EU"} & set(risk["reaches"])
    british = json.loads(l10n("regulate", *words, "--market", "GB", "--json").out)["events"]
    assert {event["market"] for event in british} == {"GB", "GLOBAL"}


def test_an_overdue_review_stays_in_the_calendar_until_it_is_done(extracted, l10n):
    words = ("calendar", "--as-of", "2100-06-01", "--days", 0, "-C", extracted)
    events = json.loads(l10n("regulate", *words, "--json").out)["events"]
    assert {event["overdue"] for event in events} == {True}
    text = l10n("regulate", *words)
    assert text.code == 0
    assert "overdue: nobody vouches for it any more" in text.out


def test_a_calendar_without_events_says_so(extracted, l10n):
    result = l10n("regulate", "calendar", "-C", extracted, "--as-of", "2030-01-01")
    assert result.code == 0
    assert "nothing begins, ends or is due" in result.out
