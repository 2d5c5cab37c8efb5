"""What the tools behind editors save comes back without loss of words, notes or states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polib
import pytest

from catalogs import HEADER, bare, gettext
from pipeline.model import Catalog, Entry
from pipeline.po.header import value_of
from pipeline.po.scan import scan
from pipeline.po.write import write

ROOT = Path(__file__).parent.parent
PREVIOUS = ('msgctxt "heading"', 'msgid ""', '"Before.\\n"', '"And after."')
SAMPLE = Catalog(
    (
        Entry("Rest", ("Ruhe",), "heading", extracted=("heading",), references=("source/a.md",)),
        Entry("<b1>Do not</b1> drive<br2/> \\ \"now\".", ("<b1>Nicht</b1> „fahren“<br2/>.",)),
        Entry("Two\nlines.\n", ("Zwei\nZeilen.\n",), comments=("? one line", "", "two")),
        Entry("Open.", ("Offen.",), flags=("fuzzy",), previous=PREVIOUS),
        Entry("Missing.", extracted=("a note by the author", "<a1> link to link:ifu")),
        Entry("%d day", ("%d Tag", "%d Tage"), "", "%d days", flags=("c-format",)),
        Entry("long " * 60, ("lang " * 60,)),
        Entry("字", ("انقطاع \u200fنص",)),
        Entry("Gone.", ("Fort.",), comments=("kept",), obsolete=True),
        Entry("Gone too.", ("Auch.",), "tag", flags=("fuzzy",), obsolete=True),
    ),
    HEADER,
    ("A translator wrote this.",),
)  # fmt: skip
REAL = [
    path
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
    if path.parent.parent.name in ("ar_EG", "de_DE", "ja_JP", "fr_CA")
]


def by_polib(content: bytes, folder: Path) -> bytes:
    path = folder / "polib.po"
    path.write_bytes(content)
    polib.pofile(str(path), wrapwidth=78).save()
    return path.read_bytes()


def by_gettext(*words: str):
    def save(content: bytes, folder: Path) -> bytes:
        code, saved, told = gettext(*words, content=content, folder=folder)
        assert code == 0, told.decode()
        return saved

    return save


TOOLS = {
    "msgcat": by_gettext("msgcat"),
    "msgcat --no-wrap": by_gettext("msgcat", "--no-wrap"),
    "msgattrib": by_gettext("msgattrib"),
    "polib": by_polib,
}


def told(catalog: Catalog, tool: str) -> tuple:
    """What must not be lost; polib puts an empty line on top, and breaks long notes."""
    entries = bare(catalog).entries
    if tool == "polib":
        joined = ((" ".join(e.extracted), " ".join(e.comments)) for e in entries)
        entries = tuple(
            replace(e, extracted=(ours,), comments=(theirs,))
            for e, (ours, theirs) in zip(entries, joined, strict=True)
        )
    return (
        entries,
        {key: value_of(catalog.header, key) for key, _ in catalog.header},
        tuple(line for line in catalog.header_comments if line),
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_saves_of_every_kind_of_entry_is_the_same_catalog(tool, tmp_path):
    saved = TOOLS[tool](write(SAMPLE), tmp_path)
    assert told(scan(saved, ""), tool) == told(SAMPLE, tool)
    assert write(scan(saved, "")) == write(SAMPLE)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_what_a_tool_saves_of_a_real_catalog_is_the_same_catalog(tool, path, tmp_path):
    content = path.read_bytes()
    saved = scan(TOOLS[tool](content, tmp_path), "")
    assert told(saved, tool) == told(scan(content, ""), tool)


def test_every_catalog_here_passes_the_checks_of_msgfmt(tmp_path):
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po")):
        words = ("msgfmt", "-c", "-o", "/dev/null")
        code, _, problems = gettext(*words, content=path.read_bytes(), folder=tmp_path)
        assert code == 0, f"{path}: {problems.decode()}"
