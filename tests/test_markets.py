"""Reading the law from disk: every mistake is told with its line, and nothing is guessed."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, UnreadableError
from pipeline.model import Audience, Effect, Gate, Market, PageFacts, Placement, Verdict
from pipeline.stages.inherit import inherit
from pipeline.stages.regulate import market_of, regulate, with_words
from pipeline.store.markets import (
    installed_effects,
    load_markets,
    load_products,
    load_statements,
)

ROOT = Path(__file__).parents[1]
HEAD = """\
market = "DE"
parent = "EU"
languages = ["de-DE"]
owner = "regulatory-de@example.com"
zone = "Europe/Berlin"
publisher = "INVAMED"
publish = "each"
authority = "BfArM"
"""
RULE = """
[[rules]]
id = "de-risk"
effect = "statement"
slot = "risk"
statement = "product-risk"
placement = "top"
legal = ["HWG, section 3"]
reason = "Tell the risks."
review_by = 2027-06-30
"""
PRODUCTS = """
[products.atlas-des]
names = ["INVAMED ATLAS", "ATLAS"]
kind = "coronary-des"
substances = ["sirolimus"]
"""


def write(root: Path, path: str, text: str | bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def problems(root: Path, text: str | bytes, name: str = "DE.toml") -> list[str]:
    """What loading a market file with this text says, one string a finding."""
    write(root, f"locales/markets/{name}", text)
    with pytest.raises(ConfigError) as caught:
        load_markets(root)
    return [str(finding) for finding in caught.value.as_findings()]


def test_a_market_file_becomes_a_market(tmp_path: Path) -> None:
    extra = "locked = true\nwhen.audience = ['hcp']\neffective_until = 2027-01-31\n"
    write(tmp_path, "locales/markets/DE.toml", HEAD + RULE + extra)
    (market,) = load_markets(tmp_path)
    (rule,) = market.rules
    assert (market.code, market.parent, market.languages) == ("DE", "EU", ("de-DE",))
    assert str(market.where) == "locales/markets/DE.toml:1"
    assert str(rule.where) == "locales/markets/DE.toml:10"
    assert (rule.placement, rule.gate, rule.locked) == (Placement.TOP, Gate.NONE, True)
    assert (rule.when.audience, rule.effective_until) == (("hcp",), date(2027, 1, 31))
    assert rule.authority == "BfArM"


def test_rules_written_as_an_inline_list_are_read_as_well(tmp_path: Path) -> None:
    inline = (
        'rules = [{id = "de-no", effect = "block", legal = ["HWG"], reason = "No.", '
        "review_by = 2027-06-30}]\n"
    )
    write(tmp_path, "locales/markets/DE.toml", HEAD + inline)
    assert [rule.id for rule in load_markets(tmp_path)[0].rules] == ["de-no"]


def test_a_workspace_without_law_has_no_markets(tmp_path: Path) -> None:
    assert load_markets(tmp_path) == ()
    assert load_products(tmp_path) == ()
    assert load_statements(tmp_path, "de-DE") == ()


def test_files_that_are_not_markets_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "locales/markets/claims.toml", "[claims]\n")
    write(tmp_path, "locales/markets/people.toml", "[people]\n")
    assert load_markets(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (HEAD + 'ownr = "x"\n', "DE.toml:9", "did you mean 'owner'"),
        (HEAD.replace("owner", "ownr"), "DE.toml", "'owner' is missing"),
        (HEAD + RULE + 'placment = "top"\n', "DE.toml:19", "did you mean 'placement'"),
        (HEAD + RULE + "when.audiance = ['lay']\n", "DE.toml:19", "did you mean 'audience'"),
        (HEAD + RULE + "when.audience = ['layman']\n", "DE.toml:19", "audience"),
        (HEAD + RULE + "when.audience = []\n", "DE.toml:19", "audience"),
        (HEAD + RULE + "when.product = ['atlas-dse']\n", "DE.toml", "did you mean 'atlas-des'"),
        (HEAD + RULE + "when.product_kind = ['coronary-dse']\n", "DE.toml", "'coronary-des'?"),
        (HEAD + RULE + "when.substance = ['sirolimos']\n", "DE.toml", "'sirolimus'?"),
        (HEAD + RULE.replace('statement"\nslot', 'statment"\nslot'), "DE.toml:12", "'statement'?"),
        (HEAD + RULE.replace('"top"', '"inline"'), "DE.toml:15", "placement"),
        (HEAD + RULE.replace('slot = "risk"\n', ""), "DE.toml:10", "needs the key 'slot'"),
        (HEAD + RULE.replace('["HWG, section 3"]', "[]"), "DE.toml:16", "legal"),
        (HEAD + RULE.replace('reason = "Tell the risks."\n', ""), "DE.toml:10", "'rules.0.reason'"),
        (HEAD + RULE.replace("review_by = 2027-06-30\n", ""), "DE.toml:10", "review_by"),
        (HEAD + RULE.replace("2027-06-30", '"2027-06-30"'), "DE.toml:18", "review_by"),
        (HEAD + RULE.replace("2027-06-30", "2027-06-30T10:00:00"), "DE.toml:18", "review_by"),
        (HEAD + RULE + 'gate = "login"\n', "DE.toml:19", "does not read 'gate'"),
        (HEAD + RULE.replace("product-risk", "../../secret"), "DE.toml:14", "statement"),
        (
            HEAD + RULE + "effective_from = 2027-02-01\neffective_until = 2027-01-01\n",
            "DE.toml:20",
            "before it starts",
        ),
        (HEAD + RULE + RULE, "DE.toml:20", "two rules with the id"),
        (HEAD + RULE + RULE.replace("de-risk", "de-risk-2"), "DE.toml:20", "fill the slot 'risk'"),
        (HEAD.replace('"DE"', '"AT"'), "DE.toml:1", "holds the law of AT"),
        (HEAD.replace("de-DE", "de_DE"), "DE.toml:3", "languages"),
        (HEAD.replace("de-DE", "de-AT"), "DE.toml:3", "is no locale of DE"),
        (
            HEAD.replace("Europe/Berlin", "Europe/Berln"),
            "DE.toml:5",
            "did you mean 'Europe/Berlin'",
        ),
        (HEAD.replace('"each"', '"some"'), "DE.toml:7", "publish"),
        (HEAD + "rules = 3\n", "DE.toml:9", "rules"),
        (HEAD + 'market = "DE"\n', "DE.toml:9:14", "not valid TOML"),
        (HEAD + 'x = "unclosed\n', "DE.toml:9:14", "not valid TOML"),
        (HEAD.encode() + b"# \xff\n", "DE.toml:9:3", "not valid UTF-8"),
        (HEAD + "# \0\n", "DE.toml:9:3", "NUL"),
        (HEAD + "# " + "x" * 1_100_000, "DE.toml", "over 1 MiB"),
        (HEAD + "rules = " + "[" * 5_000, "DE.toml", "nested too deeply"),
        ("", "DE.toml", "'market' is missing"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    write(tmp_path, "source/products.toml", PRODUCTS)
    found = problems(tmp_path, text)
    assert any(f"locales/markets/{place}: error" in one or place == "DE.toml" for one in found)
    assert any(words in one for one in found), found


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "locales/markets/AT.toml", "market = 3\n")
    found = problems(tmp_path, HEAD + 'ownr = "x"\nzon = "y"\n')
    assert sum("AT.toml" in one for one in found) >= 7
    assert sum("DE.toml" in one for one in found) == 2


def test_a_market_file_with_a_small_name_is_refused_and_not_skipped(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, HEAD, "de.toml")
    assert "call the file DE.toml" in found


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "locales/markets/DE.toml").mkdir(parents=True)
    with pytest.raises(ConfigError):
        load_markets(tmp_path)


def test_a_rule_may_follow_another_in_its_slot(tmp_path: Path) -> None:
    first = RULE + "effective_until = 2026-12-31\n"
    then = RULE.replace("de-risk", "de-risk-2027") + "effective_from = 2027-01-01\n"
    write(tmp_path, "locales/markets/DE.toml", HEAD + first + then)
    assert len(load_markets(tmp_path)[0].rules) == 2


def test_an_effect_of_one_more_file_brings_its_own_keys(tmp_path: Path) -> None:
    def apply(rules: object, facts: object, market: Market, verdict: Verdict) -> Verdict:
        return verdict

    needs = Effect("ask_for", 300, ("needs",), "", apply)
    rule = RULE.replace(
        '"statement"\nslot = "risk"\nstatement = "product-risk"\nplacement = "top"',
        '"ask_for"\nneeds = ["approval", "number"]',
    )
    write(tmp_path, "locales/markets/DE.toml", HEAD + rule)
    (market,) = load_markets(tmp_path, (*installed_effects(), needs))
    assert market.rules[0].options == (("needs", ("approval", "number")),)
    bad = problems(tmp_path, HEAD + rule)
    assert "there is no effect 'ask_for'" in bad[0]


def test_an_effects_own_key_holds_texts_and_no_tables(tmp_path: Path) -> None:
    needs = Effect("ask_for", 300, ("needs",), "", lambda r, f, m, verdict: verdict)
    rule = RULE.replace(
        '"statement"\nslot = "risk"\nstatement = "product-risk"\nplacement = "top"',
        '"ask_for"\nneeds = [{a = 1}]',
    )
    write(tmp_path, "locales/markets/DE.toml", HEAD + rule)
    with pytest.raises(ConfigError) as caught:
        load_markets(tmp_path, (needs,))
    assert "must be a text" in caught.value.problem


# ---------------------------------------------------------------- products


def test_products_are_read(tmp_path: Path) -> None:
    write(tmp_path, "source/products.toml", PRODUCTS)
    (product,) = load_products(tmp_path)
    assert (product.id, product.kind) == ("atlas-des", "coronary-des")
    assert product.names == ("INVAMED ATLAS", "ATLAS")
    assert product.substances == ("sirolimus",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (PRODUCTS.replace("names", "nmes"), 3, "did you mean 'names'"),
        (PRODUCTS.replace('["INVAMED ATLAS", "ATLAS"]', "[]"), 3, "names"),
        (PRODUCTS.replace("coronary-des", "none"), 2, "'none' means: no product"),
        (PRODUCTS + PRODUCTS.replace("atlas-des", "other"), 7, "a name of 'atlas-des' already"),
        (PRODUCTS + PRODUCTS, 7, "not valid TOML"),
    ],
)
def test_a_mistake_in_products_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    write(tmp_path, "source/products.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_products(tmp_path)
    said = "\n".join(str(finding) for finding in caught.value.as_findings())
    assert f"source/products.toml:{line}" in said
    assert words in said


# ---------------------------------------------------------------- statements


def test_a_statement_is_one_sentence_a_line(tmp_path: Path) -> None:
    write(tmp_path, "locales/de_AT/statements/risk.txt", "Es gibt Risiken.\nFragen Sie nach.\n")
    (statement,) = load_statements(tmp_path, "de-AT")
    assert (statement.id, statement.locale) == ("risk", "de-AT")
    assert statement.sentences == ("Es gibt Risiken.", "Fragen Sie nach.")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "risk.txt", "is empty"),
        ("\n\n", "risk.txt", "is empty"),
        ("One.\n\nTwo.\n", "risk.txt:2", "blank line"),
        ("One.\nTwo.\n\n", "risk.txt:3", "blank line"),
        ("One.", "risk.txt:1", "does not end with a line end"),
        ("One.\r\nTwo.\r\n", "risk.txt:1", "CRLF"),
        (" One.\n", "risk.txt:1", "space at the start"),
        ("\ufeffOne.\n", "risk.txt:1", "U+FEFF"),
        ("One.\nA\u202eB.\n", "risk.txt:2", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("One\u200b.\n", "risk.txt:1", "U+200B"),
        ("me\u00addical.\n", "risk.txt:1", "U+00AD"),
        ("A\tB.\n", "risk.txt:1", "U+0009"),
        ("A\u2028B.\n", "risk.txt:1", "U+2028"),
        (unicodedata.normalize("NFD", "Ärzte.") + "\n", "risk.txt:1", "NFC"),
        (b"One\xff.\n", "risk.txt:1:4", "UTF-8"),
        ("One.\0\n", "risk.txt:1:5", "NUL"),
        ("x" * 30_000 + "\n", "risk.txt", "over 20000 characters"),
    ],
)
def test_a_statement_file_with_anything_else_is_refused(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    write(tmp_path, "locales/de_DE/statements/risk.txt", text)
    with pytest.raises(UnreadableError) as caught:
        load_statements(tmp_path, "de-DE")
    said = "\n".join(str(finding) for finding in caught.value.as_findings())
    assert f"locales/de_DE/statements/{place}" in said
    assert words in said


def test_all_bad_statement_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "locales/de_DE/statements/a.txt", "")
    write(tmp_path, "locales/de_DE/statements/b.txt", b"\xff\n")
    write(tmp_path, "locales/de_DE/statements/c.txt", "Good.\n")
    with pytest.raises(UnreadableError) as caught:
        load_statements(tmp_path, "de-DE")
    assert len(caught.value.as_findings()) == 2


def test_marks_that_a_language_needs_are_allowed_there_only(tmp_path: Path) -> None:
    for locale in ("ar_SA", "de_DE"):
        write(tmp_path, f"locales/{locale}/statements/a.txt", "A \u200fB.\n")
    assert load_statements(tmp_path, "ar-SA")
    with pytest.raises(UnreadableError):
        load_statements(tmp_path, "de-DE")


# ---------------------------------------------------------------- this repository's own law

OWN = inherit(load_markets(ROOT))
COUNTRIES = tuple(market for market in OWN if market.languages)
MEMBER_STATES = {"AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "PT", "SE"}
READ_ON = date(2026, 11, 22)  # the day on which the facts were compiled


@pytest.mark.parametrize("market", OWN, ids=lambda market: market.code)
def test_every_rule_names_its_law_its_reason_and_its_review(market: Market) -> None:
    for rule in market.rules:
        assert rule.legal
        assert rule.reason
        assert rule.authority
        assert rule.review_by
        assert READ_ON < rule.review_by < date(2028, 1, 1)


@pytest.mark.parametrize("market", OWN, ids=lambda market: market.code)
def test_every_rule_tells_the_fact_it_rests_on(market: Market) -> None:
    lines = (ROOT / market.where.path).read_text("utf-8").splitlines()
    for rule in market.rules:
        if rule.market == market.code:
            above = reversed(lines[: rule.where.line - 1])
            comment = list(takewhile(lambda line: line.startswith("#"), above))
            assert comment, rule.id
            assert comment[-1].startswith(("# Fact: ", "# House policy: ")), rule.id


@pytest.mark.parametrize("market", COUNTRIES, ids=lambda market: market.code)
def test_no_country_shows_a_stent_to_the_public(market: Market) -> None:
    facts = PageFacts("x", Audience.LAY, "", load_products(ROOT), samples=True)
    assert facts.products
    assert not regulate(market, facts, READ_ON, installed_effects()).publishable


def test_countries_outside_the_union_inherit_nothing_from_it() -> None:
    for market in COUNTRIES:
        from_eu = any(rule.market == "EU" for rule in market.rules)
        assert from_eu is (market.code in MEMBER_STATES)


def test_the_english_texts_of_all_demanded_statements_are_there() -> None:
    ids = {rule.statement for market in OWN for rule in market.rules if rule.statement}
    assert {statement.id for statement in load_statements(ROOT, "en-US")} >= ids
    britain = market_of(OWN, "en-GB")
    assert britain
    for audience, products in ((Audience.HCP, load_products(ROOT)), (Audience.LAY, ())):
        facts = PageFacts("x", audience, "", products, samples=True)
        verdict = regulate(britain, facts, READ_ON, installed_effects())
        assert with_words(verdict, britain, "en-GB", load_statements(ROOT, "en-GB")).publishable
