"""What the words of a page and its legal texts must be, and must not be, in a market."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.model import (
    Audience,
    Claim,
    Demand,
    Fact,
    Forbidden,
    Market,
    PageFacts,
    Placement,
    Product,
    Rule,
    Statement,
    Statutory,
    Verdict,
    When,
    Where,
)
from pipeline.stages.forbidden import watch_for
from pipeline.stages.placeholders import filled, with_placeholders
from pipeline.stages.regulate import regulate
from pipeline.stages.statutory import with_statutory
from pipeline.store.markets import installed_effects

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
EFFECTS = installed_effects()
STENT = Product("stent", ("STENT",), "coronary-des", markets=(("FR", "available"),))
RULE = Rule("fr-notice", "statement", "FR", Where("FR.toml", 9), ("Code, art. 1",), statutory="n")
DEMANDED = Verdict(demands=(Demand("notice", Placement.BOTTOM, RULE),))
PAGE = PageFacts("a", Audience.HCP, "", (STENT,), locale="fr-FR", as_of=TODAY, next_build=TODAY)
FIXED = Statutory("n", "FR", "fr-FR", "Un produit de santé.\n", ("Code",), "all", Where("n.toml"))


def france(*rules: Rule) -> Market:
    return Market(
        "FR", "", ("fr-FR",), "ra@example.com", "UTC", "X", "each", "ANSM", rules, Where("FR.toml")
    )


def codes(verdict: Verdict) -> list[str]:
    return [block.code for block in verdict.blocks]


def notice(*sentences: str) -> dict[str, Statement]:
    where = Where("locales/fr_FR/statements/notice.txt")
    return {"notice": Statement("notice", "fr-FR", sentences, where)}


# ---------------------------------------------------------------- wordings that a law fixes


def fixed(text: Statutory, *sentences: str) -> Verdict:
    said = notice(*sentences)
    return with_statutory(DEMANDED, france(RULE), "fr-FR", said, (text,), TODAY)


def test_a_statement_may_be_the_wording_of_the_law_byte_for_byte() -> None:
    assert fixed(FIXED, "Un produit de santé.").publishable


@pytest.mark.parametrize(
    "said",
    [
        "Un produit de sante.",
        "Un produit de sante\u0301.",
        "Un produit de santé",
        "Un produit\u00a0de santé.",
        "Un produit de santé.\u200b",
        "",
    ],
)
def test_any_other_byte_blocks_the_page(said: str) -> None:
    assert codes(fixed(FIXED, said)) == ["law-statutory-differs"]


def test_the_first_place_that_differs_is_shown() -> None:
    told = fixed(FIXED, "Un produit\u00a0de santé.").blocks[0].message
    assert "locales/fr_FR/statements/notice.txt:1:11 has '\\xa0de santé. ' (NO-BREAK SPACE)" in told
    assert "says ' de santé. ' (SPACE)" in told
    more = fixed(FIXED, "Un produit de santé.", "Encore.").blocks[0].message
    assert "notice.txt:2:1 has 'Encore. '" in more
    assert "says nothing more" in more


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"effective_from": TODAY + DAY}, "law-statutory-differs"),
        ({"repealed": TODAY}, "law-repealed"),
        ({"review_by": TODAY - DAY}, "law-review-overdue"),
        ({"market": "DE"}, "law-statutory-differs"),
        ({"locale": "fr-CH"}, "law-statutory-differs"),
        ({"id": "other"}, "law-statutory-differs"),
    ],
)
def test_a_wording_that_does_not_hold_here_and_today_blocks_the_page(
    change: dict[str, Any], code: str
) -> None:
    assert codes(fixed(replace(FIXED, **change), "Un produit de santé.")) == [code]


def test_a_wording_holds_on_its_edges_and_the_verdict_ends_with_it() -> None:
    edges = replace(FIXED, effective_from=TODAY, review_by=TODAY + 5 * DAY, repealed=TODAY + DAY)
    verdict = fixed(edges, "Un produit de santé.")
    assert verdict.publishable
    assert verdict.valid_until == TODAY


# ---------------------------------------------------------------- placeholders


def fact(value: str = "17/03", **change: Any) -> Fact:
    return replace(Fact("approval", "FR", value, Where("source/products.toml", 9)), **change)


def shown(text: str, *facts: Fact, page: PageFacts = PAGE) -> tuple[Verdict, str]:
    said = notice(text)
    verdict = with_placeholders(DEMANDED, france(RULE), replace(page, facts=facts), said)
    return verdict, filled(said["notice"], verdict).sentences[0]


def test_a_placeholder_shows_the_fact_and_the_verdict_ends_with_it() -> None:
    verdict, text = shown("Visa {approval}.", fact(valid_until=TODAY + DAY))
    assert (text, verdict.publishable) == ("Visa 17/03.", True)
    assert verdict.valid_until == TODAY + DAY
    assert [one.value for one in verdict.facts] == ["17/03"]


@pytest.mark.parametrize(
    "facts",
    [
        (),
        (fact(market="DE"),),
        (fact(product="other"),),
        (fact(article="b"),),
        (fact(locale="fr-CH"),),
        (fact(name="approvals"),),
        (fact(sample=True),),
        (fact(valid_until=TODAY - DAY),),
        (fact(valid_from=TODAY + DAY),),
        (fact(), fact("18/04")),
        (fact(product="stent"), fact("18/04", locale="fr-FR")),
    ],
)
def test_a_placeholder_without_one_fact_in_force_blocks_the_page(facts: tuple[Fact, ...]) -> None:
    verdict, text = shown("Visa {approval}.", *facts)
    assert codes(verdict) == ["law-placeholder-unresolved"]
    assert text == "Visa {approval}."


@pytest.mark.parametrize("text", ["{", "a } b", "{{approval}}", "{}", "{Approval}", "{ approval }"])
def test_a_brace_that_is_no_placeholder_blocks_the_page(text: str) -> None:
    assert "law-placeholder-unresolved" in codes(shown(text, fact())[0])


def test_the_fact_that_is_nearest_to_the_page_is_shown() -> None:
    facts = (fact("market"), fact("product", product="stent"))
    assert shown("{approval}", *facts)[1] == "product"
    later = fact("article", product="stent", article="a", valid_from=TODAY + 9 * DAY)
    verdict, text = shown("{approval}", *facts, later)
    assert (text, verdict.valid_until) == ("product", TODAY + 8 * DAY)


def test_two_products_with_two_numbers_cannot_share_a_placeholder() -> None:
    page = replace(PAGE, products=(STENT, replace(STENT, id="b")))
    both = (fact("1", product="stent"), fact("2", product="b"))
    assert codes(shown("{approval}", *both, page=page)[0]) == ["law-placeholder-unresolved"]
    same = (fact("1", product="stent"), fact("1", product="b"))
    assert shown("{approval}", *same, page=page)[1] == "1"


# ---------------------------------------------------------------- forbidden wording


def said_in(text: str, *phrases: str, language: str = "", page: str = "fr") -> list[str]:
    forbids = tuple(Forbidden(phrase, language, RULE) for phrase in phrases)
    return [forbidden.phrase for _, _, forbidden in watch_for(forbids, page).find([text])]


@pytest.mark.parametrize(
    "text",
    [
        "sans risque",
        "SANS RISQUE",
        "Sans\u00a0risque.",
        "sans\nrisque",
        "sans ris\u00adque",
        "sa\u200bns risque",
        "säns rısque",
        "sans-risque",
        "ｓａｎｓ risque",
        "s\u0430ns risque",
    ],
)
def test_forbidden_wording_is_found_in_any_guise(text: str) -> None:
    assert said_in(f"Un stent {text} pour vous", "sans risque") == ["sans risque"]


def test_forbidden_wording_is_found_as_whole_words_only() -> None:
    assert said_in("Elle est sans risques", "sans risque") == []
    assert said_in("incurable", "cure") == []
    assert said_in("完全に安全です", "安全", page="ja") == ["安全"]


def test_forbidden_wording_of_a_language_counts_in_that_language_only() -> None:
    assert said_in("best", "best", language="en", page="en") == ["best"]
    assert said_in("best", "best", language="EN", page="en") == ["best"]
    assert said_in("best", "best", language="en", page="de") == []


def test_a_phrase_of_which_nothing_is_left_is_told_as_one_that_cannot_be_looked_for() -> None:
    watch = watch_for((Forbidden("\u200b\u00ad", "", RULE),), "fr")
    assert [forbidden.phrase for forbidden in watch.blind] == ["\u200b\u00ad"]


# ---------------------------------------------------------------- products and claims


def permit(*kinds: str) -> Rule:
    when = When(audience=("lay", "hcp"), product_kind=kinds)
    review = date(2027, 6, 30)
    return replace(RULE, id="fr-permit", effect="permit", when=when, statutory="", review_by=review)


def judged(page: PageFacts, *rules: Rule, as_of: date = TODAY) -> Verdict:
    return regulate(france(*rules), page, as_of, EFFECTS)


@pytest.mark.parametrize("status", ["unregistered", "unavailable", "", "Available", " available"])
def test_a_product_that_is_not_available_blocks_the_page(status: str) -> None:
    stent = replace(STENT, markets=(("FR", status), ("DE", "available")))
    page = replace(PAGE, products=(stent,))
    assert codes(judged(page, permit("coronary-des"))) == ["law-product-unavailable"]


def test_what_an_example_says_of_a_product_counts_where_examples_count() -> None:
    page = replace(PAGE, products=(replace(STENT, sample=True),))
    assert codes(judged(page, permit("coronary-des"))) == ["law-product-unavailable"]
    assert judged(replace(page, samples=True), permit("coronary-des")).publishable


def test_a_repealed_rule_blocks_from_its_day_on_even_if_it_permits() -> None:
    rule = replace(permit("coronary-des"), repealed=TODAY + DAY)
    assert judged(PAGE, rule).valid_until == TODAY
    assert codes(judged(PAGE, rule, as_of=TODAY + DAY)) == ["law-repealed"]


RATE = Claim("rate", "Fewer vessels narrow again.", ("Journal 1",), ("FR",), Where("claims.toml"))
CLAIMS = replace(PAGE, products=(), claims=("rate",), known_claims=(RATE,))


def test_a_claim_without_a_product_needs_a_permit_of_its_own_kind() -> None:
    assert judged(CLAIMS, permit("claim")).publishable
    assert codes(judged(CLAIMS, permit("none"))) == ["law-no-permit"]


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (replace(RATE, id="rates"), "law-claim-unknown"),
        (replace(RATE, id="Rate"), "law-claim-unknown"),
        (replace(RATE, references=()), "law-claim-unsupported"),
        (replace(RATE, markets=()), "law-claim-not-accepted"),
        (replace(RATE, markets=("DE",)), "law-claim-not-accepted"),
        (replace(RATE, review_by=TODAY - DAY), "law-review-overdue"),
    ],
)
def test_a_claim_that_may_not_be_made_blocks_the_page(claim: Claim, code: str) -> None:
    page = replace(CLAIMS, known_claims=(claim,))
    assert codes(judged(page, permit("claim"))) == [code]
    with_product = replace(page, products=(STENT,))
    assert codes(judged(with_product, permit("coronary-des"))) == [code]


def test_the_review_of_a_claim_ends_the_verdict() -> None:
    page = replace(CLAIMS, known_claims=(replace(RATE, review_by=TODAY + DAY),))
    assert judged(page, permit("claim")).valid_until == TODAY + DAY
