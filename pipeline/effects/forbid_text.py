"""Forbid_text rules → the wording that the words of a page may not have."""

from __future__ import annotations

from dataclasses import replace

from pipeline.effects._rules import in_order
from pipeline.model import Effect, Forbidden, Market, PageFacts, Rule, Verdict


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Note each phrase; the words themselves are looked at when the page has them."""
    del facts, market  # the rules were matched with them
    found = (
        Forbidden(phrase, language, rule)
        for rule in in_order(rules)
        for language in rule.option("language") or ("",)
        for phrase in rule.option("phrases")
    )
    return replace(verdict, forbids=tuple(dict.fromkeys((*verdict.forbids, *found))))


def _problem(rule: Rule) -> str:
    """What is wrong with the keys of a rule."""
    for phrase in rule.option("phrases"):
        if sum(character.isalnum() for character in phrase) < 2:
            return f"the phrase {phrase!r} is too short to be looked for"
    return "language must be one language" if len(rule.option("language")) > 1 else ""


EFFECT = Effect(
    name="forbid_text",
    rank=80,
    fields=("phrases",),
    explain="""\
A `forbid_text` names wording that no page of the market may have: in its text, its titles, its
descriptions, its alt texts, its statements. It is found in any case, with any accents and
marks, and as whole words where a script has spaces. With `language` it is looked for in pages
of that language only.

```toml
[[rules]]
id = "xx-no-superlatives"
effect = "forbid_text"
phrases = ["100% safe", "without any risk"]
language = "en"
legal = ["Act on devices, art. 10"]
reason = "Absolute claims of safety mislead."
review_by = 2027-06-30
```
""",
    apply=apply,
    optional=("language",),
    problem=_problem,
)
