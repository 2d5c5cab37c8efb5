"""The author says what kind of change it is: cosmetic, editorial, clinical or regulatory."""

import json

import pytest

from pipeline.po.scan import scan
from pipeline.stages.declared import difference
from workspaces import replace

DE = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
EN = "locales/en_US/LC_MESSAGES/after-an-x-ray.po"
ARTICLE = "source/after-an-x-ray.md"
OLD = "Your doctor then explains the result to you."
NEW = "Your doctor then explains the results to you."
WORDS = "Ihr Arzt erklärt Ihnen dann den Befund."
RASH = "Melden Sie einen Hautausschlag."


@pytest.fixture
def translated(demo, l10n):
    """The demo with two finished German sentences."""
    l10n("extract", "-C", demo)
    replace(demo / DE, f'msgid "{OLD}"\nmsgstr ""', f'msgid "{OLD}"\nmsgstr "{WORDS}"')
    replace(demo / DE, 'msgid "Report a skin rash."\nmsgstr ""',
            f'msgid "Report a skin rash."\nmsgstr "{RASH}"')  # fmt: skip
    return demo


def say(demo, kind, note, more=""):
    told = f"change: {{type: {kind}, note: {note}{more}}}"
    replace(demo / ARTICLE, "audience: lay", f"audience: lay\n{told}")


def entry(demo, text, path=DE):
    found = scan((demo / path).read_bytes(), path)
    return next(e for e in found.entries if e.msgid == text)


def test_a_cosmetic_change_keeps_the_words_finished_and_says_so(translated, l10n):
    replace(translated / ARTICLE, OLD, NEW)
    say(translated, "cosmetic", "a plural")
    done = l10n("extract", "-C", translated)
    assert done.code == 0, done.out
    assert "texts that keep their translations: 1" in done.out
    kept = entry(translated, NEW)
    assert (kept.msgstr, kept.fuzzy, kept.previous) == ((WORDS,), False, ())
    assert "change (cosmetic): a plural" in kept.extracted
    (line,) = (translated / ".l10n/journal/changes.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["kept"] == [{"was": OLD, "now": NEW}]
    assert l10n("extract", "-C", translated, "--check").code == 0


def test_words_that_were_not_finished_do_not_become_so(translated, l10n):
    replace(translated / DE, f'msgid "{OLD}"', f'#, fuzzy\nmsgid "{OLD}"')
    replace(translated / ARTICLE, OLD, NEW)
    say(translated, "cosmetic", "a plural")
    l10n("extract", "-C", translated)
    assert entry(translated, NEW).fuzzy


def test_the_same_declaration_does_not_silence_the_next_change(translated, l10n):
    replace(translated / ARTICLE, OLD, NEW)
    say(translated, "cosmetic", "a plural")
    l10n("extract", "-C", translated)
    replace(translated / ARTICLE, NEW, "Your doctor will explain the results to you.")
    before = (translated / DE).read_bytes()
    done = l10n("extract", "-C", translated)
    assert (done.code, "change-spent" in done.out) == (3, True)
    assert (translated / DE).read_bytes() == before
    replace(translated / ARTICLE, "change: {type: cosmetic, note: a plural}\n", "")
    assert l10n("extract", "-C", translated).code == 0
    assert entry(translated, "Your doctor will explain the results to you.").fuzzy


def test_a_declaration_leaves_the_notes_when_it_leaves_the_article(translated, l10n):
    replace(translated / ARTICLE, OLD, NEW)
    say(translated, "cosmetic", "a plural")
    l10n("extract", "-C", translated)
    replace(translated / ARTICLE, "change: {type: cosmetic, note: a plural}\n", "")
    l10n("extract", "-C", translated)
    kept = entry(translated, NEW)
    assert (kept.msgstr, kept.fuzzy) == ((WORDS,), False)
    assert not any(note.startswith("change") for note in kept.extracted)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within 2 days", "within 3 days"),
        ("more than 38.5 °C", "more than 38.5 °F"),
        ("**Do not drive** if", "**Do drive** if"),
        ("**Do not drive** if", "Do not drive if"),
        ("more than 38.5", "less than 38.5"),
        ("\n- Report a skin rash.", ""),
        ("\n- Report a skin rash.", "\n- Report a skin rash.\n- Call us tomorrow."),
    ],
)
def test_what_is_more_than_cosmetic_is_refused_and_nothing_written(translated, l10n, old, new):
    replace(translated / ARTICLE, old, new)
    say(translated, "cosmetic", "a slip")
    before = (translated / DE).read_bytes()
    done = l10n("extract", "-C", translated)
    assert (done.code, "change-not-cosmetic" in done.out) == (3, True)
    assert (translated / DE).read_bytes() == before


def test_names_and_prefixes_that_look_alike_are_told_apart():
    assert difference("Take ATLAS now.", "Take ATLES now.", ["ATLAS"])
    assert difference("Signs of hypotension.", "Signs of hypertension.", [])
    assert difference("It is in the left artery.", "It is in the right artery.", [])
    assert not difference("Recieve care, now.", "Receive care now.", ["ATLAS"])


def test_an_editorial_change_is_fuzzy_with_the_authors_note(translated, l10n):
    replace(translated / ARTICLE, OLD, NEW)
    say(translated, "editorial", "a plural")
    l10n("extract", "-C", translated)
    changed = entry(translated, NEW)
    assert (changed.msgstr, changed.fuzzy) == ((WORDS,), True)
    assert "change (editorial): a plural" in changed.extracted


def test_a_clinical_change_reopens_every_locale_once(translated, l10n):
    say(translated, "clinical", "rashes are now reported at once")
    assert l10n("extract", "-C", translated).code == 0
    assert entry(translated, "Report a skin rash.").fuzzy
    assert entry(translated, OLD).fuzzy
    assert not entry(translated, "Report a skin rash.", EN).fuzzy, "the source is its author's"
    text = (translated / DE).read_text("utf-8")
    (translated / DE).write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    l10n("extract", "-C", translated)
    assert not entry(translated, "Report a skin rash.").fuzzy, "confirmed is confirmed"


def test_a_clinical_change_may_name_the_texts_that_it_is_about(translated, l10n):
    say(translated, "clinical", "report at once", ", about: [skin rash]")
    l10n("extract", "-C", translated)
    assert entry(translated, "Report a skin rash.").fuzzy
    assert not entry(translated, OLD).fuzzy


def test_a_locale_that_was_left_out_is_reopened_when_its_turn_comes(translated, l10n):
    say(translated, "clinical", "report at once")
    l10n("extract", "-C", translated, "--locale", "en-US")
    l10n("extract", "-C", translated)
    assert entry(translated, OLD).fuzzy


def test_a_regulatory_change_names_the_owners_of_the_markets(translated, l10n):
    say(translated, "regulatory", "the authority asked for it")
    done = l10n("extract", "-C", translated)
    owner = (translated / "locales/markets/DE.toml").read_text("utf-8").split('owner = "')[1]
    assert owner.split('"')[0] in done.out
    assert entry(translated, OLD).fuzzy


@pytest.mark.parametrize(
    "told",
    ["change: cosmetic", "change: {type: comsetic, note: x}", "change: {type: cosmetic}",
     "change: {note: x}", "change: {type: cosmetic, note: x, abuot: [y]}"],
)  # fmt: skip
def test_half_a_declaration_is_refused(translated, l10n, told):
    replace(translated / ARTICLE, "audience: lay", f"audience: lay\n{told}")
    done = l10n("extract", "-C", translated)
    assert (done.code, "front-matter-" in done.out) == (3, True)
