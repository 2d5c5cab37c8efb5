"""`l10n check` in every output format, what it mends, and waivers from making to end."""

import json
import tomllib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.model import Finding, Severity, Where
from pipeline.stages.report import github, junit, sarif
from workspaces import replace, waive

CATALOG = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
FRENCH = """\
msgid "Ready?"
msgstr "Prêt ?"

msgid "Call <b1>now</b1>: it is late."
msgstr "Appelez <b1>vite</b1> : il  est tard."

msgid "The heart"
msgstr "Le cœur"
"""


def entry(source, words):
    return f'\nmsgid "{source}"\nmsgstr "{words}"\n'


@pytest.fixture
def french(tmp_path) -> Path:
    """A catalog outside any workspace."""
    path = tmp_path / "fr_FR/LC_MESSAGES/a.po"
    path.parent.mkdir(parents=True)
    path.write_text(FRENCH, "utf-8")
    return path


@pytest.fixture
def flawed(demo, l10n) -> Path:
    """The demo, with one warning and one error in German."""
    l10n("extract", "-C", demo)
    path = demo / CATALOG
    text = path.read_text("utf-8")
    path.write_text(
        text + entry("warning signs", "warning signs") + entry("See <a1>it</a1>.", "Siehe es."),
        "utf-8",
    )
    return demo


def codes(result):
    return [finding["code"] for finding in json.loads(result.out)["findings"]]


def test_select_and_ignore_choose_codes_and_a_wrong_one_is_refused(french, l10n):
    assert set(codes(l10n("check", french, "--json"))) == {"typography", "spacing"}
    assert codes(l10n("check", french, "--select", "spacing", "--json")) == ["spacing"]
    assert "spacing" not in codes(l10n("check", french, "--ignore", "spacing", "--json"))
    wrong = l10n("check", french, "--select", "typografy")
    assert wrong.code == 2
    assert "did you mean typography?" in wrong.err


def test_json_is_the_same_by_either_option(french, l10n):
    short = l10n("check", french, "--json")
    assert short.out == l10n("check", french, "--output-format", "json").out
    assert json.loads(short.out)["schema"] == 1
    assert short.code == 1
    assert l10n("check", french, "--exit-zero").code == 0


def test_a_dry_run_of_fix_shows_the_mending_and_writes_nothing(french, l10n):
    shown = l10n("check", french, "--fix", "--dry-run")
    assert "would mend" in shown.out
    assert "+ Prêt<U+202F>?" in shown.out
    assert french.read_text("utf-8") == FRENCH


def test_fix_mends_what_is_certain_and_no_other_line(french, l10n):
    assert l10n("check", french, "--fix").code == 0
    mended = french.read_text("utf-8")
    assert mended == FRENCH.replace("Prêt ?", "Prêt\u202f?").replace(
        "</b1> : il  est", "</b1>\u00a0: il est"
    )
    l10n("check", french, "--fix")
    assert french.read_text("utf-8") == mended


def test_fix_keeps_what_an_entry_said_in_the_journal(demo, l10n):
    l10n("extract", "-C", demo)
    path = demo / CATALOG
    path.write_text(path.read_text("utf-8") + entry("Two words", "Zwei  Wörter"), "utf-8")
    result = l10n("check", "-C", demo, "--fix")
    assert "mended locales/de_DE" in result.out
    assert "Zwei Wörter" in path.read_text("utf-8")
    journal = (demo / ".l10n/journal" / f"{CATALOG}.jsonl").read_text("utf-8")
    assert "Zwei  Wörter" in journal


def test_a_waived_finding_does_not_count_but_is_told(flawed, l10n):
    told = l10n("check", "-C", flawed, "--json")
    assert codes(told) == ["unchanged", "codes"]
    line = json.loads(told.out)["findings"][0]["line"]
    place = f"{CATALOG}:{line}"
    words = (
        "--locale",
        "de-DE",
        "--entry",
        place,
        "--reason",
        "Latin",
        "--as",
        "translator@example.com",
    )
    assert "would waive" in l10n("waive", "unchanged", *words, "-C", flawed, "--dry-run").out
    assert not (flawed / "locales/waivers.toml").exists()
    assert l10n("waive", "unchanged", *words, "-C", flawed).code == 0
    after = l10n("check", "-C", flawed, "--json")
    assert codes(after) == ["codes"]
    assert json.loads(after.out)["waived"][0]["reason"] == "Latin"
    assert "reason: Latin (translator@example.com" in l10n("check", "-C", flawed, "-v").out
    assert "waived: 1" in l10n("check", "-C", flawed).out


def test_a_waiver_ends_when_the_words_change_or_its_day_is_past(flawed, l10n):
    words = (
        "--locale",
        "de-DE",
        "--reason",
        "Latin",
        "--as",
        "translator@example.com",
        "-C",
        flawed,
    )
    l10n("waive", "unchanged", "--entry", "warning signs", *words)
    replace(flawed / CATALOG, 'msgstr "warning signs"', 'msgstr "Warning signs"')
    changed = l10n("check", "-C", flawed)
    assert "the translation was changed since" in changed.out
    assert "warning unchanged" in changed.out
    replace(flawed / CATALOG, 'msgstr "Warning signs"', 'msgstr "Warnzeichen"')
    assert "the finding is no longer there" in l10n("check", "-C", flawed).out
    replace(flawed / CATALOG, 'msgstr "Warnzeichen"', 'msgstr "warning signs"')
    path = flawed / "locales/waivers.toml"
    path.write_text(path.read_text("utf-8") + "until = 2026-01-31\n", "utf-8")
    ended = l10n("check", "-C", flawed)
    assert "it ended on 2026-01-31" in ended.out
    assert "locales/waivers.toml:" in ended.out


def test_a_check_of_another_locale_calls_no_waiver_stale(flawed, l10n):
    waive(flawed, "de-DE", codes=("script",))
    assert "waiver-stale" in l10n("check", "-C", flawed).out
    assert "waiver-stale" not in l10n("check", "-C", flawed, "--locale", "en-US").out
    assert "waiver-stale" not in l10n("check", "-C", flawed, "--select", "codes").out


def test_nobody_may_waive_a_lost_code_or_the_law(flawed, l10n):
    words = ("--locale", "de-DE", "--reason", "x", "--as", "translator@example.com", "-C", flawed)
    for code in ("codes", "law-no-permit", "claim-figure"):
        refused = l10n("waive", code, *words)
        assert refused.code == 2
        assert "nothing that a person may waive" in refused.err
    assert "there is no finding" in l10n("waive", "script", *words).err
    assert (
        "needs a reason" in l10n("waive", "unchanged", *words[:2], *words[4:], "--reason", " ").err
    )
    waive(flawed, "de-DE", codes=("codes",))
    result = l10n("check", "-C", flawed)
    assert "error waiver-refused: nobody may waive codes" in result.out
    assert "error codes:" in result.out


def test_only_a_person_of_the_workspace_may_waive(flawed, l10n):
    (flawed / "locales/markets/people.toml").write_text(
        '[people."anna@example.com"]\nname = "Anna"\nroles = ["reviser"]\nmarkets = ["*"]\n'
    )
    words = ("waive", "unchanged", "--locale", "de-DE", "--reason", "x", "-C", flawed, "--as")
    assert "did you mean anna@example.com?" in l10n(*words, "ana@example.com").err
    assert l10n(*words, "anna@example.com").code == 0


def test_a_waivers_file_with_a_mistake_is_told_with_its_line(flawed, l10n):
    (flawed / "locales/waivers.toml").write_text('[[waivers]]\ncode = "script"\nresaon = "x"\n')
    result = l10n("check", "-C", flawed)
    assert result.code == 2
    assert "locales/waivers.toml:3: error unknown-key" in result.err
    assert "did you mean 'reason'?" in result.err


def test_the_waivers_file_stays_readable_to_people(flawed, l10n):
    words = ("--locale", "de-DE", "--reason", 'a "quoted" reason', "--as", "translator@example.com")
    l10n("waive", "unchanged", *words, "--until", "2999-12-31", "-C", flawed)
    text = (flawed / "locales/waivers.toml").read_text("utf-8")
    (waiver,) = tomllib.loads(text)["waivers"]
    assert waiver["until"] == date(2999, 12, 31)
    assert waiver["reason"] == 'a "quoted" reason'
    assert text.startswith("# Findings")


FINDINGS = (
    Finding("codes", "a, b: 100% <lost>\n&", Where("a b/ü.po", 3, 2), "mend it"),
    Finding("unchanged", "same \x00", Where("a b/ü.po", 9), "", Severity.WARNING),
    Finding("config", "no place", Where(""), "", Severity.NOTE),
)


def test_sarif_has_all_that_its_schema_requires():
    waived = [(Finding("length", "long", Where("c.po", 1)), "a long name")]
    log = json.loads(sarif(FINDINGS, waived, {"codes": "Codes are lost"}, "1.0"))
    assert (log["version"], log["$schema"][-16:]) == ("2.1.0", "sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "l10n"
    assert len({rule["id"] for rule in rules}) == len(rules) == 4
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    places = run["results"][0]["locations"][0]["physicalLocation"]
    assert places["artifactLocation"]["uri"] == "a%20b/%C3%BC.po"
    assert places["region"] == {"startLine": 3, "startColumn": 2}
    assert "locations" not in run["results"][2]
    assert run["results"][3]["suppressions"] == [
        {"kind": "external", "justification": "a long name"}
    ]


def test_junit_counts_its_cases_and_fails_for_errors_only():
    top = ElementTree.fromstring(junit(FINDINGS, ["a b/ü.po", "clean.po"]))
    assert (top.get("tests"), top.get("failures")) == ("4", "1")
    suites = {suite.get("name"): suite for suite in top}
    assert set(suites) == {"a b/ü.po", "clean.po", "workspace"}
    for suite in suites.values():
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    failure = top.find(".//failure")
    assert failure.get("message") == "a, b: 100% <lost>\n&"
    assert "mend it" in failure.text


def test_github_annotations_escape_what_would_end_them():
    lines = list(github(FINDINGS))
    assert lines[0] == (
        "::error file=a b/ü.po,line=3,col=2,title=codes::a, b: 100%25 <lost>%0A&%0Amend it"
    )
    assert lines[1].startswith("::warning file=a b/ü.po,line=9,title=unchanged::")
    assert lines[2] == "::notice title=config::no place"
    odd = Finding("x", "m", Where("a:b,c%.po", 1))
    assert "file=a%3Ab%2Cc%25.po" in next(github([odd]))


@pytest.mark.parametrize("shape", ["sarif", "junit", "github"])
def test_every_format_comes_from_the_command(shape, flawed, l10n):
    result = l10n("check", "-C", flawed, "--output-format", shape)
    assert result.code == 1
    assert "codes" in result.out
    if shape == "sarif":
        assert json.loads(result.out)["runs"][0]["results"]
    if shape == "junit":
        assert ElementTree.fromstring(result.out).tag == "testsuites"


def test_a_broken_catalog_is_told_in_every_format(french, l10n):
    french.write_text('msgid "a\n', "utf-8")
    for shape in ("text", "json", "sarif", "junit", "github"):
        result = l10n("check", french, "--output-format", shape)
        assert result.code == 3
        assert "po-" in result.out
