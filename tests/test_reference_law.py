"""The law engine agrees with a second, naive reading of the law contract: `reference_law`."""

from dataclasses import dataclass

import pytest
from conftest import COSTLY
from hypothesis import given, settings
from hypothesis import strategies as st
from law_files import NEAR, WORDS, laws, written
from reference_law import GATES, Page, RefusedError, check, judge

from pipeline.errors import ConfigError
from pipeline.model import Audience, PageFacts
from pipeline.stages.inherit import inherit
from pipeline.stages.regulate import regulate
from pipeline.store.claims import load_claims
from pipeline.store.facts import load_facts
from pipeline.store.markets import installed_effects, load_markets, load_products

EFFECTS = installed_effects()
# The engine's codes → what the reference calls them.
KINDS = {
    "law-blocked": "blocked",
    "law-no-permit": "no-permit",
    "law-review-overdue": "overdue",
    "law-repealed": "repealed",
    "law-statement-clash": "clash",
    "law-parent-only": "parent-only",
    "law-wrong-host": "publisher",
    "law-product-unavailable": "unavailable",
    "law-claim-unknown": "claim",
    "law-claim-unsupported": "claim",
    "law-claim-not-accepted": "claim",
    "law-fact-ends-early": "fact-missing",
    "law-fact-other-text": "fact-missing",
    "law-fact-sample": "fact-missing",
    "law-fact-expired": "fact-missing",
    "law-fact-missing": "fact-missing",
}
PAGES = tuple(
    (audience, products, claims)
    for audience in Audience
    for products, claims in (
        ((), ()),
        ((), ("first",)),
        (("one",), ()),
        (("two",), ("first", "second")),
        (("one", "three"), ()),
        ((), ("first", "lost")),
    )
)


@dataclass
class Loaded:
    """A folder as the real loaders give it."""

    markets: dict
    products: dict
    facts: tuple
    claims: tuple


def load(root):
    """What the real loaders make of a folder, or why they refuse it."""
    try:
        markets = inherit(load_markets(root, EFFECTS))
        products = load_products(root)
        facts = load_facts(root, products, markets)
        claims = load_claims(root)
    except ConfigError as error:
        return str(error)
    return Loaded({m.code: m for m in markets}, {p.id: p for p in products}, facts, claims)


def told(loaded, code, page, day):
    """What the engine says of a page, in the words of the reference."""
    facts = PageFacts(
        article=page.article,
        audience=page.audience,
        category=page.category,
        products=tuple(loaded.products[name] for name in page.products),
        claims=page.claims,
        known_claims=loaded.claims,
        host=page.host,
        locale=page.locale,
        text=page.words,
        facts=loaded.facts,
        next_build=page.next_build,
        samples=page.samples,
    )
    verdict = regulate(loaded.markets[code], facts, day, EFFECTS)
    return {
        "blocks": {KINDS[block.code] for block in verdict.blocks},
        "gate": GATES[verdict.gate],
        "statements": {(d.statement, d.placement.value) for d in verdict.demands},
        "forbidden": {(f.phrase, f.language) for f in verdict.forbids},
        "valid_until": None if verdict.blocks else verdict.valid_until,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("law")
    (root / "locales" / "markets").mkdir(parents=True)
    (root / "source").mkdir()
    return root


AROUND = st.fixed_dictionaries(
    {
        "category": st.sampled_from(("", "news", "Advice")),
        "host": st.sampled_from(("a.example", "a.example", "A.EXAMPLE", "b.example", "")),
        "words": st.sampled_from(WORDS),
        "next_build": st.sampled_from(NEAR),
        "samples": st.booleans(),
    }
)


@settings(max_examples=max(COSTLY, 1000))
@given(law=laws(), day=st.sampled_from(NEAR), around=AROUND)
def test_the_engine_and_the_reference_agree(law, day, around, folder):
    law = written(law, folder)
    loaded = load(folder)
    try:
        check(law)
    except RefusedError:
        assert isinstance(loaded, str)
        return
    assert not isinstance(loaded, str), loaded
    for code, market in law.markets.items():
        # a parent has no pages, and says so of each
        for audience, products, claims in PAGES if market["languages"] else PAGES[:1]:
            page = Page(audience, products=products, claims=claims, article="this", **around)
            page.locale = f"de-{code}"
            ruling = vars(judge(law, code, page, day))
            said = told(loaded, code, page, day)
            if "clash" in ruling["blocks"]:  # of two places an officer is shown one
                for one in (ruling, said):
                    one["statements"] = dict(one["statements"]).keys()
            assert said == ruling, (code, page)
