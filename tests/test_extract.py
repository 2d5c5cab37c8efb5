"""Extraction: the template of an article, and of the page templates."""

from datetime import UTC, datetime

from pipeline.model import Block, Catalog, Code, Passage, Role, Segment, SegmentedDocument
from pipeline.po.scan import scan
from pipeline.po.write import normal, write
from pipeline.stages.extract import extract, extract_site, template_header, undated

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
HEADER = template_header("site", NOW, "en-US")


def document(*segments):
    parts = tuple(Passage(Block(s.role, (), s.line, ""), (s,)) for s in segments)
    return SegmentedDocument(parts, (), 0)


def segment(text, role=Role.TEXT, context="", **more):
    return Segment(text, context, role, 1, text, **more)


def test_entries_stand_in_document_order_with_the_file_and_no_line():
    catalog = extract(document(segment("Second."), segment("First.")), "source/a.md", header=HEADER)
    assert [entry.msgid for entry in catalog.entries] == ["Second.", "First."]
    assert catalog.entries[0].references == ("source/a.md",)
    assert catalog.entries[0].msgstr == ("",)


def test_a_note_tells_place_author_limit_codes_and_terms():
    codes = (
        Code(
            "a1",
            pair=True,
            open=("[",),
            close=("]",),
            html_open=("<a>",),
            html_close="</a>",
            shows="link to /guide",
        ),
        Code(
            "img2",
            pair=False,
            open=("![]",),
            close=(),
            html_open=("<img>",),
            html_close="",
            shows="image stent.svg",
        ),
    )
    one = segment(
        "See <a1>it</a1> <img2/>.", Role.ITEM, codes=codes, trail=("Top", "What causes it?"),
        note="keep\nshort", limit=60,
    )  # fmt: skip
    catalog = extract(document(one), "source/a.md", terms=lambda _: ("term: stent = Stent",))
    assert catalog.entries[0].extracted == (
        "list-item in: What causes it?",
        "note: keep short",
        "at most 60 characters",
        "<a1> link to /guide",
        "<img2/> image stent.svg",
        "term: stent = Stent",
    )


def test_a_text_that_stands_twice_is_one_entry_with_both_notes():
    twice = document(segment("Risks.", trail=("A",)), segment("Risks.", trail=("B",)))
    (entry,) = extract(twice, "source/a.md").entries
    assert entry.extracted == ("text in: A", "text in: B")


def test_the_same_word_in_two_roles_is_two_entries():
    roles = document(segment("Risks", Role.HEADING, "heading"), segment("Risks", Role.TAG, "tag"))
    assert [entry.msgctxt for entry in extract(roles, "source/a.md").entries] == ["heading", "tag"]


def test_a_template_is_written_and_read_back():
    catalog = extract(document(segment('A "b" \\ c\td.')), "source/a.md", header=HEADER)
    read = scan(write(catalog), "a.pot")
    assert (read.entries[0].msgid, read.header) == ('A "b" \\ c\td.', normal(catalog).header)


def test_the_creation_date_moves_only_with_the_msgids():
    old = extract(document(segment("A."), segment("B.")), "a.md", header=HEADER)
    later = template_header("site", datetime(2027, 1, 1, tzinfo=UTC), "en-US")
    same = extract(document(segment("B."), segment("A.")), "a.md", header=later)
    other = extract(document(segment("A."), segment("C.")), "a.md", header=later)
    assert undated(old, same).header == HEADER
    assert undated(old, other).header == later
    assert undated(None, same).header == later


def test_the_words_of_page_templates_become_entries_with_plurals_and_notes():
    sources = {
        "a.html": "{# Translators: on every page #}{% trans %}Skip{% endtrans %}",
        "b.html": "{% trans num=n %}{{ num }} article{% pluralize %}{{ num }} articles"
        "{% endtrans %}"
        "{% trans %}Skip{% endtrans %}",
    }
    skip, articles = extract_site(sources, header=HEADER).entries
    assert skip.msgid == "Skip"
    assert skip.references[0] == "templates/a.html"
    assert articles.msgid_plural == "%(num)s articles"
    assert articles.msgstr == ("", "")
    assert articles.flags == ("python-format",)
    assert isinstance(extract_site({}), Catalog)
