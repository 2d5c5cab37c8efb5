"""Suppress rules → a parent's statement that the page need not carry, and who said so."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from pipeline.effects._rules import in_order, refusal
from pipeline.model import Effect, Market, PageFacts, Rule, Verdict


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Name the rules whose demand `statement` leaves out; a wrong name blocks the page.

    The rules go into `suppressions`: they count only with the owner's stamp on their file,
    which a later stage looks for.
    """
    del facts  # the rules were matched with them
    for rule in in_order(rules):
        if problem := refused(rule, _above(rule, market)):
            block = refusal("law-suppression", problem, rule, market)
            verdict = replace(verdict, blocks=(*verdict.blocks, block))
        else:
            verdict = replace(verdict, suppressions=(*verdict.suppressions, rule))
    return verdict


def refused(rule: Rule, above: tuple[Rule, ...]) -> str:
    """Why a rule may not suppress what it names; "" when it may. `above` are its parents' rules."""
    (name,) = rule.option("suppresses") or ("",)
    target = next((other for other in above if other.id == name), None)
    if target is None:
        near = get_close_matches(name, [r.id for r in above if r.effect == "statement"], 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"it would suppress {name!r}, and no parent has a rule of that id{hint}"
    if target.effect != "statement":
        return f"{name!r} of {target.market} is a {target.effect!r}; only a statement can give way"
    if target.locked:
        return f"{name!r} of {target.market} is locked, and its owner has to unlock it first"
    return ""


def _above(rule: Rule, market: Market) -> tuple[Rule, ...]:
    """The rules of the parents of the file that states a rule: they follow its own."""
    own = [number for number, other in enumerate(market.rules) if other.market == rule.market]
    following = market.rules[own[-1] + 1 :] if own else ()
    return tuple(other for other in following if other.market != rule.market)


def _problem(rule: Rule) -> str:
    """What is wrong with the keys of a rule."""
    return "" if len(rule.option("suppresses")) == 1 else "suppresses must be the id of one rule"


EFFECT = Effect(
    name="suppress",
    rank=150,  # before `statement`, so that what is taken out clashes with nothing
    fields=("suppresses",),
    explain="""\
A `suppress` takes away one statement that a parent's rule demands, where the country's own law
has no place for it. It never takes away a locked one, and nothing but statements. It counts
only with the owner's stamp on the file that states it.

```toml
[[rules]]
id = "xx-no-house-notice"
effect = "suppress"
suppresses = "house-notice"
legal = ["Act on devices, art. 9"]
reason = "The act fixes what notices a page carries, and this is none of them."
review_by = 2027-06-30
```
""",
    apply=apply,
    problem=_problem,
)
