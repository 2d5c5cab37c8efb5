"""Merging: what a translator did is kept, whatever the article does."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from catalogs import HEADER, bare, catalogs
from pipeline.model import Catalog, Entry, State
from pipeline.po.header import value_of
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.stages.extract import template_header
from pipeline.stages.merge import Locale, compare, merge

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
GERMAN = Locale("de-DE", "en-US")
SENTENCE = "The doctor places a small mesh tube in the narrow artery of the heart."
CHANGED = "The doctor places a tiny mesh tube in the narrow artery of the heart."


def template(*msgids, **more):
    header = template_header("site", NOW, "en-US")
    return Catalog(tuple(Entry(m, references=("source/a.md",), **more) for m in msgids), header)


def catalog(*entries):
    return Catalog(tuple(entries), HEADER)


def merged(before, new, old=None, locale=GERMAN):
    return merge(before, compare(old, new), locale, NOW)[0]


def by_text(result):
    return {entry.msgid: entry for entry in result.entries}


@given(catalogs)
def test_merging_a_catalog_with_itself_changes_nothing(some):
    assert merged(some, some, some) == some
    assert merged(some, some) == some


@given(catalogs, catalogs, st.booleans())
def test_no_finished_translation_vanishes(before, new, with_old):
    forms = tuple(replace(e, msgstr=e.msgstr) for e in before.entries)
    before = replace(before, entries=forms)
    result = merged(before, new, before if with_old else None)
    kept = {form for entry in result.entries for form in entry.msgstr}
    told = "\n".join(line for entry in result.entries for line in entry.comments)
    for entry in before.entries:
        if entry.state is State.DONE:
            for form in entry.msgstr:
                assert form in kept or form.replace("\n", "\\n").replace("\r", "\\r") in told


@given(catalogs, catalogs)
def test_a_second_merge_changes_nothing(before, new):
    once = merged(before, new)
    assert merged(once, new, new) == once
    assert merged(once, new) == once


@given(catalogs, catalogs)
def test_what_is_merged_is_saved_and_read_back(before, new):
    content = write(before)
    result = merged(scan(content, "a.po"), new)
    once = save(content, result)
    again = scan(once, "a.po")
    assert {e.id: e for e in bare(again).entries} == {e.id: e for e in bare(result).entries}
    assert save(once, merged(again, new, new)) == once


def test_an_unchanged_sentence_keeps_its_translation_and_comments():
    entry = Entry(SENTENCE, ("Übersetzt.",), comments=("Sagt Frau Weiß.",))
    result = merged(catalog(entry), template(SENTENCE))
    assert result.entries[0].msgstr == ("Übersetzt.",)
    assert result.entries[0].comments == ("Sagt Frau Weiß.",)
    assert result.entries[0].state is State.DONE


def test_a_changed_sentence_is_fuzzy_and_names_its_old_text():
    entry = Entry(SENTENCE, ("Übersetzt.",))
    result = merged(catalog(entry), template(CHANGED), template(SENTENCE))
    (only,) = result.entries
    assert (only.msgstr, only.state) == (("Übersetzt.",), State.FUZZY)
    assert only.previous == (f'msgid "{SENTENCE}"',)


def test_a_changed_sentence_is_found_without_the_old_template():
    entry = Entry(SENTENCE, ("Übersetzt.",))
    assert merged(catalog(entry), template(CHANGED)).entries[0].state is State.FUZZY


def test_another_number_unit_or_negation_prefills_nothing_and_loses_nothing():
    for old, new in (
        ("Take 5 mg of it every morning with water.", "Take 10 mg of it every morning with water."),
        ("Take 5 mg of it every morning with water.", "Take 5 g of it every morning with water."),
        ("You may drive a car on the next day.", "You may not drive a car on the next day."),
        ("Come back after two weeks for a check.", "Come back after three weeks for a check."),
        ("Come back after two weeks for a check.", "Come back after two months for a check."),
    ):
        result = merged(catalog(Entry(old, ("Alt.",))), template(new), template(old))
        assert by_text(result)[new].state is State.MISSING
        assert by_text(result)[old].obsolete
        assert by_text(result)[old].msgstr == ("Alt.",)


def test_a_dose_does_not_change_in_two_steps():
    five = "Take 5 mg of the medicine every morning with a glass of water."
    reworded = "Take 5 mg of the medicine each morning with a glass of water."
    ten = "Take 10 mg of the medicine each morning with a glass of water."
    first = merged(catalog(Entry(five, ("Fünf.",))), template(reworded), template(five))
    assert first.entries[0].fuzzy
    second = merged(first, template(ten), template(reworded))
    assert by_text(second)[ten].state is State.MISSING


def test_the_best_of_several_candidates_is_taken():
    near = SENTENCE.replace("small", "tiny") + " Then it is opened."
    before = catalog(Entry(near, ("Fern.",)), Entry(SENTENCE, ("Nah.",)))
    result = merged(before, template(CHANGED), template(near, SENTENCE))
    assert result.entries[0].msgstr == ("Nah.",)


def test_a_text_that_leaves_becomes_obsolete_and_comes_back_finished():
    before = catalog(Entry("Gone.", ("Weg.",), comments=("kept",)), Entry("Stays.", ("Bleibt.",)))
    without = merged(before, template("Stays."), template("Gone.", "Stays."))
    assert by_text(without)["Gone."].obsolete
    back = merged(without, template("Gone.", "Stays."), template("Stays."))
    assert by_text(back)["Gone."].state is State.DONE
    assert by_text(back)["Gone."].comments == ("kept",)


def test_an_obsolete_translation_helps_a_new_sentence():
    before = catalog(Entry(SENTENCE, ("Übersetzt.",), obsolete=True))
    result = merged(before, template(CHANGED), template("Something else."))
    assert by_text(result)[CHANGED].state is State.FUZZY


def test_the_same_text_in_another_role_is_carried_over_fuzzy():
    old = Catalog((Entry("Risks", msgctxt="heading"),))
    before = catalog(Entry("Risks", ("Risiken",), msgctxt="heading"))
    result = merged(before, template("Risks", msgctxt="button"), old)
    (only,) = result.entries
    assert (only.msgstr, only.fuzzy) == (("Risiken",), True)
    assert only.previous == ('msgctxt "heading"', 'msgid "Risks"')


def test_dates_move_only_with_their_words():
    before = catalog(Entry(SENTENCE, ("Übersetzt.",)))
    same = merged(before, replace(template(SENTENCE), header=HEADER))
    assert value_of(same.header, "PO-Revision-Date") == "2026-01-02 10:00+0000"
    other = merged(before, replace(template(CHANGED), header=HEADER), template(SENTENCE))
    assert value_of(other.header, "PO-Revision-Date") == "2026-05-01 12:00+0000"
    assert value_of(other.header, "POT-Creation-Date") == "2026-01-01 10:00+0000"


def test_a_new_catalog_gets_its_header_and_plural_forms():
    new = Catalog((Entry("%(n)s day", ("", ""), "", "%(n)s days"),), template().header)
    result = merged(None, new, locale=Locale("pl-PL", "en-US"))
    assert value_of(result.header, "Language") == "pl_PL"
    assert value_of(result.header, "Plural-Forms").startswith("nplurals=3")
    assert result.entries[0].msgstr == ("", "", "")


def test_a_text_that_becomes_a_plural_keeps_its_words():
    before = catalog(Entry("article", ("Artikel",)))
    new = Catalog((Entry("article", ("", ""), "", "articles"),), HEADER)
    (only,) = merged(before, new).entries
    assert (only.msgstr, only.fuzzy) == (("Artikel", ""), True)
    (back,) = merged(
        catalog(replace(only, msgstr=("Artikel", "Viele"))), template("article")
    ).entries
    assert back.msgstr == ("Artikel",)
    assert back.comments == ("plural form 1: Viele",)


def test_the_source_locale_is_filled_with_the_source_and_follows_it():
    english = Locale("en-US", "en-US")
    first = merged(None, template(SENTENCE), locale=english)
    assert (first.entries[0].msgstr, first.entries[0].state) == ((SENTENCE,), State.DONE)
    second = merged(first, template(CHANGED), template(SENTENCE), english)
    assert [(e.msgstr, e.state) for e in second.entries] == [((CHANGED,), State.DONE)]


def test_another_country_of_the_source_language_starts_from_it_and_must_confirm():
    british = Locale("en-GB", "en-US")
    (entry,) = merged(None, template(SENTENCE), locale=british).entries
    assert (entry.msgstr, entry.state) == ((SENTENCE,), State.FUZZY)
    assert entry.extracted == ("starts from the source's own words; confirm or adapt",)
    confirmed = catalog(replace(entry, flags=()))
    assert merged(confirmed, template(SENTENCE), locale=british).entries[0].extracted == ()


def test_an_english_locale_that_inherits_leaves_its_new_entries_to_its_parent():
    irish = Locale("en-IE", "en-US", "en-GB", {("", SENTENCE): "Words from Britain."})
    (entry,) = merged(None, template(SENTENCE), locale=irish).entries
    assert entry.msgstr == ("",)
    assert not entry.fuzzy


def test_words_of_its_own_are_kept_by_a_locale_of_the_source_language():
    before = catalog(Entry(SENTENCE, ("A small mesh tube, in our own words.",)))
    british = Locale("en-GB", "en-US")
    (entry,) = merged(before, template(CHANGED), template(SENTENCE), british).entries
    assert (entry.msgstr, entry.fuzzy) == (("A small mesh tube, in our own words.",), True)


def test_inherited_words_stand_in_a_note_and_the_entry_stays_empty():
    austrian = Locale("de-AT", "en-US", "de-DE", {("", SENTENCE): "Aus\nDeutschland."})
    (entry,) = merged(None, template(SENTENCE), locale=austrian).entries
    assert entry.msgstr == ("",)
    assert entry.extracted == (r"inherits (de-DE): Aus\nDeutschland.",)


def test_two_hundred_articles_with_five_percent_changed_lose_nothing():
    rng = random.Random(7)
    words = [f"{a}{b}" for a in ("cardio", "vaso", "thrombo", "angio") for b in "abcdefghijklmnop"]

    def sentence(number):
        return " ".join(rng.choices(words, k=12)) + f" {number}."

    for article in range(200):
        old = [sentence(f"{article}.{n}") for n in range(20)]
        before = catalog(*(Entry(text, (text.upper(),)) for text in old))
        at = rng.randrange(20)
        new = [*old[:at], old[at].replace(" ", " newly ", 1), *old[at + 1 :]]
        changes = compare(template(*old), template(*new))
        content = write(before)
        result, report = merge(scan(content, "a.po"), changes, GERMAN, NOW)
        assert (report.kept, report.fuzzy, report.new, report.obsolete) == (19, 1, 0, 0)
        assert result.entries[at].previous == (f'msgid "{old[at]}"',)
        assert all(e.msgstr == (t.upper(),) for e, t in zip(result.entries, old, strict=True))
        saved = save(content, result)
        again, _ = merge(scan(saved, "a.po"), compare(template(*new), template(*new)), GERMAN, NOW)
        assert save(saved, again) == saved
