"""Publisher rules and the host of a page → a block if another host would serve it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.effects._rules import in_order, refusal
from pipeline.model import Effect, Market, PageFacts, Rule, Verdict

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def apply(rules: tuple[Rule, ...], facts: PageFacts, market: Market, verdict: Verdict) -> Verdict:
    """Add a block for each rule whose hosts do not have the page's among them."""
    blocks = tuple(
        refusal("law-wrong-host", _problem_of(rule, facts.host), rule, market)
        for rule in in_order(rules)
        if facts.host.casefold() not in map(str.casefold, rule.option("hosts"))
    )
    return replace(verdict, blocks=verdict.blocks + blocks)


def _problem_of(rule: Rule, host: str) -> str:
    """Who would serve the page, and who may."""
    now = f"{host} would serve the page" if host else "nobody has said which host serves the page"
    return f"{now}, but only {' or '.join(rule.option('hosts'))} may"


def _problem(rule: Rule) -> str:
    """What is wrong with the keys of a rule."""
    for host in rule.option("hosts"):
        if not _HOST.fullmatch(host):
            return f"{host!r} is no host; write it like www.example.com, in lower-case letters"
    return ""


EFFECT = Effect(
    name="publisher",
    rank=320,
    fields=("hosts",),
    explain="""\
A `publisher` says which hosts may serve the page. The host is that of `base_url` in
`l10n.toml`; `www.example.com` and `example.com` are two.

```toml
[[rules]]
id = "xx-registered-site"
effect = "publisher"
hosts = ["www.example.com"]
legal = ["Guide to the regulation on sales, definitions"]
reason = "Product information may stand only on the registered site of the sales centre."
review_by = 2027-06-30
when.product_kind = ["coronary-des"]
```
""",
    apply=apply,
    problem=_problem,
)
