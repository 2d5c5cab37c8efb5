"""Merges one catalog of 100,000 entries with our code and with msgmerge: time and choices.

    python benchmarks/merge_large.py [--entries N]

5% of the sentences change: a word, two words, or only a number. Both sides go from files to
files, once each, one after the other. Then every changed sentence is looked at: which old
one did each side take the words from? A choice is better if its text is more like the new
one, or if the other's has other figures; taking nothing where the figures changed is right.
msgmerge needs minutes.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from measure import best, skipped
from merge import NOW, SYLLABLES, template, translated
from rapidfuzz.fuzz import ratio

from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.stages.carry import original
from pipeline.stages.changes import compare
from pipeline.stages.merge import Locale
from pipeline.stages.update import update

UNITS = ("mg", "ml", "mm", "days", "months", "%")
NUMBER = re.compile(r"\d+")
_EVEN = 0.5  # points of likeness that count as the same


def sentences(rng: random.Random, count: int) -> list[str]:
    """Different sentences of 6 to 22 words, a third of them with a number and a unit."""
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(6000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    made: dict[str, None] = {}
    while len(made) < count:
        text = rng.choices(words, weights, k=rng.randint(6, 22))
        if rng.random() < 1 / 3:
            dose = f"{rng.choice((1, 2, 5, 10, 20, 50, 100))} {rng.choice(UNITS)}"
            text.insert(rng.randrange(len(text)), dose)
        made[" ".join(text) + "."] = None
    return list(made)


def changed(rng: random.Random, texts: list[str]) -> dict[int, str]:
    """New texts for 5% of the places."""
    new = {}
    for at in rng.sample(range(len(texts)), len(texts) // 20):
        text = texts[at]
        if NUMBER.search(text) and rng.random() < 1 / 2:
            new[at] = NUMBER.sub(lambda found: str(int(found[0]) * 10), text)
            continue
        words = text.split(" ")
        for _ in range(rng.choice((1, 1, 2))):
            places = [i for i, word in enumerate(words[:-1]) if word.isalpha()]
            places = [i for i in places if words[i] not in UNITS]
            words[rng.choice(places)] = rng.choice(("otherwise", "perhaps", "again"))
        new[at] = " ".join(words)
    return new


def ours(folder: Path) -> None:
    changes = compare(
        scan((folder / "old.pot").read_bytes(), "old.pot"),
        scan((folder / "new.pot").read_bytes(), "new.pot"),
    )
    content = (folder / "de.po").read_bytes()
    result, _ = update(content, changes, Locale("de-DE", "en-US"), NOW)
    (folder / "de.ours").write_bytes(result)


def theirs(folder: Path) -> None:
    command = ["msgmerge", "--quiet", "--no-wrap", "--previous", "-o", folder / "de.theirs"]
    subprocess.run([*command, folder / "de.po", folder / "new.pot"], check=True)


def chosen(file: Path) -> dict[str, str]:
    """The old text that each fuzzy entry of a merged catalog took its words from."""
    entries = scan(file.read_bytes(), file.name).entries
    return {e.msgid: original(e)[1] for e in entries if e.fuzzy and not e.obsolete}


def judged(new: str, mine: str, other: str) -> str:
    """How our choice stands beside theirs; "" is no choice."""

    def worth(old: str) -> float:
        if not old:
            return 0.0
        return ratio(old, new) if NUMBER.findall(old) == NUMBER.findall(new) else -1.0

    gain = worth(mine) - worth(other)
    if worth(mine) < 0:
        return "wrong"
    return "worse" if gain < -_EVEN else "better" if gain > _EVEN else "same"


def wrong_figures(choices: dict[str, str]) -> int:
    """How many entries got the words of a text with other numbers."""
    return sum(NUMBER.findall(old) != NUMBER.findall(new) for new, old in choices.items())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--entries", type=int, default=100_000)
    count = options.parse_args().entries
    rng = random.Random(20260101)
    before = sentences(rng, count)
    new = changed(rng, before)
    after = [new.get(at, text) for at, text in enumerate(before)]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        old = template(before)
        (folder / "old.pot").write_bytes(write(old))
        (folder / "new.pot").write_bytes(write(replace(template(after), header=old.header)))
        (folder / "de.po").write_bytes(translated(old, "de-DE"))
        spent = best({"ours": lambda: ours(folder)}, 1)
        mine = chosen(folder / "de.ours")
        print(f"{count:,} entries, {len(new):,} changed: l10n {spent['ours']:.2f} s", flush=True)
        print(f"words of a text with other numbers: l10n {wrong_figures(mine)}", flush=True)
        try:
            spent |= best({"msgmerge": lambda: theirs(folder)}, 1)
        except FileNotFoundError:
            skipped("msgmerge (GNU gettext) is not installed")
            sys.exit()
        other = chosen(folder / "de.theirs")
    print(f"msgmerge {spent['msgmerge']:.2f} s, {spent['msgmerge'] / spent['ours']:.1f} x")
    print(f"words of a text with other numbers: msgmerge {wrong_figures(other)}")
    counts = Counter(judged(text, mine.get(text, ""), other.get(text, "")) for text in new.values())
    told = ", ".join(f"{name} {counts[name]:,}" for name in ("same", "better", "worse", "wrong"))
    print(f"our choices beside msgmerge's: {told} of {len(new):,}")


if __name__ == "__main__":
    main()
