"""The scanner: what it reads, what it refuses, and at which place."""

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogs import catalogs
from pipeline.errors import UnreadableError
from pipeline.model import Entry, State
from pipeline.po.plurals import plural_forms
from pipeline.po.save import msgstr_spans
from pipeline.po.scan import scan, scan_words
from pipeline.po.strict import read_strictly
from pipeline.po.swift import read_swiftly, words_swiftly
from pipeline.po.write import write

CASES = Path(__file__).parent / "cases" / "po"
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def faults(body, header=HEADER):
    content = body if isinstance(body, bytes) else (header + body).encode()
    with pytest.raises(UnreadableError) as caught:
        scan(content, "a.po")
    with pytest.raises(UnreadableError):
        scan_words(content, "a.po")
    findings = caught.value.as_findings()
    assert all(finding.hint and finding.where.line for finding in findings)
    return [(f.code, f.where.line, f.where.column) for f in findings]


def entries(body):
    return scan((HEADER + body).encode(), "a.po").entries


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("badutf8", ("po-encoding", 8, 9)),
        ("conflict", ("po-conflict", 8, 1)),
        ("dup", ("po-duplicate", 10, 1)),
        ("pluralidx", ("po-plural", 10, 1)),
        ("truncq", ("po-string", 8, 8)),
    ],
)
def test_a_broken_file_is_refused_at_its_place(name, place):
    assert faults((CASES / "broken" / f"{name}.po").read_bytes()) == [place]


@pytest.mark.parametrize("name", ["ok", "bom"])
def test_a_good_file_is_read_with_or_without_a_byte_order_mark(name):
    (entry,) = scan((CASES / "broken" / f"{name}.po").read_bytes(), "a.po").entries
    assert (entry.msgid, entry.msgstr) == ("a", ("b",))


@pytest.mark.parametrize("path", sorted((CASES / "editors").glob("*.po")), ids=lambda p: p.stem)
def test_what_editors_save_is_read_as_polib_reads_it(path):
    catalog = scan(path.read_bytes(), path.name)
    theirs = polib.pofile(str(path), encoding="utf-8")
    mine = [(e.msgctxt, e.msgid, e.msgstr[0], e.obsolete) for e in catalog.entries]
    forms = [
        (e.msgctxt or "", e.msgid, e.msgstr or (e.msgstr_plural or {}).get(0, ""), bool(e.obsolete))
        for e in theirs
    ]
    assert mine == forms
    assert dict(catalog.header) == theirs.metadata


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        ('msgid "a"\nmsgstr "b\\q"\n', "po-escape", 7, 10),
        ('msgid "a"\nmsgstr "b" c"\n', "po-string", 7, 11),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', "po-incomplete", 6, 1),
        ('msgid "a"\n', "po-incomplete", 6, 1),
        ('# note\nmsgstr "a"\n', "po-incomplete", 7, 1),
        ('# note\n"a"\n', "po-keyword", 7, 1),
        ('msgid "a"\nmsgstr "b"\nfoo bar\n', "po-keyword", 8, 1),
        ('msgid "a"\nmsgstt "b"\n', "po-keyword", 7, 1),
        ('msgid "a"\nmsgstr\n', "po-string", 7, 1),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "po-plural", 8, 1),
        ('msgid "a"\nmsgstr[0] "b"\n', "po-plural", 7, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', "po-plural", 8, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n', "po-plural", 9, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "po-plural", 6, 1),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[9999999999999] "c"\n', "po-plural", 8, 1),
        ('msgid "a"\nmsgstr "b\0c"\n', "po-character", 7, 10),
        ('msgid "a"\nmsgstr "b\\0c"\n', "po-character", 7, 9),
        ('msgid "a"\nmsgstr "b\u202ec"\n', "po-character", 7, 10),
        ('msgid "a"\nmsgstr "b\u202dc"\n', "po-character", 7, 10),
        ('msgid "a"\nmsgstr "b\rc"\n', "po-character", 7, 10),
        ('msgid ""\nmsgstr "b"\n', "po-duplicate", 6, 1),
        ('#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "a"\nmsgstr ""\n', "po-duplicate", 9, 1),
        ('#~ msgid "a"\nmsgstr "b"\n', "po-incomplete", 6, 1),
    ],
)
def test_each_fault_has_its_code_line_and_column(body, code, line, column):
    assert (code, line, column) in faults(body)


def test_all_faults_of_a_file_are_told_at_once():
    found = faults('msgid "a"\nmsgstr "b\\q"\n\nmsgid "c"\n\nmsgid "d"\nmsgstr "e\n')
    assert [code for code, _, _ in found] == ["po-escape", "po-incomplete", "po-string"]


def test_a_conflict_is_told_once_and_without_echoes():
    body = 'msgid "a"\n<<<<<<< ours\nmsgstr "b"\n||||||| base\n=======\nmsgstr "c"\n>>>>>>> x\n'
    assert faults(body + '\nmsgid "d"\nmsgstr ""\n') == [("po-conflict", 7, 1)]


def test_another_charset_is_refused_with_the_way_to_convert_it():
    header = HEADER.replace("UTF-8", "ISO-8859-1")
    assert faults('msgid "a"\nmsgstr "b"\n', header) == [("po-encoding", 3, 36)]
    with pytest.raises(UnreadableError, match="ISO-8859-1") as caught:
        scan(header.encode(), "a.po")
    assert "msgconv -t UTF-8" in caught.value.hint


def test_utf_16_an_empty_file_and_a_huge_one_are_refused():
    assert faults(HEADER.encode("utf-16"))[0][0] == "po-encoding"
    assert faults(b"")[0][0] == "po-incomplete"
    with pytest.raises(UnreadableError, match="64 MB"):
        scan(b" " * (64 * 2**20 + 1), "a.po")


def test_crlf_wrapped_and_unusual_layouts_are_read():
    body = '#\tnote\n  msgid  "a" "b"\n\n"c"\nmsgstr\t""\n"d\\n"\n"e\\x41\\101"  \n'
    body += 'msgid "x"\nmsgstr "y"'
    first, second = entries(body)
    assert (first.msgid, first.msgstr, second.msgid) == ("abc", ("d\neAA",), "x")
    crlf = (HEADER + 'msgid "a"\nmsgstr "b"\n').replace("\n", "\r\n").encode()
    assert scan(crlf, "a.po").entries[0].msgstr == ("b",)


def test_every_kind_of_note_is_kept():
    body = (
        "# by hand\n#. ours\n#: source/a.md source/b.md\n#, fuzzy, c-format\n#= no-wrap\n"
        '#| msgctxt "x"\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n\n'
        '# kept\n#, fuzzy\n#~| msgid "older"\n#~ msgid "gone"\n#~ msgstr "weg"\n'
    )
    live, gone = entries(body)
    assert (live.comments, live.extracted) == (("by hand",), ("ours",))
    assert live.references == ("source/a.md", "source/b.md")
    assert live.flags == ("fuzzy", "c-format", "no-wrap")
    assert live.previous == ('msgctxt "x"', 'msgid "old"')
    assert (gone.obsolete, gone.previous, gone.comments) == (True, ('msgid "older"',), ("kept",))


def test_words_have_their_state_and_leave_obsolete_ones_out():
    body = (
        'msgid "a"\nmsgstr "b"\n\n#, fuzzy\nmsgid "c"\nmsgstr "d"\n\nmsgctxt "slug"\n'
        'msgid "e"\nmsgstr ""\n\n#~ msgid "f"\n#~ msgstr "g"\n'
    )
    content = (HEADER + body).encode()
    expected = {
        ("", "a"): (("b",), State.DONE),
        ("", "c"): (("d",), State.FUZZY),
        ("slug", "e"): (("",), State.MISSING),
    }
    assert words_swiftly(content) == expected
    assert scan_words(content.replace(b"\n", b"\r\n"), "a.po") == expected


@given(catalogs)
def test_the_words_of_a_build_are_those_of_the_catalog(catalog):
    content = write(catalog)
    live = [e for e in scan(content, "a.po").entries if not e.obsolete]
    assert scan_words(content, "a.po") == {e.id: (e.msgstr, e.state) for e in live}


@given(catalogs, st.data())
def test_a_file_with_any_bytes_put_in_is_read_alike_or_refused(catalog, data):
    content = write(catalog)
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(st.sampled_from([b"\n", b'"', b"\\", b"#", b"\n\n", b" ", b"\xff", b"#~ "]))
    content = content[:at] + junk + content[at:]
    quick = read_swiftly(content)
    if quick is not None:
        assert quick == read_strictly(content, "a.po")
    words = words_swiftly(content)
    if words is not None:
        live = [e for e in read_strictly(content, "a.po").entries if not e.obsolete]
        assert words == {e.id: (e.msgstr, e.state) for e in live}


@given(catalogs)
def test_spans_cut_the_file_into_its_entries(catalog):
    content = write(catalog)
    for entry in scan(content, "a.po").entries:
        own = content[entry.span.start : entry.span.end]
        assert scan(HEADER.encode() + own, "a.po").entries[0].id == entry.id
        assert content[: entry.span.start].count(b"\n") + 1 == entry.span.line
        for span, form in zip(msgstr_spans(content, entry), entry.msgstr, strict=True):
            lines = content[span.start : span.end].replace(b"#~ ", b"").partition(b"]")
            raw = lines[2] if entry.msgid_plural else content[span.start : span.end]
            assert raw.count(b"\\n") >= form.count("\n")
            assert content[: span.start].count(b"\n") + 1 == span.line


def test_the_quick_reader_makes_whole_entries():
    content = (HEADER + 'msgid "a"\nmsgstr "b"\n').encode()
    (entry,) = read_swiftly(content).entries
    assert type(entry) is Entry
    assert entry == read_strictly(content, "a.po").entries[0]
    assert hash(entry) == hash(read_strictly(content, "a.po").entries[0])


def test_plural_forms_are_gettexts_and_an_editors_own_wins():
    assert plural_forms("tr-TR") == "nplurals=2; plural=(n != 1);"
    assert plural_forms("pt_BR") == "nplurals=2; plural=(n > 1);"
    assert plural_forms("ar").startswith("nplurals=6;")
    own = (("Plural-Forms", "nplurals=1; plural=0;"),)
    assert plural_forms("tr-TR", own) == "nplurals=1; plural=0;"
