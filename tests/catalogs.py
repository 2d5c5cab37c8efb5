"""Catalogs for the laws of PO: Hypothesis strategies with hostile text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

from pipeline.model import Catalog, Entry, Span

HEADER = (
    ("Project-Id-Version", "site 1.0"),
    ("POT-Creation-Date", "2026-01-01 10:00+0000"),
    ("PO-Revision-Date", "2026-01-02 10:00+0000"),
    ("Last-Translator", "A Translator <a@example.com>"),
    ("Language-Team", "German"),
    ("Language", "de_AT"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ("X-Segmentation", "1"),
    ("X-Source-Locale", "en-US"),
)

_HOSTILE = st.sampled_from(
    [
        '"',
        "\\",
        "\n",
        "\t",
        "\r",
        '"\n"',
        "\\n",
        "#~",
        "msgid",
        "<b1>",
        "</b1>",
        "\u2028",
        "\x85",
        "#, fuzzy",
        "<<<<<<< HEAD",
        "é",
        "ß",
        "字",
        "انقطاع",
        "\u200f",
        "😀",
        "\x0b",
        "\x0c",
        "%d",
    ]
)
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04\u202d\u202e")
texts = st.lists(st.one_of(_HOSTILE, st.text(_CHARACTERS, max_size=8)), max_size=8).map("".join)
msgids = texts.filter(bool)
_LINE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
notes = st.lists(st.text(_LINE, max_size=20).map(str.strip), max_size=2).map(tuple)
# gettext before 0.22 takes a name with spaces for two: one such a time is what it leaves be
references = st.one_of(
    st.lists(st.from_regex(r"source/[a-z]{1,9}\.md", fullmatch=True), max_size=9, unique=True),
    st.just(["source/a b.md"]),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    plural = draw(st.one_of(st.just(""), st.just(""), msgids))
    forms = 2 if plural else 1
    obsolete = draw(st.booleans())
    # msgcat drops obsolete entries without a translation, and merging makes none
    words = tuple(draw(msgids if obsolete else texts) for _ in range(forms))
    flags = ("fuzzy",) if words[0] and draw(st.booleans()) else ()
    flags += ("c-format", "no-wrap") if draw(st.booleans()) and not obsolete else ()
    return Entry(
        draw(msgids),
        words,
        draw(st.sampled_from(["", "heading", "slug"])),
        plural,
        draw(notes),
        () if obsolete else draw(notes),
        () if obsolete else tuple(draw(references)),
        flags,
        ('msgid "before"',) if draw(st.booleans()) and "fuzzy" in flags else (),
        obsolete,
    )


catalogs = st.builds(
    lambda some, comments: Catalog(
        tuple(sorted(some, key=lambda entry: entry.obsolete)), HEADER, comments
    ),
    st.lists(entries(), max_size=6, unique_by=lambda entry: entry.id),
    notes,
)


def bare(catalog: Catalog) -> Catalog:
    """The catalog without its spans."""
    return replace(catalog, entries=tuple(replace(e, span=Span(0, 0, 0)) for e in catalog.entries))


def gettext(tool: str, *arguments: str, content: bytes, folder: Path) -> tuple[int, bytes, bytes]:
    """Run a gettext tool on the bytes; skip loudly without it, but fail under CI."""
    if shutil.which(tool) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{tool} is not installed: install gettext")
        sys.stderr.write(f"\n*** {tool} IS NOT INSTALLED: the oracle tests of PO do not run ***\n")
        pytest.skip(f"{tool} is not installed")
    path = folder / "oracle.po"
    path.write_bytes(content)
    done = subprocess.run([tool, *arguments, str(path)], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr
