"""Whatever the disk does in the middle of a command, every file is whole and no word is lost."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from faults import FAULTS, KILL, run

from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.store.journal import journals, read_journal, record
from pipeline.store.kit import zip_bytes
from pipeline.workflows.init import init
from workspaces import replace as change

LONG = int(os.environ.get("L10N_EXAMPLES") or 0) > 2000
STEP = 1 if LONG else 13  # every point in the long run, some in the short one
_DATES = re.compile(rb"(POT-Creation-Date|PO-Revision-Date): [^\\]*")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is a fork")


@pytest.fixture
def translated(tmp_path, l10n) -> Path:
    """A workspace in which all is translated."""
    root = tmp_path / "begin"
    init(root, demo=True)
    change(root / "locales/markets/DE.toml", '["de-DE"]', '["de-DE", "fr-DE"]')
    l10n("extract", "-C", root)
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        say(path, "Wort")
    return root


def say(path: Path, word: str) -> None:
    """A translator gives every entry words of its own."""
    content = path.read_bytes()
    catalog = scan(content, "")
    entries = tuple(
        replace(e, msgstr=tuple(f"{word} {path.stem} {n}.{i}" for i, _ in enumerate(e.msgstr)))
        for n, e in enumerate(catalog.entries)
    )
    path.write_bytes(save(content, replace(catalog, entries=entries)))


def before_extract(root: Path, l10n) -> tuple[str, ...]:
    change(root / "source/after-an-x-ray.md", "right after the examination", "after the picture")
    change(root / "source/after-an-x-ray.md", "Report a skin rash.", "")
    return ("extract",)


def before_fmt(root: Path, l10n) -> tuple[str, ...]:
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        path.write_bytes(path.read_bytes().replace(b"\n\n", b"\n\n\n"))
    return ("fmt",)


def before_import(root: Path, l10n) -> tuple[str, ...]:
    kit = root.parent / "kit.zip"
    l10n("handoff", "export", "-C", root, "--locale", "de-DE", "--out", kit)

    with zipfile.ZipFile(kit) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    for name, content in tuple(files.items()):
        if name.startswith("de_DE/"):
            path = root.parent / Path(name).name
            path.write_bytes(content)
            say(path, "Neu")
            files[name] = path.read_bytes()
    back = root.parent / "back.zip"
    back.write_bytes(zip_bytes(files))
    return ("handoff", "import", str(back))


def before_recover(root: Path, l10n) -> tuple[str, ...]:
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        content = path.read_bytes()
        catalog = scan(content, "")
        shown = path.relative_to(root).as_posix()
        record(root, shown, catalog.entries, "2026-05-01T12:00:00+00:00")
        gone = tuple(replace(e, msgstr=("",) * len(e.msgstr)) for e in catalog.entries)
        path.write_bytes(save(content, replace(catalog, entries=gone)))
    return ("recover", "--since", "2026-05-01")


WORKS = {
    "extract": before_extract,
    "fmt": before_fmt,
    "import": before_import,
    "recover": before_recover,
}


def files(root: Path) -> dict[str, bytes]:
    """What a person sees of the catalogs and templates, but for the minute of a run."""
    found = [*root.glob("locales/*/LC_MESSAGES/*"), *root.glob("locales/templates/*")]
    return {
        path.relative_to(root).as_posix(): _DATES.sub(rb"\1", path.read_bytes())
        for path in found
        if not path.name.startswith(".")
    }


def words(root: Path) -> set[str]:
    """Every translation that is in a catalog or in the journal."""
    found = {kept for at in journals(root) for one in read_journal(root, at) for kept in one.words}
    for path in root.glob("locales/*/LC_MESSAGES/[!.]*.po"):
        found |= {form for e in scan(path.read_bytes(), "").entries for form in e.msgstr}
    return found - {""}


@pytest.mark.parametrize("work", WORKS)
def test_no_failure_of_the_disk_loses_a_word_or_leaves_half_a_file(
    work, translated, tmp_path, l10n
):
    command = WORKS[work](translated, l10n)
    old, had = files(translated), words(translated)
    trial = tmp_path / "trial"
    shutil.copytree(translated, trial)
    code, points = run(trial, command)
    new = files(trial)
    assert code in (0, 1)  # an import tells what it found
    assert new != old
    ends = Counter()
    for fault in FAULTS:
        for at in range(1, points + 1, STEP):
            shutil.rmtree(trial)
            shutil.copytree(translated, trial)
            code, _ = run(trial, command, at, fault)
            place = f"{work}, {fault} at call {at} of {points}: exit {code}"
            ends[fault, code] += 1
            assert code in ((-9,) if fault == KILL else (0, 1, 2, 3, 4, 5)), place
            now = files(trial)
            for path in old | new:
                assert now.get(path) in (old.get(path), new.get(path)), f"{place}: {path}"
            assert had <= words(trial), place
            assert code not in (0, 1) or now == new, place
            if LONG or at % 4 == 1:
                assert run(trial, command)[0] in (0, 1), place
                assert files(trial) == new, place
                assert had <= words(trial), place
    sys.stderr.write(f"\n{work}: {sum(ends.values())} points, {dict(ends)}\n")
