"""A question to a person and what was typed → the answer, or why it is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

R = TypeVar("R")
Answer = str | tuple[str, ...] | date | None
# A dialogue: it asks, is sent the answer to each question, and ends with what came of it.
Dialogue = Generator["Question", Answer, R]
NOTHING = "-"  # typed to leave an optional answer empty, or to take a value away


class Kind(StrEnum):
    """What an answer is, and so what a form would show."""

    CHOICE = "choice"  # one of the choices
    MANY = "many"  # some of the choices, separated by commas
    TEXT = "text"
    LINES = "lines"  # several texts, one a line
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what it is for the program, and in plain words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in plain words, and what counts as an answer."""

    id: str  # once in a dialogue
    prompt: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    default: Answer = None  # what an empty answer means
    optional: bool = False  # "-" is an answer too: nothing
    free: bool = False  # a text that is no choice is an answer too
    pattern: str = ""  # what each text has to look like,
    pattern_words: str = ""  # and that in plain words
    earliest: date | None = None
    latest: date | None = None
    note: str = ""  # what a person should know before answering


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what was typed is no answer, in plain words."""

    why: str


def ask(dialogue: Dialogue[R], answers: Mapping[str, Answer]) -> Question | R:
    """The first question of a dialogue that has no answer yet; or what came of all answers.

    A dialogue is begun anew each time, so a form may be sent and read again at any step.
    """
    try:
        question = next(dialogue)
        while question.id in answers:
            question = dialogue.send(answers[question.id])
    except StopIteration as ended:
        result: R = ended.value
        return result
    return question


def read(question: Question, typed: str) -> Answer | Refused:
    """The answer that somebody typed; lines are separated by line ends."""
    try:
        typed.encode("utf-8")
    except UnicodeEncodeError:
        return Refused("this terminal sends characters that are not UTF-8; set it to UTF-8")
    text = unicodedata.normalize("NFC", typed).strip()
    if not text and (question.default is not None or question.optional):
        return question.default
    if not text:
        return Refused("an answer is needed here")
    if text == NOTHING:
        return None if question.optional else Refused("an answer is needed here")
    if question.kind is Kind.DATE:
        return _day(question, text)
    if question.kind is Kind.CHOICE:
        return _choice(question, text)
    if question.kind is Kind.MANY:
        return _choices(question, text)
    if question.kind is Kind.LINES:
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        wrong = [line for line in lines if not _fits(question, line)]
        return _unfit(question, wrong[0]) if wrong else lines
    return text if _fits(question, text) else _unfit(question, text)


def _day(question: Question, text: str) -> date | Refused:
    """A day, within what the question allows."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Refused(f"{text!r} is no date; write year, month, day: 2027-01-31")
    if question.earliest and day < question.earliest:
        return Refused(f"{day} is too early: {question.earliest} at the earliest")
    if question.latest and day > question.latest:
        return Refused(f"{day} is too late: {question.latest} at the latest")
    return day


def _choice(question: Question, text: str) -> str | Refused:
    """One of the choices, by its number or its name."""
    values = [choice.value for choice in question.choices]
    if text in values:
        return text
    if text.isdecimal() and 1 <= int(text) <= len(values):
        return values[int(text) - 1]
    if question.free and not text.isdecimal():
        return text if _fits(question, text) else _unfit(question, text)
    near = get_close_matches(text, values, 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return Refused(f"{text!r} is none of these; type a number from 1 to {len(values)}{meant}")


def _choices(question: Question, text: str) -> tuple[str, ...] | Refused:
    """Some of the choices, each once, in the order of the choices."""
    found = []
    parts = re.split(r"[,\s]+" if re.fullmatch(r"[\d,\s]+", text) else ",", text)
    for part in filter(None, map(str.strip, parts)):
        one = _choice(question, part)
        if isinstance(one, Refused):
            return one
        found.append(one)
    return tuple(choice.value for choice in question.choices if choice.value in found)


def _fits(question: Question, text: str) -> bool:
    """Whether a text looks the way that is asked for."""
    if "\n" in text or "\r" in text:
        return False
    return not question.pattern or re.fullmatch(question.pattern, text) is not None


def _unfit(question: Question, text: str) -> Refused:
    """Why a text does not look the way that is asked for."""
    return Refused(f"{text!r} does not fit: {question.pattern_words or 'write it in one line'}")
