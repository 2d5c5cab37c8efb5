"""This repository's own law: what each market says of a page, compared with what was read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Audience, Gate, Market, PageFacts, Product, Verdict
from pipeline.stages.inherit import inherit
from pipeline.stages.regulate import regulate
from pipeline.store.markets import installed_effects, load_markets
from pipeline.store.products import load_products

ROOT = Path(__file__).parents[1]
OWN = {market.code: market for market in inherit(load_markets(ROOT))}
(STENT,) = load_products(ROOT)
READ_ON = date(2026, 11, 22)  # the day on which the facts were compiled

# What was read of promoting the stent to the public: 12 markets bar it, 6 restrict it, 5 want
# an approval or a review first, in 6 no ban was found.
GROUPS = {
    "bar": ("AR", "AT", "BE", "CH", "ES", "FR", "IT", "PL", "PT", "TR", "TW", "ZA"),
    "restrict": ("AU", "BR", "CA", "DE", "JP", "MX"),
    "approval": ("AE", "CN", "EG", "KR", "SA"),
    "no ban found": ("GB", "IE", "IN", "NL", "SE", "US"),
}
# Each market: pages that name no product, for the public and for professionals, then pages
# that name the stent. "blocked" by a rule that cites the law; "no permit": silence.
APPROVAL, NUMBER = "advertising-approval", "registration-number"
SAYS = {
    "AE": ("blocked", "blocked", f"needs {APPROVAL}", f"needs {APPROVAL}"),
    "AR": ("published", "published", "blocked", f"needs {NUMBER}"),
    "AT": ("published", "published", "blocked", "needs essential-information, intended-purpose"),
    "AU": ("published", "published", "blocked", "login"),
    "BE": ("blocked", "gated", "blocked", "gated"),
    "BR": ("published", "published", "blocked", "blocked"),
    "CA": ("published", "published", "blocked", f"needs {NUMBER}"),
    "CH": ("published", "published", "blocked", "gated"),
    "CN": ("published", "published", f"needs {APPROVAL}", f"needs {APPROVAL}"),
    "DE": ("published", "published", "no permit", "gated"),
    "EG": ("published", "published", f"needs {APPROVAL}, approval-line", "no permit"),
    "ES": ("published", "published", "blocked", "gated"),
    "FR": (
        "blocked",
        "blocked",
        "blocked",
        f"needs {APPROVAL}, internal-reference, reimbursement-status",
    ),
    "GB": ("published", "published", "no permit", "published"),
    "IE": ("published", "published", "no permit", "published"),
    "IN": ("published", "published", "no permit", f"needs {NUMBER}"),
    "IT": ("published", "gated", "blocked", "gated"),
    "JP": ("published", "published", "blocked", f"needs {NUMBER}"),
    "KR": ("published", "published", f"needs {APPROVAL}", "login"),
    "MX": (
        "published",
        "published",
        f"needs {APPROVAL}, advertising-to-public, {NUMBER}",
        f"needs advertising-to-professionals, {NUMBER}",
    ),
    "NL": ("published", "published", "no permit", "published"),
    "PL": ("published", "published", "blocked", "gated"),
    "PT": ("published", "published", "blocked", "gated"),
    "SA": ("published", "published", f"needs {APPROVAL}, {NUMBER}", f"needs {APPROVAL}, {NUMBER}"),
    "SE": ("published", "published", "no permit", "published"),
    "TR": ("published", "published", "blocked", "no permit"),
    "TW": ("blocked", "blocked", "blocked", f"needs {APPROVAL}, device-firm-licence"),
    "US": ("published", "published", "blocked", "needs brief-statement"),
    "ZA": ("published", "published", "blocked", f"needs {NUMBER}, written-information"),
}


def judged(market: Market, audience: Audience, products: tuple[Product, ...]) -> Verdict:
    """What a market's law says on the day, if the product is on sale there."""
    here = ((market.code, "available"),)
    on_sale = tuple(replace(one, markets=here, sample=False) for one in products)
    page = PageFacts("x", audience, "", on_sale, host="www.example.com")
    return regulate(market, page, READ_ON, installed_effects())


def told(verdict: Verdict) -> str:
    """A verdict in a word or two."""
    codes = {block.code for block in verdict.blocks}
    for code, word in (("law-blocked", "blocked"), ("law-no-permit", "no permit")):
        if code in codes:
            return word
    if codes:
        facts = [re.search(r"the fact '([a-z-]+)'", block.message) for block in verdict.blocks]
        return f"needs {', '.join(sorted({one[1] if one else '?' for one in facts}))}"
    return {Gate.NONE: "published", Gate.SELF_DECLARE: "gated", Gate.LOGIN: "login"}[verdict.gate]


def test_there_are_twenty_nine_markets_and_their_parents() -> None:
    assert set(OWN) == {"EU", "GLOBAL", *SAYS}
    assert sorted(code for codes in GROUPS.values() for code in codes) == sorted(SAYS)


@pytest.mark.parametrize("code", SAYS)
def test_a_market_says_what_was_read(code: str) -> None:
    market = OWN[code]
    pages = ((a, p) for p in ((), (STENT,)) for a in (Audience.LAY, Audience.HCP))
    assert tuple(told(judged(market, *page)) for page in pages) == SAYS[code]


@pytest.mark.parametrize("code", GROUPS["bar"])
def test_a_market_that_bars_the_stent_from_the_public_cites_the_law_that_does(code: str) -> None:
    market = OWN[code]
    verdict = judged(market, Audience.LAY, (STENT,))
    barring = {block.where for block in verdict.blocks if block.code == "law-blocked"}
    rules = [rule for rule in market.rules if rule.where in barring]
    assert rules
    assert all(rule.effect == "block" and rule.market == code and rule.legal for rule in rules)


@pytest.mark.parametrize("code", GROUPS["approval"])
def test_a_market_that_asks_for_approval_asks_for_it_by_its_name(code: str) -> None:
    blocks = judged(OWN[code], Audience.LAY, (STENT,)).blocks
    missing = [block.message for block in blocks if block.code == "law-fact-missing"]
    assert any(f"'{APPROVAL}'" in message for message in missing)


@pytest.mark.parametrize("code", GROUPS["restrict"])
def test_a_market_that_restricts_the_stent_does_not_show_it_to_the_public(code: str) -> None:
    assert told(judged(OWN[code], Audience.LAY, (STENT,))) != "published"


@pytest.mark.parametrize("code", SAYS)
def test_the_public_sees_the_stent_only_by_a_permit_that_tells_its_fact(code: str) -> None:
    market = OWN[code]
    verdict = judged(market, Audience.LAY, (STENT,))
    assert not verdict.publishable
    if not any(block.code in {"law-blocked", "law-no-permit"} for block in verdict.blocks):
        assert verdict.permits
    lines = (ROOT / market.where.path).read_text("utf-8").splitlines()
    for permit in verdict.permits:
        above = "\n".join(lines[permit.where.line - 6 : permit.where.line - 1])
        assert f"# Fact: {code}, audience_restriction" in above
