"""Statement rules → the legal texts that the page must carry, each once, and where."""

from __future__ import annotations

from dataclasses import replace

from pipeline.effects._rules import in_order, refusal
from pipeline.model import Demand, Effect, Finding, Market, PageFacts, Placement, Rule, Verdict

ORDER = tuple(Placement)  # from the top of the page to its end


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Add one demand for each statement, in page order; none for a rule that is suppressed."""
    del facts  # the rules were matched with them
    gone = {name for rule in verdict.suppressions for name in rule.option("suppresses")}
    demands = {demand.statement: demand for demand in verdict.demands}
    clashes: list[Finding] = []
    for rule in in_order(tuple(rule for rule in rules if rule.id not in gone)):
        placement = rule.placement or Placement.BOTTOM
        first = demands.get(rule.statement)
        if first is None:
            demands[rule.statement] = Demand(rule.statement, placement, rule)
            continue
        demands[rule.statement] = replace(first, also=(*first.also, rule))
        if first.placement is not placement:
            clashes.append(_clash(rule, placement, first, market))
    ordered = tuple(sorted(demands.values(), key=_on_the_page))
    return replace(verdict, demands=ordered, blocks=verdict.blocks + tuple(clashes))


def _on_the_page(demand: Demand) -> tuple[int, str, str]:
    """Where a demand stands among the others."""
    return ORDER.index(demand.placement), demand.rule.slot, demand.statement


def _clash(rule: Rule, placement: Placement, first: Demand, market: Market) -> Finding:
    """Two rules want one statement at two places; a page carries it once."""
    problem = (
        f"statement {rule.statement!r} is wanted at {placement.value!r} here and at "
        f"{first.placement.value!r} by rule {first.rule.id}, but a page carries it once"
    )
    return refusal("law-statement-clash", problem, rule, market)


EFFECT = Effect(
    name="statement",
    rank=100,
    fields=("slot", "statement", "placement"),
    explain="""\
A `statement` adds a legal text to the page, once, at its placement: `top`,
`inline-after-first-mention`, `bottom` or `footer`. The words are those of
`locales/<ll_CC>/statements/<statement>.txt`. The `slot` names the purpose of the text: a
country's rule takes the place of its parent's rule in the same slot. A statement permits
nothing.

```toml
[[rules]]
id = "xx-risk"
effect = "statement"
slot = "risk"
statement = "product-risk"
placement = "inline-after-first-mention"
legal = ["Regulation (EU) 2017/745, art. 7"]
reason = "Readers must learn of likely risks."
review_by = 2027-06-30
when.product_kind = ["coronary-des"]
```
""",
    apply=apply,
    optional=("statutory",),
)
