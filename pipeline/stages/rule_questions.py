"""A key of a rule and what is known of a market → the question that asks for its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.effects._rules import NO_PRODUCT
from pipeline.model import Effect, Gate, Market, Product, Rule, Statement
from pipeline.model.edit import Value
from pipeline.stages.questions import Answer, Choice, Kind, Question
from pipeline.stages.rule_words import deed
from pipeline.stages.tell import GATES, PLACES, READERS, whom

ID = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_WORDS = "use small letters, digits and hyphens, such as product-risk"
YES_NO = (Choice("yes", "yes"), Choice("no", "no"))
GATE_NAMES = {Gate.SELF_DECLARE: "self-declare", Gate.LOGIN: "login"}
# What every rule has beside the keys of its effect, in the order in which it is written.
SHARED = (
    *("reason", "legal", "review_by", "effective_from", "effective_until"),
    *("repealed", "authority"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a dialogue about one market's law may offer and has to know."""

    market: Market  # with the rules that it inherits
    today: date
    effects: tuple[Effect, ...]
    products: tuple[Product, ...] = ()
    categories: tuple[str, ...] = ()  # of the articles
    rule_ids: frozenset[str] = frozenset()  # of every market
    statements: tuple[Statement, ...] = ()  # in the market's languages
    children: tuple[str, ...] = ()  # codes of the markets that inherit from this one
    locales: tuple[str, ...] = ()  # its own, and theirs

    @property
    def own(self) -> tuple[Rule, ...]:
        """The rules of the market's own file."""
        return tuple(rule for rule in self.market.rules if rule.market == self.market.code)

    def rule(self, name: Answer) -> Rule:
        """The own rule with an id."""
        return next(rule for rule in self.own if rule.id == name)

    def effect(self, name: Answer) -> Effect:
        """The effect with a name."""
        return next(effect for effect in self.effects if effect.name == name)

    def words(self, statement: str, locale: str) -> tuple[str, ...]:
        """The sentences of a statement in a locale; none when it has none."""
        found = (s for s in self.statements if (s.id, s.locale) == (statement, locale))
        return next((s.sentences for s in found), ())


def a_year_on(day: date) -> date:
    """The same day of the next year; 28 February for a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def rule_choices(rules: tuple[Rule, ...]) -> tuple[Choice, ...]:
    """Rules to choose from, each with what it does to which pages."""
    return tuple(
        Choice(rule.id, f"{deed(rule)}; {whom(rule.when)}; review by {rule.review_by}")
        for rule in rules
    )


def question_of(key: str, known: Known, current: Value | None = None) -> Question:
    """The question for a key of a rule; a key that is not known here is asked for plainly."""
    if key in OFFERED:
        question = OFFERED[key](known)
    elif key in FIXED:
        question = FIXED[key]
    else:
        prompt = f"What is its {key.replace('_', ' ').replace('.', ' ')}?"
        question = Question(key, prompt, Kind.LINES, note="One value a line.")
    question = replace(question, id=key)
    return question if current is None else replace(question, default=_shown(current))


def value_for(key: str, question: Question, answer: Answer) -> Value | None:
    """An answer as the file holds it."""
    if question.choices == YES_NO:
        return None if answer is None else answer == "yes"
    if key not in FIXED and key not in OFFERED and isinstance(answer, tuple) and len(answer) == 1:
        return answer[0]
    return answer


def value_of(rule: Rule, key: str) -> Value | None:
    """What a rule holds under a key, as its file says it."""
    if key == "gate":
        return GATE_NAMES.get(rule.gate)
    if key == "placement":
        return rule.placement.value if rule.placement else None
    options = dict(rule.options)
    if key in options:
        (first, *more) = options[key]
        yes_no = {"True": True, "False": False}
        return options[key] if more else yes_no.get(first, first)
    found: Value | None = getattr(rule, key, None)
    return found or None


def _shown(value: Value) -> Answer:
    """A value as the answer that would give it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _statement(known: Known) -> Question:
    ids = sorted(
        {s.id for s in known.statements} | {r.statement for r in known.market.rules} - {""}
    )
    prompt = "Which text? Type a number, or a new name for a new text."
    choices = tuple(Choice(name, "") for name in ids)
    return Question("", prompt, Kind.CHOICE, choices, free=True, pattern=ID, pattern_words=ID_WORDS)


def _review_by(known: Known) -> Question:
    prompt = "Until which day do you vouch for it? After it, the rule blocks its pages."
    year = a_year_on(known.today)
    return Question("", prompt, Kind.DATE, default=year, earliest=known.today)


def _products(known: Known) -> Question:
    choices = tuple(Choice(product.id, ", ".join(product.names)) for product in known.products)
    return _conditions("Pages that name which products?", choices)


def _substances(known: Known) -> Question:
    names = dict.fromkeys(name for product in known.products for name in product.substances)
    choices = tuple(Choice(name, "") for name in names)
    return _conditions("Pages with products that hold which substance?", choices)


def _categories(known: Known) -> Question:
    choices = tuple(Choice(name, "") for name in known.categories)
    return _conditions("Pages of which category?", choices)


def _kinds(known: Known) -> Question:
    kinds = dict.fromkeys(product.kind for product in known.products)
    named = [Choice(kind, _names(kind, known)) for kind in kinds]
    prompt = "Pages with which products?"
    return _conditions(prompt, (*named, Choice(NO_PRODUCT, "no product is named")))


def _names(kind: str, known: Known) -> str:
    names = ", ".join(p.names[0] for p in known.products if p.kind == kind)
    return f"a product of this kind is named, such as {names}"


def _conditions(prompt: str, choices: tuple[Choice, ...]) -> Question:
    """A question for a condition; without an answer the rule speaks of all pages."""
    note = "Several: 1, 2. Nothing typed: all of them."
    return Question("", prompt, Kind.MANY, choices, optional=True, note=note)


def _suppressed(known: Known) -> Question:
    code = known.market.code
    rules = tuple(
        r for r in known.market.rules if r.market != code and r.statement and not r.locked
    )
    prompt = "Which rule of a parent adds the text that is to be taken away?"
    return Question("", prompt, Kind.CHOICE, rule_choices(rules))


def _name(prompt: str, *, optional: bool = False) -> Question:
    """A question for a name as programs have it."""
    return Question("", prompt, Kind.TEXT, optional=optional, pattern=ID, pattern_words=ID_WORDS)


def _last_day(prompt: str) -> Question:
    """A question for a day that need not be."""
    return Question("", prompt, Kind.DATE, optional=True)


# Questions that are the same for every market,
FIXED: dict[str, Question] = {
    "reason": Question("", "Why, in words that a colleague from marketing understands?", Kind.TEXT),
    "legal": Question("", "Which law says so? One reference a line.", Kind.LINES),
    "effective_from": _last_day("From which day does it hold? Nothing typed: it holds already."),
    "effective_until": _last_day("What is its last day? Nothing typed: it has none."),
    "repealed": _last_day("From which day is the law behind it gone? Nothing typed: it is there."),
    "authority": Question("", "Which authority?", Kind.TEXT, optional=True),
    "statutory": _name(
        "Which wording fixed by law must it be? Nothing typed: none.", optional=True
    ),
    "slot": _name("What is the text for? One word, such as risk; one text fills it."),
    "placement": Question(
        "",
        "Where on the page?",
        Kind.CHOICE,
        tuple(Choice(place.value, words) for place, words in PLACES.items()),
    ),
    "gate": Question(
        "",
        "What must readers do?",
        Kind.CHOICE,
        tuple(Choice(GATE_NAMES[gate], words) for gate, words in GATES.items()),
    ),
    "fact": _name("Which fact must be on file? Its name, such as registration-number."),
    "for_text": Question(
        "",
        "Must it have been given for exactly the words of the page?",
        Kind.CHOICE,
        YES_NO,
        default="no",
    ),
    "phrases": Question("", "Which wording may a page not have? One phrase a line.", Kind.LINES),
    "language": Question(
        "",
        "In which language, such as de? Nothing typed: in every language.",
        Kind.TEXT,
        optional=True,
    ),
    "hosts": Question(
        "",
        "Which addresses may serve the page? One a line, such as www.example.com.",
        Kind.LINES,
    ),
    "when.audience": _conditions(
        "Pages for which readers?", tuple(Choice(*pair) for pair in READERS.items())
    ),
}
# and those that offer what this market has.
OFFERED: dict[str, Callable[[Known], Question]] = {
    "review_by": _review_by,
    "statement": _statement,
    "suppresses": _suppressed,
    "when.product": _products,
    "when.product_kind": _kinds,
    "when.substance": _substances,
    "when.category": _categories,
}
