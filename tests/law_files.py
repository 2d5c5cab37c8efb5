"""Random law files, as tables and on disk: what `test_reference_law` judges."""

import json
import tomllib
from datetime import date, timedelta

from hypothesis import strategies as st
from reference_law import Law, RefusedError, check, line_of

TODAY = date(2026, 11, 22)
NEAR = [TODAY + timedelta(days) for days in (0, -1, 1, -2, 2)]
FAR = date(2099, 12, 31)
LINE = ("GLOBAL", "EU", "DACH", "AT")
FOREIGN = "TR"
WORDS = ("a" * 64, "b" * 64)
HEAD = {"owner": "law@example.com", "zone": "UTC", "publisher": "X", "publish": "each"}
PRODUCTS = {
    "one": {"names": ["One"], "kind": "stent", "substances": ["sirolimus"]},
    "two": {"names": ["Two"], "kind": "stent"},
    "three": {"names": ["Three"], "kind": "balloon", "substances": ["paclitaxel"]},
}
WHEN = {
    "audience": ("lay", "hcp"),
    "product_kind": ("none", "stent", "claim", "balloon"),
    "product": tuple(PRODUCTS),
    "substance": ("sirolimus", "paclitaxel"),
    "category": ("News", "advice", "NEWS"),
}
EFFECTS = (
    *("statement", "permit", "gate", "block", "require", "publisher", "forbid_text", "suppress"),
    *("statement", "statement", "permit", "gate", "suppress"),  # more often than the rest
)
PERMIT = {
    "effect": "permit",
    "legal": ["Act"],
    "reason": "Because.",
    "review_by": FAR,
    "when": {"audience": ["lay", "hcp"], "product_kind": list(WHEN["product_kind"])},
}


class Choices:
    """Bytes as choices, one each: many times faster than a strategy for each, and shrinks too."""

    def __init__(self, content):
        self.rest = iter(content)

    def one(self, *values):
        return values[next(self.rest) % len(values)]

    def some(self, *values):
        bits = next(self.rest)
        return [value for n, value in enumerate(values) if bits >> n & 1] or [values[0]]

    def add(self, table, key, *values, once_in=4):
        """Give a table a key, now and then; without values, it is `true`."""
        value, chance = self.one(*(values or (True,))), next(self.rest)
        if chance % once_in == once_in - 1:
            table[key] = value


def rule_of(choose):
    """A rule of any effect with any conditions, dates, slot and lock."""
    effect = choose.one(*EFFECTS)
    rule = {"effect": effect, "legal": ["Act"], "reason": "Because.", "review_by": FAR}
    when = {}
    for key, values in WHEN.items():
        chosen = choose.some(*values)
        choose.add(when, key, chosen, once_in=5)
        if effect == "permit" and key in PERMIT["when"]:
            when[key] = chosen
    choose.add(rule, "review_by", *NEAR, once_in=10)
    choose.add(rule, "effective_from", *NEAR)
    choose.add(rule, "effective_until", *NEAR)
    choose.add(rule, "repealed", *NEAR, once_in=12)
    choose.add(rule, "locked")
    choose.add(rule, "slot", "a", "b", once_in=2)
    return rule | own_of(effect, choose) | {"when": when}


def own_of(effect, choose):
    """The keys of a rule that only its effect reads."""
    own = {
        "statement": {
            "statement": choose.one("risk", "use", "maker"),
            "slot": choose.one("a", "b"),
        },
        "gate": {"gate": choose.one("self-declare", "login")},
        "require": {"fact": choose.one("licence", "approval")},
        "publisher": {"hosts": ["a.example", *choose.some("b.example", "c.example")]},
        "forbid_text": {"phrases": choose.some("cures", "the best")},
        "suppress": {"suppresses": choose.one("global-0", "eu-1", "at-0", "tr-0")},
    }.get(effect, {})
    if effect == "statement":
        own["placement"] = choose.one("top", "bottom")
    elif effect == "publisher":
        own["hosts"] = own["hosts"][choose.one(0, 0, 1) :]
    elif effect == "require":
        choose.add(own, "for_text")
    elif effect == "forbid_text":
        choose.add(own, "language", "de")
    return own


def product_of(name, codes, choose):
    """A product with its standing in the markets."""
    table = dict(PRODUCTS[name])
    table["markets"] = {}
    for code in codes:
        standing = choose.one(*["available"] * 9, "unregistered", "unavailable", "")
        table["markets"] |= {code: standing} if standing else {}
    choose.add(table, "sample", once_in=6)
    return table


def claim_of(codes, choose):
    """A claim, mostly with support, and accepted in most markets."""
    return {
        "says": "It helps.",
        "references": choose.one(["A study."], ["A study."], ["A study."], []),
        "markets": list(choose.one(codes, codes, codes, codes[-1:])),
        "review_by": choose.one(FAR, FAR, FAR, FAR, *NEAR),
    }


def fact_of(choose):
    """A fact of the last country or of the one beside it."""
    fact = {"name": choose.one("licence", "approval"), "market": choose.one("AT", FOREIGN)}
    fact |= {"value": "12", "source": "the archive"}
    choose.add(fact, "product", *PRODUCTS)
    choose.add(fact, "article", "this", "another", once_in=6)
    choose.add(fact, "text", *WORDS)
    choose.add(fact, "valid_from", *NEAR)
    choose.add(fact, "valid_until", *NEAR, once_in=3)
    choose.add(fact, "sample")
    return fact


def choices(count):
    return st.binary(min_size=count, max_size=count).map(Choices)


RULES = st.lists(choices(50), max_size=8)
FACTS = st.lists(choices(16), max_size=5)


@st.composite
def laws(draw):
    """Market files in one line of parents and one beside it; most agree with each other."""
    choose = draw(choices(70))
    line = choose.one(LINE[::3], LINE[::3], LINE[:2] + LINE[3:], LINE)
    codes = (*line, FOREIGN)
    rough = choose.one("", "", *codes)  # whose last rule may contradict the others
    law = Law({}, {name: product_of(name, codes, choose) for name in PRODUCTS})
    law.claims = {name: claim_of(codes, choose) for name in ("first", "second")}
    for parent, code in zip(("", *line, ""), codes, strict=False):
        table = {"market": code, **HEAD, "authority": "Y", "rules": []}
        table["languages"] = [f"de-{code}"] if code in codes[-2:] else []
        law.markets[code] = table | ({"parent": parent} if parent and code != FOREIGN else {})
        add_rules(law, code, draw(RULES), code == rough)
        if choose.one(*range(4)):
            table["rules"].append({"id": f"{code.lower()}-permit", **PERMIT})
    for number in draw(FACTS):
        law.facts.append(fact_of(number))
        if choose.one(*range(9)) or rough:
            smooth(law, law.facts)
    if not rough:
        spoil(law, choose)
    return law


def add_rules(law, code, found, rough):
    """Give a market those rules that may stand there, and a last one that may not, if rough."""
    rules = law.markets[code]["rules"]
    above = [rule for table in line_of(law, code)[:-1] for rule in table["rules"]]
    demanded = [rule for rule in above if rule["effect"] == "statement"]
    for number, choose in enumerate(found):
        rules.append({"id": f"{code.lower()}-{number}", **rule_of(choose)})
        if "suppresses" in rules[-1] and demanded:
            rules[-1]["suppresses"] = choose.one(*demanded)["id"]
        if not (rough and number == len(found) - 1):
            smooth(law, rules)
            continue
        taken = choose.one(*[rule for rule in above + rules if "slot" in rule], rules[-1])
        if "suppresses" in rules[-1] and demanded:
            taken = next(rule for rule in demanded if rule["id"] == rules[-1]["suppresses"])
        else:
            rules[-1]["slot"] = taken.get("slot", "a")
        choose.add(taken, "locked", once_in=2)


def smooth(law, rows):
    """Give the last rule a slot of its own, or take the row out, if it contradicts the others."""
    mends = [rows.pop]
    if "effect" in rows[-1]:
        mends.insert(0, lambda: rows[-1].update(slot=f"own-{len(rows)}"))
    for mend in mends:
        try:
            return check(law)
        except RefusedError:
            mend()
    return None


def spoil(law, choose):
    """Perhaps one mistake that a person may make."""
    rules = [rule for table in law.markets.values() for rule in table["rules"]]
    mistake = choose.one(*[""] * 12, "id", "parent", "circle")
    if mistake == "id" and rules:
        choose.one(*rules)["id"] = rules[0]["id"]
    elif mistake == "parent":
        law.markets["AT"]["parent"] = "XX"
    elif mistake == "circle":
        law.markets["GLOBAL"]["parent"] = "AT"


def toml(table):
    """A dictionary as the lines of a TOML table; inner dictionaries become dotted keys."""
    lines = []
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"{key}.{line}" for line in toml(value).splitlines()]
        else:
            lines.append(f"{key} = {value if isinstance(value, date) else json.dumps(value)}")
    return "".join(f"{line}\n" for line in lines)


def rows(header, tables):
    """Tables of one header, such as [[rules]]."""
    return "".join(f"{header}\n{toml(table)}" for table in tables)


def written(law, root):
    """Write the files of a law into a folder; give back what tomllib reads there."""
    markets = root / "locales" / "markets"
    for path in markets.glob("*.toml"):
        path.unlink()
    texts = {}
    for code, table in law.markets.items():
        head = {key: value for key, value in table.items() if key != "rules"}
        texts[markets / f"{code}.toml"] = toml(head) + rows("[[rules]]", table["rules"])
    products = "".join(rows(f"[products.{key}]", [it]) for key, it in law.products.items())
    claims = "".join(rows(f"[claims.{key}]", [it]) for key, it in law.claims.items())
    texts[root / "source" / "products.toml"] = products + rows("[[facts]]", law.facts)
    texts[markets / "claims.toml"] = claims
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    *read, source, claimed = (tomllib.loads(text) for text in texts.values())
    found = {table["market"]: {"rules": [], **table} for table in read}
    return Law(found, source["products"], claimed["claims"], source.get("facts", []))
