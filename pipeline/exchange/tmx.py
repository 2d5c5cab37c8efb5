"""TMX 1.4b ↔ units of a memory; codes are `<bpt>`, `<ept>` and `<ph>` and come back whole.

Source: LISA OSCAR, TMX 1.4b Specification (2005). What other tools write in codes is kept
as our own codes, numbered from 1 in each text; all of it is data, none of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.errors import UnreadableError
from pipeline.exchange._inline import Piece, pieces_of, spelled, unspelled
from pipeline.exchange._tmx_codes import Codes
from pipeline.exchange._xml import Element, read_units, text, value
from pipeline.model import Kind, Where
from pipeline.model.memory import Unit

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ARTICLE, _CONTEXT = "x-article", "x-context"
_BEFORE, _AFTER = "x-context-pre", "x-context-post"
_SHAPE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_NAME = re.compile(r"[a-z]+|\d+")
_HARMFUL = re.compile("[\0\x04\u202d\u202e]")  # no catalog may hold them either
_DATE = re.compile(r"\d{8}T\d{6}Z")


def read(chunks: Iterable[bytes], shown: str, source_locale: str) -> Iterator[Unit]:
    """The units whose source is in the language of `source_locale`, one for each target.

    A unit that has no words on one side, or no side in that language, is passed over; so is
    one with characters that catalogs are refused for.

    Raises:
        UnreadableError: it is no TMX, or not to be trusted; with the place. Units that were
            given out before must then be thrown away.
    """
    seen = False
    for element in read_units(chunks, shown, ("{*}header", "{*}tu"), ("tmx14.dtd", "tmx13.dtd")):
        if not seen:
            seen = True
            _refuse_other(element, shown)
        if _name(element) == "tu":
            yield from _units(element, source_locale)
    if not seen:
        raise _no_tmx(shown)


def _refuse_other(element: Element, shown: str) -> None:
    root = element
    while root.getparent() is not None:
        root = root.getparent()
    if _name(root) != "tmx":
        raise _no_tmx(shown)


def _no_tmx(shown: str) -> UnreadableError:
    hint = "export the memory as TMX 1.4"
    return UnreadableError("this file is not TMX", Where(shown), hint, "tmx-format")


def _units(unit: Element, source_locale: str) -> Iterator[Unit]:
    sides = [(locale_of(_lang(side)), side) for side in unit if _name(side) == "tuv"]
    source = _source(sides, source_locale)
    if source is None:
        return
    codes = Codes()
    words = codes.read(_child(source, "seg"))
    if not words.strip():
        return
    for locale, side in sides:
        seg = _child(side, "seg")
        if side is source or not locale or seg is None:
            continue
        target = codes.read(seg)
        if target.strip() and not _HARMFUL.search(words + target):
            yield _unit(words, target, locale, unit, side)


def _source(sides: list[tuple[str, Element]], wanted: str) -> Element | None:
    """The side in the very locale, or else the first one in its language."""
    language = wanted.partition("-")[0]
    sides = [pair for pair in sides if pair[0].partition("-")[0] == language]
    exact = [side for locale, side in sides if locale == wanted]
    return next(iter([*exact, *(side for _, side in sides)]), None)


def _unit(source: str, target: str, locale: str, unit: Element, side: Element) -> Unit:
    props = {
        prop.get("type", ""): unspelled(prop.text or "")
        for holder in (unit, side)
        for prop in holder
        if _name(prop) == "prop"
    }
    notes = tuple(
        unspelled(note.text or "") for holder in (unit, side) for note in holder
        if _name(note) == "note"
    )  # fmt: skip
    return Unit(
        source,
        target,
        locale,
        props.get(_CONTEXT, ""),
        props.get(_ARTICLE, ""),
        props.get(_BEFORE, ""),
        props.get(_AFTER, ""),
        notes,
        _date("creationdate", side, unit),
        _date("changedate", side, unit),
        unspelled(_first("changeid", side, unit) or _first("creationid", side, unit)),
    )


def _first(key: str, *elements: Element) -> str:
    return next((found for element in elements if (found := element.get(key))), "")


def _date(key: str, *elements: Element) -> str:
    found = _first(key, *elements)
    return found if _DATE.fullmatch(found) else ""


def _lang(side: Element) -> str:
    return side.get(_LANG) or side.get("lang") or ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def locale_of(code: str) -> str:
    """A language code as we write it: `DE_de` → `de-DE`; "" when it is none."""
    match = _SHAPE.fullmatch(code.strip())
    if not match:
        return ""
    language, script, country = match.groups()
    parts = (language.lower(), (script or "").capitalize(), (country or "").upper())
    return "-".join(part for part in parts if part)


def write(units: Iterable[Unit], source_locale: str, version: str) -> Iterator[str]:
    """The text of a file, piece by piece; equal units give equal text."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'  <header creationtool="l10n" creationtoolversion="{value(version)}"'
        f' segtype="sentence" o-tmf="PO" adminlang="en" srclang="{value(source_locale)}"'
        ' datatype="plaintext"/>\n  <body>\n'
    )
    for unit in units:
        yield _written(unit, source_locale)
    yield "  </body>\n</tmx>\n"


def _written(unit: Unit, source_locale: str) -> str:
    stamps = (("creationdate", unit.created), ("changedate", unit.changed),
              ("changeid", unit.author))  # fmt: skip
    head = "".join(f' {key}="{value(spelled(told))}"' for key, told in stamps if told)
    props = ((_ARTICLE, unit.article), (_CONTEXT, unit.context),
             (_BEFORE, unit.before), (_AFTER, unit.after))  # fmt: skip
    lines = [f"    <tu{head}>"]
    lines += (f"      <note>{text(spelled(note))}</note>" for note in unit.notes)
    lines += (
        f'      <prop type="{kind}">{text(spelled(told))}</prop>' for kind, told in props if told
    )
    for locale, words in ((source_locale, unit.source), (unit.locale, unit.target)):
        lines.append(f'      <tuv xml:lang="{value(locale)}"><seg>{_seg(words)}</seg></tuv>')
    return "\n".join([*lines, "    </tu>\n"])


def _seg(words: str) -> str:
    pairs: dict[str, int] = {}
    return "".join(_piece(piece, pairs) for piece in pieces_of(words))


def _piece(piece: Piece, pairs: dict[str, int]) -> str:
    if isinstance(piece, str):
        return text(spelled(piece))
    kind, number = _NAME.findall(piece.name)
    shown = text(str(piece))
    if piece.kind is Kind.ALONE:
        return f'<ph x="{number}" type="{kind}">{shown}</ph>'
    pair = pairs.setdefault(piece.name, len(pairs) + 1)
    if piece.kind is Kind.CLOSE:
        return f'<ept i="{pair}">{shown}</ept>'
    return f'<bpt i="{pair}" x="{number}" type="{kind}">{shown}</bpt>'
