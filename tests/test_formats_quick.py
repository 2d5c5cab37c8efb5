"""The quick makers of values: they make what the constructors make."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pipeline.formats import _quick
from pipeline.model import Block, Kind, Mark, Protected, Role, Text

WORDS = Text("a", "b")
CODE = (Protected("`x`", "code"),)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (_quick.text("&amp;", "&"), Text("&amp;", "&")),
        (_quick.mark(Kind.OPEN, "b", ("**",), ("<b>",)), Mark(Kind.OPEN, "b", ("**",), ("<b>",))),
        (
            _quick.mark(Kind.ALONE, "c", CODE, CODE, "shown", "plain", "again"),
            Mark(Kind.ALONE, "c", CODE, CODE, "shown", "plain", "again"),
        ),
        (_quick.block(Role.TEXT, (WORDS,), 3, "md"), Block(Role.TEXT, (WORDS,), 3, "md")),
        (
            _quick.block(Role.HEADING, (WORDS,), 3, "md-heading", "key", 2, "anchor", "note"),
            Block(Role.HEADING, (WORDS,), 3, "md-heading", "key", 2, "anchor", "note"),
        ),
    ],
)
def test_what_is_made_quickly_equals_what_its_constructor_makes(made, expected) -> None:
    assert type(made) is type(expected)
    assert [getattr(made, f.name) for f in fields(made)] == [
        getattr(expected, f.name) for f in fields(expected)
    ]
    assert made == expected
    assert hash(made) == hash(expected)


def test_what_is_made_quickly_is_frozen() -> None:
    with pytest.raises(AttributeError):
        _quick.text("a", "a").raw = "b"  # type: ignore[misc]  # this is what is tested
