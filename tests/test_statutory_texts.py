"""The wordings that laws fix stand in their files byte for byte, under their own hash."""

from __future__ import annotations

import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.store.markets import load_markets
from pipeline.store.statutory import load_statutory

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "locales/markets/statutory"
# id: market, locale, the law's words. In us-caution the law leaves a blank for the kind of
# practitioner, and {practitioner} stands there.
FIXED = {
    "us-rx-symbol": ("US", "en-US", "Rx only"),
    "us-caution": (
        "US",
        "en-US",
        "Caution: Federal law restricts this device to sale by or on the order of a {practitioner}",
    ),
    "fr-public-ce": (
        "FR",
        "fr-FR",
        (
            "Ce dispositif médical est un produit de santé réglementé qui porte, au titre de "
            "cette réglementation, le marquage CE"
        ),
    ),
    "it-not-subject": (
        "IT",
        "it-IT",
        (
            "Materiale promozionale non soggetto ad autorizzazione ai sensi della vigente "
            "normativa in materia di pubblicità sanitaria"
        ),
    ),
    "pl-warning": (
        "PL",
        "pl-PL",
        "To jest wyrób medyczny. Używaj go zgodnie z instrukcją używania lub etykietą.",
    ),
    "cn-self-use": ("CN", "zh-CN", "请仔细阅读产品说明书或者在医务人员的指导下购买和使用"),
    "cn-contra": ("CN", "zh-CN", "禁忌内容或者注意事项详见说明书"),
}
READ_ON = date(2026, 11, 22)  # the day on which the facts were compiled


def test_every_fixed_wording_has_its_file_and_there_are_no_others() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FIXED)


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_wording_is_the_laws_byte_for_byte(name: str) -> None:
    market, locale, words = FIXED[name]
    stored = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert (stored["market"], stored["locale"]) == (market, locale)
    assert stored["text"] == words + "\n"
    assert stored["sha256"] == sha256((words + "\n").encode()).hexdigest()


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_wording_tells_its_fact_its_law_its_use_and_its_review(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    stored = tomllib.loads(text)
    market = FIXED[name][0]
    assert text.startswith(f"# Fact: {market}, mandatory_statements {name} (")
    assert all(stored["legal"])
    assert stored["applies_to"]
    assert stored["effective_from"] <= READ_ON < stored["review_by"] < date(2028, 1, 1)


def test_the_loader_takes_every_fixed_wording_as_it_stands() -> None:
    loaded = load_statutory(ROOT, load_markets(ROOT))
    read = {text.id: (text.market, text.locale, text.text.removesuffix("\n")) for text in loaded}
    assert read == FIXED
