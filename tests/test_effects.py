"""Each rule effect is judged by its case file: rules and a page → its part of the verdict."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Audience, Effect, Gate, PageFacts, Product, Verdict
from pipeline.stages.regulate import regulate
from pipeline.store.markets import installed_effects, load_markets

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
    folder = root / "locales" / "markets"
    folder.mkdir(parents=True)
    (folder / "XX.toml").write_text(HEAD + case["rules"], "utf-8")
    (market,) = load_markets(root, (effect,))
    page = case["page"]
    substances = tuple(page.get("substances", ()))
    products = tuple(Product(f"p-{kind}", (kind,), kind, substances) for kind in page["kinds"])
    facts = PageFacts("article", Audience(page["audience"]), "", products)
    return regulate(market, facts, case.get("as_of", date(2026, 11, 22)), (effect,))


@pytest.mark.parametrize(("effect", "case"), cases())
def test_an_effect_does_what_its_case_file_says(
    effect: Effect, case: dict[str, Any], tmp_path: Path
) -> None:
    verdict = verdict_of(effect, case, tmp_path)
    demands = [f"{d.statement}@{d.placement.value}" for d in verdict.demands]
    assert [block.code for block in verdict.blocks] == case.get("blocks", [])
    assert demands == case.get("demands", [])
    assert verdict.gate is GATES[case.get("gate", "")]
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
