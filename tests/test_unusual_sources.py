"""Articles that are rare and must be read all the same: odd front matter, notes before HTML."""

from __future__ import annotations

import pytest

from pipeline.errors import UnreadableError
from pipeline.formats._front import write_front
from pipeline.formats.html import FORMAT as HTML
from pipeline.formats.markdown import FORMAT as MARKDOWN
from pipeline.model import Block, Document, Protected, SplitOptions, Text, join


def read(text: str) -> Document:
    document = MARKDOWN.split(text, "a.md", SplitOptions())
    assert join(document.parts) == text
    return document


def words(document: Document) -> list[str]:
    blocks = (part for part in document.parts if isinstance(part, Block))
    return ["".join(i.text for i in b.inlines if isinstance(i, Text)) for b in blocks]


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("title: " + "x" * 300_000, "larger than 256 KB"),
        ("title: a\x01b", "not valid YAML"),
        ("? [a, b]\n: c\nd: e", "must be a plain word"),
        ("title: a\n--- b", "more than one YAML document"),
        ("title: &x a\nb: *x", "anchor"),
        ("title: *x", "alias"),
        ("<<: {a: b}\nc: d", "merge key"),
        ("a: " + "[" * 14 + "]" * 14, "nested deeper"),
    ],
)
def test_front_matter_that_cannot_be_trusted_is_refused(front: str, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        MARKDOWN.split(f"---\n{front}\n---\n\nText.\n", "a.md", SplitOptions())


@pytest.mark.parametrize(
    "text",
    [
        "---\nProse *between: [two breaks\n---\n\nText.\n",
        "---\n- a\n- b\n---\n\nText.\n",
        "+++\nNo key here\n+++\n\nText.\n",
        '{"title": "a", "title": "b"}\n\nText.\n',
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    document = read(text)
    assert document.front == ()
    assert "Text." in words(document)


def test_empty_front_matter_has_no_fields() -> None:
    assert read("---\n---\n\nText.\n").front == ()


def test_toml_lists_and_tables_within_values_are_read() -> None:
    text = (
        '+++\ntitle = "A"\ntags = ["b", ["c"], {d = "e", f = 1}]\nimage = {alt = "g"}\n+++\n\nT.\n'
    )
    document = read(text)
    assert words(document) == ["A", "b", "c", "g", "T."]
    assert {field.key for field in document.front} >= {"title", "tags", "image.alt"}


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        ("a\x01b", "yaml-plain", '"a\\x01b"'),
        ("a\u2028b", "yaml-plain", '"a\\u2028b"'),
        ("*\U000e0001", "yaml-plain", '"*\\U000e0001"'),
        ("*a", "yaml-plain", '"*a"'),
        ("!a b", "yaml-plain", '"!a b"'),
        ("no", "yaml-plain", '"no"'),
        ("a, b", "yaml-flow", '"a, b"'),
    ],
)
def test_words_that_plain_yaml_cannot_hold_are_quoted(value: str, style: str, written: str) -> None:
    assert write_front(value, style) == written


def test_a_note_before_raw_html_is_on_its_first_block() -> None:
    document = read("<!-- l10n:note of the button -->\n\n<div><p>One</p><p>Two</p></div>\n")
    assert [p.note for p in document.parts if isinstance(p, Block)] == ["of the button", ""]


def test_raw_html_behind_a_skip_is_protected() -> None:
    document = read("<!-- l10n:skip -->\n\n<p>One</p>\n\nTwo\n")
    assert words(document) == ["Two"]
    assert any(isinstance(p, Protected) and p.rule == "skip" for p in document.parts)


def test_raw_html_in_a_region_to_skip_is_protected() -> None:
    text = "<!-- l10n:skip-start -->\n\n<p>One</p>\n\n<!-- l10n:skip-end -->\n\nTwo\n"
    assert words(read(text)) == ["Two"]


def test_shape_within_a_quotation_keeps_its_prefixes() -> None:
    assert words(read('> <div class="a">\n> <ul>\n\n> Words\n')) == ["Words"]


def test_html_with_a_byte_order_mark_is_read() -> None:
    assert join(HTML.split("\ufeff<p>a</p>", "a.html", SplitOptions()).parts) == "\ufeff<p>a</p>"
