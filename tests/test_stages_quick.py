"""Values made quickly: they are what the constructors make."""

from dataclasses import FrozenInstanceError, replace

import pytest

from pipeline.model import Block, Code, Entry, Kind, Mark, Passage, Role, Segment, Text
from pipeline.stages.quick import new_code, new_entry, new_passage, new_segment

BLOCK = Block(Role.TITLE, (Text("R", "T"),), 7, "yaml", "title", 0, "", "short", 60)
CODE = Code(
    name="b1",
    pair=True,
    open=("**",),
    close=("**",),
    html_open=("<strong>",),
    html_close="</strong>",
)
START = Mark(Kind.OPEN, "b", ("**",), ("<strong>",), "bold", "shown")
END = Mark(Kind.CLOSE, "b", ("**",), ("</strong>",), rewrite="__")
VALUES = (
    (
        new_code("b1", START, END, (("**",), ("**",)), (("<strong>",), "</strong>")),
        replace(CODE, shows="bold", rewrite="__"),
    ),
    (
        new_code("b1", START, None, (("**",), ()), (("<strong>",), "")),
        replace(CODE, pair=False, close=(), html_close="", shows="bold", plain="shown"),
    ),
    (
        new_segment(BLOCK, ("T", "heading", "R"), 9, (CODE,), ("Above",)),
        Segment(
            text="T",
            context="heading",
            role=Role.TITLE,
            line=9,
            raw="R",
            codes=(CODE,),
            trail=("Above",),
            note="short",
            limit=60,
            key="title",
            escape="yaml",
        ),
    ),
    (new_passage(BLOCK, ("a",), ("b",)), Passage(BLOCK, ("a",), ("b",))),
    (
        new_entry("T", "heading", ("text",), ("source/a.md",)),
        Entry("T", msgctxt="heading", extracted=("text",), references=("source/a.md",)),
    ),
)


@pytest.mark.parametrize(("quick", "usual"), VALUES)
def test_a_value_made_quickly_is_the_same_value(quick, usual):
    assert type(quick) is type(usual)
    assert (quick, hash(quick), repr(quick)) == (usual, hash(usual), repr(usual))


@pytest.mark.parametrize(("quick", "usual"), VALUES)
def test_a_value_made_quickly_is_frozen(quick, usual):
    for name in type(usual).__slots__:
        with pytest.raises(FrozenInstanceError):
            setattr(quick, name, "")
