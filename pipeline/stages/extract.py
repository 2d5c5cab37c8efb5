"""Segments, or the words of the page templates → the entries of a template catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.model import Catalog, Entry, Role, Segment, SegmentedDocument
from pipeline.stages.quick import new_entry
from pipeline.stages.segment import segments_of
from pipeline.stages.words import ui_words

SEGMENTATION = "1"  # counts the rules that cut sentences: a change comes with a migration
_NOBODY = "FULL NAME <EMAIL@ADDRESS>"

Terms = Callable[[Segment], tuple[str, ...]]
Header = tuple[tuple[str, str], ...]
Place = tuple[Role, tuple[str, ...], str, str, int]  # of a segment, with what its author says


def _no_terms(_: Segment) -> tuple[str, ...]:
    return ()


def extract(
    document: SegmentedDocument,
    path: str,
    *,
    header: Header = (),
    terms: Terms = _no_terms,
) -> Catalog:
    """The template of an article: its entries in document order, each id once.

    `path` is the source as translators should see it, `source/<article>.md`; `header`
    comes from `template_header`; `terms` gives glossary lines for a segment.
    """
    found: dict[tuple[str, str], Entry] = {}
    places: dict[Place, tuple[str, ...]] = {}  # segments under one heading share their notes
    references = (path,)
    for segment in segments_of(document):
        if not segment.text.strip():
            continue
        place = (segment.role, segment.trail, segment.key, segment.note, segment.limit)
        notes = places.get(place)
        if notes is None:
            notes = places[place] = _place_notes(segment)
        if segment.codes:
            notes += _code_notes(segment)
        entry = new_entry(segment.text, segment.context, notes + terms(segment), references)
        key = (segment.context, segment.text)
        known = found.get(key)
        found[key] = _joined(known, entry) if known else entry
    return Catalog(tuple(found.values()), header)


def extract_site(sources: Mapping[str, str], *, header: Header = ()) -> Catalog:
    """The template of the words in `templates/`: file names with their texts → site.pot."""
    found: dict[str, Entry] = {}
    for word in ui_words(sources):
        notes = tuple(line for line in word.note.split("\n") if line)
        references = (f"templates/{word.template}",)
        # Jinja writes %(name)s: editors then check that a translation keeps the names
        flags = ("python-format",) if "%(" in word.text + word.plural else ()
        msgstr = ("", "") if word.plural else ("",)
        entry = Entry(word.text, msgstr, "", word.plural, (), notes, references, flags)
        known = found.get(word.text)
        found[word.text] = _joined(known, entry) if known else entry
    return Catalog(tuple(found.values()), header)


def _joined(first: Entry, again: Entry) -> Entry:
    """One entry for a text that stands twice: a plural wins, notes are joined."""
    base = again if again.msgid_plural and not first.msgid_plural else first
    return replace(
        base,
        extracted=tuple(dict.fromkeys((*first.extracted, *again.extracted))),
        references=tuple(dict.fromkeys((*first.references, *again.references))),
    )


def _place_notes(segment: Segment) -> tuple[str, ...]:
    """What a translator should know of the place: heading, author's note, length limit."""
    place = f"{segment.role} in: {segment.trail[-1]}" if segment.trail else str(segment.role)
    lines = [f"{place} ({segment.key})" if segment.key else place]
    if segment.note:
        lines.append(f"note: {segment.note}")
    if segment.limit:
        lines.append(f"at most {segment.limit} characters")
    return tuple(map(_one_line, lines))


def _code_notes(segment: Segment) -> tuple[str, ...]:
    """What a translator should know of each code."""
    lines = []
    for code in segment.codes:
        told = code.shows or (f"shows {code.plain}" if code.plain else "")
        if told:
            mark = f"<{code.name}>" if code.pair else f"<{code.name}/>"
            lines.append(_one_line(f"{mark} {told}"))
    return tuple(lines)


def _one_line(text: str) -> str:
    # a line feed would end the comment; one space keeps what a heading says readable
    return " ".join(text.split())


def template_header(project: str, created: datetime, source_locale: str) -> Header:
    """The header of a template; `created` carries its time zone."""
    return (
        ("Project-Id-Version", project),
        ("POT-Creation-Date", stamp(created)),
        ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", _NOBODY),
        ("Language-Team", "none"),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Segmentation", SEGMENTATION),
        ("X-Source-Locale", source_locale),
    )


def stamp(moment: datetime) -> str:
    """A moment as PO headers write it: `2026-11-01 10:00+0000`."""
    return moment.strftime("%Y-%m-%d %H:%M%z")


def undated(old: Catalog | None, new: Catalog) -> Catalog:
    """The new template with the old one's POT-Creation-Date if it has the same msgids."""
    if old is None or {_words(e) for e in old.entries} != {_words(e) for e in new.entries}:
        return new
    dates = [value for key, value in old.header if key == "POT-Creation-Date"]
    header = tuple(
        (key, dates[0]) if key == "POT-Creation-Date" and dates else (key, value)
        for key, value in new.header
    )
    return replace(new, header=header)


def _words(entry: Entry) -> tuple[str, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural
