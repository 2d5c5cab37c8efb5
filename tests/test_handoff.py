"""A kit holds all that a translator needs, and what comes back is taken without loss."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import workspaces
from pipeline.exchange import xliff12, xliff21
from pipeline.model import Entry
from pipeline.po.patch import Change, patch
from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.store.kit import zip_bytes

ARTICLE = "after-an-x-ray"
HOME = "You can go home right after the examination."
DRIVE = "<b1>Do not drive</b1> if you were given a medicine that makes you sleepy."
RASH = "Report a skin rash."
GERMAN = {
    HOME: "Sie können gleich nach Hause gehen.",
    DRIVE: "<b1>Fahren Sie nicht Auto</b1>, wenn Sie ein müde machendes Mittel bekommen haben.",
    RASH: "Melden Sie einen Hautausschlag.",
}
ENDINGS = {"po": "po", "xliff12": "xlf", "xliff21": "xlf"}
FORMATS = pytest.mark.parametrize("format_", sorted(ENDINGS))


@pytest.fixture
def ready(demo, l10n, monkeypatch) -> Path:
    """The demo with its catalogs, in German all empty."""
    monkeypatch.chdir(demo)
    l10n("extract")
    return demo


def catalog() -> Path:
    return Path("locales/de_DE/LC_MESSAGES") / f"{ARTICLE}.po"


def here() -> dict[str, Entry]:
    return {entry.msgid: entry for entry in scan(catalog().read_bytes(), "").entries}


def say(msgid: str, words: str, **more) -> None:
    """Somebody here translates an entry."""
    content = catalog().read_bytes()
    context = here()[msgid].msgctxt
    catalog().write_bytes(patch(content, {(context, msgid): Change((words,), **more)}))


def export(l10n, format_: str = "po", *words: str) -> dict[str, bytes]:
    done = l10n("handoff", "export", "--locale", "de-DE", "--format", format_, "--out", "k.zip",
                *words)  # fmt: skip
    assert done.code == 0, done.err
    with zipfile.ZipFile("k.zip") as kit:
        return {name: kit.read(name) for name in kit.namelist()}


def send(l10n, files: dict[str, bytes], *words: str):
    Path("back.zip").write_bytes(zip_bytes(files))
    return l10n("handoff", "import", "back.zip", *words)


def work(files: dict[str, bytes], words: dict[str, str], **more) -> dict[str, bytes]:
    """A translator fills entries of the article, whatever its format is."""
    name = next(name for name in files if name.startswith(f"de_DE/{ARTICLE}."))
    content = files[name]
    modules = {b"1.2": xliff12, b"2.1": xliff21}
    version = next((v for v in modules if b'<xliff version="' + v in content), b"")
    found = modules[version].read(content, name) if version else None
    before = found.catalog if found else scan(content, name)
    after = replace(
        before,
        entries=tuple(
            replace(entry, msgstr=(words[entry.msgid],), **more) if entry.msgid in words else entry
            for entry in before.entries
        ),
    )
    new = modules[version].write(replace(found, catalog=after)) if found else write(after)
    return {**files, name: new}


@FORMATS
def test_a_kit_holds_all_that_a_translator_needs(ready, l10n, format_: str) -> None:
    files = export(l10n, format_)
    assert {
        "INSTRUCTIONS.md",
        "manifest.json",
        f"de_DE/{ARTICLE}.{ENDINGS[format_]}",
        f"de_DE/site.{ENDINGS[format_]}",
        f"do-not-edit/de_DE/{ARTICLE}.po",
        f"reference/de_DE/{ARTICLE}.html",
        "reference/de_DE/memory.tmx",
    } <= set(files)
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    for name, told in manifest["files"].items():
        assert hashlib.sha256(files[name]).hexdigest() == told["sha256"]
        assert len(files[name]) == told["size"]
    assert manifest["kit"] in files["INSTRUCTIONS.md"].decode()


def test_equal_catalogs_give_an_equal_kit(ready, l10n) -> None:
    export(l10n)
    first = Path("k.zip").read_bytes()
    export(l10n)
    assert Path("k.zip").read_bytes() == first


def test_every_entry_has_one_place_on_the_page_and_a_note_that_leads_there(ready, l10n) -> None:
    files = export(l10n)
    page = files[f"reference/de_DE/{ARTICLE}.html"].decode()
    found = scan(files[f"de_DE/{ARTICLE}.po"], "").entries
    for number, entry in enumerate(found, 1):
        assert page.count(f'id="e{number}"') == 1
        assert f"see it in place: reference/de_DE/{ARTICLE}.html#e{number}" in entry.extracted
    assert "default-src 'none'" in page


def test_the_glossary_of_the_locale_goes_with_the_kit(ready, l10n) -> None:
    Path("source/glossary.csv").write_text(
        "term,locale,preferred,accepted,forbidden,note\n"
        "ACME,*,ACME,,,keep\nrash,de-DE,Ausschlag,,,\nrash,fr-FR,éruption,,,\n",
        "utf-8",
    )
    l10n("extract")
    told = export(l10n)["reference/de_DE/glossary.csv"].decode("utf-8-sig")
    assert "ACME" in told
    assert "Ausschlag" in told
    assert "éruption" not in told


def test_a_catalog_that_is_not_up_to_date_is_not_handed_off(ready, l10n) -> None:
    workspaces.replace(ready / "source" / f"{ARTICLE}.md", RASH[:-1], "Report any skin rash")
    done = l10n("handoff", "export", "--locale", "de-DE")
    assert done.code == 2
    assert "l10n extract" in done.err


def test_a_kit_is_not_written_over_a_folder(ready, l10n) -> None:
    done = l10n("handoff", "export", "--locale", "de-DE", "--out", "source")
    assert done.code == 2
    assert "source/kit.zip" in done.err


@FORMATS
def test_work_comes_back_and_is_told_first(ready, l10n, format_: str) -> None:
    files = work(export(l10n, format_), GERMAN)
    before = catalog().read_bytes()
    told = send(l10n, files, "--dry-run")
    assert told.code == 0, told.out
    assert "would write" in told.out
    assert catalog().read_bytes() == before
    done = send(l10n, files)
    assert done.code == 0
    assert {msgid: here()[msgid].msgstr[0] for msgid in GERMAN} == GERMAN
    assert not any(here()[msgid].fuzzy for msgid in GERMAN)
    assert "see it in place" not in catalog().read_text("utf-8")
    again = send(l10n, files)
    assert "wrote" not in again.out


@FORMATS
def test_doubts_and_notes_come_back_too(ready, l10n, format_: str) -> None:
    files = work(export(l10n, format_), {RASH: GERMAN[RASH]}, flags=("fuzzy",), comments=("? any",))
    assert send(l10n, files).code == 0
    assert here()[RASH].fuzzy
    assert here()[RASH].comments == ("? any",)


@FORMATS
def test_both_words_of_a_conflict_are_kept_and_listed(ready, l10n, format_: str) -> None:
    files = work(export(l10n, format_), GERMAN)
    say(RASH, "Melden Sie Hautausschlag.")
    done = send(l10n, files, "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert [f["code"] for f in told["findings"]] == ["handoff-conflict"]
    assert told["findings"][0]["line"] == here()[RASH].span.line
    entry = here()[RASH]
    assert entry.msgstr == ("Melden Sie Hautausschlag.",)
    assert entry.comments == (f"kit {told['kit']}: {GERMAN[RASH]}",)
    assert here()[HOME].msgstr == (GERMAN[HOME],)
    assert send(l10n, files).code == 1
    assert here()[RASH].comments == entry.comments  # once, however often it is imported


def test_what_changed_here_alone_stays(ready, l10n) -> None:
    say(RASH, "alt")
    files = export(l10n)
    say(RASH, "neu")
    assert send(l10n, files).code == 0
    assert here()[RASH].msgstr == ("neu",)


def test_words_that_were_taken_away_stay_here_and_are_listed(ready, l10n) -> None:
    say(RASH, "Melden Sie einen Ausschlag.")
    done = send(l10n, work(export(l10n), {RASH: ""}))
    assert done.code == 1
    assert "came back without words" in done.out
    assert here()[RASH].msgstr == ("Melden Sie einen Ausschlag.",)


def test_a_finished_translation_is_mended_by_a_kit_that_was_made_here(ready, l10n) -> None:
    say(RASH, "Melden Sie einen Auschlag.")
    assert send(l10n, work(export(l10n), GERMAN)).code == 0
    assert here()[RASH].msgstr == (GERMAN[RASH],)
    journal = next(Path(".l10n/journal").rglob("*.jsonl")).read_text("utf-8")
    assert "Auschlag" in journal


def test_a_kit_that_nobody_here_made_replaces_nothing_finished(ready, l10n) -> None:
    say(RASH, "Melden Sie einen Auschlag.")
    files = work(export(l10n), GERMAN)
    for record in Path(".l10n/handoff").iterdir():
        record.unlink()
    done = send(l10n, files)
    assert done.code == 1
    assert "handoff-unknown" in done.out
    assert here()[RASH].msgstr == ("Melden Sie einen Auschlag.",)
    assert GERMAN[RASH] in here()[RASH].comments[0]
    assert here()[HOME].msgstr == (GERMAN[HOME],)


def test_a_sentence_that_left_the_article_keeps_its_work_until_it_comes_back(ready, l10n) -> None:
    files = work(export(l10n), GERMAN)
    article = ready / "source" / f"{ARTICLE}.md"
    workspaces.replace(article, f"- {RASH}\n", "")
    l10n("extract")
    done = send(l10n, files)
    assert "has left the article" in done.out
    assert "handoff-source" in done.out
    assert here()[RASH].obsolete
    article.write_text(article.read_text("utf-8") + f"\n- {RASH}\n", "utf-8")
    l10n("extract")
    assert here()[RASH].msgstr == (GERMAN[RASH],)
    assert not here()[RASH].obsolete


def test_checks_look_at_what_came_and_name_its_place_in_the_zip(ready, l10n) -> None:
    done = send(l10n, work(export(l10n, "xliff12"), {DRIVE: "Fahren Sie nicht Auto."}), "--dry-run")
    assert done.code == 1
    assert f"back.zip!/de_DE/{ARTICLE}.xlf:" in done.out
    assert "<b1>" in done.out


def test_a_part_of_the_files_may_come_first_within_a_folder_and_with_litter(ready, l10n) -> None:
    files = work(export(l10n), GERMAN)
    del files["de_DE/site.po"]
    files = {f"de-DE back (2)/{name}": content for name, content in files.items()}
    files |= {"de-DE back (2)/.DS_Store": b"x", f"de-DE back (2)/de_DE/{ARTICLE}.mo": b"x"}
    done = send(l10n, files)
    assert done.code == 0, done.err
    assert "handoff-litter" in done.out
    assert "handoff-part" in done.out
    assert here()[RASH].msgstr == (GERMAN[RASH],)


def test_a_vendor_may_get_several_locales_in_one_kit(ready, l10n) -> None:
    files = export(l10n, "po", "--locale", "en-US")
    assert {f"de_DE/{ARTICLE}.po", f"en_US/{ARTICLE}.po"} <= set(files)
    assert send(l10n, files).code == 0


def test_plural_forms_come_back(ready, l10n) -> None:
    files = export(l10n, "xliff21")
    text = files["de_DE/site.xlf"].decode()
    for number, words in (("", "%(num)s Artikel"), ("s", "%(num)s Artikel (mehr)")):
        source = f"<source>%(num)s article{number}</source>"
        text = text.replace(
            f"<segment>\n        {source}",
            f'<segment state="final">\n        {source}\n        <target>{words}</target>',
        )
    send(l10n, {**files, "de_DE/site.xlf": text.encode()})
    site = (catalog().parent / "site.po").read_text("utf-8")
    assert 'msgstr[1] "%(num)s Artikel (mehr)"' in site
