"""A market file whose types are right → what else is wrong with it, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipeline.model import Effect, Finding, Market, Product, Rule, Where
from pipeline.store.market_names import near

if TYPE_CHECKING:
    from pipeline.store.market_schema import MarketTable, RuleTable

RULE_HEADER = re.compile(r"\s*\[\[\s*rules\s*\]\]")
Step = str | int
# The line of a key of the file, by its path.
Place = Callable[[tuple[Step, ...]], Where]


def market_problems(
    table: MarketTable,
    text: str,
    shown: str,
    effects: tuple[Effect, ...],
    products: tuple[Product, ...],
) -> tuple[Finding, ...]:
    """What is wrong with a market file beyond the types of its keys."""
    place = _places(table, text, shown)
    found = [*_head_problems(table, shown, place), *_twice(table, place)]
    for number, rule in enumerate(table.rules):
        found += _rule_problems(rule, number, effects, place)
        found += _typing_mistakes(rule, number, products, place)
    return tuple(sorted(found, key=lambda finding: finding.where.line))


def content_problems(market: Market, effects: tuple[Effect, ...]) -> Iterator[Finding]:
    """What the effects of a market's rules say against what these rules hold."""
    by_name = {effect.name: effect for effect in effects}
    for rule in market.rules:
        if problem := by_name[rule.effect].problem(rule):
            yield Finding("bad-value", f"rule {rule.id}: {problem}", rule.where, "correct it")
        for language in rule.option("language"):
            yield from _language_problem(language, rule, market)


def _language_problem(language: str, rule: Rule, market: Market) -> Iterator[Finding]:
    """A rule for a language that no page of the market has would never speak."""
    from babel.localedata import exists

    spoken = sorted({locale.partition("-")[0] for locale in market.languages})
    if language not in spoken if spoken else not (language.islower() and exists(language)):
        problem = f"rule {rule.id} speaks of the language {language!r}"
        here = f"{market.code} has pages in {', '.join(spoken)}" if spoken else "write it like 'fr'"
        yield Finding("bad-value", problem, rule.where, near(language, spoken, here))


def options_of(rule: RuleTable) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The keys that only a rule's effect knows, as texts."""
    extra = rule.model_extra or {}
    return tuple(
        (key, tuple(str(v) for v in value) if isinstance(value, list) else (str(value),))
        for key, value in sorted(extra.items())
    )


def rule_lines(text: str, count: int) -> tuple[int, ...]:
    """The lines of `count` `[[rules]]` headers, found in one pass; 0 for what is not found."""
    lines = enumerate(text.splitlines(), 1)
    found = [number for number, line in lines if RULE_HEADER.match(line)]
    return tuple((found + [0] * count)[:count])


def _places(table: MarketTable, text: str, shown: str) -> Place:
    """Finds the line of a key; that of a rule's key is looked for in its own lines only."""
    from pipeline.store.toml import line_of

    rows = text.splitlines()
    starts = rule_lines(text, len(table.rules))

    def place(path: tuple[Step, ...]) -> Where:
        number = path[1] if len(path) > 1 else None
        if isinstance(number, int) and starts[number]:
            first = starts[number] - 1
            following = [start - 1 for start in starts[number + 1 :] if start]
            own = "\n".join(rows[first : following[0] if following else None])
            return Where(shown, first + line_of(own, ("rules", 0, *path[2:])))
        return Where(shown, line_of(text, path))

    return place


def _head_problems(table: MarketTable, shown: str, place: Place) -> Iterator[Finding]:
    """What is wrong above the rules."""
    from babel.core import get_global

    name = shown.rpartition("/")[2]
    if name != f"{table.market}.toml":
        hint = f"call the file {table.market}.toml, or correct the market"
        problem = f"the file {name} holds the law of {table.market}"
        yield Finding("bad-value", problem, place(("market",)), hint)
    for locale in table.languages:
        if not locale.endswith(f"-{table.market}"):
            hint = f"the languages of {table.market} end with -{table.market}"
            problem = f"{locale} is no locale of {table.market}"
            yield Finding("bad-value", problem, place(("languages",)), hint)
    yield from _role_problems(table, place)
    zones = set(get_global("zone_territories")) - {"Etc/Unknown"}
    if table.zone not in zones and table.zone != "UTC":
        problem = f"there is no time zone {table.zone!r}"
        hint = near(table.zone, list(zones), "write it like Europe/Vienna")
        yield Finding("bad-value", problem, place(("zone",)), hint)


def _role_problems(table: MarketTable, place: Place) -> Iterator[Finding]:
    """What is wrong with the roles that must approve, and those that one person may not hold."""
    asked = table.stamped_by or ()
    for key in ("stamped_by", "different_people"):
        roles = getattr(table, key) or ()
        for role in sorted({role for role in roles if roles.count(role) > 1}):
            yield Finding(
                "bad-value", f"{key} names {role!r} twice", place((key,)), "once is enough"
            )
    for role in table.different_people or ():
        if role not in asked:
            problem = f"different_people names {role!r}, which stamped_by does not ask for"
            hint = f"add {role!r} to stamped_by, or take it out here"
            yield Finding("bad-value", problem, place(("different_people",)), hint)


def _rule_problems(
    rule: RuleTable, number: int, effects: tuple[Effect, ...], place: Place
) -> Iterator[Finding]:
    """What is wrong with one rule by itself."""
    at = ("rules", number)
    by_name = {effect.name: effect for effect in effects}
    effect = by_name.get(rule.effect)
    if effect is None:
        hint = near(rule.effect, list(by_name), f"effects are {', '.join(sorted(by_name))}")
        problem = f"there is no effect {rule.effect!r}"
        yield Finding("unknown-effect", problem, place((*at, "effect")), hint)
        return
    for key in effect.fields:
        if not _given(rule, key):
            problem = f"rule {rule.id}: effect {effect.name!r} needs the key {key!r}"
            yield Finding("missing-key", problem, place(at), "add it")
    yield from _strange_keys(rule, effect, effects, at, place)
    if rule.effective_from and rule.effective_until and rule.effective_from > rule.effective_until:
        problem = f"rule {rule.id} ends on {rule.effective_until}, before it starts"
        hint = "effective_until is the last day on which it holds"
        yield Finding("bad-value", problem, place((*at, "effective_until")), hint)


def _strange_keys(
    rule: RuleTable, effect: Effect, effects: tuple[Effect, ...], at: tuple[Step, ...], place: Place
) -> Iterator[Finding]:
    """Keys that nothing knows, or that only another effect reads."""
    read = (key for other in effects for key in (*other.fields, *other.optional))
    of_effects = {key for key in read if not key.startswith("when.")}
    listed = set(type(rule).model_fields)
    shared = listed - of_effects | {"slot"}
    own = shared | set(effect.fields) | set(effect.optional)
    extra = rule.model_extra or {}
    for key in sorted(rule.model_fields_set | set(extra)):
        at_key = (*at, key)
        if key in own:
            if key in extra and not _plain(extra[key]):
                problem = f"{key} must be a text, a number, a date or a list of texts, none empty"
                yield Finding("bad-value", problem, place(at_key))
        elif key in listed | of_effects:
            problem = f"rule {rule.id}: effect {effect.name!r} does not read {key!r}"
            yield Finding("unknown-key", problem, place(at_key), "remove it")
        else:
            hint = near(key, sorted(own), "remove it, or look for a typing mistake")
            problem = f"there is no key {key!r} in a rule"
            yield Finding("unknown-key", problem, place(at_key), hint)


def _plain(value: object) -> bool:
    """Whether an effect's own key holds what a rule can carry."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item.strip() for item in value)
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, int | date)


def _given(rule: RuleTable, key: str) -> bool:
    """Whether a rule has a key; `when.audience` looks into its conditions."""
    holder, _, name = key.rpartition(".")
    table = rule.when if holder else rule
    return getattr(table, name, (rule.model_extra or {}).get(name)) is not None


def _twice(table: MarketTable, place: Place) -> Iterator[Finding]:
    """Rules that share an id, and rules that fill one slot at the same time."""
    ids: set[str] = set()
    slots: dict[tuple[str, str], list[RuleTable]] = {}
    for number, rule in enumerate(table.rules):
        if rule.id in ids:
            problem = f"there are two rules with the id {rule.id!r}"
            where = place(("rules", number))
            yield Finding("law-rule-twice", problem, where, "give each an id of its own")
        ids.add(rule.id)
        others = slots.setdefault((rule.effect, rule.slot or ""), [])
        other = next((one for one in others if _overlap(rule, one)), None)
        if rule.slot and other:
            problem = f"rules {other.id} and {rule.id} fill the slot {rule.slot!r} together"
            hint = "use two slots, or let the first end before the second starts"
            yield Finding("slot-collision", problem, place(("rules", number)), hint)
        others.append(rule)


def _overlap(one: RuleTable, other: RuleTable) -> bool:
    """Whether there is a day on which both rules hold."""
    start = max(one.effective_from or date.min, other.effective_from or date.min)
    end = min(one.effective_until or date.max, other.effective_until or date.max)
    return start <= end


def _typing_mistakes(
    rule: RuleTable, number: int, products: tuple[Product, ...], place: Place
) -> Iterator[Finding]:
    """Conditions that no product meets but one nearly does: such a rule would never speak.

    A kind or substance that is like none of ours is left alone: a market may have its
    rules before the product comes.
    """
    known = {
        "product_kind": {product.kind for product in products} | {"none", "claim"},
        "substance": {name for product in products for name in product.substances},
    }
    ids = {product.id for product in products}
    at = ("rules", number, "when")
    for value in rule.when.product or ():
        if value not in ids:
            hint = near(value, sorted(ids), "list it in source/products.toml")
            yield Finding("unknown-product", f"there is no product {value!r}", place(at), hint)
    for key, values in known.items():
        for value in getattr(rule.when, key) or ():
            alike = get_close_matches(value, sorted(values), 1, 0.8)
            if value not in values and alike:
                problem = f"no product has the {key.replace('_', ' ')} {value!r}"
                yield Finding("bad-value", problem, place(at), f"did you mean {alike[0]!r}?")
