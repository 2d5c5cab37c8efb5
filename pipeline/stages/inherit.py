"""Market files, each with its own rules → markets with the rules that they inherit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.effects.suppress import refused
from pipeline.errors import ConfigError
from pipeline.model import Finding, Market

# A country lets a page be shown; what its parent permits is no answer to that.
NEVER_INHERITED = frozenset({"permit"})


def inherit(files: tuple[Market, ...]) -> tuple[Market, ...]:
    """Give each market the rules of its parents: global → EU → country.

    Takes markets with the rules of their own files. In the result a market's own rules come
    first, then its parent's, and so on; `regulate` lets the nearest one fill a slot.

    Raises:
        ConfigError: an unknown parent, a circle, a locked rule that a child would override,
            a rule id used twice in one line of parents, or a locale of two markets.
    """
    known = {market.code: market for market in files}
    findings: list[Finding] = list(_shared_locales(files))
    full: list[Market] = []
    for market in files:
        line, problems = _line_of(market, known)
        findings += problems or _overrides(line)
        passed_on = [r for m in line[1:] for r in m.rules if r.effect not in NEVER_INHERITED]
        full.append(replace(market, rules=(*market.rules, *passed_on)))
    if findings:
        raise ConfigError.of(tuple(dict.fromkeys(findings)))
    return tuple(full)


def _line_of(market: Market, known: dict[str, Market]) -> tuple[tuple[Market, ...], list[Finding]]:
    """A market with its parents, nearest first; or why the line has no end."""
    line = [market]
    while parent := line[-1].parent:
        child = line[-1]
        if parent not in known:
            hint = f"write locales/markets/{parent}.toml, or correct the parent"
            problem = f"{child.code} has a parent {parent!r} that has no file"
            return tuple(line), [Finding("law-unknown-parent", problem, child.where, hint)]
        if known[parent] in line:
            circle = " → ".join([*(m.code for m in line), parent])
            hint = "a line of parents must come to an end"
            problem = f"the parents of {market.code} go in a circle: {circle}"
            return tuple(line), [Finding("law-parent-circle", problem, child.where, hint)]
        line.append(known[parent])
    return tuple(line), []


def _overrides(line: tuple[Market, ...]) -> list[Finding]:
    """What the nearest market of a line does that its parents do not let it do."""
    findings = []
    above = [rule for parent in line[1:] for rule in parent.rules]
    locked = {rule.slot: rule for rule in above if rule.locked and rule.slot}
    ids = {rule.id: rule for rule in above}
    for rule in line[0].rules:
        if held := locked.get(rule.slot):
            problem = f"rule {rule.id} would override {held.id} of {held.market}, which is locked"
            hint = f"take the rule out, or ask the owner of {held.market} to unlock the slot"
            findings.append(Finding("law-locked", problem, rule.where, hint))
        if rule.id in ids:
            problem = f"{ids[rule.id].market} has a rule {rule.id!r} already"
            hint = "give it an id of its own; to replace a parent's rule, use its slot"
            findings.append(Finding("law-rule-twice", problem, rule.where, hint))
        if rule.effect == "suppress" and (why := refused(rule, tuple(above))):
            hint = "name a statement of a parent that is not locked, or take the rule out"
            findings.append(Finding("law-suppression", f"rule {rule.id}: {why}", rule.where, hint))
    return findings


def _shared_locales(files: tuple[Market, ...]) -> Iterator[Finding]:
    """A finding for each locale of two markets: a page has one law."""
    first: dict[str, str] = {}
    for market in files:
        for locale in market.languages:
            if first.setdefault(locale, market.code) != market.code:
                problem = f"{locale} belongs to {first[locale]} already"
                hint = "a locale belongs to one market, because a page has one law"
                yield Finding("law-locale-twice", problem, market.where, hint)
