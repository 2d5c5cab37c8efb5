"""Merges changed templates with our code and with msgmerge: seconds and their ratio.

    python benchmarks/merge.py

One template, 5% of its sentences changed, into 10 locales, at several sizes; and one large
catalog. Both sides go from files to files, in turn, and the best of equally many rounds
counts. msgmerge is started once for each catalog, as it is used; the second ratio leaves
its start out, measured with an empty catalog. The text is generated, the same in every run.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from measure import best, skipped

from pipeline.model import Catalog, Entry
from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.stages.changes import compare
from pipeline.stages.extract import template_header
from pipeline.stages.merge import Locale, merge
from pipeline.stages.update import update

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


def ours(folder: Path, locales: tuple[str, ...]) -> None:
    old = scan((folder / "old.pot").read_bytes(), "old.pot")
    new = scan((folder / "new.pot").read_bytes(), "new.pot")
    changes = compare(old, new)
    for locale in locales:
        content = (folder / f"{locale}.po").read_bytes()
        result, _ = update(content, changes, Locale(locale, "en-US"), NOW)
        (folder / f"{locale}.ours").write_bytes(result)


def theirs(folder: Path, locales: tuple[str, ...], template: str = "new.pot") -> None:
    for locale in locales:
        made, old = folder / f"{locale}.theirs", folder / f"{locale}.po"
        command = ["msgmerge", "--quiet", "--no-wrap", "-o", made, old, folder / template]
        subprocess.run(command, check=True)


def starts(folder: Path, count: int) -> None:
    empty = folder / "empty.po"
    for _ in range(count):
        command = ["msgmerge", "--quiet", "--no-wrap", "-o", folder / "empty.out", empty, empty]
        subprocess.run(command, check=True)


def run(name: str, count: int, locales: tuple[str, ...], rounds: int) -> None:
    """Print one work's figures."""
    rng = random.Random(20260101)
    before = sentences(rng, count)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        old, new = template(before), template(changed(rng, before))
        (folder / "old.pot").write_bytes(write(old))
        (folder / "new.pot").write_bytes(write(new))
        (folder / "empty.po").write_bytes(write(replace(old, entries=())))
        for locale in locales:
            (folder / f"{locale}.po").write_bytes(translated(old, locale))
        works = {"ours": lambda: ours(folder, locales)}
        if shutil.which("msgmerge"):
            works["msgmerge"] = lambda: theirs(folder, locales)
            works["start"] = lambda: starts(folder, len(locales))
        spent = best(works, rounds)
        told = f"{name:32} l10n {spent['ours']:7.3f} s"
        if "msgmerge" in spent:
            peer = spent["msgmerge"]
            net = (peer - spent["start"]) / spent["ours"]
            ratio = peer / spent["ours"]
            told += f"   msgmerge {peer:7.3f} s   {ratio:5.1f} x   without its start {net:5.1f} x"
            fuzzy = [
                sum((folder / f"{code}.{side}").read_text().count("#, fuzzy") for code in locales)
                for side in ("ours", "theirs")
            ]
            told += f"   fuzzy {fuzzy[0]} and {fuzzy[1]}"
        print(told, flush=True)


def main() -> None:
    if not shutil.which("msgmerge"):
        skipped("msgmerge (GNU gettext) is not installed")
    for count, rounds in ((100, 7), (400, 7), (1000, 5), (2000, 3), (5000, 2)):
        run(f"{count:,} entries into 10 locales", count, LOCALES, rounds)
    run("10,000 entries into one locale", 10_000, LOCALES[:1], 3)


if __name__ == "__main__":
    main()
