"""Merges changed templates with our code and with msgmerge: seconds and their ratio.

Run: python benchmarks/merge.py
Two works: one template of 400 sentences, 5% of them changed, into 10 locales; and one
catalog of 10,000 sentences, 5% changed. Reading and writing files is counted on both
sides. The text is generated, the same in every run.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Catalog, Entry
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.stages.extract import template_header
from pipeline.stages.merge import Locale, compare, merge

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LOCALES = ("de-DE", "fr-FR", "es-ES", "it-IT", "pl-PL", "sv-SE", "nl-NL", "da-DK", "fi-FI", "el-GR")
SYLLABLES = ("ste", "noc", "sis", "car", "di", "al", "ve", "in", "tra", "mor", "pla", "que", "the")


def sentences(rng: random.Random, count: int) -> list[str]:
    """Sentences of 6 to 22 words out of 6,000, common ones more often, as in prose."""
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(6000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return [
        " ".join(rng.choices(words, weights, k=rng.randint(6, 22))) + f" {n}." for n in range(count)
    ]


def changed(rng: random.Random, texts: list[str]) -> list[str]:
    """The texts with a word replaced in 5% of them."""
    new = list(texts)
    for at in rng.sample(range(len(texts)), len(texts) // 20):
        words = new[at].split(" ")
        words[rng.randrange(len(words) - 1)] = "otherwise"
        new[at] = " ".join(words)
    return new


def template(texts: list[str]) -> Catalog:
    """A template of the texts."""
    entries = tuple(Entry(t, extracted=("text",), references=("source/a.md",)) for t in texts)
    return Catalog(entries, template_header("site", NOW, "en-US"))


def translated(catalog: Catalog, locale: str) -> bytes:
    """A finished catalog of a locale."""
    entries = tuple(replace(e, msgstr=(e.msgid.upper(),)) for e in catalog.entries)
    header = merge(None, compare(None, Catalog((), catalog.header)), Locale(locale, "en"), NOW)[0]
    return write(replace(header, entries=entries))


def ours(folder: Path, locales: tuple[str, ...]) -> tuple[float, int]:
    """Seconds to merge, and how many fuzzy entries came of it."""
    began = time.perf_counter()
    old = scan((folder / "old.pot").read_bytes(), "old.pot")
    new = scan((folder / "new.pot").read_bytes(), "new.pot")
    changes = compare(old, new)
    fuzzy = 0
    for locale in locales:
        content = (folder / f"{locale}.po").read_bytes()
        before = scan(content, "a.po")
        result, report = merge(before, changes, Locale(locale, "en-US"), NOW)
        (folder / f"{locale}.ours").write_bytes(save(content, result, before=before))
        fuzzy += report.fuzzy
    return time.perf_counter() - began, fuzzy


def theirs(folder: Path, locales: tuple[str, ...]) -> tuple[float, int]:
    """The same with msgmerge."""
    began = time.perf_counter()
    for locale in locales:
        command = ["msgmerge", "-q", "--previous", "--no-wrap", "-o", folder / f"{locale}.theirs"]
        subprocess.run([*command, folder / f"{locale}.po", folder / "new.pot"], check=True)
    spent = time.perf_counter() - began
    files = [(folder / f"{locale}.theirs").read_text() for locale in locales]
    return spent, sum(text.count("#, fuzzy") for text in files)


def run(name: str, count: int, locales: tuple[str, ...]) -> None:
    """Print one work's figures."""
    rng = random.Random(20260101)
    before = sentences(rng, count)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        old, new = template(before), template(changed(rng, before))
        (folder / "old.pot").write_bytes(write(old))
        (folder / "new.pot").write_bytes(write(new))
        for locale in locales:
            (folder / f"{locale}.po").write_bytes(translated(old, locale))
        spent, fuzzy = min(ours(folder, locales) for _ in range(3))
        print(f"{name}: ours {spent:.3f} s, {fuzzy} fuzzy", end="")
        if shutil.which("msgmerge"):
            peer, their_fuzzy = min(theirs(folder, locales) for _ in range(3))
            print(f"; msgmerge {peer:.3f} s, {their_fuzzy} fuzzy; {peer / spent:.1f} x", end="")
        print()


if __name__ == "__main__":
    run("one template of 400 entries into 10 locales", 400, LOCALES)
    run("10,000 entries, 5% changed, one locale", 10_000, LOCALES[:1])
