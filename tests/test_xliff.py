"""XLIFF keeps all that a catalog says, is valid, and is refused with its place if not ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import COSTLY
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from catalogs import HEADER, catalogs
from pipeline.errors import UnreadableError
from pipeline.exchange import xliff12, xliff21
from pipeline.exchange._inline import pieces_of, spelled, unspelled
from pipeline.exchange._units import Document, without_lines
from pipeline.model import Catalog, Entry, State
from pipeline.po.write import normal

SCHEMAS = Path(__file__).parent / "schemas"
FORMATS = {"1.2": xliff12, "2.1": xliff21}
BOTH = pytest.mark.parametrize("version", sorted(FORMATS))


class Local(etree.Resolver):
    def resolve(self, address, public, context):
        if address.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
        return None


def schema(version: str) -> etree.XMLSchema:
    name = {"1.2": "xliff-core-1.2-strict.xsd", "2.1": "xliff-core-2.0.xsd"}[version]
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(SCHEMAS / name, parser))


VALID = {version: schema(version) for version in FORMATS}

coded = st.lists(
    st.sampled_from(
        ["<b1>", "</b1>", "<i2>", "</i2>", "<c3/>", "<x4/>", "<b1/>", "&lt;b1>", "<b1 >", "Wort",
         " ", "<skip/>", "\\u{b}", "\x0b", "5 < 6", "&amp;", "]]>", "\n", "字"]
    ),
    max_size=9,
).map("".join)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Catalogs as we write them, some of their words with codes, whole and broken ones."""
    catalog = normal(draw(catalogs))
    entries = []
    for entry in catalog.entries:
        if draw(st.booleans()) and not entry.msgid_plural:
            msgid, words = draw(coded.filter(bool)), draw(coded)
            coded_words = ("w",) if entry.obsolete else (words,)
            entries.append(replace(entry, msgid=msgid, msgstr=coded_words))
        else:
            entries.append(entry)
    unique = {entry.id: entry for entry in entries}
    return Document(
        "an-article", "en-US", "de-DE", normal(replace(catalog, entries=tuple(unique.values())))
    )


@BOTH
@settings(max_examples=COSTLY)
@given(document=documents())
def test_what_is_written_is_read_back_and_valid(version: str, document: Document) -> None:
    content = FORMATS[version].write(document)
    back = FORMATS[version].read(content, "x.xlf")
    assert replace(back, catalog=without_lines(back.catalog)) == replace(
        document, catalog=without_lines(document.catalog)
    )
    assert VALID[version].validate(etree.fromstring(content)), VALID[version].error_log
    assert FORMATS[version].write(back) == content


@settings(max_examples=COSTLY)
@given(st.text())
def test_characters_that_xml_cannot_hold_are_spelled_and_come_back(words: str) -> None:
    assert unspelled(spelled(words)) == words


@settings(max_examples=COSTLY)
@given(coded)
def test_pieces_put_together_are_the_words(words: str) -> None:
    assert "".join(map(str, pieces_of(words))) == words


def document(*entries: Entry) -> Document:
    return Document("guide", "en-US", "de-DE", Catalog(entries, HEADER))


STENT = Entry("Ask <b1>now</b1><br2/>", ("Fragen Sie <b1>jetzt</b1><br2/>",), "heading")


def write(version: str, *entries: Entry) -> str:
    return FORMATS[version].write(document(*entries)).decode()


def read(version: str, text: str) -> tuple[Entry, ...]:
    return FORMATS[version].read(text.encode(), "kit.zip!/de_DE/guide.xlf").catalog.entries


def test_codes_are_elements_with_the_names_that_translators_know() -> None:
    assert '<target state="translated">Fragen Sie <g id="b1" equiv-text="&lt;b1&gt;">jetzt</g>' in (
        write("1.2", STENT)
    )
    assert '<pc id="b1" dispStart="&lt;b1&gt;" dispEnd="&lt;/b1&gt;">jetzt</pc>' in write(
        "2.1", STENT
    )
    assert '<ph id="br2" disp="&lt;br2/&gt;"/>' in write("2.1", STENT)


@BOTH
def test_broken_codes_of_a_translation_stay_text(version: str) -> None:
    broken = replace(STENT, msgstr=("<b1>offen <br2/><br2/> <i9>fremd</i9>",), flags=("fuzzy",))
    assert "&lt;b1&gt;offen" in write(version, broken)
    assert read(version, write(version, broken))[0].msgstr == broken.msgstr


@BOTH
def test_states_are_those_of_the_catalog(version: str) -> None:
    entries = (
        STENT,
        replace(STENT, msgid="two", msgstr=("zwei",), flags=("fuzzy",)),
        replace(STENT, msgid="three", msgstr=("",)),
    )
    back = read(version, write(version, *entries))
    assert [entry.state for entry in back] == [State.DONE, State.FUZZY, State.MISSING]


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ("", State.DONE),  # an editor that knows no states
        (' state="final"', State.DONE),
        (' state="signed-off"', State.DONE),
        (' state="new"', State.FUZZY),
        (' state="needs-translation"', State.FUZZY),
        (' state="needs-review-translation"', State.FUZZY),
    ],
)
def test_states_that_editors_write_in_1_2_are_understood(attributes: str, state: State) -> None:
    text = write("1.2", replace(STENT, msgstr=("",)))
    text = text.replace("</source>", f"</source><target{attributes}>Wort</target>")
    assert read("1.2", text)[0].state is state
    approved = text.replace("<trans-unit ", '<trans-unit approved="yes" ')
    assert read("1.2", approved)[0].state is State.DONE
    doubted = text.replace("<trans-unit ", '<trans-unit approved="no" ')
    expected = State.FUZZY if not attributes else state
    assert read("1.2", doubted)[0].state is expected


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ("", State.FUZZY),  # the standard's default is `initial`
        (' state="initial"', State.FUZZY),
        (' state="translated"', State.DONE),
        (' state="reviewed"', State.DONE),
        (' state="final"', State.DONE),
    ],
)
def test_states_that_editors_write_in_2_1_are_understood(attributes: str, state: State) -> None:
    text = write("2.1", replace(STENT, msgstr=("",)))
    text = text.replace("</source>", "</source><target>Wort</target>")
    assert read("2.1", text.replace("<segment", f"<segment{attributes}"))[0].state is state


def test_segments_that_an_editor_cut_are_put_together_again() -> None:
    text = write("2.1", replace(STENT, msgid="One. Two.", msgstr=("",)))
    whole = text[text.index("      <segment") : text.index("    </unit>")]
    cut = (
        '<segment state="final"><source>One.</source><target order="3">Eins.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="final"><source>Two.</source><target order="1">Zwei.</target></segment>'
    )
    entry = read("2.1", text.replace(whole, cut))[0]
    assert (entry.msgid, entry.msgstr, entry.state) == ("One. Two.", ("Zwei. Eins.",), State.DONE)
    half = cut.replace('<target order="1">Zwei.</target>', "").replace('"final"', '"initial"', 1)
    assert read("2.1", text.replace(whole, half))[0].state is State.FUZZY


def test_ends_of_codes_that_an_editor_cut_apart_are_read() -> None:
    text = write("1.2", replace(STENT, msgstr=("",)))
    apart = (
        '</source><target>Los <bx id="b1" rid="1"/>jetzt<ex id="b1" rid="1"/>'
        '<mrk mtype="seg" mid="1"><x id="br2"/></mrk></target>'
    )
    assert read("1.2", text.replace("</source>", apart))[0].msgstr == ("Los <b1>jetzt</b1><br2/>",)
    text = write("2.1", replace(STENT, msgstr=("",)))
    apart = (
        '</source><target>Los <sc id="b1"/>jetzt<ec startRef="b1"/>'
        '<mrk id="m1"><ph id="br2"/></mrk></target>'
    )
    assert read("2.1", text.replace("</source>", apart))[0].msgstr == ("Los <b1>jetzt</b1><br2/>",)


@BOTH
def test_a_note_by_whatever_name_becomes_the_translators_comment(version: str) -> None:
    text = write(version, replace(STENT, comments=("? Which Ask",)))
    key = {"1.2": "from", "2.1": "category"}[version]
    more = f'<note {key}="Jo">two\nlines</note>'
    entry = read(version, text.replace("</note>", f"</note>{more}", 2).replace(more, "", 1))[0]
    assert entry.comments == ("? Which Ask", "two", "lines")


REFUSED = {
    "xliff-format": ("<xliff ", "<xlf "),
    "xliff-code": ('id="b1"', 'id="../b1"'),
    "xliff-character": ("Fragen", "Fra\u202egen"),
}


@BOTH
@pytest.mark.parametrize("code", sorted(REFUSED))
def test_what_is_not_ours_is_refused_with_its_place(version: str, code: str) -> None:
    old, new = REFUSED[code]
    text = (
        write(version, STENT)
        .replace(old, new)
        .replace("</xliff>", f"</{new[1:4]}>" if code == "xliff-format" else "</xliff>")
    )
    with pytest.raises(UnreadableError) as refused:
        read(version, text)
    finding = refused.value.as_findings()[0]
    assert finding.code == code
    assert finding.where.path == "kit.zip!/de_DE/guide.xlf"
    assert finding.where.line


@BOTH
def test_a_text_that_stands_twice_is_refused(version: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(version, write(version, STENT, STENT))
    assert refused.value.code == "xliff-twice"


@BOTH
@pytest.mark.parametrize("spelling", ["\\u{d800}", "\\u{41}", "\\u{ffff1}"])
def test_only_what_xml_cannot_hold_may_be_spelled(version: str, spelling: str) -> None:
    text = write(version, STENT).replace("Fragen", spelling)
    assert read(version, text)[0].msgstr[0].startswith(spelling)


@BOTH
def test_entities_and_document_types_are_refused(version: str) -> None:
    text = write(version, STENT).replace(
        "<xliff", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff', 1
    )
    with pytest.raises(UnreadableError) as refused:
        read(version, text)
    assert refused.value.code == "xml-refused"


@pytest.mark.parametrize("hex_", ["0041", "d800", "zz", "110000", ""])
def test_a_character_by_number_must_be_one_that_xml_cannot_hold(hex_: str) -> None:
    text = write("2.1", STENT).replace("Fragen", f'<cp hex="{hex_}"/>')
    with pytest.raises(UnreadableError):
        read("2.1", text)
    good = write("2.1", STENT).replace("Fragen", '<cp hex="000b"/>')
    assert read("2.1", good)[0].msgstr[0].startswith("\x0b")
