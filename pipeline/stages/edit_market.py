"""What is known of a market → the questions of one act on its law, and the edits it comes to."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta

from pipeline.model import Rule
from pipeline.model.edit import Edit, SetKey, SetWords
from pipeline.stages.add_rule import add_rule
from pipeline.stages.questions import Answer, Choice, Dialogue, Kind, Question
from pipeline.stages.rule_questions import (
    SHARED,
    Known,
    question_of,
    rule_choices,
    value_for,
    value_of,
)
from pipeline.stages.rule_words import KEYS

SOON = timedelta(days=90)
LOCALE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}"
Questions = Generator[Question, Answer, tuple[Edit, ...]]


def edit_market(known: Known) -> Dialogue[tuple[Edit, ...]]:
    """Ask what is to be done to a market's law, and then all that it needs."""
    offered = {
        "renew": bool(_standing(known)),
        "words": bool(known.market.languages and _statements(known)),
        "change": bool(known.own),
        "add": True,
        "end": bool(_standing(known)),
        "head": True,
    }
    choices = tuple(Choice(act, words) for act, (words, _) in ACTS.items() if offered[act])
    act = yield Question("act", "What do you want to do?", Kind.CHOICE, choices)
    return (yield from ACTS[str(act)][1](known))


def _renew(known: Known) -> Questions:
    """New review dates, for one rule or for all whose date is near."""
    rules = tuple(sorted(_standing(known), key=lambda rule: (str(rule.review_by), rule.id)))
    soon = known.today + SOON
    due = [rule for rule in rules if rule.review_by and rule.review_by <= soon]
    every = (Choice("due", f"all {len(due)} that are due by {soon}"),) if len(due) > 1 else ()
    chosen = yield Question(
        "rule", "Which review date?", Kind.CHOICE, (*every, *rule_choices(rules))
    )
    note = "A new date says that you have looked at the law behind the rule."
    until = yield replace(question_of("review_by", known), note=note)
    named = due if chosen == "due" else [known.rule(chosen)]
    return tuple(SetKey(rule.id, "review_by", until) for rule in named)


def _change(known: Known) -> Questions:
    """Other values for keys of one rule, as many as the officer likes."""
    chosen = yield Question("rule", "Which rule?", Kind.CHOICE, rule_choices(known.own))
    rule = known.rule(chosen)
    edits: dict[str, Edit] = {}
    keys = _changeable(rule, known)
    for number in range(1, len(keys) + 1):
        offered = tuple(Choice(key, KEYS.get(key, key)) for key in keys if key not in edits)
        prompt = f"What of {rule.id}?" if number == 1 else "And what else? Nothing typed: no more."
        key = yield Question(f"key{number}", prompt, Kind.CHOICE, offered, optional=number > 1)
        if key is None:
            break
        question = question_of(str(key), known, value_of(rule, str(key)))
        answer = yield replace(question, id=f"value{number}")
        edits[str(key)] = SetKey(rule.id, str(key), value_for(str(key), question, answer))
    return tuple(edits.values())


def _changeable(rule: Rule, known: Known) -> tuple[str, ...]:
    """The keys of a rule that may be changed; its conditions make another rule of it."""
    effect = known.effect(rule.effect)
    own = (*effect.fields, *effect.optional)
    return tuple(dict.fromkeys((*SHARED, *(key for key in own if not key.startswith("when.")))))


def _end(known: Known) -> Questions:
    """A last day for a rule."""
    rules = rule_choices(_standing(known))
    chosen = yield Question("rule", "Which rule ends?", Kind.CHOICE, rules)
    rule = known.rule(chosen)
    last = yield Question(
        "effective_until",
        "What is the last day on which it holds?",
        Kind.DATE,
        default=max(known.today, rule.effective_from or known.today),
        earliest=rule.effective_from,
        note="A rule is not deleted but ended: so everybody can see what held on which day.",
    )
    return (SetKey(rule.id, "effective_until", last),)


def _head(known: Known) -> Questions:
    """Other languages, another owner, another authority."""
    names = ("languages", "owner", "authority")
    choices = tuple(Choice(name, KEYS[name]) for name in names)
    key = str((yield Question("key", "What do you want to change?", Kind.CHOICE, choices)))
    now = getattr(known.market, key)
    if key == "languages":
        words = f"write it like de-{known.market.code}"
        prompt = "Which languages? One a line; what is not named is no longer published."
        question = Question(key, prompt, Kind.LINES, pattern=LOCALE, pattern_words=words)
    else:
        question = Question(key, f"What is now {KEYS[key]}?", Kind.TEXT)
    answer = yield replace(question, default=now or None)
    return (SetKey("", key, answer),)


def _words(known: Known) -> Questions:
    """Other sentences for a legal text, in each language of the market."""
    ids = tuple(Choice(name, words) for name, words in _statements(known).items())
    chosen = str((yield Question("statement", "Which text?", Kind.CHOICE, ids)))
    edits: list[Edit] = []
    for locale in known.market.languages:
        now = known.words(chosen, locale)
        prompt = f"What shall {chosen!r} say in {locale}? One sentence a line."
        note = "Nothing typed: it stays as it is." if now else "There is no such text yet."
        answer = yield Question(
            f"words.{locale}", prompt, Kind.LINES, default=now or None, optional=not now, note=note
        )
        if isinstance(answer, tuple) and answer != now:
            edits.append(SetWords(locale, chosen, answer))
    return tuple(edits)


def _statements(known: Known) -> dict[str, str]:
    """The texts of a market's languages and rules, each with who demands it."""
    named = {statement.id: "no rule of this market asks for it" for statement in known.statements}
    for rule in known.market.rules:
        if rule.statement:
            fixed = f"; the law fixes its words: {rule.statutory}" if rule.statutory else ""
            named[rule.statement] = f"rule {rule.id} of {rule.market}{fixed}"
    return dict(sorted(named.items()))


def _standing(known: Known) -> tuple[Rule, ...]:
    """The market's own rules that have not ended."""
    return tuple(r for r in known.own if not r.effective_until or r.effective_until >= known.today)


ACTS: dict[str, tuple[str, Callable[[Known], Questions]]] = {
    "renew": ("renew a review date", _renew),
    "words": ("change the words of a legal text", _words),
    "change": ("change a rule", _change),
    "add": ("add a rule", add_rule),
    "end": ("end a rule on a day", _end),
    "head": ("change languages, owner or authority", _head),
}
