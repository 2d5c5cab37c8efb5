"""TMX: units come back as they were; what is hostile is refused before it costs anything."""

from __future__ import annotations

import gzip
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import COSTLY
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import UnreadableError
from pipeline.exchange.tmx import locale_of, read, write
from pipeline.model.memory import Unit

DTD = etree.DTD(Path(__file__).parent / "schemas" / "tmx-1.4-written.dtd")
# every character but those that no catalog may hold
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04\u202d\u202e")
PIECES = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.sampled_from(
        ["<b1>", "</b1>", "<i2>", "</i2>", "<c3/>", "<b1", "&lt;b1>", "&", "\r\n", "]]>", "<!--"]
    ),
)
WORDS = st.lists(PIECES, min_size=1, max_size=6).map("".join).filter(str.strip)
ANY = st.text(CHARACTERS, max_size=12)
UNITS = st.builds(
    Unit,
    WORDS,
    WORDS,
    st.sampled_from(["de-DE", "ar-EG", "zh-Hant-TW", "fr"]),
    ANY,
    ANY,
    ANY,
    ANY,
    st.lists(ANY, max_size=2).map(tuple),
    st.sampled_from(["", "20260101T000000Z"]),
    st.sampled_from(["", "20261122T091500Z"]),
    ANY,
)


def text_of(units):
    return "".join(write(units, "en-US", "1.0"))


def back(text, chunk=4096):
    content = text if isinstance(text, bytes) else text.encode()
    chunks = (content[at : at + chunk] for at in range(0, len(content), chunk))
    return list(read(chunks, "a.tmx", "en-US"))


@settings(max_examples=COSTLY)
@given(st.lists(UNITS, max_size=4), st.integers(1, 300))
def test_what_is_written_is_read_back_whatever_the_texts_hold(units, chunk):
    assert back(text_of(units), chunk) == units


@settings(max_examples=COSTLY)
@given(st.lists(UNITS, max_size=4))
def test_equal_units_give_equal_text_that_is_valid(units):
    text = text_of(units)
    assert text == text_of(units)
    root = etree.fromstring(text.encode())
    assert DTD.validate(root), DTD.error_log
    for seg in root.iter("seg"):  # what no document type can say of pairs
        opened = [code.get("i") for code in seg.iter("bpt")]
        closed = [code.get("i") for code in seg.iter("ept")]
        assert sorted(opened) == sorted(closed) == sorted(set(opened))


def test_a_file_that_is_not_valid_is_told_from_one_that_is():
    valid = text_of([Unit("a", "b", "de-DE", notes=("c",))])
    for found, other in (("<note>c</note>", "<ude/>"), (' segtype="sentence"', "")):
        assert found in valid
        assert not DTD.validate(etree.fromstring(valid.replace(found, other).encode()))


def test_codes_are_elements_that_other_tools_show_as_tags():
    unit = Unit("Take <b1>one</b1><br2/>daily", "<b1>Eine</b1> am Tag<br2/>", "de-DE")
    assert text_of([unit]).splitlines()[5:7] == [
        (
            '      <tuv xml:lang="en-US"><seg>Take <bpt i="1" x="1" type="b">&lt;b1&gt;</bpt>one'
            '<ept i="1">&lt;/b1&gt;</ept><ph x="2" type="br">&lt;br2/&gt;</ph>daily</seg></tuv>'
        ),
        (
            '      <tuv xml:lang="de-DE"><seg><bpt i="1" x="1" type="b">&lt;b1&gt;</bpt>Eine'
            '<ept i="1">&lt;/b1&gt;</ept> am Tag<ph x="2" type="br">&lt;br2/&gt;</ph></seg></tuv>'
        ),
    ]


def tmx(body, head=""):
    return f'{head}<tmx version="1.4"><header srclang="EN-US"/><body>{body}</body></tmx>'


def test_codes_of_other_tools_become_ours_the_same_in_source_and_target():
    found = back(
        tmx(
            '<tu><tuv xml:lang="EN-US"><seg>A <bpt i="1" x="1" type="bold">{\\b </bpt>b'
            '<ept i="1">}</ept> <hi>c</hi> <ph x="2">{1}</ph></seg></tuv>'
            '<tuv xml:lang="de"><seg><ph x="2">{1}</ph> '
            '<bpt i="7" x="1" type="bold">{\\b </bpt>B<ept i="7">}</ept></seg></tuv></tu>'
        )
    )
    assert [(u.source, u.target, u.locale) for u in found] == [
        ("A <b1>b</b1> c <x2/>", "<x2/> <b1>B</b1>", "de")
    ]


def test_each_target_of_a_unit_is_a_unit_and_any_english_serves_as_the_source():
    unit = "".join(
        f'<tuv {name}="{code}"><seg>{words}</seg></tuv>'
        for name, code, words in (
            ("xml:lang", "de_de", "Ja"),
            ("lang", "EN-GB", "Yes"),
            ("xml:lang", "fr-CA", "Oui"),
            ("xml:lang", "it-IT", "  "),
            ("xml:lang", "?", "x"),
        )
    )
    found = back(tmx(f"<tu>{unit}</tu><tu><tuv xml:lang='sv'><seg>Ja</seg></tuv></tu>"))
    assert [(u.source, u.target, u.locale) for u in found] == [
        ("Yes", "Ja", "de-DE"),
        ("Yes", "Oui", "fr-CA"),
    ]


def test_a_unit_with_characters_that_catalogs_are_refused_for_is_passed_over():
    text = text_of([Unit("a", "b\u202ec", "de-DE"), Unit("a\0", "b", "de-DE")])
    assert back(text) == []


@pytest.mark.parametrize(
    ("code", "locale"),
    [("DE_de", "de-DE"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("x-none", "")],
)
def test_language_codes_are_read_in_every_spelling(code, locale):
    assert locale_of(code) == locale


def test_utf_16_and_the_plain_document_type_are_read():
    head = '<?xml version="1.0" encoding="utf-16"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    body = '<tu><tuv xml:lang="en"><seg>é</seg></tuv><tuv xml:lang="de"><seg>ü</seg></tuv></tu>'
    found = back(tmx(body, head).encode("utf-16"), 7)
    assert [(u.source, u.target) for u in found] == [("é", "ü")]


ENTITY = '<!DOCTYPE tmx [<!ENTITY a "{}">]>'
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10)
)  # fmt: skip
HOSTILE = {
    "an entity of its own": tmx("&a;", ENTITY.format("x")).encode(),
    "a billion laughs": tmx("&l9;", f"<!DOCTYPE tmx [{LAUGHS}]>").encode(),
    "an entity from a file": tmx(
        "&a;", '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ).encode(),
    "a document type from elsewhere": tmx("", '<!DOCTYPE tmx SYSTEM "http://a.example/x">').encode(),
    "a subset beside the plain type": tmx(
        "", '<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY a "x">]>'
    ).encode(),
    "a declaration behind a comment": tmx("&a;", f"<!-- x -->\n{ENTITY.format('x')}").encode(),
    "a declaration hidden by UTF-16": tmx("&a;", ENTITY.format("x")).encode("utf-16"),
    "an encoding that hides one": f"<?xml version='1.0' encoding='utf-7'?>{tmx('')}".encode(),
    "an entity that nobody declared": tmx("&a;").encode(),
    "a million levels": b"<tmx>" + b"<tu>" * 1_000_000,
    "a unit without end": b"<tmx><body><tu>" + b"<note/>" * 5_000_000,
    "a text without end": b"<tmx><body><tu><note>" + b"a" * 60_000_000,
    "a name without end": b"<" + b"a" * 60_000_000,
    "a comment without end": b"<!--" + b"a" * 60_000_000,
    "a tag of a million attributes": b"<tmx "
    + b" ".join(b'a%d=""' % n for n in range(1_000_000)),
    "half a character": tmx("ü").encode()[:-20].replace(b"\xc3\xbc", b"\xc3"),
    "a file that ends too soon": text_of([Unit("a", "b", "de-DE")]).encode()[:-20],
    "no XML": b"PK\x03\x04",
    "a packed file": gzip.compress(tmx("").encode()),
    "nothing": b"",
    "a page": b"<html><body/></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_their_place(name):
    with pytest.raises(UnreadableError) as caught:
        back(HOSTILE[name], 65536)
    assert caught.value.where.path == "a.tmx"
    assert caught.value.code in ("xml-refused", "tmx-format")


@pytest.mark.parametrize("name", [name for name in HOSTILE if len(HOSTILE[name]) > 500])
def test_a_bomb_takes_little_time_and_memory(name, tmp_path):
    """In a process of its own that has 256 MiB and two seconds of the processor."""
    file = tmp_path / "bomb.tmx"
    file.write_bytes(HOSTILE[name])
    script = f"""
        import re, resource
        from pathlib import Path
        from pipeline.errors import UnreadableError
        from pipeline.workflows.memory import chunks_of
        from pipeline.exchange.tmx import read
        used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 3, int(used) + 3))
        try:
            list(read(chunks_of(Path({str(file)!r})), "a.tmx", "en-US"))
        except UnreadableError:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_utime - used
            assert used < 2, used
            peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
            assert int(peak[1]) < 256 * 1024, peak
            print("refused")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "refused\n", done.stderr
