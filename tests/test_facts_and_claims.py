"""What is on file in a workspace: products, facts, claims, and wordings that a law fixes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.model import Fact
from pipeline.store.claims import load_claims
from pipeline.store.facts import load_facts
from pipeline.store.markets import load_markets, load_products
from pipeline.store.statutory import load_statutory

HEAD = """\
market = "{code}"
languages = {languages}
owner = "regulatory@example.com"
zone = "Europe/Paris"
publisher = "INVAMED"
publish = "each"
authority = "Agency"
"""
STENT = """\
[products.stent]
names = ["STENT"]
kind = "coronary-des"
sample = true

[products.stent.markets]
DE = "available"
FR = "unregistered"
"""
FACT = """
[[facts]]
name = "approval"
market = "FR"
product = "stent"
locale = "fr-FR"
value = "17/03"
source = "file 7"
valid_from = 2026-01-01
valid_until = 2026-12-31
"""
CLAIM = """
[claims.lower-rate]
says = "Fewer vessels narrow again."
references = ["Journal 1"]
markets = ["FR"]
review_by = 2027-06-30
"""
TEXT = "Ce dispositif est un produit de santé.\nDemandez conseil.\n"
STATUTORY = f"""\
market = "FR"
locale = "fr-FR"
text = \"\"\"
{TEXT}\"\"\"
legal = ["Code, art. 1"]
applies_to = "advertising to the public"
effective_from = 2026-01-01
review_by = 2027-06-30
sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"
"""
RULE = """
[[rules]]
id = "fr-notice"
effect = "statement"
slot = "notice"
statement = "notice"
statutory = "fr-notice"
placement = "bottom"
legal = ["Code, art. 1"]
reason = "The law gives the words."
review_by = 2027-06-30
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the markets DE and FR, one product and one statutory wording."""
    write(tmp_path, "locales/markets/DE.toml", HEAD.format(code="DE", languages=["de-DE"]))
    french = HEAD.format(code="FR", languages=["fr-FR"])
    write(tmp_path, "locales/markets/FR.toml", french)
    write(tmp_path, "source/products.toml", STENT)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8"))


def facts_of(root: Path) -> tuple[Fact, ...]:
    return load_facts(root, load_products(root), load_markets(root))


def refused(root: Path, what: str) -> str:
    """All that loading one kind of file says against it."""
    load: dict[str, Callable[[], object]] = {
        "products": lambda: load_products(root),
        "markets": lambda: load_markets(root),
        "facts": lambda: facts_of(root),
        "claims": lambda: load_claims(root),
        "statutory": lambda: load_statutory(root, load_markets(root)),
    }
    with pytest.raises(ConfigError) as caught:
        load[what]()
    return "\n".join(str(finding) for finding in caught.value.as_findings())


def test_a_product_tells_how_it_stands_in_each_market(root: Path) -> None:
    (stent,) = load_products(root)
    assert stent.sample
    assert [stent.status_in(code) for code in ("DE", "FR", "GB")] == [
        "available",
        "unregistered",
        "",
    ]
    assert str(stent.where) == "source/products.toml:1"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (STENT.replace('DE = "a', 'UK = "a'), ":7", "there is no market 'UK'"),
        (STENT.replace('DE = "a', 'RF = "a'), ":7", "did you mean 'FR'?"),
        (STENT.replace('"available"', '"Available"'), ":7", "'available'"),
        (STENT.replace('"available"', '""'), ":7", "'available'"),
        (STENT.replace('"available"', "true"), ":7", "products.stent.markets.DE"),
        (STENT.replace("DE =", "de ="), ":7", "products.stent.markets.de"),
        (STENT.replace("sample = true", 'sample = "no"'), ":4", "sample"),
        (STENT.replace("sample", "smaple"), ":4", "did you mean 'sample'?"),
        (STENT.replace("coronary-des", "claim"), ":1", "'claim' means: a claim and no product"),
    ],
)
def test_a_mistake_about_a_product_is_told_with_its_line(
    root: Path, text: str, place: str, words: str
) -> None:
    write(root, "source/products.toml", text)
    said = refused(root, "products")
    assert f"source/products.toml{place}" in said
    assert words in said


def test_a_fact_is_read_with_its_scope_and_its_days(root: Path) -> None:
    write(root, "source/products.toml", STENT + FACT)
    (fact,) = facts_of(root)
    assert (fact.name, fact.market, fact.product, fact.locale) == (
        "approval",
        "FR",
        "stent",
        "fr-FR",
    )
    assert (fact.value, fact.valid_from, fact.valid_until) == (
        "17/03",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert str(fact.where) == "source/products.toml:10"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"FR"\nproduct', '"FF"\nproduct', "did you mean 'FR'?"),
        ('product = "stent"', 'product = "stnet"', "did you mean 'stent'?"),
        ('locale = "fr-FR"', 'locale = "de-DE"', "de-DE is no locale of FR"),
        ('value = "17/03"', 'value = ""', "value"),
        ('value = "17/03"', 'value = " 17"', "value"),
        ('value = "17/03"', 'value = "17\\n03"', "value"),
        ('value = "17/03"', 'value = "17\\u202e03"', "U+202E"),
        ('value = "17/03"', 'value = "{approval}"', "U+007B"),
        ('value = "17/03"', 'value = "e\\u0301"', "NFC"),
        ('value = "17/03"', "value = 17", "value"),
        ('source = "file 7"', "", "'facts.0.source' is missing"),
        ("2026-12-31", "2025-12-31", "before it starts"),
        ("2026-12-31", '"2026-12-31"', "valid_until"),
        ("2026-12-31", "2026-12-31T10:00:00", "valid_until"),
        ("valid_until", "valid_untill", "did you mean 'valid_until'?"),
        ('source = "file 7"', 'source = "f"\ntext = "ABC"', "text"),
        ('name = "approval"', 'name = "Approval"', "name"),
    ],
)
def test_a_mistake_in_a_fact_is_told(root: Path, old: str, new: str, words: str) -> None:
    assert old in FACT
    write(root, "source/products.toml", STENT + FACT.replace(old, new))
    said = refused(root, "facts")
    assert "source/products.toml:1" in said
    assert words in said


def test_two_facts_of_one_matter_on_one_day_are_refused(root: Path) -> None:
    other = FACT.replace("17/03", "18/04")
    write(root, "source/products.toml", STENT + FACT + other)
    assert "fact-twice" in refused(root, "facts")
    later = other.replace("2026-01-01", "2027-01-01").replace("2026-12-31", "2027-12-31")
    write(root, "source/products.toml", STENT + FACT + later)
    assert len(facts_of(root)) == 2
    touching = later.replace("2027-01-01", "2026-12-31")
    write(root, "source/products.toml", STENT + FACT + touching)
    assert "fact-twice" in refused(root, "facts")


def test_claims_are_read(root: Path) -> None:
    assert load_claims(root) == ()
    write(root, "locales/markets/claims.toml", CLAIM)
    (claim,) = load_claims(root)
    assert (claim.id, claim.references, claim.markets) == ("lower-rate", ("Journal 1",), ("FR",))
    assert [market.code for market in load_markets(root)] == ["DE", "FR"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["FR"]', '["FR", "UK"]', "there is no market 'UK'"),
        ('["Journal 1"]', '[""]', "references"),
        ("review_by = 2027-06-30", "", "'claims.lower-rate.review_by' is missing"),
        ("says", "say", "did you mean 'says'?"),
        ("lower-rate", "Lower", "claims.Lower"),
    ],
)
def test_a_mistake_in_the_claims_is_told(root: Path, old: str, new: str, words: str) -> None:
    write(root, "locales/markets/claims.toml", CLAIM.replace(old, new))
    said = refused(root, "claims")
    assert "locales/markets/claims.toml:" in said
    assert words in said


def test_a_statutory_wording_is_read_byte_for_byte_and_is_no_market(root: Path) -> None:
    write(root, "locales/markets/statutory/fr-notice.toml", STATUTORY)
    write(root, "locales/markets/FR.toml", HEAD.format(code="FR", languages=["fr-FR"]) + RULE)
    markets = load_markets(root)
    (text,) = load_statutory(root, markets)
    assert (text.id, text.locale, text.text) == ("fr-notice", "fr-FR", TEXT)
    assert markets[1].rules[0].statutory == "fr-notice"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("santé", "sante", "statutory-changed"),
        ("santé.", "santé. ", "statutory-changed"),
        ('"FR"', '"UK"', "there is no market 'UK'"),
        ('"fr-FR"', '"de-DE"', "de-DE is no locale of FR"),
        ("review_by", "reviewby", "did you mean 'review_by'?"),
        ("effective_from = 2026-01-01\n", "", "'effective_from' is missing"),
        ("review_by", "repealed = 2020-01-01\nreview_by", "before it came into force"),
        ('["Code, art. 1"]', "[]", "legal"),
    ],
)
def test_a_mistake_in_a_statutory_wording_is_told(
    root: Path, old: str, new: str, words: str
) -> None:
    write(root, "locales/markets/statutory/fr-notice.toml", STATUTORY.replace(old, new))
    said = refused(root, "statutory")
    assert "locales/markets/statutory/fr-notice.toml" in said
    assert words in said


def test_a_locked_text_that_is_no_statement_is_refused(root: Path) -> None:
    spaced = "Erste Zeile.\n\nZweite Zeile.\n"
    digest = hashlib.sha256(spaced.encode()).hexdigest()
    text = STATUTORY.replace(TEXT, spaced)
    locked = text.replace(hashlib.sha256(TEXT.encode()).hexdigest(), digest)
    write(root, "locales/markets/statutory/fr-notice.toml", locked)
    assert "blank line" in refused(root, "statutory")


@pytest.mark.parametrize("name", ["Fr-Notice.toml", "fr notice.toml", "fr-notice.txt"])
def test_what_else_lies_among_the_statutory_wordings_is_refused(root: Path, name: str) -> None:
    write(root, f"locales/markets/statutory/{name}", STATUTORY)
    assert "this is no file of a statutory wording" in refused(root, "statutory")


def test_a_wording_in_two_languages_stands_in_two_files(root: Path) -> None:
    write(root, "locales/markets/FR.toml", HEAD.format(code="FR", languages=["fr-FR", "br-FR"]))
    write(root, "locales/markets/statutory/fr-notice.fr-FR.toml", STATUTORY)
    breton = STATUTORY.replace('"fr-FR"', '"br-FR"')
    write(root, "locales/markets/statutory/fr-notice.br-FR.toml", breton)
    texts = load_statutory(root, load_markets(root))
    assert [(text.id, text.locale) for text in texts] == [
        ("fr-notice", "br-FR"),
        ("fr-notice", "fr-FR"),
    ]
    write(root, "locales/markets/statutory/fr-notice.br-FR.toml", STATUTORY)
    assert "holds a text in fr-FR" in refused(root, "statutory")


def test_a_rule_whose_wording_has_no_file_is_refused_with_the_nearest(root: Path) -> None:
    write(root, "locales/markets/statutory/fr-notice.toml", STATUTORY)
    rule = RULE.replace('statutory = "fr-notice"', 'statutory = "fr-notcie"')
    write(root, "locales/markets/FR.toml", HEAD.format(code="FR", languages=["fr-FR"]) + rule)
    said = refused(root, "statutory")
    assert "locales/markets/FR.toml:9" in said
    assert "did you mean 'fr-notice'?" in said


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('stamped_by = ["translater"]\n', "stamped_by"),
        ("stamped_by = []\n", "stamped_by"),
        ('stamped_by = ["owner", "owner"]\n', "names 'owner' twice"),
        ('different_people = ["translator", "reviser"]\n', "stamped_by does not ask for"),
        ('stamped_by = ["reviser"]\ndifferent_people = ["reviser"]\n', "different_people"),
    ],
)
def test_a_mistake_about_who_must_approve_is_told(root: Path, keys: str, words: str) -> None:
    french = HEAD.format(code="FR", languages=["fr-FR"])
    write(root, "locales/markets/FR.toml", french + keys)
    said = refused(root, "markets")
    assert "locales/markets/FR.toml:" in said
    assert words in said


def test_who_must_approve_is_read(root: Path) -> None:
    keys = 'stamped_by = ["translator", "reviser"]\ndifferent_people = ["translator", "reviser"]\n'
    write(root, "locales/markets/FR.toml", HEAD.format(code="FR", languages=["fr-FR"]) + keys)
    french = load_markets(root)[1]
    assert french.stamped_by == french.different_people == ("translator", "reviser")


def test_an_empty_list_of_languages_in_a_parent_may_hold_wording_in_any_language(
    root: Path,
) -> None:
    write(root, "locales/markets/EU.toml", HEAD.format(code="EU", languages=[]))
    write(root, "locales/markets/statutory/eu-notice.toml", STATUTORY.replace('"FR"', '"EU"'))
    (text,) = load_statutory(root, load_markets(root))
    assert text.market == "EU"


@pytest.mark.parametrize(
    ("effect", "keys", "words"),
    [
        ("require", "fact = []", "must be a text"),
        ("require", 'fact = ""', "must be a text"),
        ("require", 'fact = ["a", "b"]', "fact must be one name"),
        ("require", 'fact = "Approval"', "fact must be one name"),
        ("require", 'fact = "a"\nfor_text = "no"', "for_text must be true or false"),
        ("require", 'fact = "a"\nfor_texts = true', "did you mean 'for_text'?"),
        ("forbid_text", "phrases = []", "must be a text"),
        ("forbid_text", 'phrases = ["cure", " "]', "must be a text"),
        ("forbid_text", 'phrases = ["\\u00ad-"]', "too short"),
        ("forbid_text", 'phrases = ["cure"]\nlanguage = "FR"', "speaks of the language 'FR'"),
        ("forbid_text", 'phrases = ["cure"]\nlanguage = "en"', "has pages in fr"),
        ("publisher", "hosts = []", "must be a text"),
        ("publisher", 'hosts = ["https://www.example.com"]', "is no host"),
        ("publisher", 'hosts = ["WWW.example.com"]', "in lower-case letters"),
        ("suppress", 'suppresses = ["a", "b"]', "the id of one rule"),
        ("suppress", "", "needs the key 'suppresses'"),
        ("block", 'statutory = "fr-notice"', "does not read 'statutory'"),
    ],
)
def test_an_effects_own_keys_are_judged_when_they_are_read(
    root: Path, effect: str, keys: str, words: str
) -> None:
    rule = f"""
[[rules]]
id = "fr-x"
effect = "{effect}"
{keys}
legal = ["Code, art. 1"]
reason = "Because."
review_by = 2027-06-30
"""
    write(root, "locales/markets/FR.toml", HEAD.format(code="FR", languages=["fr-FR"]) + rule)
    said = refused(root, "markets")
    assert "locales/markets/FR.toml:" in said
    assert words in said
