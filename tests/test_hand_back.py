"""What a kit brings back never costs us a translation, and never its own either."""

from __future__ import annotations

from dataclasses import replace

from conftest import COSTLY
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Catalog, Entry
from pipeline.stages.hand_back import HandedBack, hand_back

IDS = [("", "One."), ("", "Two."), ("heading", "One."), ("", "Three.")]
words = st.sampled_from(["", "eins", "zwei\nZeilen", "drei\\", "vier"])


@st.composite
def entry(draw: st.DrawFn, key: tuple[str, str], *, obsolete: bool = False) -> Entry:
    text = draw(words)
    return Entry(
        key[1],
        (text,),
        key[0],
        comments=draw(st.sampled_from([(), ("note",), ("? why",)])),
        flags=("fuzzy",) if text and draw(st.booleans()) else (),
        obsolete=obsolete and bool(text),
    )


@st.composite
def catalogs(draw: st.DrawFn, *, ours: bool = False) -> Catalog:
    chosen = [key for key in IDS if draw(st.integers(0, 4))]
    made = [draw(entry(key, obsolete=ours and draw(st.booleans()))) for key in chosen]
    return Catalog(tuple(sorted(made, key=lambda e: e.obsolete)))


def by_id(catalog: Catalog) -> dict[tuple[str, str], Entry]:
    return {entry.id: entry for entry in catalog.entries}


def told(text: str, entry: Entry) -> bool:
    """Whether an entry holds some words, as its own or in a comment."""
    line = text.replace("\n", "\\n")
    return text in entry.msgstr or any(line in comment for comment in entry.comments)


kits = st.tuples(catalogs(ours=True), catalogs(), catalogs(), st.booleans())


def back(kit: tuple[Catalog, Catalog, Catalog, bool]) -> HandedBack:
    ours, sent, theirs, trusted = kit
    return hand_back(ours, sent, theirs, "0123456789", trusted=trusted)


@settings(max_examples=COSTLY)
@given(kits)
def test_finished_words_of_ours_give_way_only_to_work_on_these_very_words(kit) -> None:
    ours, sent, theirs, trusted = kit
    after, exported = by_id(back(kit).catalog), by_id(sent)
    for was in ours.entries:
        now = after[was.id]
        if was.msgstr != now.msgstr:
            assert now.msgstr == by_id(theirs)[was.id].msgstr
            if was.msgstr[0] and not was.fuzzy:
                assert trusted
                assert exported[was.id].msgstr == was.msgstr
        assert set(was.comments) <= set(now.comments)
        assert now.msgstr[0] or not was.msgstr[0]


@settings(max_examples=COSTLY)
@given(kits)
def test_new_words_of_theirs_are_kept_somewhere(kit) -> None:
    _, sent, theirs, _ = kit
    result, exported = back(kit), by_id(sent)
    after = by_id(result.catalog)
    for came in theirs.entries:
        known = exported.get(came.id)
        if known and came.msgstr[0] and came.msgstr != known.msgstr:
            assert told(came.msgstr[0], after[came.id])


@settings(max_examples=COSTLY)
@given(kits)
def test_the_same_kit_twice_changes_nothing_more(kit) -> None:
    _, sent, theirs, trusted = kit
    once = back(kit).catalog
    assert hand_back(once, sent, theirs, "0123456789", trusted=trusted).catalog == once


@settings(max_examples=COSTLY)
@given(kits)
def test_a_kit_that_nobody_touched_changes_nothing(kit) -> None:
    ours, sent, _, trusted = kit
    assert hand_back(ours, sent, sent, "0123456789", trusted=trusted).catalog == ours


@settings(max_examples=COSTLY)
@given(catalogs())
def test_work_on_what_has_not_changed_here_is_taken_whole(sent: Catalog) -> None:
    theirs = Catalog(tuple(replace(e, msgstr=(f"neu {e.msgid}",), flags=()) for e in sent.entries))
    result = hand_back(sent, sent, theirs, "0123456789", trusted=True)
    assert [e.msgstr for e in result.catalog.entries] == [e.msgstr for e in theirs.entries]
    assert not result.conflicts
