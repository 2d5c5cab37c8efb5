"""A rule and the facts of a page → whether the rule speaks of that page, and how it says no."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Finding, Market, PageFacts, Rule, When

NO_PRODUCT = "none"  # the product kind of a page that names no product and makes no claim
CLAIM = "claim"  # that of a page that makes a claim and names no product


def kinds(facts: PageFacts) -> tuple[str, ...]:
    """The product kinds of a page; `claim` or `none` when it names no product."""
    return tuple(product.kind for product in facts.products) or (kind_without(facts),)


def kind_without(facts: PageFacts) -> str:
    """The product kind of a page as if it named no product."""
    return CLAIM if facts.claims else NO_PRODUCT


def unmet(when: When, facts: PageFacts) -> str:
    """Why a rule's conditions do not fit a page, in plain words; "" when they do."""
    products = facts.products
    asked = (
        ("audience", when.audience, (facts.audience.value,)),
        ("product", when.product, tuple(product.id for product in products)),
        ("product kind", when.product_kind, kinds(facts)),
        ("substance", when.substance, tuple(s for p in products for s in p.substances)),
        ("category", when.category, (facts.category,)),
    )
    for name, wanted, found in asked:
        if wanted and not {plain_name(one) for one in wanted} & {plain_name(one) for one in found}:
            is_now = ", ".join(found) or "none"
            return f"it asks for {name} {' or '.join(wanted)}; the page's is {is_now}"
    return ""


def plain_name(name: str) -> str:
    """A name for comparing: nobody gets past a rule by a capital or a second space."""
    return " ".join(name.split()).casefold()


def matches(when: When, facts: PageFacts) -> bool:
    """Whether all of a rule's conditions fit a page."""
    return not unmet(when, facts)


def basis(rule: Rule) -> str:
    """What a rule rests on, for the end of a message: its id, its law and the authority."""
    authority = f"; {rule.authority}" if rule.authority else ""
    return f"rule {rule.id}: {', '.join(rule.legal)}{authority}"


def refusal(code: str, problem: str, rule: Rule, market: Market) -> Finding:
    """The finding that keeps a page out of a market because of a rule."""
    message = f"{market.code}: {problem} ({basis(rule)})"
    return Finding(code, message, rule.where, ask(market))


def ask(market: Market) -> str:
    """Whom to ask about a market's law."""
    return f"ask {market.owner}, who answers for the law of {market.code}"


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules in an order that does not depend on where they stand in their files."""
    return tuple(sorted(rules, key=lambda rule: (rule.slot, rule.market, rule.id)))
