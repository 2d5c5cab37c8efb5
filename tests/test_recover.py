"""What a run replaced comes back from the journal, and never over newer work."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import COSTLY
from hypothesis import given, settings

from catalogs import bare, catalogs
from pipeline.model import Catalog, Entry
from pipeline.model.kept import Kept
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import normal
from pipeline.stages.bring_back import bring_back
from pipeline.store.journal import keep, read_journal, record
from workspaces import replace as change

PATH = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def replaced(demo, l10n):
    """The demo, translated; then the author wrote every sentence anew and extracted."""
    l10n("extract", "-C", demo)
    catalog = scan((demo / PATH).read_bytes(), PATH)
    entries = tuple(replace(e, msgstr=(f"Wort {n}",)) for n, e in enumerate(catalog.entries))
    content = save((demo / PATH).read_bytes(), replace(catalog, entries=entries), PATH)
    (demo / PATH).write_bytes(content)
    change(demo / "source/after-an-x-ray.md", "## When", "## Whenever")
    l10n("extract", "-C", demo)
    return demo


def words(demo):
    return {e.msgid: e for e in scan((demo / PATH).read_bytes(), PATH).entries}


def spoiled(demo):
    """Somebody empties the first entries and writes others anew, with a tool that keeps them."""
    before = scan((demo / PATH).read_bytes(), PATH)
    first, second, third, *rest = before.entries
    after = replace(
        before, entries=(replace(first, msgstr=("",)), replace(second, msgstr=("Neu",)), *rest)
    )
    keep(demo, PATH, before, after, NOW.isoformat())
    (demo / PATH).write_bytes(save((demo / PATH).read_bytes(), after, PATH))
    return first, second, third


def test_what_was_replaced_comes_back_and_newer_words_stay(replaced, l10n):
    first, second, third = spoiled(replaced)
    result = l10n("recover", "-C", replaced, "--since", NOW.isoformat())
    assert result.code == 0, result.err
    now = words(replaced)
    assert (now[first.msgid].msgstr, now[first.msgid].fuzzy) == (first.msgstr, True)
    assert now[second.msgid].msgstr == ("Neu",)
    assert any(f'"{second.msgstr[0]}"' in line for line in now[second.msgid].comments)
    assert now[third.msgid].msgstr == third.msgstr
    content = (replaced / PATH).read_bytes()
    l10n("recover", "-C", replaced, "--since", NOW.isoformat())
    assert (replaced / PATH).read_bytes() == content


def test_a_dry_run_tells_and_writes_nothing(replaced, l10n):
    spoiled(replaced)
    content = (replaced / PATH).read_bytes()
    words = ("-C", replaced, "--since", "2026-05-01", "--locale", "de-DE", "--dry-run", "--json")
    told = json.loads(l10n("recover", *words).out)
    assert (told["filled"], told["noted"]) == (1, 1)
    assert told["changed"] == [PATH]
    assert (replaced / PATH).read_bytes() == content


def test_nothing_comes_back_from_before_the_moment(replaced, l10n):
    spoiled(replaced)
    content = (replaced / PATH).read_bytes()
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert l10n("recover", "-C", replaced, "--since", later).code == 0
    assert (replaced / PATH).read_bytes() == content


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "--output=x"])
def test_a_moment_that_is_none_is_refused(replaced, l10n, since):
    result = l10n("recover", "-C", replaced, f"--since={since}")
    assert result.code == 2
    assert "is no date, no time and no commit" in result.err


def test_the_last_run_is_called_last(replaced, l10n):
    first, second, _ = spoiled(replaced)
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    record(replaced, PATH, [first], later)
    l10n("recover", "-C", replaced, "--since", "last")
    assert words(replaced)[first.msgid].msgstr == first.msgstr
    assert not words(replaced)[second.msgid].comments


def test_a_catalog_that_is_gone_is_told(replaced, l10n):
    spoiled(replaced)
    (replaced / PATH).unlink()
    result = l10n("recover", "-C", replaced, "--since", "last")
    assert result.code == 3
    assert PATH in result.out


def test_a_line_that_a_crash_cut_off_is_passed_over_and_the_next_is_whole(tmp_path):
    record(tmp_path, "a.po", [Entry("a", ("A",))], NOW.isoformat())
    path = tmp_path / ".l10n/journal/a.po.jsonl"
    with path.open("ab") as file:
        file.write(b'{"time": "2026-')
    record(tmp_path, "a.po", [Entry("b", ("B",))], NOW.isoformat())
    assert [kept.words for kept in read_journal(tmp_path, "a.po")] == [("A",), ("B",)]


@settings(max_examples=COSTLY)
@given(catalogs, catalogs)
def test_everything_a_run_takes_comes_back_over_nothing_newer(before, after):
    after = normal(after)
    there = {entry.id: entry for entry in after.entries}
    kept = tuple(
        Kept(NOW, e.msgctxt, e.msgid, e.msgstr, e.msgid_plural, e.fuzzy)
        for e in before.entries
        if any(e.msgstr) and (e.id not in there or there[e.id].msgstr != e.msgstr)
    )
    back = bring_back(after, kept).catalog
    found = {(e.id, e.msgstr) for e in back.entries}
    for entry in after.entries:
        if any(entry.msgstr):
            assert (entry.id, entry.msgstr) in found
    for old in kept:
        entry = next((e for e in back.entries if e.id == old.id), None)
        went_on = any(e.msgstr == old.words for e in back.entries)
        assert went_on or (entry and any("kept 2026" in line for line in entry.comments))
    assert bare(bring_back(back, kept).catalog) == bare(back)
    assert isinstance(back, Catalog)
