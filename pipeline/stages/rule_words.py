"""A rule → what it does and what its keys are, in the words of the people who write law."""

from __future__ import annotations

from pipeline.model import Rule
from pipeline.stages.tell import does

# What an officer wants to do, in the order in which it is offered; others come after.
EFFECTS = {
    "permit": "let pages be shown",
    "block": "keep pages out",
    "gate": "ask readers first",
    "statement": "add a legal text",
    "require": "require a fact, such as a registration number",
    "forbid_text": "forbid wording",
    "publisher": "say which addresses may serve pages",
    "suppress": "take away a legal text that a parent adds",
}
KEYS = {  # what people call the keys of a rule and of a market
    "reason": "the reason",
    "legal": "the law it rests on",
    "review_by": "the review date",
    "effective_from": "the first day",
    "effective_until": "the last day",
    "authority": "the authority",
    "statement": "the legal text",
    "placement": "the place on the page",
    "gate": "what readers must do",
    "slot": "what the text is for",
    "fact": "the fact it requires",
    "phrases": "the wording it forbids",
    "hosts": "the addresses that may serve pages",
    "repealed": "the day from which the law is gone",
    "statutory": "the wording fixed by law",
    "languages": "the languages of its pages",
    "owner": "whom messages tell people to ask",
    "suppresses": "the rule whose text it takes away",
    "for_text": "whether it must be for exactly the page's words",
    "language": "the language it speaks of",
}


def deed(rule: Rule) -> str:
    """What a rule does; with what its own keys hold, where nothing tells it better."""
    told = does(rule)
    if told != rule.effect:
        return told
    keys = "; ".join(f"{KEYS.get(key, key)}: {', '.join(held)}" for key, held in rule.options)
    return f"{EFFECTS.get(told, told)}; {keys}" if keys else EFFECTS.get(told, told)
