"""Permits in the market's own file → the page may be shown; without one it is blocked."""

from __future__ import annotations

from dataclasses import replace

from pipeline.effects._rules import ask, in_order, kind_without, matches
from pipeline.model import Effect, Finding, Market, PageFacts, Product, Rule, Verdict


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Add a block for each product of the page (or for "no product") without a permit.

    A permit of a parent says nothing: a country lets pages be shown, not its parent.
    """
    own = tuple(rule for rule in in_order(rules) if rule.market == market.code)
    asked: tuple[Product | None, ...] = facts.products or (None,)
    missing = [product for product in asked if not _permitted(product, facts, own)]
    blocks = tuple(_no_permit(product, facts, market) for product in missing)
    return replace(verdict, permits=own, blocks=verdict.blocks + blocks)


def _permitted(product: Product | None, facts: PageFacts, rules: tuple[Rule, ...]) -> bool:
    """Whether some permit holds for the page as if it named this product alone.

    Two products of two kinds need both permits; one of them must not open the door for
    the other.
    """
    alone = replace(facts, products=(product,) if product else ())
    return any(matches(rule.when, alone) for rule in rules)


def _no_permit(product: Product | None, facts: PageFacts, market: Market) -> Finding:
    """The block that tells what no rule permits."""
    what = f"product {product.id!r}" if product else "no product"
    kind = product.kind if product else kind_without(facts)
    return Finding(
        "law-no-permit",
        f"{market.code} has no rule that permits a page for {facts.audience.value} readers "
        f"with {what} (kind {kind!r}), and silence is not permission",
        market.where,
        ask(market),
    )


EFFECT = Effect(
    name="permit",
    rank=350,
    fields=("when.audience", "when.product_kind"),
    explain="""\
A market lets a page be shown only where a `permit` in its own file says so, for an audience
and a product kind (`none` for a page that names no product, `claim` if it makes a claim). A
permit is never inherited, and a statement permits nothing.

```toml
[[rules]]
id = "xx-permit-education"
effect = "permit"
legal = ["Act on devices, art. 1"]
reason = "Disease information that names no product is no advertising."
review_by = 2027-06-30
when.audience = ["hcp", "lay"]
when.product_kind = ["none"]
```
""",
    apply=apply,
)
