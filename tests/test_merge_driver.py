"""Two branches of one catalog: what both wrote is in the merged one, whichever is called ours."""

from __future__ import annotations

import os
import random
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import COSTLY
from hypothesis import given, settings

from catalogs import HEADER, bare, catalogs, gettext
from pipeline.model import Catalog, Entry
from pipeline.po.header import changed, value_of
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.strings import escaped
from pipeline.po.write import normal, write
from pipeline.stages.unite import lead_first, unite
from pipeline.workflows.init import init
from pipeline.workflows.merge_driver import drive

ROOT = Path(__file__).parent.parent
HISTORIES = 1000 if os.environ.get("CI") or int(os.environ.get("L10N_EXAMPLES", "0")) > 200 else 300
WORDS = (
    "Stent",
    "Herz",
    "Gefäß",
    "5 mg",
    'ein "Wort"',
    "zwei\nZeilen",
    "ende\\",
    "<b1>x</b1>",
    "字",
)


def words_of(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 4))) + f" {rng.randrange(10**6)}"


def header(day: int, name: str = "Base") -> tuple[tuple[str, str], ...]:
    values = {"PO-Revision-Date": f"2026-02-{day:02} 10:00+0000", "Last-Translator": name}
    return changed(HEADER, values)


def begun(rng: random.Random) -> Catalog:
    """A catalog as two branches find it: finished, fuzzy, missing, plural, obsolete."""
    entries = []
    for number in range(rng.randint(0, 12)):
        plural = "many" if rng.random() < 0.15 else ""
        some = rng.random() < 0.7
        forms = tuple(words_of(rng) if some else "" for _ in range(2 if plural else 1))
        fuzzy = some and rng.random() < 0.3
        obsolete = some and not plural and rng.random() < 0.15
        entries.append(
            Entry(
                f"text {number}",
                forms,
                rng.choice(("", "", "heading")),
                plural,
                comments=("? what is meant",) if rng.random() < 0.2 else (),
                extracted=() if obsolete else ("text",),
                references=() if obsolete else ("source/a.md",),
                flags=("fuzzy",) if fuzzy else (),
                previous=('msgid "before"',) if fuzzy else (),
                obsolete=obsolete,
            )
        )
    return normal(Catalog(tuple(entries), header(1)))


def worked_on(rng: random.Random, base: Catalog, name: str) -> Catalog:
    """What an editor or an extract makes of a catalog on a branch."""
    entries = [one for entry in base.entries for one in edited(rng, entry, name)]
    for number in range(rng.choice((0, 0, 1, 3))):
        words = words_of(rng) if rng.random() < 0.7 else ""
        made = Entry(f"new {number}", (words,), extracted=("text",))
        entries.insert(rng.randint(0, len(entries)), made)
    if rng.random() < 0.2:
        rng.shuffle(entries)
    fields = header(rng.randint(1, 28), name)
    if rng.random() < 0.3:
        values = {"POT-Creation-Date": f"2026-03-{rng.randint(1, 28)} 10:00+0000", "X-Tool": name}
        fields = changed(fields, values)
    return normal(Catalog(tuple(entries), fields))


def edited(rng: random.Random, entry: Entry, name: str) -> list[Entry]:
    work = rng.random()
    forms = tuple(words_of(rng) for _ in entry.msgstr)
    unfinished = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if work < 0.45:
        return [entry]
    if work < 0.65:
        return [replace(entry, msgstr=forms, flags=unfinished, previous=())]
    if work < 0.72:
        return [replace(entry, msgstr=forms, flags=("fuzzy", *unfinished))]
    if work < 0.78:
        return [replace(entry, flags=unfinished, previous=())]
    if work < 0.84:
        return [replace(entry, comments=(*entry.comments, f"noted by {name}"))]
    if work < 0.88:
        return [replace(entry, obsolete=not entry.obsolete)]
    if work < 0.92:
        return [replace(entry, extracted=("heading",), references=("source/b.md",))]
    if work < 0.96:
        return []
    return [replace(entry, msgid=f"{entry.msgid} anew", flags=("fuzzy",), msgstr=entry.msgstr)]


def driven(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    for name, content in (("O", base), ("A", ours), ("B", theirs)):
        (folder / name).write_bytes(content)
    drive(folder / "O", folder / "A", folder / "B", "guide.po")
    return (folder / "A").read_bytes()


def lost(base: Catalog, side: Catalog, other: Catalog, result: Catalog) -> list[str]:
    """Words of one side that are nowhere in the result, though the other changed nothing there.

    Words that the side left as they were may be gone if the other side wrote others.
    """
    was = {entry.id: entry for entry in base.entries}
    there = {entry.id: entry for entry in other.entries}
    found = {form for entry in result.entries for form in entry.msgstr}
    notes = "\n".join(line for entry in result.entries for line in entry.comments)
    gone = []
    for entry in side.entries:
        old, now = was.get(entry.id), there.get(entry.id)
        replaced = old and now and old.msgstr == entry.msgstr != now.msgstr
        for form in entry.msgstr:
            if form and not replaced and form not in found and f'"{escaped(form)}"' not in notes:
                gone.append(form)
    return gone


@pytest.mark.parametrize("seed", range(HISTORIES // 100))
def test_no_history_loses_a_translation_or_leaves_a_marker_or_depends_on_the_side(seed, tmp_path):
    for number in range(100):
        rng = random.Random(f"{seed} {number}")
        base = begun(rng)
        one, two = worked_on(rng, base, "Anna"), worked_on(rng, base, "Bo")
        old, left, right = write(base), write(one), write(two)
        result = driven(tmp_path, old, left, right)
        assert result == driven(tmp_path, old, right, left)
        merged = scan(result, "merged.po")
        assert not re.search(rb"^(<<<<<<<|=======|>>>>>>>)", result, re.MULTILINE)
        assert not lost(base, one, two, merged)
        assert not lost(base, two, one, merged)
        assert driven(tmp_path, old, result, result) == result


@settings(max_examples=COSTLY)
@given(catalogs, catalogs, catalogs)
def test_catalogs_of_any_text_are_united_the_same_from_both_sides(base, one, two):
    lead, other = (one, two) if lead_first(one, two) else (two, one)
    again, rest = (two, one) if lead_first(two, one) else (one, two)
    united = unite(base, lead, other).catalog
    content = save(write(lead), united, before=scan(write(lead), ""))
    assert content == save(write(again), unite(base, again, rest).catalog, before=None)
    merged = scan(content, "merged.po")
    assert not lost(base, one, two, merged)
    assert not lost(base, two, one, merged)


@settings(max_examples=COSTLY)
@given(catalogs, catalogs)
def test_a_branch_that_did_nothing_changes_nothing(base, one):
    assert bare(unite(one, one, one).catalog) == bare(one)
    grown = replace(
        base, entries=(*base.entries, *(e for e in one.entries if e.id not in ids(base)))
    )
    for lead, other in ((base, grown), (grown, base)):
        united = unite(base, lead, other).catalog
        assert {bare_entry(e) for e in united.entries} == {bare_entry(e) for e in grown.entries}


def ids(catalog: Catalog) -> set[tuple[str, str]]:
    return {entry.id for entry in catalog.entries}


def bare_entry(entry: Entry) -> Entry:
    return bare(Catalog((entry,))).entries[0]


def catalog(*entries: Entry, day: int = 1, name: str = "Base") -> Catalog:
    return Catalog(entries, header(day, name))


def test_words_that_both_changed_are_kept_with_the_name_of_the_other():
    base = catalog(Entry("Rest.", ("Ruhe.",)))
    one = catalog(Entry("Rest.", ("Ruhen Sie.",)), day=2, name="Anna <a@example.com>")
    two = catalog(Entry("Rest.", ('Bitte "ruhen".',)), day=3, name="Bo <b@example.com>")
    united = unite(base, two, one)
    (entry,) = united.catalog.entries
    assert entry.msgstr == ("Ruhen Sie.",)
    assert entry.fuzzy
    told = r'merged: Bo <b@example.com> (2026-02-03 10:00+0000) wrote "Bitte \"ruhen\"."'
    assert entry.comments == (told,)
    assert united.conflicts == (("", "Rest."),)
    assert value_of(united.catalog.header, "Last-Translator") == "Bo <b@example.com>"


def test_finished_words_go_before_fuzzy_ones():
    base = catalog(Entry("Rest."))
    one = catalog(Entry("Rest.", ("A",)))
    two = catalog(Entry("Rest.", ("Z",), flags=("fuzzy",)))
    (entry,) = unite(base, one, two).catalog.entries
    assert entry.msgstr == ("A",)
    assert entry.fuzzy
    assert 'unfinished wrote "Z"' in entry.comments[0]


def test_words_that_one_branch_reopened_and_the_other_mended_are_the_mended_ones_still_open():
    base = catalog(Entry("Rest.", ("Ruhe.",)))
    one = catalog(Entry("Rest.", ("Ruhe.",), flags=("fuzzy",)))
    two = catalog(Entry("Rest.", ("Ruhen Sie.",)))
    (entry,) = unite(base, one, two).catalog.entries
    assert (entry.msgstr, entry.fuzzy, entry.comments) == (("Ruhen Sie.",), True, ())


def test_a_sentence_that_left_the_article_keeps_what_was_written_for_it_meanwhile():
    base = catalog(Entry("Rest.", ("Ruhe.",)))
    carried = Entry("Rest now.", ("Ruhe.",), flags=("fuzzy",), previous=('msgid "Rest."',))
    extracted = catalog(carried, day=2)
    mended = catalog(Entry("Rest.", ("Ruhen Sie.",)), day=3)
    new, old = unite(base, extracted, mended).catalog.entries
    assert bare_entry(new) == carried
    assert (old.msgstr, old.obsolete) == (("Ruhen Sie.",), True)
    assert unite(base, extracted, base).catalog.entries == (carried,)


def test_an_unreadable_side_is_told_and_our_file_stays_as_it_was(tmp_path, l10n):
    good = write(catalog(Entry("Rest.", ("Ruhe.",))))
    for name, content in (("O", good), ("A", good), ("B", good + b"<<<<<<< HEAD\n")):
        (tmp_path / name).write_bytes(content)
    result = l10n("merge-driver", *(tmp_path / name for name in "OAB"), "locales/guide.po")
    assert result.code == 3
    assert "locales/guide.po (the branch to merge):" in result.out + result.err
    assert "po-conflict" in result.out + result.err
    assert (tmp_path / "A").read_bytes() == good


def test_two_branches_that_add_a_catalog_are_united(tmp_path):
    one, two = write(catalog(Entry("A", ("a",)))), write(catalog(Entry("B", ("b",))))
    merged = scan(driven(tmp_path, b"", one, two), "")
    assert {entry.msgstr for entry in merged.entries} == {("a",), ("b",)}


def test_a_merged_catalog_is_one_that_gettext_reads(tmp_path):
    for number in range(20):
        rng = random.Random(number)
        base = begun(rng)
        sides = (write(worked_on(rng, base, name)) for name in ("Anna", "Bo"))
        content = driven(tmp_path, write(base), *sides)
        code, _, told = gettext("msgfmt", "-c", "-o", os.devnull, content=content, folder=tmp_path)
        assert code == 0, told.decode()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """The demo in a git repository with the driver set up as the docs say."""
    init(tmp_path / "demo", demo=True)
    for key in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.chdir(tmp_path / "demo")
    git("init", "-q", "-b", "main")
    for key, value in (("name", "Anna"), ("email", "anna@example.com")):
        git("config", f"user.{key}", value)
    l10n = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]
    git("config", "merge.po.driver", f"{shlex.join(l10n)} merge-driver %O %A %B %P")
    return tmp_path / "demo"


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def commit(subject: str) -> None:
    git("add", "-A")
    git("commit", "-q", "-m", subject)


def test_git_merges_two_translators_and_an_extract(repository, l10n):
    l10n("extract")
    commit("Extract")
    path = repository / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    begin = scan(path.read_bytes(), "")

    def save_words(words: str, places: range) -> None:
        entries = list(begin.entries)
        for at in places:
            entries[at] = replace(entries[at], msgstr=(f"{words} {at}",))
        path.write_bytes(save(path.read_bytes(), replace(begin, entries=tuple(entries))))

    git("checkout", "-q", "-b", "second")
    save_words("zwei", range(2, 6))
    commit("Translate some")
    git("checkout", "-q", "main")
    save_words("eins", range(3))
    commit("Translate others")
    git("merge", "-q", "--no-edit", "second")
    merged = scan(path.read_bytes(), "").entries
    assert [entry.msgstr[0] for entry in merged[:6]] == [
        "eins 0", "eins 1", "zwei 2", "zwei 3", "zwei 4", "zwei 5",
    ]  # fmt: skip
    assert [entry.fuzzy for entry in merged[:6]] == [False, False, True, False, False, False]
    assert any('wrote "eins 2"' in line for line in merged[2].comments)
    assert git("status", "--porcelain") == ""


def test_the_hook_of_the_docs_stops_a_commit_with_a_mistake(repository, l10n, monkeypatch):
    l10n("extract")
    commit("Extract")
    blocks = re.findall(
        r"^```sh\n(#!.*?)^```", (ROOT / "docs/git.md").read_text("utf-8"), re.M | re.S
    )
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text(blocks[0], "utf-8")
    hook.chmod(0o755)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    path = repository / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    good = path.read_bytes()
    unclosed = replace(scan(good, "").entries[0], msgstr=("<b1>Fett",))
    for bad, told in (
        (save(good, replace(scan(good, ""), entries=(unclosed,))), "code"),
        (good.replace(b"\n\n#", b"\n\n\n#", 1), "would lay out"),
    ):
        path.write_bytes(bad)
        git("add", "-A")
        words = ["git", "commit", "-m", "No"]
        refused = subprocess.run(words, capture_output=True, text=True, check=False)
        assert told in refused.stdout + refused.stderr
        assert refused.returncode != 0
    l10n("fmt")
    git("add", "-A")
    subprocess.run(["git", "commit", "--allow-empty", "-m", "Yes"], check=True, capture_output=True)
