"""Makes a workspace of N generated articles in M finished locales, each of a market of its own.

    python benchmarks/workspace.py FOLDER [--articles 200] [--locales 10]

The text is generated, the same in every run; every market permits every page and asks for
one statement.
"""

from __future__ import annotations

import argparse
import random
import re
from dataclasses import replace
from pathlib import Path

from pipeline.model import Catalog, Entry
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.workflows.extract import extract
from pipeline.workflows.init import init

# the first is the locale that articles are written in
LOCALES = (
    "en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "pl-PL", "pt-PT", "sv-SE", "nl-NL", "da-DK",
    "fi-FI", "el-GR", "cs-CZ", "hu-HU", "ro-RO", "bg-BG", "hr-HR", "sk-SK", "sl-SI", "lt-LT",
)  # fmt: skip
SYLLABLES = ("ste", "noc", "sis", "car", "di", "al", "ve", "in", "tra", "mor", "pla", "que", "the")
MARKET = """\
market = "{market}"
languages = ["{locale}"]
owner = "regulatory@example.com"
zone = "UTC"
publisher = "Example"
publish = "each"
authority = "none: a generated market"

[[rules]]
id = "permit-all"
effect = "permit"
legal = ["generated"]
reason = "Pages that name no product may be shown."
review_by = 2099-12-31
when.audience = ["lay", "hcp"]
when.product_kind = ["none"]

[[rules]]
id = "education"
effect = "statement"
slot = "education"
statement = "educational-purpose"
placement = "bottom"
legal = ["generated"]
reason = "Readers must know that the page informs and does not advise."
review_by = 2099-12-31
"""
_CODE = re.compile(r"(<[^>]*>|%\(\w+\)s)")


class Prose:
    """Sentences of 6 to 22 words out of 6,000, common ones more often, as in prose."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        choose = self.random
        self.words = [
            "".join(choose.choices(SYLLABLES, k=choose.randint(1, 4))) for _ in range(6000)
        ]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]

    def text(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        return " ".join(self.random.choices(self.words, self.weights, k=count)).capitalize()

    def paragraph(self, sentences: int) -> str:
        made = [f"{self.text(6, 22)}." for _ in range(sentences)]
        made[0] = made[0].replace(" ", " **certainly** ", 1)
        return " ".join(made)


def article(prose: Prose, name: str) -> str:
    """The Markdown of one article: four sections, about 30 segments."""
    front = [
        "---", f"id: {name}", f"title: {prose.text(4, 8)} {name}",
        f"description: {prose.text(8, 14)}.",
        f"summary: {prose.text(10, 18)}.", f"slug: {name}", "category: Patient information",
        'date: "2026-01-15"', "author: Medical Affairs", "reviewed_by: Medical Affairs",
        "audience: lay", "products: []", "tags: [patient information]", "---", "",
    ]  # fmt: skip
    for _ in range(4):
        front += [f"## {prose.text(3, 6)}?", "", prose.paragraph(3), ""]
        front += [f"- {prose.text(5, 12)}." for _ in range(3)] + [""]
    return "\n".join(front)


def make(folder: Path, articles: int, locales: int) -> None:
    """Write the workspace and translate it."""
    init(folder, demo=True)
    for old in (*folder.glob("source/*.md"), *folder.glob("locales/markets/*.toml")):
        old.unlink()
    prose = Prose(20260101)
    for number in range(articles):
        name = f"article-{number:04}"
        (folder / "source" / f"{name}.md").write_text(article(prose, name))
    for locale in LOCALES[:locales]:
        market = locale[-2:]
        path = folder / "locales" / "markets" / f"{market}.toml"
        path.write_text(MARKET.format(market=market, locale=locale))
        statement = folder / "locales" / locale.replace("-", "_") / "statements"
        statement.mkdir(parents=True, exist_ok=True)
        words = f"This page informs and does not replace a doctor ({locale})."
        (statement / "educational-purpose.txt").write_text(words + "\n")
    extract(folder, locales=(), articles=(), write=True)
    for locale in LOCALES[1:locales]:
        for path in (folder / "locales" / locale.replace("-", "_")).rglob("*.po"):
            path.write_bytes(translated(path.read_bytes(), locale))


def translated(content: bytes, locale: str) -> bytes:
    """The catalog with every entry finished: other letters, the same codes."""
    before = scan(content, "")
    entries = tuple(
        replace(e, msgstr=tuple(_words(e, locale) for _ in e.msgstr)) for e in before.entries
    )
    return save(content, Catalog(entries, before.header), before=before)


def _words(entry: Entry, locale: str) -> str:
    if entry.msgctxt == "slug":
        return f"{entry.msgid}-{locale[:2]}"
    pieces = _CODE.split(entry.msgid_plural or entry.msgid)
    return "".join(p if at % 2 else p.replace("e", "é") for at, p in enumerate(pieces))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--locales", type=int, default=10)
    options = parser.parse_args()
    make(options.folder, options.articles, options.locales)


if __name__ == "__main__":
    main()
