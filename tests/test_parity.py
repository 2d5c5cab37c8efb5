"""Figures, units, negations and sides: every broken pair is told, the correct ones are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import pipeline.checks
from pipeline.codes import codes_of
from pipeline.model import Check, Pair, Role, Segment
from pipeline.plugins import collect

CASES = Path(__file__).parent / "cases" / "parity"
PARITY = ("numbers", "units", "negation", "laterality")
CHECKS: dict[str, Check] = {check.code: check for check in collect(pipeline.checks, "CHECK")}


class Case(NamedTuple):
    """A pair of a case file, and the check that must tell it; "" for a correct pair."""

    place: str
    pair: Pair
    broken: str


def cases() -> Iterator[Case]:
    """The pairs of every file: `source:`, then `good:` and `bad CHECK:` translations of it."""
    for path in sorted(CASES.glob("*.txt")):
        locale = source = ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            key, _, value = line.partition(": ")
            if key == "locale":
                locale = value
            elif key == "source":
                source = value
            elif key == "good" or key.startswith("bad "):
                segment = Segment(source, "", Role.TEXT, 1, source, codes_of(source))
                pair = Pair(segment, value, locale)
                yield Case(f"{path.name}:{number}", pair, "" if key == "good" else key[4:])


ALL = list(cases())


def told(pair: Pair) -> set[str]:
    return {code for code in PARITY if list(CHECKS[code].run(pair))}


def test_there_are_at_least_400_pairs_in_ten_languages_half_of_them_broken() -> None:
    assert len(ALL) >= 400
    assert len({case.pair.locale for case in ALL}) >= 10
    broken = sum(bool(case.broken) for case in ALL)
    assert 0.45 <= broken / len(ALL) <= 0.55


def test_every_rule_has_correct_pairs_in_every_language() -> None:
    for locale in {case.pair.locale for case in ALL}:
        rules = {case.broken for case in ALL if case.pair.locale == locale}
        assert rules >= {"", *PARITY}


@pytest.mark.parametrize("case", [c for c in ALL if c.broken], ids=lambda case: case.place)
def test_a_broken_pair_is_told_by_the_check_that_it_names(case: Case) -> None:
    assert case.broken in told(case.pair)


def test_at_most_one_of_a_hundred_correct_pairs_is_told() -> None:
    correct = [case for case in ALL if not case.broken]
    wrong = {case.place: told(case.pair) for case in correct if told(case.pair)}
    assert len(wrong) <= len(correct) / 100, wrong
