"""The writer: what is read back, and what gettext says of it."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from catalogs import HEADER, bare, catalogs, gettext
from pipeline.model import Catalog, Entry
from pipeline.po.scan import scan
from pipeline.po.strict import read_strictly
from pipeline.po.swift import read_swiftly
from pipeline.po.write import normal, write

ORACLE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(catalogs)
def test_what_is_written_is_read_back_the_same(catalog):
    assert bare(scan(write(catalog), "a.po")) == normal(catalog)


@given(catalogs)
def test_writing_twice_gives_identical_bytes(catalog):
    once = write(catalog)
    assert write(catalog) == once
    assert write(scan(once, "a.po")) == once


@given(catalogs)
def test_the_quick_reader_and_the_exact_one_agree(catalog):
    content = write(catalog)
    quick = read_swiftly(content)
    assert quick is None or quick == read_strictly(content, "a.po")


@ORACLE
@given(catalog=catalogs)
def test_msgcat_would_not_change_a_line(catalog, tmp_path):
    content = write(catalog)
    code, out, problems = gettext(
        "msgcat", "--no-wrap", "--force-po", content=content, folder=tmp_path
    )
    assert code == 0, problems
    assert out == content


@ORACLE
@given(catalog=catalogs)
def test_msgfmt_accepts_what_is_written(catalog, tmp_path):
    # msgfmt -c compares line feeds and formats of source and translation: our checks' business
    tame = tuple(
        replace(e, msgid=e.msgid.strip("\n\r") or "x", msgid_plural="x" if e.msgid_plural else "")
        for e in catalog.entries
    )
    tame = tuple(replace(e, msgstr=(e.msgid,) * len(e.msgstr), flags=()) for e in tame)
    tame = tuple({e.id: replace(e, msgid_plural="") for e in tame}.values())
    tame = tuple(replace(e, msgstr=e.msgstr[:1]) for e in tame)
    content = write(replace(catalog, entries=tame))
    code, _, problems = gettext("msgfmt", "-c", "-o", "/dev/null", content=content, folder=tmp_path)
    assert code == 0, problems


def test_header_keys_stand_in_gettexts_order_and_x_keys_alphabetically():
    shuffled = (("X-B", "2"), ("Language", "de"), ("X-A", "1"), ("Project-Id-Version", "p"))
    lines = write(Catalog((), shuffled)).decode().splitlines()
    assert lines[2:] == [
        '"Project-Id-Version: p\\n"',
        '"Language: de\\n"',
        '"X-A: 1\\n"',
        '"X-B: 2\\n"',
    ]


def test_lines_break_only_after_a_line_feed():
    entry = Entry("one\ntwo " + "long " * 40, ("eins\n",))
    text = write(Catalog((entry,), HEADER)).decode()
    assert 'msgid ""\n"one\\n"\n"two long' in text
    assert text.endswith('msgstr "eins\\n"\n')


def test_previous_lines_of_obsolete_entries_are_kept():
    entry = Entry("a", ("b",), flags=("fuzzy",), previous=('msgid "old"',), obsolete=True)
    text = write(Catalog((entry,), HEADER)).decode()
    assert text.endswith('\n#, fuzzy\n#~| msgid "old"\n#~ msgid "a"\n#~ msgstr "b"\n')


def test_many_references_are_filled_up_as_gettext_does(tmp_path):
    names = tuple(f"templates/some-page-{n}.html" for n in range(9))
    content = write(Catalog((Entry("a", references=names),), HEADER))
    assert (
        gettext("msgcat", "--no-wrap", "--force-po", content=content, folder=tmp_path)[1] == content
    )


def test_flags_are_written_in_gettexts_order(tmp_path):
    flags = ("no-wrap", "python-format", "range: 0..5", "c-format", "fuzzy")
    entry = Entry("%d", ("%d", "%d"), msgid_plural="%d", flags=flags)
    content = write(Catalog((entry,), HEADER))
    assert b"#, fuzzy, c-format, python-format, range: 0..5, no-wrap\n" in content
    assert (
        gettext("msgcat", "--no-wrap", "--force-po", content=content, folder=tmp_path)[1] == content
    )
