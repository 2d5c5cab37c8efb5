"""Market, products and claims files as raw tables, a page and a day → what the law says of it.

A second, naive reading of the law contract, written without the engine, to judge it in
`test_reference_law`. Where the contract is silent, a comment tells the reading that was
taken: the one that publishes less.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

MATTER = ("name", "market", "product", "article", "locale", "text")
GATES = ("none", "self-declare", "login")


class RefusedError(Exception):
    """The files contradict each other, so they say nothing of any page."""


@dataclass
class Law:
    """Files as tomllib reads them: markets by code, products and claims by id."""

    markets: dict
    products: dict
    claims: dict = field(default_factory=dict)
    facts: list = field(default_factory=list)


@dataclass
class Page:
    audience: str
    category: str = ""
    products: tuple = ()
    claims: tuple = ()
    article: str = ""
    locale: str = ""
    words: str = ""  # their digest
    host: str = ""
    next_build: date = date.max
    samples: bool = False  # whether examples count


@dataclass
class Ruling:
    blocks: set
    gate: str
    statements: set  # (statement, placement)
    forbidden: set  # (phrase, language)
    valid_until: date | None  # of a page that nothing blocks


def judge(law, code, page, day):
    """What the law of a market says of a page on a day, once `check` lets its files pass."""
    rules = rules_for(law, code, page, day)
    statements = {(r["statement"], r["placement"]) for r in rules if r["effect"] == "statement"}
    reasons = [*of_rules(rules, page, day), *of_facts(law, code, rules, page, day)]
    reasons += [*of_products(law, code, page), *of_claims(law, code, page, day)]
    if len(dict(statements)) < len(statements):  # a statement stands at one place only
        reasons.append(("clash", date.max))
    if not law.markets[code]["languages"]:
        reasons.append(("parent-only", date.max))
    if not permitted(law, rules, page):
        reasons.append(("no-permit", date.max))
    blocks = {kind for kind, _ in reasons if kind}
    ends = [end for _, end in reasons] + [
        first - timedelta(1) for first in later(law, code, page, day)
    ]
    return Ruling(
        blocks,
        max((r["gate"] for r in rules if r["effect"] == "gate"), key=GATES.index, default="none"),
        statements,
        {(p, r.get("language", "")) for r in rules if "phrases" in r for p in r["phrases"]},
        None if blocks else min(ends, default=date.max),
    )


def days(rule):
    """The first and the last day of a rule, both included."""
    return rule.get("effective_from", date.min), rule.get("effective_until", date.max)


def spell(fact):
    """The first and the last day of a fact, both included."""
    return fact.get("valid_from", date.min), fact.get("valid_until", date.max)


def line_of(law, code):
    """A market and its parents, the farthest first."""
    line = []
    while code:
        if code not in law.markets or law.markets[code] in line:
            raise RefusedError("an unknown parent, or a circle")
        line.insert(0, law.markets[code])
        code = law.markets[code].get("parent")
    return line


def same_slot(one, other):
    """Whether two rules fill one slot; a rule without a slot fills none."""
    return "slot" in one and all(one[key] == other.get(key) for key in ("slot", "effect"))


def check(law):
    """Refuse files that contradict each other."""
    locales = [locale for table in law.markets.values() for locale in table["languages"]]
    if len(set(locales)) < len(locales):
        raise RefusedError("a locale of two markets")
    for code, table in law.markets.items():
        above = [rule for parent in line_of(law, code)[:-1] for rule in parent["rules"]]
        for number, rule in enumerate(table["rules"]):
            earlier = table["rules"][:number]
            if any(rule["id"] == other["id"] for other in (*above, *earlier)):
                raise RefusedError("two rules with one id")
            if days(rule)[0] > days(rule)[1]:
                raise RefusedError("a rule that ends before it starts")
            for other in earlier:  # whatever pages they speak of
                meet = days(rule)[0] <= days(other)[1] and days(other)[0] <= days(rule)[1]
                if same_slot(rule, other) and meet:
                    raise RefusedError("two rules in one slot")
            check_against(rule, above)
    check_facts(law)


def check_facts(law):
    """Refuse facts that contradict each other."""
    for number, fact in enumerate(law.facts):
        if spell(fact)[0] > spell(fact)[1]:
            raise RefusedError("a fact that ends before it starts")
        for other in law.facts[:number]:
            alike = all(fact.get(key) == other.get(key) for key in MATTER)
            if alike and spell(fact)[0] <= spell(other)[1] and spell(other)[0] <= spell(fact)[1]:
                raise RefusedError("two facts of one matter on one day")


def check_against(rule, above):
    """Refuse a rule that takes away what it may not: a locked rule, or more than a statement."""
    for other in above:  # whatever pages, days and effects: the slot is locked, not the text
        taken = "slot" in other and rule.get("slot") == other["slot"]
        if other.get("locked") and (taken or rule.get("suppresses") == other["id"]):
            raise RefusedError("a locked rule is overridden")
    if rule["effect"] == "suppress":
        named = [r["effect"] for r in above if r["id"] == rule["suppresses"]]
        if named != ["statement"]:
            raise RefusedError("suppresses what is no statement of a parent")


def speaks(law, rule, page, products):
    """Whether a rule's conditions hold for a page, or for some of its products.

    Each condition by itself: one product may have the kind and another the substance.
    """
    nothing = ["claim" if page.claims else "none"]
    has = {
        "audience": [page.audience],
        "product": products,
        "product_kind": [law.products[name]["kind"] for name in products] or nothing,
        "substance": [s for name in products for s in law.products[name].get("substances", [])],
        "category": [page.category.casefold()],
    }
    when = dict(rule.get("when", {}))
    if "category" in when:
        when["category"] = [category.casefold() for category in when["category"]]
    return all(set(when[key]) & set(has[key]) for key in when)


def rules_for(law, code, page, day):
    """The rules that hold for a page on a day, after slots and suppressions."""
    kept = []
    for table in line_of(law, code):
        own = [
            rule
            for rule in table["rules"]
            if days(rule)[0] <= day <= days(rule)[1]
            and speaks(law, rule, page, page.products)
            and (rule["effect"] != "permit" or table["market"] == code)  # never inherited
        ]
        kept = [old for old in kept if not any(same_slot(new, old) for new in own)] + own
    gone = {rule["suppresses"] for rule in kept if rule["effect"] == "suppress"}
    return [rule for rule in kept if rule["id"] not in gone]


def later(law, code, page, day):
    """The first days of rules that begin later: each may change the answer, in a slot or not."""
    for table in line_of(law, code):
        for rule in table["rules"]:
            ours = rule["effect"] != "permit" or table["market"] == code
            if ours and days(rule)[0] > day and speaks(law, rule, page, page.products):
                yield days(rule)[0]


def permitted(law, rules, page):
    """Whether a permit covers each product by itself, or the page if it names none."""
    permits = [rule for rule in rules if rule["effect"] == "permit"]
    parts = [(name,) for name in page.products] or [()]
    return all(any(speaks(law, permit, page, part) for permit in permits) for part in parts)


def of_rules(rules, page, day):
    """Of each rule: why it blocks, "" for not at all, and the last day on which that is so."""
    for rule in rules:
        repealed = rule.get("repealed", date.max)
        yield "blocked" if rule["effect"] == "block" else "", days(rule)[1]
        yield "overdue" if rule["review_by"] < day else "", rule["review_by"]
        yield "repealed" if repealed <= day else "", max(repealed, day) - timedelta(1)
        elsewhere = page.host.casefold() not in map(str.casefold, rule.get("hosts", [page.host]))
        yield "publisher" if elsewhere else "", date.max  # each such rule must name the host


def of_facts(law, code, rules, page, day):
    """Of each fact that a rule requires, for each product: whether it is missing, and its end."""
    for rule in rules:
        if rule["effect"] == "require":
            for product in page.products or ("",):
                about = {"product": product, "article": page.article, "locale": page.locale}
                about["text"] = page.words  # a fact for some words holds for no others
                ends = [
                    spell(fact)[1]
                    for fact in law.facts
                    if (fact["name"], fact["market"]) == (rule["fact"], code)
                    and all(fact.get(key, is_) == is_ for key, is_ in about.items())
                    and spell(fact)[0] <= day <= spell(fact)[1] >= page.next_build
                    and (page.samples or not fact.get("sample"))
                    and ("text" in fact or not rule.get("for_text"))
                ]
                yield ("", max(ends)) if ends else ("fact-missing", date.max)


def of_products(law, code, page):
    """Of each product: whether somebody said, and not as an example, that it is sold there."""
    for product in (law.products[name] for name in page.products):
        sold = product.get("markets", {}).get(code) == "available"
        example = product.get("sample", False) and not page.samples
        yield "unavailable" if example or not sold else "", date.max


def of_claims(law, code, page, day):
    """Of each claim: whether it is supported and accepted in the market, and its review."""
    for claim in (law.claims.get(name, {}) for name in page.claims):
        supported = claim.get("references") and code in claim.get("markets", ())
        review = claim.get("review_by", date.max)
        yield "" if supported else "claim", review
        yield "overdue" if review < day else "", review
