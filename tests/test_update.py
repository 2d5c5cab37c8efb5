"""Updating bytes: the same as reading, merging and saving one after the other."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogs import catalogs
from pipeline.errors import UnreadableError
from pipeline.model import Catalog, Entry
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import write
from pipeline.stages import update as stage
from pipeline.stages.changes import compare
from pipeline.stages.extract import template_header
from pipeline.stages.merge import Locale, merge
from pipeline.stages.update import update

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
GERMAN = Locale("de-DE", "en-US")
BRITISH = Locale("en-GB", "en-US")
LOCALES = Path(__file__).parents[1] / "locales"
HEADER = template_header("site", NOW, "en-US")
SENTENCES = tuple(f"The doctor places mesh tube {word} in the artery." for word in "abcdefgh")


def exact(content, changes, locale):
    before = scan(content, "a.po") if content else None
    result, report = merge(before, changes, locale, NOW)
    return save(content, result, "a.po", before=before), report


def same(content, changes, locale):
    assert end(update, content, changes, locale, NOW, "a.po") == end(
        exact, content, changes, locale
    )


def end(way, *arguments):
    try:
        return way(*arguments)
    except UnreadableError as error:
        return error.findings


def template(*msgids):
    notes = {"extracted": ("text in: A",), "references": ("source/a.md",)}
    return Catalog(tuple(Entry(text, **notes) for text in msgids), HEADER)


def locales_of(catalog):
    words = {entry.id: f"{entry.msgid} (de)" for entry in catalog.entries[::2]}
    return GERMAN, BRITISH, Locale("de-AT", "en-US", "de-DE", words)


@given(catalogs, catalogs, catalogs, st.booleans())
def test_an_update_gives_the_bytes_of_the_exact_path(before, old, new, with_old):
    mixed = Catalog((*new.entries, *(e for e in old.entries if e.id not in ids(new))), new.header)
    for wanted in (new, mixed):
        changes = compare(old if with_old else None, wanted)
        for locale in locales_of(new):
            same(write(before), changes, locale)


def ids(catalog):
    return {entry.id for entry in catalog.entries}


@given(catalogs, st.data())
def test_an_update_of_a_catalog_of_its_template_gives_the_bytes_of_the_exact_path(new, data):
    old = replace(new, entries=tuple(e for e in new.entries if data.draw(st.booleans())))
    changes = compare(old, new)
    for locale in locales_of(new):
        once, _ = exact(b"", compare(None, old), locale)
        same(once, changes, locale)
        again, _ = update(once, changes, locale, NOW)
        assert update(again, compare(new, new), locale, NOW)[0] == again


PIECES = st.sampled_from(
    [
        b"\n", b"\r\n", b'"', b"\\", b'msgstr "x"\n', b"#~ ", b'msgid "', b"\xef\xbb\xbf", b"\xff",
        "\u202e".encode(), b"\0", b"\n\n", b"<<<<<<< HEAD\n", b"#, fuzzy\n", b"# Note.\n", b"",
        b'"more"\n', b'\n\nmsgid "new"\nmsgstr ""\n\n', b'msgid_plural "b"\n', b"\x04",
        b"charset=x",
    ]
)  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 9)), max_size=3))
@example([(0.5, b"", 0)])
def test_an_update_of_a_damaged_or_edited_file_ends_as_the_exact_path_does(edits):
    old, new = template(*SENTENCES[:6]), template(*SENTENCES[1:7], "Other words.")
    content = write(
        replace(
            old,
            entries=(
                *(replace(e, msgstr=(e.msgid.upper(),)) for e in old.entries),
                Entry("Gone.", ("Weg.",), obsolete=True),
            ),
        )
    )
    for place, piece, cut in edits:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + cut :]
    for locale in locales_of(new):
        same(content, compare(old, new), locale)


def test_entries_that_the_template_left_alone_are_not_read(monkeypatch):
    read = []
    block = stage.read_block
    monkeypatch.setattr(stage, "read_block", lambda text: read.append(text) or block(text))
    old, new = template(*SENTENCES), template(*SENTENCES[:-1], "Quite another sentence.")
    content = write(replace(old, entries=tuple(replace(e, msgstr=("x",)) for e in old.entries)))
    assert update(content, compare(old, new), GERMAN, NOW)[1].kept == len(SENTENCES) - 1
    assert len(read) == 1


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.po")), ids=lambda p: str(p)[-60:])
def test_the_catalogs_of_this_repository_are_updated_as_by_the_exact_path(path):
    content = path.read_bytes()
    pot = LOCALES / "templates" / f"{path.stem}.pot"
    old = scan(pot.read_bytes(), pot.name)
    reworded = (replace(e, msgid=f"{e.msgid} Now.") for e in old.entries[::7])
    kept = tuple(e for at, e in enumerate(old.entries) if at % 7)
    new = replace(old, entries=(*kept, *reworded))
    for wanted in (old, new):
        for locale in locales_of(wanted):
            same(content, compare(old, wanted), locale)
