"""Every check tells the bad lines of its case file and is silent about the good ones."""

import re
from pathlib import Path

import pytest

import pipeline.checks
from pipeline.codes import codes_of
from pipeline.model import Check, Pair, Role, Segment, Severity, Vocabulary, Wording
from pipeline.plugins import collect

CASES = Path(__file__).parent / "cases" / "checks"
CHECKS: dict[str, Check] = {check.code: check for check in collect(pipeline.checks, "CHECK")}
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\n")


def unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[0] != "\\n" else "\n", text)


def cases():
    """The good and bad lines of every case file, each with the pair that it makes.

    A case file holds groups of `source:`, `locale:` and, if need be, `role:`, `terms:` or
    `names:`, followed by the translations: `good:` or `bad:`. `#` begins a comment;
    \\uXXXX is a character.
    """
    for path in sorted(CASES.glob("*.txt")):
        known: dict[str, str] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            key, _, value = line.partition(":")
            if not line.strip() or line.startswith("#"):
                known = known if line.strip() else {}
            elif key in ("good", "bad"):
                yield pytest.param(
                    CHECKS[path.stem],
                    pair(known, unescaped(value.strip(" "))),
                    key == "bad",
                    id=f"{path.stem}:{number}",
                )
            else:
                known[key] = unescaped(value.strip(" "))


def pair(known: dict[str, str], translation: str) -> Pair:
    source = known["source"]
    role = Role(known.get("role", "text"))
    segment = Segment(source, "", role, 1, source, codes_of(source))
    names = tuple(filter(None, known.get("names", "").split("; ")))
    return Pair(segment, translation, known["locale"], terms=vocabulary(known), names=names)


def vocabulary(known: dict[str, str]) -> Vocabulary | None:
    """`terms: term = form; form ! forbidden | term = form`, as a locale's vocabulary."""
    wordings = {}
    for told in filter(None, known.get("terms", "").split(" | ")):
        term, _, forms = told.partition(" = ")
        good, _, bad = forms.partition(" ! ")
        forbidden = tuple(filter(None, bad.split("; ")))
        wordings[term.lower()] = Wording(term, tuple(good.split("; ")), forbidden)
    if not wordings:
        return None
    longest = "|".join(sorted(wordings, key=len, reverse=True))
    return Vocabulary(wordings, re.compile(rf"\b({longest})(?:es|s)?\b", re.IGNORECASE))


@pytest.mark.parametrize(("check", "pair", "is_bad"), list(cases()))
def test_a_check_tells_what_is_bad_and_nothing_else(check, pair, is_bad):
    found = list(check.run(pair))
    assert bool(found) is is_bad
    assert all(message and hint for message, hint in found)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_every_check_has_cases_and_explains_itself(check):
    lines = (CASES / f"{check.code}.txt").read_text(encoding="utf-8")
    assert "\ngood:" in lines
    assert "\nbad:" in lines
    assert len(check.explain.split()) > 20
    assert isinstance(check.severity, Severity)
    source = "Nothing <b1>here</b1> is wrong."
    same = Pair(Segment(source, "", Role.TEXT, 1, source, codes_of(source)), "", "de-DE")
    assert not list(check.run(same))
