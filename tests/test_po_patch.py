"""Patching and saving: the lines of a change, and no other line."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogs import catalogs, texts
from pipeline.errors import ConflictError
from pipeline.model import Entry
from pipeline.po.patch import Change, patch
from pipeline.po.save import save
from pipeline.po.scan import scan
from pipeline.po.write import write

EDITORS = sorted((Path(__file__).parent / "cases" / "po" / "editors").glob("*.po"))


def layouts(content):
    """The same words as editors and systems lay them out."""
    bom = b"\xef\xbb\xbf"
    return (content, content.replace(b"\n", b"\r\n"), bom + content, content.rstrip(b"\n"))


@pytest.mark.parametrize("path", EDITORS, ids=lambda p: p.stem)
def test_saving_what_an_editor_saved_changes_nothing(path):
    for content in layouts(path.read_bytes()):
        assert save(content, scan(content, path.name)) == content


@pytest.mark.parametrize("path", EDITORS, ids=lambda p: p.stem)
def test_a_patch_changes_the_lines_of_its_entry_only(path):
    for content in layouts(path.read_bytes()):
        for entry in scan(content, path.name).entries:
            words = tuple(f"neu {n}" for n in range(len(entry.msgstr)))
            new = patch(content, {entry.id: Change(words, fuzzy=False)}, path.name)
            start, end = entry.span.start, entry.span.end
            assert new.startswith(content[:start])
            assert new.endswith(content[end:])
            (patched,) = (e for e in scan(new, path.name).entries if e.id == entry.id)
            assert patched.msgstr == words
            assert not patched.fuzzy
            assert patched.previous == ()
            assert patched.extracted == entry.extracted


def test_only_the_words_of_a_wrapped_entry_change():
    before = b'msgid ""\nmsgstr ""\n\n#, no-wrap,fuzzy\nmsgid ""\n"a "\n"b"\nmsgstr "old"\n'
    after = patch(before, {("", "a b"): Change(("new",))})
    assert after == before.replace(b'"old"', b'"new"')


def test_done_takes_the_fuzzy_flag_and_the_previous_text_away():
    before = b'msgid ""\nmsgstr ""\n\n#, fuzzy\n#| msgid "x"\nmsgid "a"\nmsgstr "b"\n'
    after = patch(before, {("", "a"): Change(fuzzy=False)})
    assert after == b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n'
    assert b"#, fuzzy\nmsgid" in patch(after, {("", "a"): Change(fuzzy=True)})


@given(catalogs, texts, st.sampled_from([0, 1, 2]), st.data())
def test_any_entry_can_be_patched_in_any_layout(catalog, text, layout, data):
    assume(catalog.entries)
    content = layouts(write(catalog))[layout]
    before = scan(content, "a.po")
    entry = data.draw(st.sampled_from(before.entries))
    new = patch(content, {entry.id: Change((text,) * len(entry.msgstr))})
    assert new.startswith(content[: entry.span.start])
    assert new.endswith(content[entry.span.end :])
    (patched,) = (e for e in scan(new, "a.po").entries if e.id == entry.id)
    assert patched.msgstr == (text,) * len(entry.msgstr)


def test_an_entry_that_is_gone_and_a_wrong_number_of_forms_are_told():
    content = b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n'
    with pytest.raises(ConflictError):
        patch(content, {("", "z"): Change(("y",))}, "a.po")
    with pytest.raises(ConflictError):
        patch(content, {("", "a"): Change(("y", "z"))}, "a.po")


def test_a_new_header_field_leaves_the_others_wrapped_as_they_were():
    path = next(p for p in EDITORS if p.stem == "pe-polib78.after")
    content = path.read_bytes()
    catalog = scan(content, path.name)
    header = tuple(
        (k, "2027-01-01 00:00+0000" if k == "PO-Revision-Date" else v) for k, v in catalog.header
    )
    new = save(content, replace(catalog, header=header))
    old_lines, new_lines = content.split(b"\n"), new.split(b"\n")
    differing = [b for a, b in zip(old_lines, new_lines, strict=True) if a != b]
    assert differing == [b'"PO-Revision-Date: 2027-01-01 00:00+0000\\n"']


def test_new_entries_take_the_line_ends_of_the_file():
    content = b'msgid ""\r\nmsgstr ""\r\n\r\nmsgid "a"\r\nmsgstr "b"\r\n'
    catalog = scan(content, "a.po")
    more = replace(catalog, entries=(Entry("new"), *catalog.entries))
    expected = content.replace(b'\r\nmsgid "a"', b'\r\nmsgid "new"\r\nmsgstr ""\r\n\r\nmsgid "a"')
    assert save(content, more) == expected


@given(catalogs, catalogs)
def test_saving_another_catalog_gives_that_catalog(before, after):
    content = write(before)
    after = replace(after, header=before.header)
    saved = scan(save(content, after), "a.po")
    assert scan(write(after), "a.po").header == saved.header
    assert [e.id for e in saved.entries] == [e.id for e in after.entries]
    assert [e.msgstr for e in saved.entries] == [e.msgstr for e in after.entries]
