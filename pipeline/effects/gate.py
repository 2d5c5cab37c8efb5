"""Gate rules → what readers must show before they see the page; the strongest one wins."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Effect, Market, PageFacts, Rule, Verdict


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Raise the gate to the strongest that a rule asks for; never lower it."""
    del facts, market  # the rules were matched with them
    return replace(verdict, gate=max([verdict.gate, *(rule.gate for rule in rules)]))


EFFECT = Effect(
    name="gate",
    rank=200,
    fields=("gate",),
    explain="""\
A `gate` asks readers to show that the page is meant for them. `self-declare` is a closed
part of the page that the reader opens by saying so; it is a declaration, not access
control. `login` needs a target that can do it. The strongest gate of all matching rules
counts.

```toml
[[rules]]
id = "xx-professionals-only"
effect = "gate"
gate = "self-declare"
legal = ["Guidelines on advertising, section 4"]
reason = "Content for professionals must ask readers whether they are one."
review_by = 2027-06-30
when.audience = ["hcp"]
```
""",
    apply=apply,
)
