"""Two editors, an extract and an importer write at once, and no word of anyone is lost.

The editors save as Poedit does: the whole file as they have it, under another name, which
then takes the catalog's; and they look just before whether it changed meanwhile. Between that
look and their rename they may still overwrite what we wrote: then it is in the journal.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import ConflictError
from pipeline.model import Entry, Write
from pipeline.po.patch import Change, patch
from pipeline.po.scan import scan
from pipeline.store.files import apply, locked
from pipeline.store.journal import read_journal, record
from pipeline.workflows.extract import extract
from pipeline.workflows.init import init
from workspaces import replace as change

LONG = int(os.environ.get("L10N_EXAMPLES") or 0) > 2000
EDITS = 20_000 if LONG else 400
CATALOGS = ("locales/de_DE/LC_MESSAGES/after-an-x-ray.po", "locales/fr_DE/LC_MESSAGES/site.po")
MOVING = "Report a skin rash."
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forks")


def words_of(content: bytes) -> set[str]:
    return {form for entry in scan(content, "").entries for form in entry.msgstr}


class Writer:
    """Somebody who gives the entries that are theirs new words, and misses those that went."""

    def __init__(self, name: str, root: Path, turn: int) -> None:
        self.name = name
        self.root = root
        self.turn = turn  # each writer has every second entry
        self.last: dict[tuple[str, int], str] = {}
        self.told: Counter[str] = Counter()

    def mine(self, catalog: str, content: bytes) -> list[Entry]:
        """The entries that are this writer's; words that are no longer there are counted."""
        entries = [
            e
            for e in scan(content, catalog).entries
            if not e.msgid_plural and MOVING not in e.msgid
        ]
        found = words_of(content)
        for key in [k for k, words in self.last.items() if k[0] == catalog and words not in found]:
            self.told[self.missed(catalog, self.last.pop(key))] += 1
        return [e for e in entries if not e.obsolete]

    def missed(self, catalog: str, words: str) -> str:
        """Where words are that were not in a catalog: it may have been swapped back since."""
        time.sleep(0.2)
        path = self.root / catalog
        if words in words_of(path.read_bytes()):
            return "back at once"
        if any(words in words_of(one.read_bytes()) for one in path.parent.glob("*.saved")):
            return "beside"
        kept = {form for one in read_journal(self.root, catalog) for form in one.words}
        return "in the journal" if words in kept else "lost"

    def edited(self, catalog: str, content: bytes, number: int) -> tuple[bytes, Entry, tuple]:
        """The file with new words in one entry."""
        entries = self.mine(catalog, content)
        at = (2 * number + self.turn) % (len(entries) // 2 * 2)
        words = f"{self.name} {number}"
        new = patch(content, {entries[at].id: Change((words,))}, catalog)
        return new, Entry(entries[at].msgid, (words,), entries[at].msgctxt), (catalog, at)


def edit(root: Path, catalog: str, edits: int) -> Counter[str]:
    """An editor: its own file over the catalog, unless that changed since it was read."""
    writer = Writer(f"editor of {catalog[8:13]}", root, 0)
    path, temporary = root / catalog, root / f"{catalog}.editor"
    number = 0
    while number < edits:
        content = path.read_bytes()
        new, entry, key = writer.edited(catalog, content, number)
        temporary.write_bytes(new)
        if path.read_bytes() != content:
            writer.told["read again"] += 1
            continue
        temporary.replace(path)
        writer.last[key] = entry.msgstr[0]
        number += 1
    writer.mine(catalog, path.read_bytes())
    return writer.told + Counter(edits=number)


def bring(root: Path, edits: int) -> Counter[str]:
    """An importer, as our own commands write: locked, journal first, over nothing newer."""
    writer = Writer("importer", root, 1)
    number = 0
    while number < edits:
        catalog = CATALOGS[number % 2]
        try:
            with locked(root):
                content = (root / catalog).read_bytes()
                new, entry, key = writer.edited(catalog, content, number)
                record(root, catalog, [entry], datetime.now(UTC).isoformat())
                apply(root, (Write(catalog, new),), {catalog: content})
        except ConflictError:
            writer.told["tried again"] += 1
            continue
        writer.last[key] = entry.msgstr[0]
        number += 1
    for catalog in CATALOGS:
        writer.mine(catalog, (root / catalog).read_bytes())
    return writer.told + Counter(edits=number)


def extracted(root: Path) -> Counter[str]:
    """An author who takes a sentence out and puts it back, and extracts each time."""
    told: Counter[str] = Counter()
    article = root / "source/after-an-x-ray.md"
    with_it = article.read_text("utf-8")
    while not (root / "done").exists():
        there = told["extracts"] % 2
        article.write_text(with_it if there else with_it.replace(MOVING, ""), "utf-8")
        try:
            extract(root, locales=(), articles=(), write=True)
        except ConflictError:
            told["tried again"] += 1
        told["extracts"] += 1
    return told


def test_no_word_is_lost_when_four_write_at_once(tmp_path, l10n):
    root = tmp_path / "demo"
    init(root, demo=True)
    change(root / "locales/markets/DE.toml", '["de-DE"]', '["de-DE", "fr-DE"]')
    begun = l10n("extract", "-C", root)
    assert begun.code == 0, begun.out + begun.err
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(4, mp_context=fork) as writers:
        author = writers.submit(extracted, root)
        share = EDITS * 9 // 20
        done = [writers.submit(edit, root, catalog, share) for catalog in CATALOGS]
        done.append(writers.submit(bring, root, EDITS - 2 * share))
        try:
            told = [one.result(timeout=3600) for one in done]
        finally:
            (root / "done").touch()
        told.append(author.result(timeout=600))
    sys.stderr.write(f"\neditors, importer, extract: {[dict(one) for one in told]}\n")
    assert sum(one["edits"] for one in told) == EDITS
    assert sum(one["lost"] for one in told) == 0
    assert told[3]["extracts"] > 0
    for catalog in CATALOGS:
        scan((root / catalog).read_bytes(), catalog)
