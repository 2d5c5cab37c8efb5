"""Block rules → the page may not be shown, whatever else permits it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.effects._rules import in_order, refusal
from pipeline.model import Effect, Market, PageFacts, Rule, Verdict


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Add one block, with its reason, for each rule."""
    del facts  # the rules were matched with them
    blocks = tuple(refusal("law-blocked", r.reason, r, market) for r in in_order(rules))
    return replace(verdict, blocks=verdict.blocks + blocks)


EFFECT = Effect(
    name="block",
    rank=400,
    fields=(),
    explain="""\
A `block` keeps every page that it matches out of a market, and nothing outweighs it: no
permit, no statement, no gate. Its `reason` says in plain words what the law forbids, or
what is missing and who has to supply it.

```toml
[[rules]]
id = "xx-no-lay-advertising"
effect = "block"
legal = ["Act on devices, art. 12"]
reason = "Devices that only health professionals use may not be advertised to the public."
review_by = 2027-06-30
when.audience = ["lay"]
when.product_kind = ["coronary-des"]
```
""",
    apply=apply,
)
