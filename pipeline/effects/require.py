"""Require rules and the facts on file → a block for each fact that is missing or does not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.effects._facts import Found, find
from pipeline.effects._rules import ask, basis, in_order
from pipeline.model import Effect, Finding, Market, PageFacts, Product, Rule, Verdict

_YES, _NO = "True", "False"


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Look for the fact of each rule; what is found is noted, with the day on which it ends."""
    used = list(verdict.facts)
    ends = [verdict.valid_until] if verdict.valid_until else []
    blocks: list[Finding] = []
    for rule in in_order(rules):
        for product, locale in _asked(facts, market):
            found = _find(rule, product, replace(facts, locale=locale), market)
            if found.lack:
                blocks.append(_refused(found.lack, rule, product, locale, market))
                continue
            used.append(found.facts[0])
            ends += [end for end in (found.facts[0].valid_until,) if end]
    return replace(
        verdict,
        blocks=(*verdict.blocks, *dict.fromkeys(blocks)),
        facts=tuple(dict.fromkeys(used)),
        valid_until=min(ends, default=None),
    )


def _asked(facts: PageFacts, market: Market) -> Iterator[tuple[Product | None, str]]:
    """Each product and locale that must have the fact.

    A page that is judged for no locale is judged for every one of the market.
    """
    products: tuple[Product | None, ...] = facts.products or (None,)
    locales = (facts.locale,) if facts.locale else (market.languages or ("",))
    return ((product, locale) for product in products for locale in locales)


def _find(rule: Rule, product: Product | None, facts: PageFacts, market: Market) -> Found:
    (name,) = rule.option("fact") or ("",)
    # Whatever is not plainly "no" asks for more, never for less.
    for_text = rule.option("for_text") not in ((), (_NO,))
    return find(name, product, facts, market, for_text=for_text)


def _refused(
    lack: Finding, rule: Rule, product: Product | None, locale: str, market: Market
) -> Finding:
    """The block, in words that name the fact, the product and the locale."""
    (name,) = rule.option("fact") or ("",)
    whom = f" for product {product.id!r}" if product else ""
    where = f" in {locale}" if locale and len(market.languages) > 1 else ""
    problem = f"{rule.reason} The page needs the fact {name!r}{whom}{where}: {lack.message}"
    message = f"{market.code}: {problem} ({basis(rule)})"
    return replace(lack, message=message, where=rule.where, hint=ask(market))


def _problem(rule: Rule) -> str:
    """What is wrong with the keys of a rule."""
    names = rule.option("fact")
    if len(names) != 1 or not names[0].replace("-", "").isalnum() or names[0] != names[0].lower():
        return 'fact must be one name, like "registration-number"'
    if rule.option("for_text") not in ((), (_YES,), (_NO,)):
        return "for_text must be true or false"
    return ""


EFFECT = Effect(
    name="require",
    rank=300,
    fields=("fact",),
    explain="""\
A `require` lets a page be shown only while a fact is on file: a registration number, an
authority's approval. The fact stands in `source/products.toml` under `[[facts]]`, for the
market, for each product that the page names (or for the market as a whole), holds on the day
and until the next scheduled build, and is no example unless the workspace is one. With
`for_text = true` it must have been given for the very words of the page: its `text` is their
digest. A fact permits nothing.

```toml
[[rules]]
id = "xx-advertising-approval"
effect = "require"
fact = "advertising-approval"
for_text = true
legal = ["Act on devices, art. 46"]
reason = "Advertising needs an approval before it is shown, and the approval binds its words."
review_by = 2027-06-30
when.product_kind = ["coronary-des"]
```
""",
    apply=apply,
    optional=("for_text",),
    problem=_problem,
)
