"""A market's law: what it inherits, what it says of a page on a day, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.model import (
    Audience,
    Effect,
    Gate,
    Market,
    PageFacts,
    Placement,
    Product,
    Rule,
    Statement,
    Verdict,
    When,
    Where,
)
from pipeline.stages.inherit import inherit
from pipeline.stages.regulate import explain, market_of, regulate, with_words
from pipeline.store.markets import installed_effects

TODAY = date(2026, 11, 22)
EFFECTS = installed_effects()
SOLD = (("DE", "available"),)
DES = Product("stent", ("STENT",), "coronary-des", ("sirolimus",), markets=SOLD)
BALLOON = Product("b", ("B",), "balloon", markets=SOLD)
LAY = PageFacts("living", Audience.LAY, "", ())
HCP = PageFacts("restenosis", Audience.HCP, "", (DES,))


def rule(name: str, effect: str, market: str = "DE", **change: Any) -> Rule:
    plain = Rule(name, effect, market, Where(f"{market}.toml", 9), ("Act, art. 1",))
    return replace(plain, **({"reason": "Because.", "review_by": date(2027, 6, 30)} | change))


def permit(market: str = "DE", **change: Any) -> Rule:
    when = When(audience=("lay", "hcp"), product_kind=("none", "coronary-des"))
    return rule(f"{market.lower()}-permit", "permit", market, **({"when": when} | change))


def says(name: str, market: str = "DE", **change: Any) -> Rule:
    wanted = {"slot": name, "statement": name, "placement": Placement.BOTTOM}
    return rule(f"{market.lower()}-{name}", "statement", market, **(wanted | change))


def market(code: str, *rules: Rule, parent: str = "", languages: tuple[str, ...] = ()) -> Market:
    where = Where(f"locales/markets/{code}.toml", 1)
    owner = f"regulatory-{code.lower()}@example.com"
    return Market(
        code, parent, languages, owner, "Europe/Berlin", "INVAMED", "each", "Agency", rules, where
    )


def germany(*rules: Rule) -> Market:
    return market("DE", *rules, languages=("de-DE",))


def codes(verdict: Verdict) -> list[str]:
    return [block.code for block in verdict.blocks]


def judge(*rules: Rule, facts: PageFacts = LAY, as_of: date = TODAY) -> Verdict:
    return regulate(germany(*rules), facts, as_of, EFFECTS)


# ---------------------------------------------------------------- inheritance


def family(**change: tuple[Rule, ...]) -> dict[str, Market]:
    """GLOBAL → EU → DE, with the rules that the test gives."""
    rules = {"GLOBAL": (), "EU": (), "DE": ()} | change
    files = (
        market("DE", *rules["DE"], parent="EU", languages=("de-DE",)),
        market("EU", *rules["EU"], parent="GLOBAL"),
        market("GLOBAL", *rules["GLOBAL"]),
    )
    return {one.code: one for one in inherit(files)}


def demanded(markets: dict[str, Market], facts: PageFacts = LAY, as_of: date = TODAY) -> list[str]:
    verdict = regulate(markets["DE"], facts, as_of, EFFECTS)
    return [demand.statement for demand in verdict.demands]


def test_a_country_adds_to_what_its_parents_demand() -> None:
    full = family(
        GLOBAL=(says("education", "GLOBAL"),), EU=(says("risk", "EU"),), DE=(says("tax", "DE"),)
    )
    assert demanded(full) == ["education", "risk", "tax"]


def test_the_nearest_rule_fills_a_slot() -> None:
    full = family(
        GLOBAL=(says("g", "GLOBAL", slot="risk"),),
        EU=(says("e", "EU", slot="risk"),),
        DE=(says("d", "DE", slot="risk"),),
    )
    assert demanded(full) == ["d"]


def test_a_rule_for_other_pages_takes_no_slot_from_this_page() -> None:
    hcp_only = says("d", "DE", slot="risk", when=When(audience=("hcp",)))
    full = family(EU=(says("e", "EU", slot="risk"),), DE=(hcp_only,))
    assert demanded(full) == ["e"]
    assert demanded(full, HCP) == ["d"]


def test_a_rule_that_starts_later_takes_the_slot_on_that_day() -> None:
    later = says("d", "DE", slot="risk", effective_from=TODAY + timedelta(days=1))
    full = family(EU=(says("e", "EU", slot="risk"),), DE=(later,))
    assert demanded(full) == ["e"]
    assert demanded(full, as_of=TODAY + timedelta(days=1)) == ["d"]


def test_a_locked_rule_cannot_be_overridden() -> None:
    locked = says("e", "EU", slot="risk", locked=True)
    with pytest.raises(ConfigError) as caught:
        family(EU=(locked,), DE=(says("d", "DE", slot="risk"),))
    assert caught.value.code == "law-locked"
    assert "eu-e of EU" in caught.value.problem


def test_a_child_may_stand_beside_a_locked_rule() -> None:
    full = family(EU=(says("risk", "EU", locked=True),), DE=(says("tax", "DE"),))
    assert demanded(full) == ["risk", "tax"]


def test_a_permit_of_the_parent_never_counts() -> None:
    full = family(GLOBAL=(permit("GLOBAL"),), EU=(permit("EU"),))
    assert codes(regulate(full["DE"], LAY, TODAY, EFFECTS)) == ["law-no-permit"]
    smuggled = replace(germany(), rules=(permit("EU"),))
    assert codes(regulate(smuggled, LAY, TODAY, EFFECTS)) == ["law-no-permit"]


def test_a_block_of_the_parent_counts() -> None:
    full = family(EU=(rule("eu-block", "block", "EU"),), DE=(permit(),))
    assert codes(regulate(full["DE"], LAY, TODAY, EFFECTS)) == ["law-blocked"]


def test_a_parent_is_never_published_itself() -> None:
    full = family(EU=(permit("EU"),))
    assert codes(regulate(full["EU"], LAY, TODAY, EFFECTS)) == ["law-parent-only"]


def test_an_unknown_parent_is_refused() -> None:
    with pytest.raises(ConfigError) as caught:
        inherit((market("DE", parent="EEC"),))
    assert caught.value.code == "law-unknown-parent"


def test_a_circle_of_parents_is_refused() -> None:
    files = (market("A", parent="B"), market("B", parent="C"), market("C", parent="B"))
    with pytest.raises(ConfigError) as caught:
        inherit(files)
    assert {finding.code for finding in caught.value.findings} == {"law-parent-circle"}
    assert "A → B → C → B" in caught.value.problem


def test_a_rule_id_is_used_once_in_a_line_of_parents() -> None:
    with pytest.raises(ConfigError) as caught:
        family(EU=(rule("same", "block", "EU"),), DE=(rule("same", "block", "DE"),))
    assert caught.value.code == "law-rule-twice"


def test_a_locale_belongs_to_one_market() -> None:
    files = (germany(), market("AT", languages=("de-DE",)))
    with pytest.raises(ConfigError) as caught:
        inherit(files)
    assert caught.value.code == "law-locale-twice"
    assert market_of((germany(),), "de-DE") == germany()
    assert market_of((germany(),), "de-AT") is None


# ---------------------------------------------------------------- time


def test_a_rule_holds_on_its_first_and_on_its_last_day() -> None:
    one_day = rule("b", "block", effective_from=TODAY, effective_until=TODAY)
    day = timedelta(days=1)
    found = [codes(judge(permit(), one_day, as_of=TODAY + n * day)) for n in (-1, 0, 1)]
    assert found == [[], ["law-blocked"], []]


def test_a_rule_past_its_review_blocks_the_page() -> None:
    due = permit(review_by=TODAY)
    assert judge(due).publishable
    overdue = judge(due, as_of=TODAY + timedelta(days=1))
    assert codes(overdue) == ["law-review-overdue"]
    assert "de-permit" in overdue.blocks[0].message


def test_an_overdue_rule_for_other_pages_blocks_nothing() -> None:
    other = says("x", review_by=date(2020, 1, 1), when=When(audience=("hcp",)))
    assert judge(permit(), other).publishable


def test_a_verdict_holds_until_the_first_review_end_or_start_of_a_rule() -> None:
    kept = permit(review_by=date(2027, 6, 30))
    assert judge(kept).valid_until == date(2027, 6, 30)
    ends = says("a", effective_until=date(2027, 5, 1))
    assert judge(kept, ends).valid_until == date(2027, 5, 1)
    starts = rule("b", "block", effective_from=date(2027, 2, 1))
    assert judge(kept, ends, starts).valid_until == date(2027, 1, 31)
    elsewhere = replace(starts, when=When(audience=("hcp",)))
    assert judge(kept, ends, elsewhere).valid_until == date(2027, 5, 1)
    assert judge().valid_until is None


# ---------------------------------------------------------------- the verdict


def test_a_block_outweighs_every_permit_and_is_told_before_a_missing_one() -> None:
    assert codes(judge(permit(), rule("b", "block"))) == ["law-blocked"]
    assert codes(judge(rule("b", "block"))) == ["law-blocked", "law-no-permit"]


def test_a_finding_names_the_rule_the_law_the_authority_and_the_owner() -> None:
    blocked = judge(permit(), rule("de-b", "block", authority="BfArM", legal=("HWG, s. 11",)))
    said = str(blocked.blocks[0])
    for words in ("DE.toml:9", "de-b", "HWG, s. 11", "BfArM", "Because.", "regulatory-de@"):
        assert words in said


def test_a_blocked_page_still_tells_its_demands_and_its_gate() -> None:
    verdict = judge(rule("b", "block"), says("a"), rule("g", "gate", gate=Gate.LOGIN))
    assert [demand.statement for demand in verdict.demands] == ["a"]
    assert verdict.gate is Gate.LOGIN


def test_a_category_is_the_same_however_it_is_written() -> None:
    barred = rule("de-barred", "block", when=When(category=("Heart disease",)))
    page = replace(LAY, category="heart  Disease")
    assert codes(judge(permit(), barred, facts=page)) == ["law-blocked"]


def test_a_rule_of_an_unknown_effect_blocks_the_page() -> None:
    assert codes(judge(permit(), rule("x", "reqiure"))) == ["law-unknown-effect"]


def test_an_effect_from_outside_is_applied_by_its_rank() -> None:
    def forbid(rules: tuple[Rule, ...], f: PageFacts, m: Market, verdict: Verdict) -> Verdict:
        assert len(verdict.permits) == 1  # of a higher rank, so it came first
        return replace(verdict, gate=Gate.LOGIN) if rules else verdict

    mine = Effect("members", 10, ("club",), "", forbid)
    with_club = rule("x", "members", options=(("club", ("cardiology",)),))
    verdict = regulate(germany(permit(), with_club), LAY, TODAY, (mine, *EFFECTS))
    assert verdict.gate is Gate.LOGIN


def test_explain_says_of_each_rule_why_it_does_not_speak_of_the_page() -> None:
    eu = says("e", "EU", slot="risk")
    de = says("d", "DE", slot="risk")
    hcp = rule("h", "block", when=When(audience=("hcp",), product_kind=("coronary-des",)))
    old = rule("o", "block", effective_until=date(2020, 1, 1))
    new = rule("n", "block", effective_from=date(2030, 1, 1))
    full = family(EU=(eu,), DE=(de, hcp, old, new))["DE"]
    why = {rule.id: reason for rule, reason in explain(full, LAY, TODAY)}
    assert why == {
        "de-d": "",
        "h": "it asks for audience hcp; the page's is lay",
        "o": "it held until 2020-01-01",
        "n": "it holds from 2030-01-01",
        "eu-e": "DE fills the slot 'risk' itself",
    }


def test_a_statement_without_words_in_the_locale_blocks_the_page() -> None:
    verdict = judge(permit(), says("risk"))
    words = Statement("risk", "de-DE", ("Es gibt Risiken.",), Where(""))
    austrian = replace(words, locale="de-AT")
    assert with_words(verdict, germany(), "de-DE", (words,)).publishable
    missing = with_words(verdict, germany(), "de-DE", (austrian,))
    assert codes(missing) == ["law-statement-missing"]
    assert "locales/de_DE/statements/risk.txt" in missing.blocks[0].message


# ---------------------------------------------------------------- laws

WHENS = st.builds(
    When,
    audience=st.sampled_from([(), ("lay",), ("hcp",), ("lay", "hcp")]),
    product_kind=st.sampled_from([(), ("none",), ("coronary-des",), ("none", "coronary-des")]),
    substance=st.sampled_from([(), ("sirolimus",)]),
)
DAYS = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 25))
PAGES = st.builds(
    PageFacts,
    article=st.just("a"),
    audience=st.sampled_from(Audience),
    category=st.just(""),
    products=st.sampled_from([(), (DES,), (DES, BALLOON)]),
)


@st.composite
def policies(draw: st.DrawFn) -> tuple[Rule, ...]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        effect = draw(st.sampled_from(["permit", "block", "gate", "statement"]))
        home = draw(st.sampled_from(["DE", "EU"]))
        common: dict[str, Any] = {
            "when": draw(WHENS),
            "effective_from": draw(DAYS),
            "effective_until": draw(DAYS),
            "review_by": draw(DAYS) or date(2027, 1, 1),
        }
        if effect == "statement":
            name = draw(st.sampled_from("abc"))
            placement = draw(st.sampled_from(Placement))
            common |= {"slot": f"{name}{home}", "statement": name, "placement": placement}
        if effect == "gate":
            common["gate"] = draw(st.sampled_from([Gate.SELF_DECLARE, Gate.LOGIN]))
        found.append(rule(f"{home.lower()}-{number}", effect, home, **common))
    return tuple(found)


def result(rules: tuple[Rule, ...], facts: PageFacts) -> Verdict:
    return regulate(germany(*rules), facts, TODAY, EFFECTS)


@given(policies(), PAGES, WHENS)
def test_a_block_rule_never_makes_a_page_publishable(
    rules: tuple[Rule, ...], facts: PageFacts, when: When
) -> None:
    before = result(rules, facts)
    after = result((*rules, rule("new", "block", when=when)), facts)
    assert before.publishable or not after.publishable


@given(policies(), PAGES)
def test_without_permits_every_page_is_blocked(rules: tuple[Rule, ...], facts: PageFacts) -> None:
    left = tuple(rule for rule in rules if rule.effect != "permit" or rule.market != "DE")
    assert "law-no-permit" in codes(result(left, facts))


@given(policies(), PAGES, st.randoms())
def test_the_order_of_the_rules_changes_nothing(
    rules: tuple[Rule, ...], facts: PageFacts, random: Any
) -> None:
    shuffled = list(rules)
    random.shuffle(shuffled)
    assert result(tuple(shuffled), facts) == result(rules, facts)


@given(policies(), PAGES)
def test_a_verdict_never_outlives_a_rule_that_it_used(
    rules: tuple[Rule, ...], facts: PageFacts
) -> None:
    verdict = result(rules, facts)
    if verdict.publishable and verdict.valid_until:
        later = regulate(germany(*rules), facts, verdict.valid_until, EFFECTS)
        assert later.publishable
        assert (later.demands, later.gate) == (verdict.demands, verdict.gate)


@given(policies(), PAGES)
def test_a_page_is_publishable_only_with_a_permit_of_the_market_itself(
    rules: tuple[Rule, ...], facts: PageFacts
) -> None:
    verdict = result(rules, facts)
    if verdict.publishable:
        assert verdict.permits
        assert all(rule.market == "DE" for rule in verdict.permits)
