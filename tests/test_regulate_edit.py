"""`l10n regulate edit`: an officer answers questions, and the file says what was meant."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import sys
import tomllib
from datetime import date
from difflib import ndiff
from functools import cache
from pathlib import Path

import pytest
from conftest import COSTLY
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConflictError, PipelineError
from pipeline.model import Effect, Moment
from pipeline.model.edit import AddRule, SetKey, SetWords
from pipeline.stages.edit_market import edit_market
from pipeline.stages.questions import Choice, Kind, Question, Refused, ask, read
from pipeline.stages.rule_questions import Known, a_year_on, question_of
from pipeline.store.market_edit import edited
from pipeline.store.markets import installed_effects, load_markets
from pipeline.workflows.edit_market import open_market, propose, write_proposal
from pipeline.workflows.init import init
from workspaces import replace

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-22"
NOW = Moment(date(2026, 11, 22))
MARKET = "locales/markets/DE.toml"
WORDS = "locales/de_DE/statements/educational-purpose.txt"


@pytest.fixture
def edit(l10n, monkeypatch):
    """Run the command with these lines typed."""

    def run(root, market, *typed, words=("--as-of", TODAY)):
        text = "".join(f"{line}\n" for line in typed)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        return l10n("regulate", "edit", market, "-C", root, *words)

    return run


@pytest.fixture
def here(tmp_path) -> Path:
    """This repository's law and articles, without its words."""
    root = tmp_path / "here"
    root.mkdir()
    shutil.copy(ROOT / "l10n.toml", root)
    for name in ("source", "templates"):
        shutil.copytree(ROOT / name, root / name)
    leave = shutil.ignore_patterns("LC_MESSAGES", "templates", "approvals")
    shutil.copytree(ROOT / "locales", root / "locales", ignore=leave)
    return root


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that have gone, and those that have come."""
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    return tuple([line[2:] for line in lines if line[:2] == sign] for sign in ("- ", "+ "))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".l10n" not in path.parts
    }


# The end of a new rule's answers: every category, law, reason, and what is proposed.
LAST = ("", "Act", "", "Why.", "", "", "")

# Each act on this repository's Germany: what is typed, what goes, and what comes.
ACTS = {
    "one review date": (
        ["1", "de-permit-education", "2028-03-31"],
        (["review_by = 2027-03-31"], ["review_by = 2028-03-31"]),
    ),
    "a reason": (
        ["3", "de-permit-hcp-des", "1", "Doctors may see it.", ""],
        (
            ['reason = "Device advertising to professional circles (Fachkreise) is allowed."'],
            ['reason = "Doctors may see it."'],
        ),
    ),
    "a placement and a law": (
        ["3", "de-publisher-interest", "placement", "4", "legal", "HWG, section 11", "MPG", "", ""],
        (
            ['placement = "top"', 'legal = ["HWG, section 11(1) no. 9"]'],
            ['placement = "footer"', 'legal = ["HWG, section 11", "MPG"]'],
        ),
    ),
    "a gate": (
        ["3", "de-gate-hcp-des", "gate", "2", ""],
        (['gate = "self-declare"'], ['gate = "login"']),
    ),
    "a first day": (
        ["3", "de-gate-hcp-des", "effective_from", "2027-01-01", ""],
        ([], ["effective_from = 2027-01-01"]),
    ),
    "an end": (
        ["5", "de-permit-education", "2026-12-31"],
        ([], ["effective_until = 2026-12-31"]),
    ),
    "the owner": (
        ["6", "owner", "law@example.com"],
        (['owner = "regulatory-de@example.com"'], ['owner = "law@example.com"']),
    ),
    "the languages": (
        ["6", "languages", "de-DE", "en-DE", ""],
        (['languages = ["de-DE"]'], ['languages = ["de-DE", "en-DE"]']),
    ),
    "a rule": (
        [
            "4",
            "block",
            "lay",
            "coronary-des",
            "",
            "HWG, 12",
            "",
            "No.",
            "2027-06-30",
            "",
            "",
        ],
        (
            [],
            [
                "",
                "[[rules]]",
                'id = "de-block-lay-coronary-des"',
                'effect = "block"',
                'legal = ["HWG, 12"]',
                'reason = "No."',
                "review_by = 2027-06-30",
                'when.audience = ["lay"]',
                'when.product_kind = ["coronary-des"]',
            ],
        ),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_changes_its_own_lines_and_no_other(name, here, edit):
    typed, (gone, come) = ACTS[name]
    before = files(here)
    result = edit(here, "DE", *typed, "y")
    assert result.code == 0, result.out + result.err
    after = files(here)
    assert {path for path in after if after[path] != before.get(path)} == {MARKET}
    found = difference(before[MARKET].decode(), after[MARKET].decode())
    assert [sorted(lines) for lines in found] == [sorted(gone), sorted(come)]
    assert f"wrote {MARKET}" in result.out
    assert f"l10n approve --role owner --file {MARKET}" in result.out
    load_markets(here)


def test_the_words_of_a_legal_text_are_changed_in_its_own_file(here, edit):
    before = files(here)
    result = edit(
        here, "DE", "2", "publisher-interest", "Ein Hersteller zahlt.", "Er ist es.", "", "y"
    )
    assert result.code == 0, result.err
    after = files(here)
    path = "locales/de_DE/statements/publisher-interest.txt"
    assert {name for name in after if after[name] != before[name]} == {path}
    assert after[path].decode() == "Ein Hersteller zahlt.\nEr ist es.\n"
    assert "no longer says" in result.out


def test_a_parent_tells_what_it_does_to_the_markets_below_it(here, edit):
    result = edit(here, "EU", "1", "1", "2028-01-01", "n")
    assert "These markets inherit from it: AT," in result.out
    result = edit(here, "EU", "add", "block", "", "", *LAST, "n")
    assert "permit: let pages be shown" not in result.out
    assert sum("  blocked" in line for line in result.out.splitlines()) > 4


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            ["permit", "1,2", "none", *LAST],
            'when.audience = ["lay", "hcp"]',
        ),
        (["gate", "1", "", "", *LAST], 'gate = "self-declare"'),
        (
            ["require", "registration-number", "yes", "", "", *LAST],
            "for_text = true",
        ),
        (
            ["forbid_text", "heilt", "", "de", "", "", *LAST],
            'phrases = ["heilt"]',
        ),
        (
            ["publisher", "example.com", "", "", "", *LAST],
            'hosts = ["example.com"]',
        ),
    ],
)
def test_a_rule_of_each_effect_is_added_by_its_own_keys(typed, kept, demo, edit):
    result = edit(demo, "DE", "4", *typed, "y")
    assert result.code == 0, result.out + result.err
    text = (demo / MARKET).read_text("utf-8")
    assert kept in text.rpartition("[[rules]]")[2]
    assert len(load_markets(demo)[0].rules) == 3


def test_a_new_legal_text_is_asked_for_with_its_rule(demo, edit):
    typed = ["4", "statement", "see-doctor", "Fragen Sie.", "", "", "3", "", "", ""]
    result = edit(demo, "DE", *typed, *LAST, "y")
    assert result.code == 0, result.out + result.err
    words = demo / "locales/de_DE/statements/see-doctor.txt"
    assert words.read_text("utf-8") == "Fragen Sie.\n"
    rule = tomllib.loads((demo / MARKET).read_text("utf-8"))["rules"][-1]
    assert (rule["id"], rule["slot"]) == ("de-statement-see-doctor", "see-doctor")


def test_what_it_does_is_told_for_the_day_on_which_it_does_it(demo, edit):
    result = edit(demo, "DE", "5", "1", "2026-12-31", "n")
    (line,) = [line for line in result.out.splitlines() if line.startswith("2027-01-01")]
    assert line.split()[1:] == ["DE", "after-an-x-ray", "published", "+words", "blocked", "+words"]
    assert "It stays in the file." in result.out


def test_all_that_are_due_are_renewed_at_once(demo, edit):
    text = (demo / MARKET).read_text("utf-8")
    (demo / MARKET).write_text(text.replace("2099-12-31", "2026-12-01"), "utf-8")
    result = edit(demo, "DE", "1", "1", "", "y")
    assert "all 2 that are due by 2027-02-20" in result.out
    assert "2026-12-02  DE" in result.out  # the day on which they would have blocked
    assert {rule.review_by for rule in load_markets(demo)[0].rules} == {date(2027, 11, 22)}


@pytest.mark.parametrize("last", ["n", "", "no", "maybe", "1"])
def test_anything_but_a_yes_writes_nothing(last, demo, edit):
    before = files(demo)
    result = edit(demo, "DE", "6", "owner", "law@example.com", last)
    assert result.code == 0
    assert "Nothing is written." in result.out
    assert files(demo) == before


def test_a_dry_run_shows_the_change_and_does_not_ask(demo, edit):
    before = files(demo)
    result = edit(demo, "DE", "6", "2", "law@example.com", words=("--dry-run",))
    assert result.code == 0
    assert '+owner = "law@example.com"' in result.out
    assert "Write it?" not in result.out
    assert files(demo) == before


@pytest.mark.parametrize("count", range(4))
def test_an_input_that_ends_too_early_writes_nothing_and_exits_130(count, demo, edit):
    before = files(demo)
    result = edit(demo, "DE", *["6", "owner", "law@example.com"][:count])
    assert result.code == 130
    assert "nothing is written" in result.err
    assert files(demo) == before


def test_ctrl_c_writes_nothing_and_exits_130(demo, l10n, monkeypatch):
    class Interrupted(io.StringIO):
        def readline(self, *_):
            raise KeyboardInterrupt

    before = files(demo)
    monkeypatch.setattr(sys, "stdin", Interrupted())
    result = l10n("regulate", "edit", "DE", "-C", demo)
    assert (result.code, "nothing is written" in result.err) == (130, True)
    assert files(demo) == before


def test_input_that_is_not_utf_8_is_refused(demo, l10n, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"6\n\xff\n"), "utf-8"))
    result = l10n("regulate", "edit", "DE", "-C", demo)
    assert result.code == 3
    assert "not UTF-8" in result.err


def test_a_wrong_answer_is_asked_again_with_the_reason(demo, edit):
    typed = ["9", "5", "de-educatoin", "2", "soon", "2026-13-01", "2026-12-31", "y"]
    result = edit(demo, "DE", *typed)
    assert result.code == 0
    assert "'9' is none of these; type a number from 1 to 6" in result.out
    assert "did you mean de-education?" in result.out
    assert "'soon' is no date" in result.out
    assert load_markets(demo)[0].rules[1].effective_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["6", "languages", "de-AT", ""], "bad-value"),
        (["6", "languages", "en-US", ""], "bad-value"),
        (["4", "gate", "1", "", "", *LAST[:-1], "us-education"], ""),
        (["4", "gate", "1", "", "", *LAST[:-1], "de-education"], "law-rule-twice"),
        (["2", "educational-purpose", "a\u202eb", ""], "bad-statement"),
    ],
)
def test_what_the_loader_refuses_is_told_and_never_written(typed, code, demo, edit):
    before = files(demo)
    result = edit(demo, "DE", *typed, "n")
    assert files(demo) == before
    assert (code in result.err) if code else result.code == 0
    assert ("no valid law" in result.out) == bool(code)


def test_the_same_again_is_no_change(demo, edit):
    before = files(demo)
    result = edit(demo, "DE", "6", "owner", "")
    assert "says already" in result.out
    assert files(demo) == before


def test_a_market_that_does_not_exist_exits_2_with_the_nearest(demo, edit):
    result = edit(demo, "DR")
    assert result.code == 2
    assert "known: DE, US" in result.err


def test_a_file_that_changed_meanwhile_is_left_as_it_is(demo):
    proposal = propose(open_market(demo, "DE", NOW), (SetKey("", "owner", "a"),))
    replace(demo / MARKET, "regulatory-de@example.com", "b@example.com")
    before = files(demo)
    with pytest.raises(ConflictError):
        write_proposal(proposal)
    assert files(demo) == before


def test_another_law_that_changed_meanwhile_is_judged_again(demo):
    (demo / "locales/markets/XX.toml").write_text("market = 1\n", "utf-8")
    with pytest.raises(PipelineError):
        open_market(demo, "DE", NOW)
    (demo / "locales/markets/XX.toml").unlink()
    proposal = propose(open_market(demo, "DE", NOW), (SetKey("", "owner", "a"),))
    (demo / "locales/markets/XX.toml").write_text("market = 1\n", "utf-8")
    before = files(demo)
    with pytest.raises(PipelineError):
        write_proposal(proposal)
    assert files(demo) == before


HEAD = (ROOT / MARKET).read_text("utf-8")
ODD = st.text(
    st.one_of(
        st.sampled_from("\"'\\\n\t\r #=[]{}\x00\x7f\x85\u00a0\u2028\u200b\ufeffé🫀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


@settings(max_examples=COSTLY)
@given(ODD, ODD, st.sampled_from(["\n", "\r\n"]))
def test_any_text_reads_back_as_it_was_and_all_else_stays(reason, law, end):
    """Whether it is a reason that the loader accepts is another question."""
    text = HEAD.replace("\n", end)
    changes = (
        SetKey("de-gate-hcp-des", "reason", reason),
        SetKey("de-gate-hcp-des", "legal", (law, reason)),
        SetKey("de-permit-education", "effective_until", date(2027, 1, 1)),
        SetKey("de-permit-hcp-des", "review_by", date(2028, 1, 1)),
        AddRule(
            (("id", "x"), ("effect", "block"), ("reason", reason), ("when.audience", ("lay",)))
        ),
        SetKey("x", "for_text", value=True),
    )
    wanted = tomllib.loads(text)
    first, second, third, *_ = wanted["rules"]
    third |= {"reason": reason, "legal": [law, reason]}
    first["effective_until"] = date(2027, 1, 1)
    second["review_by"] = date(2028, 1, 1)
    added = {"id": "x", "effect": "block", "reason": reason, "for_text": True}
    wanted["rules"].append({**added, "when": {"audience": ["lay"]}})
    after = edited(text, changes)
    assert tomllib.loads(after) == wanted
    comments = [line for line in text.split(end) if line.startswith("#")]
    assert [line for line in after.split(end) if line in comments] == comments


@pytest.fixture(scope="module")
def law(tmp_path_factory) -> Path:
    """A demo whose German law may be overwritten again and again."""
    init(root := tmp_path_factory.mktemp("law") / "demo", demo=True)
    return root


@settings(max_examples=COSTLY)
@given(ODD, ODD)
def test_what_the_dialogue_takes_for_a_reason_and_a_law_the_loader_reads_as_the_same(
    law, reason, reference
):
    known = Known(load_markets(law)[0], NOW.at, ())
    why = read(question_of("reason", known), reason)
    legal = read(question_of("legal", known), reference)
    if isinstance(why, Refused) or isinstance(legal, Refused):
        return
    text = (law / MARKET).read_bytes().decode()
    changes = (
        SetKey("de-education", "reason", why),
        SetKey("de-education", "legal", legal),
    )
    (law / MARKET).write_bytes(edited(text, changes).encode())
    rule = load_markets(law)[0].rules[1]
    assert (rule.reason, rule.legal) == (why, legal)


@settings(max_examples=COSTLY)
@given(st.lists(ODD, max_size=12))
def test_whatever_is_typed_a_question_takes_it_or_says_why_not(typed):
    """No answer ends the dialogue with a mistake of ours; the same answers ask the same."""
    dialogue = Known(load_markets_here()[0], NOW.at, installed_effects())
    answers = {}
    for text in typed:
        step = ask(edit_market(dialogue), answers)
        if not isinstance(step, Question):
            assert all(isinstance(edit, SetKey | AddRule | SetWords) for edit in step)
            return
        assert ask(edit_market(dialogue), answers) == step
        for attempt in (text, "1"):
            answer = read(step, attempt)
            if not isinstance(answer, Refused):
                answers[step.id] = answer
                break
            assert answer.why


@cache
def load_markets_here():
    return load_markets(ROOT)


def effect(**keys) -> Effect:
    return Effect(name="shade", rank=1, explain="Shades pages. Rarely used.", apply=None, **keys)


def test_an_effect_that_is_added_as_one_file_can_be_edited_too():
    market = load_markets_here()[0]
    known = Known(market, NOW.at, (effect(fields=("depth",), optional=("colour_of",)),))
    menu = ask(edit_market(known), {"act": "add"})
    assert [(choice.value, choice.words) for choice in menu.choices] == [("shade", "Shades pages")]
    answers = {"act": "add", "effect": "shade"}
    question = ask(edit_market(known), answers)
    assert (question.id, question.prompt, question.optional) == (
        "depth",
        "What is its depth?",
        False,
    )
    answers["depth"] = read(question, "deep")
    question = ask(edit_market(known), answers)
    assert (question.prompt, question.optional) == ("What is its colour of?", True)
    answers |= {"colour_of": None, "when.audience": None, "when.product_kind": ("none",)}
    answers |= {"legal": ("Act",), "reason": "Why.", "review_by": NOW.at, "effective_from": None}
    code = market.code.lower()
    answers["id"] = ask(edit_market(known), answers).default
    assert answers["id"] == f"{code}-shade-no-product"
    (rule,) = ask(edit_market(known), answers)
    assert dict(rule.keys) == {
        "id": f"{code}-shade-no-product",
        "effect": "shade",
        "depth": "deep",
        "legal": ("Act",),
        "reason": "Why.",
        "review_by": NOW.at,
        "when.product_kind": ("none",),
    }


def test_a_proposed_id_is_one_that_nothing_has():
    known = replace_ids(Known(load_markets_here()[0], NOW.at, installed_effects()), "x-block")
    answers = {
        "act": "add",
        "effect": "block",
        "when.audience": None,
        "when.product_kind": None,
        "legal": ("Act",),
        "reason": "Why.",
        "review_by": NOW.at,
        "effective_from": None,
    }
    first = ask(edit_market(known), answers).default
    known = replace_ids(known, first)
    assert ask(edit_market(known), answers).default == f"{first}-2"


def replace_ids(known: Known, *names: str) -> Known:
    return dataclasses.replace(known, rule_ids=frozenset(names))


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        (Question("q", "?", Kind.DATE), "2027-01-31", date(2027, 1, 31)),
        (Question("q", "?", Kind.DATE, default=date(2027, 1, 1)), "", date(2027, 1, 1)),
        (Question("q", "?", Kind.DATE, default=date(2027, 1, 1), optional=True), "-", None),
        (Question("q", "?", Kind.TEXT), " e\u0301 ", "é"),
        (Question("q", "?", Kind.LINES), "a\n\n b \n", ("a", "b")),
        (Question("q", "?", Kind.MANY, (Choice("a b", ""), Choice("c", ""))), "2 1", ("a b", "c")),
        (Question("q", "?", Kind.MANY, (Choice("a b", ""), Choice("c", ""))), "a b", ("a b",)),
        (Question("q", "?", Kind.CHOICE, (Choice("a", ""),), free=True), "new", "new"),
    ],
)
def test_an_answer_is_read_as_what_it_is(question, typed, answer):
    assert read(question, typed) == answer


@pytest.mark.parametrize(
    ("question", "typed", "why"),
    [
        (Question("q", "?", Kind.TEXT), " ", "an answer is needed"),
        (Question("q", "?", Kind.TEXT), "-", "an answer is needed"),
        (Question("q", "?", Kind.TEXT), "a\nb", "in one line"),
        (Question("q", "?", Kind.TEXT), "\udcff", "not UTF-8"),
        (
            Question("q", "?", Kind.DATE, earliest=NOW.at),
            "2026-11-21",
            "2026-11-22 at the earliest",
        ),
        (Question("q", "?", Kind.DATE, latest=NOW.at), "2026-11-23", "2026-11-22 at the latest"),
        (Question("q", "?", Kind.CHOICE, (Choice("a", ""),)), "0", "a number from 1 to 1"),
        (Question("q", "?", Kind.CHOICE, (Choice("a", ""),)), "²", "a number from 1 to 1"),
        (Question("q", "?", Kind.MANY, (Choice("a", ""),)), "1, 5", "a number from 1 to 1"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(question, typed, why):
    assert why in read(question, typed).why


def test_the_run_in_the_docs_is_what_the_command_says(demo, edit):
    text = (ROOT / "docs/regulatory.md").read_text("utf-8")
    told = re.search(r"```text\n(DE: .*?)```", text, re.DOTALL)[1]
    typed = re.findall(r"^(?:> |Write it\? \[y/N\] )(.*)$", told, re.MULTILINE)
    assert edit(demo, "DE", *typed).out == told


def test_a_year_from_a_leap_day_is_the_last_of_february():
    assert a_year_on(date(2028, 2, 29)) == date(2029, 2, 28)
