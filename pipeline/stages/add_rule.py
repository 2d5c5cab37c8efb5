"""What is known of a market → the questions for a new rule, and the rule."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace

from pipeline.model import Effect
from pipeline.model.edit import AddRule, Edit, SetWords, Value
from pipeline.stages.questions import Answer, Choice, Dialogue, Kind, Question
from pipeline.stages.rule_questions import ID, ID_WORDS, Known, question_of, value_for
from pipeline.stages.rule_words import EFFECTS

CONDITIONS = ("when.audience", "when.product_kind", "when.category")
Keys = dict[str, Value]


def add_rule(known: Known) -> Dialogue[tuple[Edit, ...]]:
    """Ask for a new rule: what it does, to which pages, by which law, for how long."""
    effect = known.effect((yield _effect_question(known)))
    keys: Keys = {}
    words: tuple[Edit, ...] = ()
    own = [key for key in effect.fields if not key.startswith("when.")]
    if "statement" in own:  # the slot is called after the text
        own.sort(key=lambda key: key != "statement")
    for key in (*own, *effect.optional):
        yield from _take(key, known, keys, effect)
        if key == "statement":
            words = yield from new_words(str(keys["statement"]), known)
    when: Keys = {}
    for key in dict.fromkeys((*CONDITIONS, *effect.fields)):
        if key in CONDITIONS or key.startswith("when."):
            yield from _take(key, known, when, effect)
    for key in ("legal", "reason", "review_by", "effective_from"):
        yield from _take(key, known, keys, effect)
    name = yield _id_question(known, effect, keys, when)
    order = ("effect", *own, *effect.optional, "legal", "reason", "review_by", "effective_from")
    keys = {"effect": effect.name, **keys}
    ordered = tuple((key, keys[key]) for key in order if key in keys)
    return (AddRule((("id", str(name)), *ordered, *when.items())), *words)


def _take(key: str, known: Known, keys: Keys, effect: Effect) -> Generator[Question, Answer, None]:
    """Ask for one key, and put its value, if there is one, to the others."""
    question = question_of(key, known)
    if key in ("when.category", "when.product", "when.substance") and not question.choices:
        return
    if key in effect.fields:
        question = replace(question, optional=False)
    elif key in effect.optional and question.default is None:
        question = replace(question, optional=True)
    if question.kind is Kind.MANY and not question.optional:
        question = replace(question, note="Several: 1, 2.")
    if key == "slot" and "statement" in keys:
        question = replace(question, default=str(keys["statement"]))
    value = value_for(key, question, (yield question))
    if value is not None and value is not False:
        keys[key] = value


def new_words(statement: str, known: Known) -> Generator[Question, Answer, tuple[Edit, ...]]:
    """Ask for the sentences of a text in each language of the market that lacks it."""
    edits = []
    for locale in known.market.languages:
        if known.words(statement, locale):
            continue
        prompt = f"{locale} has no text {statement!r} yet. What does it say? One sentence a line."
        note = "Nothing typed: later; until then its pages are not published."
        question = Question(f"words.{locale}", prompt, Kind.LINES, optional=True, note=note)
        sentences = yield question
        if isinstance(sentences, tuple):
            edits.append(SetWords(locale, statement, sentences))
    return tuple(edits)


def _effect_question(known: Known) -> Question:
    """What the rule is to do; a parent is never published and so permits nothing."""
    installed = {effect.name: effect for effect in known.effects}
    if not known.market.languages:
        installed.pop("permit", None)
    if not question_of("suppresses", known).choices:
        installed.pop("suppress", None)
    names = [*(name for name in EFFECTS if name in installed), *sorted(installed.keys() - EFFECTS)]
    choices = tuple(Choice(name, EFFECTS.get(name) or _first(installed[name])) for name in names)
    return Question("effect", "What shall the rule do?", Kind.CHOICE, choices)


def _first(effect: Effect) -> str:
    """The first sentence of what an effect says of itself."""
    return " ".join(effect.explain.split()).partition(". ")[0]


def _id_question(known: Known, effect: Effect, keys: Keys, when: Keys) -> Question:
    """A name for the rule, with a proposal that nothing else has."""
    named = [keys[key] for key in ("statement", "fact", "suppresses") if key in keys]
    readers, kinds = when.get("when.audience"), when.get("when.product_kind")
    for condition in (readers, kinds):
        if isinstance(condition, tuple) and len(condition) == 1:
            named.append("no-product" if condition[0] == "none" else condition[0])
    text = "-".join([known.market.code, effect.name, *map(str, named)]).lower()
    first = "-".join(re.findall(r"[a-z0-9]+", text))
    proposal, number = first, 2
    while proposal in known.rule_ids:
        proposal, number = f"{first}-{number}", number + 1
    prompt = "What shall the rule be called? It keeps this name for good."
    return Question("id", prompt, Kind.TEXT, default=proposal, pattern=ID, pattern_words=ID_WORDS)
