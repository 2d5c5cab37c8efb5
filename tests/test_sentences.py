import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.sentence_rules import LISTS, WORDS, Ends, Rules, load_rules
from pipeline.stages.sentences import STAND_IN, cuts

CASES = Path(__file__).parent / "cases" / "sentences"
ABBREVIATIONS = Path(__file__).parents[1] / "pipeline" / "stages" / "abbreviations"

FRAGMENTS = "The;stent;e.g.;Fig.;Dr.;U.S.;5;mm.;p < .05.;(see;it.);“No.”;...;…;?;!;i.v.;A.;[1];.;("
WORDLIKE = st.sampled_from(
    [*FRAGMENTS.split(";"), STAND_IN, "text.12", "¹.", "“.12 The", "/.1 A", "\n", "\u00a0"]
)
PROSE = st.lists(WORDLIKE, max_size=40).map(" ".join) | st.text(max_size=200)


def marked_lines(name: str) -> list[str]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def marked(text: str) -> str:
    return "|".join(pieces(text))


def pieces(text: str) -> list[str]:
    return [text[a:b] for a, b in pairwise((0, *cuts(text), len(text)))]


def gold(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def starts(text: str, sentences: list[str]) -> set[int]:
    found, at = [], 0
    for sentence in sentences:
        at = text.index(sentence, at)
        found.append(at)
        at += len(sentence)
    return set(found[1:])


@pytest.mark.parametrize("line", marked_lines("medical.txt") + marked_lines("regulatory.txt"))
def test_medical_text_is_cut_where_the_bars_stand(line):
    assert marked(line.replace("|", "")) == line


@pytest.mark.parametrize("line", marked_lines("inline.txt"))
def test_codes_and_no_break_spaces_are_part_of_the_sentence(line):
    line = line.replace("⟦c⟧", STAND_IN).replace("⍽", "\u00a0")
    assert marked(line.replace("|", "")) == line


def test_at_least_98_in_100_medical_traps_are_exactly_right():
    items = gold("medical60.jsonl")
    right = [
        item for item in items if [p.strip() for p in pieces(item["text"])] == item["expected"]
    ]
    assert len(right) >= 0.98 * len(items)


def test_biomedical_paragraphs_keep_their_precision_and_recall():
    right = wrong = missed = 0
    for item in gold("craft250.jsonl"):
        expected, found = starts(item["text"], item["expected"]), set(cuts(item["text"]))
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.975


@given(PROSE)
def test_cuts_increase_and_stand_between_space_and_a_word(text):
    found = cuts(text)
    assert list(found) == sorted(set(found))
    assert all(0 < cut < len(text) for cut in found)
    assert all(text[cut - 1].isspace() and not text[cut].isspace() for cut in found)


@given(PROSE)
def test_the_sentences_together_are_the_text(text):
    assert "".join(pieces(text)) == text
    assert all(piece.strip() for piece in pieces(text)) or not cuts(text)


@given(PROSE)
def test_a_word_that_no_abbreviation_list_knows_ends_its_sentence(text):
    whole = text + " ending. The next one begins"
    open_pair = any(mark in text for mark in "([“")
    assert open_pair or whole.index("The next", len(text)) in cuts(whole)


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        ". ",
        "? A ",
        "A. ",
        "( A. B ",
        "a.12 ",
        ".[1] ",
        ". . ",
        '."',
        ".)",
        "e.g. The ",
        "“A. ",
    ],
)
def test_hostile_text_is_judged_once_a_place(unit):
    # A text of 100,000 marks ends at all only if no rule looks further than its reach.
    text = unit * 100_000
    assert len(cuts(text)) <= 100_000


def test_an_edited_list_changes_the_cuts():
    lists = {name: (ABBREVIATIONS / f"{name}.txt").read_text("utf-8") for name, _ in LISTS}
    lists |= {name: (ABBREVIATIONS / f"{name}.txt").read_text("utf-8") for name in WORDS}
    text = "We met Sgr. Rossi."
    assert cuts(text, Rules.from_lists(lists)) != ()
    lists["titles"] += "sgr  # Italian\n"
    assert cuts(text, Rules.from_lists(lists)) == ()


def test_a_word_in_two_lists_is_refused():
    lists = {name: "" for name, _ in LISTS} | dict.fromkeys(WORDS, "")
    with pytest.raises(ValueError, match="'etc' in endings"):
        Rules.from_lists(lists | {"always": "etc\n", "endings": "etc\n"})


def test_the_lists_come_with_the_package():
    assert load_rules().ends["e.g"] is Ends.NEVER
