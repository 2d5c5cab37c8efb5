"""A market's rules and the facts of a page → each rule in plain words: does it speak, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.effects._rules import CLAIM, NO_PRODUCT
from pipeline.model import Audience, Gate, Market, PageFacts, Placement, Rule, When
from pipeline.stages.regulate import explain

READERS = {Audience.LAY.value: "the public", Audience.HCP.value: "professionals"}
PLACES = {
    Placement.TOP: "at the top of the page",
    Placement.INLINE: "after the first mention of the product",
    Placement.BOTTOM: "after the text",
    Placement.FOOTER: "in the footer",
}
GATES = {
    Gate.SELF_DECLARE: "readers declare that the page is meant for them",
    Gate.LOGIN: "readers log in",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One rule of a market, and what it has to do with a page."""

    rule: Rule
    matched: bool
    why: str  # why it speaks of the page, or why it does not
    does: str  # what it does to the pages that it speaks of


def tell(market: Market, facts: PageFacts, as_of: date) -> tuple[Told, ...]:
    """Each rule of a market, its own first and then what it inherits, in the order of files."""
    return tuple(
        Told(rule, not why_not, why_not or _why(rule, as_of), does(rule))
        for rule, why_not in explain(market, facts, as_of)
    )


def _why(rule: Rule, as_of: date) -> str:
    """Why a rule speaks of a page; and that nobody vouches for it any more, if so."""
    why = f"it speaks of {whom(rule.when)}"
    if rule.repealed and as_of >= rule.repealed:
        return f"{why}; its law was repealed with effect from {rule.repealed}, so it blocks them"
    if rule.review_by and as_of > rule.review_by:
        return f"{why}; its review was due by {rule.review_by}, and until it is done it blocks them"
    return why


def whom(when: When) -> str:
    """The pages that a rule's conditions ask for, in plain words."""
    parts = []
    if when.audience:
        parts.append("for " + _either(READERS.get(name, name) for name in when.audience))
    if when.product:
        parts.append("that name " + _either(when.product))
    if when.product_kind:
        parts.append("that name " + _either(map(_kind, when.product_kind)))
    if when.substance:
        parts.append("with a product that holds " + _either(when.substance))
    if when.category:
        parts.append("in the category " + _either(when.category))
    return " ".join(["pages", *parts]) if parts else "every page"


def does(rule: Rule) -> str:
    """What a rule does, in plain words, told by what it carries and not by its effect.

    So an effect that is added as one file is told too.
    """
    if rule.statement:
        place = PLACES[rule.placement or Placement.BOTTOM]
        exactly = f", word for word as {rule.statutory!r} has it" if rule.statutory else ""
        return f"the page must carry the text {rule.statement!r} {place}{exactly}"
    if rule.gate in GATES:
        return f"{GATES[rule.gate]} before they see it"
    fixed = {"permit": "the page may be shown", "block": "the page is kept out"}
    return _by_options(rule) or fixed.get(rule.effect, rule.effect)


def _by_options(rule: Rule) -> str:
    """What a rule does that carries keys of its own effect; "" when it does not."""
    if names := rule.option("fact"):
        words = "" if rule.option("for_text") in ((), ("False",)) else ", given for its very words"
        return f"the page needs the fact {_either(names)} on file{words}"
    if phrases := rule.option("phrases"):
        language = "".join(f" in {code}" for code in rule.option("language"))
        return f"the page may not say {_either(map(repr, phrases))}{language}"
    if hosts := rule.option("hosts"):
        return f"only {_either(hosts)} may serve the page"
    if names := rule.option("suppresses"):
        return f"the page need not carry what the rule {_either(names)} demands"
    return ""


def page_in_words(facts: PageFacts) -> str:
    """What the law is told of a page: its readers, its products, its category."""
    named = [f"{product.id} ({product.kind})" for product in facts.products]
    products = f"names {', '.join(named)}" if named else "names no product"
    category = f", category {facts.category!r}" if facts.category else ""
    claims = f", makes the claim {' and '.join(facts.claims)}" if facts.claims else ""
    return f"for {READERS[facts.audience.value]}, {products}{claims}{category}"


def _kind(kind: str) -> str:
    fixed = {NO_PRODUCT: "no product", CLAIM: "a claim and no product"}
    return fixed.get(kind, f"a product of kind {kind}")


def _either(words: Iterable[str]) -> str:
    """Several words as people say them: a, b or c."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
