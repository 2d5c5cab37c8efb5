"""The memory: made from catalogs and TMX, found by rare words, filled in with care only."""

from __future__ import annotations

import json
import re

import pytest

from pipeline.model.memory import Closeness, Unit
from pipeline.po.scan import scan
from pipeline.stages.remember import Asked, Rows, asked_by, differing, fitted, scored
from pipeline.store.memory import PLACE, open_memory
from pipeline.store.workspace import open_workspace
from pipeline.workflows.memory import remember
from workspaces import replace

CATALOG = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"


def tmx(*pairs, locale="de-DE"):
    sides = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    units = "".join(
        f"<tu>{sides.format('en-US', source)}{sides.format(locale, target)}</tu>"
        for source, target in pairs
    )
    return f'<tmx version="1.4"><header srclang="en-US"/><body>{units}</body></tmx>'


def import_(l10n, demo, *pairs, name="agency.tmx", **more):
    file = demo.parent / name
    file.write_text(tmx(*pairs, **more), "utf-8")
    return l10n("memory", "import", file, "-C", demo)


def search(l10n, demo, text, locale="de-DE"):
    result = l10n("memory", "search", text, "--locale", locale, "-C", demo, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)["matches"]


def entries(demo, path=CATALOG):
    return {e.msgid: e for e in scan((demo / path).read_bytes(), path).entries}


def test_finished_entries_are_remembered_and_fuzzy_or_empty_ones_are_not(demo, l10n):
    l10n("extract", "-C", demo)
    entry = next(e for e in entries(demo).values() if not e.msgctxt)
    assert search(l10n, demo, entry.msgid) == []
    done = f'msgid "{entry.msgid}"\nmsgstr "Ein Satz."'
    replace(demo / CATALOG, f'msgid "{entry.msgid}"\nmsgstr ""', done)
    (found,) = search(l10n, demo, entry.msgid)
    assert (found["target"], found["score"], found["origin"]) == ("Ein Satz.", 100, CATALOG)
    replace(demo / CATALOG, f'msgid "{entry.msgid}"', f'#, fuzzy\nmsgid "{entry.msgid}"')
    assert search(l10n, demo, entry.msgid) == []


def test_only_files_that_changed_are_read_again(demo, l10n):
    l10n("extract", "-C", demo)
    import_(l10n, demo, ("One of the two.", "Eins der beiden."))
    workspace = open_workspace(demo)
    with remember(workspace) as first:
        assert first.rows
    with remember(workspace) as second:
        assert second.rows == 0
    (demo / "locales/memory/agency.tmx").write_text(tmx(("Another one.", "Ein anderer.")))
    with remember(workspace) as third:
        assert third.rows == 1
        assert third.look(Asked("One of the two."), "de-DE") == ()


def test_a_memory_that_is_torn_or_gone_is_made_anew(demo, l10n):
    import_(l10n, demo, ("One of the two.", "Eins der beiden."))
    for spoil in (lambda: (demo / PLACE).write_bytes(b"no database"), (demo / PLACE).unlink):
        assert search(l10n, demo, "One of the two.")
        spoil()
    assert search(l10n, demo, "One of the two.")


def test_a_memory_built_step_by_step_answers_as_one_built_at_once(tmp_path):
    names = ["".join(chr(97 + int(digit)) for digit in f"{n:03}") for n in range(90)]
    pairs = [
        (f"The {name} valve opens in step {n}.", f"Ventil {name}") for n, name in enumerate(names)
    ]
    rows = Rows().of([Unit(source, target, "de-DE") for source, target in pairs])
    step, once = open_memory(tmp_path / "a"), open_memory(tmp_path / "b")
    for at in range(0, 90, 30):
        step.replace([(f"{at}.po", "1", rows[at : at + 30])])
    step.replace([("30.po", "2", rows[:10])])
    step.replace([("30.po", "3", rows[30:60])])
    once.replace([(f"{at}.po", "3", rows[at : at + 30]) for at in (0, 30, 60)])
    for source, _ in pairs:
        answers = [
            next(
                (score, found.text)
                for score, found in scored(source, memory.candidates(*asked_by(source)))
            )
            for memory in (step, once)
        ]
        assert answers == [(100, source)] * 2
    step.forget(["0.po", "30.po", "60.po"])
    assert step.counts() == (0, {})
    assert step.worn()
    assert step.files() == {}


def test_no_text_is_lost_for_its_length(tmp_path):
    texts = [" ".join(["pump", *(f"{'abcdefg'[n % 7]}{'x' * n}" for n in range(m))])
             for m in range(3, 80)]  # fmt: skip
    memory = open_memory(tmp_path)
    memory.replace([("a.po", "1", Rows().of([Unit(text, "x", "de-DE") for text in texts]))])
    every = memory.candidates("pump", ["pump"])
    assert len(every) == len(texts)
    for text in texts:
        assert scored(text, memory.candidates(*asked_by(text))) == scored(text, every)


def test_a_short_text_is_found_among_many_longer_ones_with_its_words(tmp_path):
    names = [f"{'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]}q"
             for n in range(1000)]  # fmt: skip
    texts = [f"The {name} pump has to be on for the {name} valve to open" for name in names]
    texts.append("Is the pump on?")
    memory = open_memory(tmp_path)
    memory.replace([("a.po", "1", Rows().of([Unit(text, "x", "de-DE") for text in texts]))])
    wanted = "Is that pump on?"
    ((score, found), *_) = scored(wanted, memory.candidates(*asked_by(wanted)))
    assert (score, found.text) == (75, texts[-1])


def test_the_same_neighbour_or_article_comes_before_the_same_words_elsewhere(demo, l10n):
    l10n("extract", "-C", demo)
    import_(l10n, demo, ("Contact us.", "Rufen Sie an."))
    article = next(e.references[0] for e in entries(demo).values())
    assert article
    known = demo / "locales/de_DE/LC_MESSAGES/other.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    known.write_text(f'{head}msgid "Contact us."\nmsgstr "Schreiben Sie uns."\n')
    with remember(open_workspace(demo)) as memory:
        found = memory.look(Asked("Contact us.", article="other"), "de-DE")
    assert [(m.target, m.closeness) for m in found] == [
        ("Schreiben Sie uns.", Closeness.CONTEXT),
        ("Rufen Sie an.", Closeness.EXACT),
    ]


def test_a_memory_that_names_no_country_serves_every_one(demo, l10n):
    import_(l10n, demo, ("One of the two.", "Eins der beiden."), locale="de")
    assert [m["locale"] for m in search(l10n, demo, "One of the two.", "de-AT")] == ["de"]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Take 5 mg daily.", "Take 10 mg daily.", "number, unit or negation"),
        ("Take 5 mg daily.", "Take 5 g daily.", "number, unit or negation"),
        ("Do take it daily.", "Do not take it daily.", "number, unit or negation"),
        ("ATLAS opens the vessel.", "ORION opens the vessel.", "product"),
        ("Take it daily.", "Take it every day.", "number, unit or negation"),
        ("A <b1>stent</b1> opens it.", "The stent opens it.", ""),
    ],
)
def test_what_no_translation_is_carried_across_is_told(one, other, differs):
    def names(text):
        return frozenset(name for name in ("ATLAS", "ORION") if name in text)

    assert differing(one, other, names) == differs


@pytest.mark.parametrize(
    ("words", "source", "wanted", "fitted_words"),
    [
        ("<b2>A</b2> B", "<b2>a</b2> b", "<b1>a</b1> c", "<b1>A</b1> B"),
        ("<b1>A</b1> B", "<b1>a</b1> b", "a b", "A B"),
        ("<b1>A</b1><c2/>", "<b1>a</b1><c2/>", "<b1>a</b1>", "<b1>A</b1>"),
        ("A", "a", "<b1>a</b1>", "A"),
    ],
)
def test_a_suggestion_takes_the_codes_of_the_text_it_is_for(words, source, wanted, fitted_words):
    assert fitted(words, source, wanted) == fitted_words


def prefilled(demo, l10n, *pairs, least=75, **more):
    """The demo with a memory, extracted with pre-fill."""
    settings = demo / "l10n.toml"
    settings.write_text(f"{settings.read_text()}\n[memory]\nprefill = {least}\n")
    import_(l10n, demo, *pairs, **more)
    result = l10n("extract", "-C", demo)
    assert result.code == 0, result.out + result.err
    return result


def test_empty_entries_get_suggestions_that_are_fuzzy_and_tell_origin_and_score(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    article.write_text(
        article.read_text() + "\nThe nurse will show you to the quiet room upstairs.\n"
    )
    like = "The nurse will bring you to the quiet room upstairs."
    result = prefilled(demo, l10n, (like, "Die Pflegekraft bringt Sie in den Ruheraum."))
    assert "1 remembered" in result.out
    entry = entries(demo)["The nurse will show you to the quiet room upstairs."]
    assert entry.fuzzy
    assert entry.msgstr == ("Die Pflegekraft bringt Sie in den Ruheraum.",)
    assert entry.extracted[-1] == "from memory: 90 % from locales/memory/agency.tmx"
    assert entry.previous == (f'msgid "{like}"',)


def test_a_second_run_changes_nothing_and_a_confirmed_entry_loses_the_note(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    article.write_text(article.read_text() + "\nThe nurse will show you the room.\n")
    prefilled(demo, l10n, ("The nurse will show you the room.", "Sie zeigt Ihnen den Raum."))
    assert "up to date" in l10n("extract", "-C", demo).out
    replace(demo / CATALOG, '#, fuzzy\nmsgid "The nurse', 'msgid "The nurse')
    l10n("extract", "-C", demo)
    entry = entries(demo)["The nurse will show you the room."]
    assert entry.msgstr == ("Sie zeigt Ihnen den Raum.",)
    assert not [note for note in entry.extracted if "memory" in note]


def test_no_suggestion_crosses_a_number_or_is_what_a_check_calls_an_error(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    added = (
        "The nurse waits for 5 minutes outside.",
        "See <https://example.com> for the **room**.",
    )
    article.write_text(article.read_text() + "".join(f"\n{text}\n" for text in added))
    l10n("extract", "-C", demo)
    coded = next(msgid for msgid in entries(demo) if "for the <b" in msgid)
    prefilled(
        demo,
        l10n,
        ("The nurse waits for 10 minutes outside.", "Die Pflegekraft wartet 10 Minuten draußen."),
        (coded.replace("<", "&lt;"), "Siehe den &lt;b7&gt;Raum."),
    )
    assert all(not any(entries(demo)[m].msgstr) for m in (added[0], coded))


def test_nothing_is_filled_unless_the_settings_ask_for_it(demo, l10n):
    l10n("extract", "-C", demo)
    text = next(m for m, e in entries(demo).items() if not e.msgctxt)
    import_(l10n, demo, (text.replace("<", "&lt;"), "Ein Satz."))
    assert "up to date" in l10n("extract", "-C", demo).out


def test_a_locale_that_inherits_gets_no_suggestion_where_its_parent_has_words(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    article.write_text(article.read_text() + "\nThe nurse will show you the room.\n")
    german = (demo / "locales/markets/DE.toml").read_text()
    (demo / "locales/markets/AT.toml").write_text(re.sub(r"\bDE\b", "AT", german))
    settings = demo / "l10n.toml"
    settings.write_text(settings.read_text() + '\n[inherit]\nde-AT = "de-DE"\n')
    prefilled(demo, l10n, ("The nurse will show you the room.", "Der Raum."), locale="de")
    austrian = "locales/de_AT/LC_MESSAGES/after-an-x-ray.po"
    text = "The nurse will show you the room."
    assert entries(demo)[text].msgstr == ("Der Raum.",)
    assert entries(demo, austrian)[text].msgstr == ("",)


def test_an_import_is_all_or_nothing_and_tells_what_is_wrong(demo, l10n):
    good, bad = demo.parent / "good.tmx", demo.parent / "bad.tmx"
    good.write_text(tmx(("One.", "Eins.")))
    bad.write_text(tmx(("One.", "Eins."))[:-30])
    result = l10n("memory", "import", good, bad, "-C", demo)
    assert result.code == 3
    assert "bad.tmx" in result.out
    assert "xml-refused" in result.out
    assert not (demo / "locales/memory").exists()
    bad.write_text(tmx(("Ett.", "Eins.")).replace("en-US", "sv-SE"))
    assert "tmx-format" in l10n("memory", "import", bad, "-C", demo).out


def test_an_import_never_overwrites_another_memory_of_the_same_name(demo, l10n):
    assert import_(l10n, demo, ("One.", "Eins.")).code == 0
    assert "is here already" in import_(l10n, demo, ("One.", "Eins.")).out
    again = import_(l10n, demo, ("Two.", "Zwei."))
    assert again.code == 3
    assert "agency.tmx" in again.out
    assert "Eins." in (demo / "locales/memory/agency.tmx").read_text()


def test_a_dry_run_of_an_import_writes_nothing(demo, l10n):
    file = demo.parent / "agency.tmx"
    file.write_text(tmx(("One.", "Eins.")))
    result = l10n("memory", "import", file, "--dry-run", "-C", demo)
    assert "would write locales/memory/agency.tmx: 1 translations (de-DE 1)" in result.out
    assert not (demo / "locales/memory").exists()


def test_what_is_exported_can_be_imported_elsewhere_and_says_the_same(demo, l10n, tmp_path):
    import_(l10n, demo, ("Take &lt;b1&gt;one&lt;/b1&gt; now.", "Nimm &lt;b1&gt;eins&lt;/b1&gt;."))
    file = tmp_path / "out.tmx"
    assert l10n("memory", "export", "--output", file, "-C", demo).code == 0
    (demo / "locales/memory/agency.tmx").unlink()
    assert search(l10n, demo, "Take <b1>one</b1> now.") == []
    assert l10n("memory", "import", file, "-C", demo).code == 0
    (found,) = search(l10n, demo, "Take <b1>one</b1> now.")
    assert found["target"] == "Nimm <b1>eins</b1>."


def test_a_memory_that_cannot_be_read_is_told_each_time_and_the_rest_answers(demo, l10n):
    import_(l10n, demo, ("One of the two.", "Eins der beiden."))
    (demo / "locales/memory/torn.tmx").write_text("<tmx>")
    for _ in range(2):
        result = l10n("memory", "search", "One of the two.", "--locale", "de-DE", "-C", demo)
        assert result.code == 3
        assert "torn.tmx" in result.out
        assert "Eins der beiden." in result.out


def test_stats_tell_what_is_held(demo, l10n):
    import_(l10n, demo, ("One.", "Eins."), ("Two.", "Zwei."), ("Two.", "Zwo."))
    result = json.loads(l10n("memory", "stats", "-C", demo, "--json").out)
    assert (result["texts"], result["locales"]["de-DE"]) == (2, 3)
