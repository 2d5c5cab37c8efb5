"""Rules and the categories of articles → conditions that no article can ever meet."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.effects._rules import plain_name
from pipeline.model import Article, Finding, Market


def unknown_categories(
    markets: Iterable[Market], articles: Iterable[Article]
) -> tuple[Finding, ...]:
    """A finding for each category that a rule names and no article has.

    A typing mistake there would quietly take the rule away from the pages that it is for.
    """
    known = {
        plain_name(field.text): field.text
        for article in articles
        for field in article.fields
        if field.key == "category"
    }
    rules = {rule.where: rule for market in markets for rule in market.rules}
    found = []
    for rule in rules.values():
        for category in rule.when.category:
            if plain_name(category) in known:
                continue
            near = get_close_matches(plain_name(category), known, 1)
            names = ", ".join(sorted(known.values())) or "none"
            hint = f"did you mean {known[near[0]]!r}?" if near else f"categories here: {names}"
            problem = f"rule {rule.id} speaks of category {category!r}, which no article has"
            found.append(Finding("law-unknown-category", problem, rule.where, hint))
    return tuple(found)
