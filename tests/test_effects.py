"""Each rule effect is judged by its case file: rules and a page → its part of the verdict."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Audience, Effect, Gate, PageFacts, Verdict
from pipeline.stages.regulate import regulate
from pipeline.store.facts import load_facts
from pipeline.store.markets import installed_effects, load_markets, load_products

CASES = Path(__file__).parent / "cases" / "effects"
HEAD = """\
market = "XX"
languages = ["de-XX"]
owner = "regulatory-xx@example.com"
zone = "Europe/Berlin"
publisher = "INVAMED"
publish = "each"
authority = "Agency of XX"
"""
GATES = {"": Gate.NONE, "self-declare": Gate.SELF_DECLARE, "login": Gate.LOGIN}


def cases() -> list[Any]:
    found = []
    for effect in installed_effects():
        text = (CASES / f"{effect.name}.toml").read_text("utf-8")
        for case in tomllib.loads(text)["case"]:
            found.append(pytest.param(effect, case, id=f"{effect.name}: {case['name']}"))
    return found


def verdict_of(effect: Effect, case: dict[str, Any], root: Path) -> Verdict:
    """What an effect, or those that the case names with it, makes of the case's page."""
    others = [one for one in installed_effects() if one.name in case.get("with", ())]
    used = (*others, effect)
    page = case["page"]
    files = {"XX": case["rules"], "PP": case.get("parents", "")}
    for code in (*files, *case.get("markets", ())):
        write_market(root, code, case, files.get(code, ""))
    write_products(root, case)
    markets = load_markets(root, used)
    products = load_products(root)
    facts = PageFacts(
        "article",
        Audience(page["audience"]),
        "",
        tuple(product for product in products if product.kind in page["kinds"]),
        host=case.get("host", ""),
        locale=case.get("locale", ""),
        text=case.get("text", ""),
        facts=load_facts(root, products, markets),
        next_build=case.get("next_build", date(2026, 11, 23)),
        samples=case.get("samples", False),
    )
    by_code = {market.code: market for market in markets}
    rules = (*by_code["XX"].rules, *by_code["PP"].rules)
    market = replace(by_code["XX"], rules=rules)
    return regulate(market, facts, case.get("as_of", date(2026, 11, 22)), used)


def write_market(root: Path, code: str, case: dict[str, Any], rules: str) -> None:
    languages = case.get("languages", ["de-XX"]) if code == "XX" else []
    head = HEAD.replace('"XX"', f'"{code}"').replace('["de-XX"]', str(languages))
    folder = root / "locales" / "markets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{code}.toml").write_text(head + rules, "utf-8")


def write_products(root: Path, case: dict[str, Any]) -> None:
    """The products of a page, available in the market, with the case's facts."""
    page = case["page"]
    described = "".join(
        f'[products.p-{kind}]\nnames = ["p-{kind}"]\nkind = "{kind}"\n'
        f"substances = {list(page.get('substances', ()))}\n"
        f'markets = {{ XX = "available" }}\n'
        for kind in dict.fromkeys([*page["kinds"], *case.get("kinds", ())])
    )
    (root / "source").mkdir()
    (root / "source" / "products.toml").write_text(described + case.get("facts", ""), "utf-8")


@pytest.mark.parametrize(("effect", "case"), cases())
def test_an_effect_does_what_its_case_file_says(
    effect: Effect, case: dict[str, Any], tmp_path: Path
) -> None:
    verdict = verdict_of(effect, case, tmp_path)
    demands = [f"{d.statement}@{d.placement.value}" for d in verdict.demands]
    forbids = [f"{forbidden.phrase} ({forbidden.language})" for forbidden in verdict.forbids]
    assert [block.code for block in verdict.blocks] == case.get("blocks", [])
    assert demands == case.get("demands", [])
    assert sorted(forbids) == case.get("forbids", [])
    assert [fact.value for fact in verdict.facts if "used" in case] == case.get("used", [])
    assert [rule.id for rule in verdict.suppressions] == case.get("suppressions", [])
    assert verdict.gate is GATES[case.get("gate", "")]
    if "valid_until" in case:
        assert verdict.valid_until == case["valid_until"]
    said = "\n".join(str(block) for block in verdict.blocks)
    for words in case.get("says", []):
        assert words in said


def test_every_effect_explains_itself_with_an_example() -> None:
    for effect in installed_effects():
        assert f'effect = "{effect.name}"' in effect.explain


def test_block_outranks_gate_and_gate_outranks_statement() -> None:
    ranks = {effect.name: effect.rank for effect in installed_effects()}
    assert ranks["block"] > ranks["gate"] > ranks["statement"]


def test_every_case_file_belongs_to_an_effect() -> None:
    names = {effect.name for effect in installed_effects()}
    assert {path.stem for path in CASES.iterdir()} == names
