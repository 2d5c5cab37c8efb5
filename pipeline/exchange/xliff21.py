"""XLIFF 2.1 ↔ a catalog: pairs of codes are `<pc>`, codes that stand alone `<ph>`.

Source: OASIS, XLIFF 2.1 (2018); its core has the namespace of 2.0. A missing translation
has no `<target>`; a fuzzy one is `initial` (that is what 2.1 calls words that somebody has
still to confirm), a finished one `translated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.errors import UnreadableError
from pipeline.exchange._inline import NAME, Mark, Piece, marks_of, pieces_of, spelled, unspelled
from pipeline.exchange._units import (
    Document,
    Group,
    Notes,
    Unit,
    catalog_of,
    groups_of,
    header_notes,
)
from pipeline.exchange._xml import Element, illegal, read_tree, text, value
from pipeline.model import Kind, State, Where

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_IN = f"{{{NAMESPACE}}}"
_PLURALS = "l10n:plurals"
_OBSOLETE = "l10n:obsolete"
_FINISHED = frozenset({"translated", "reviewed", "final"})
_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_SHOWN = {"sc": "<{}>", "ec": "</{}>", "ph": "<{}/>"}


def write(document: Document) -> bytes:
    """The bytes of a file with one unit for each text; equal documents give equal bytes."""
    groups = [line for group in groups_of(document.catalog) for line in _group(group)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<xliff version="2.1" xmlns="{NAMESPACE}" srcLang="{_value(document.source_locale)}"'
            f' trgLang="{_value(document.locale)}">'
        ),
        f'  <file id="f1" original="{_value(document.name)}">',
        *_notes(header_notes(document.catalog), "    "),
        *(groups or ['    <group id="none"/>']),  # a file may not be empty
        "  </file>",
        "</xliff>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _group(group: Group) -> Iterator[str]:
    head = f' name="{_value(group.name)}"' if group.name else ""
    head += ' translate="no"' if group.obsolete else ""
    if not group.plural:
        kind = f' type="{_OBSOLETE}"' if group.obsolete else ""
        yield from _unit(group.units[0], group.id, head + kind, group.notes)
        return
    yield f'    <group id="{group.id}" type="{_PLURALS}"{head}>'
    yield from _notes(group.notes, "      ")
    for number, unit in enumerate(group.units):
        yield from _unit(unit, f"{group.id}.{number}", "", ())
    yield "    </group>"


def _unit(unit: Unit, number: str, head: str, notes: Notes) -> Iterator[str]:
    source = pieces_of(unit.source)
    # what a tool keeps of the state even where it leaves the default out
    states = {State.DONE: ' state="translated"', State.MISSING: ""}
    state = states.get(unit.state, ' state="initial" subState="l10n:needs-review"')
    yield f'    <unit id="{number}"{head} canResegment="no" xml:space="preserve">'
    yield from _notes(notes, "      ")
    yield f"      <segment{state}>"
    yield f"        <source>{_inline(source)}</source>"
    if unit.target:
        words = _inline(pieces_of(unit.target, marks_of(source)))
        yield f"        <target>{words}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _inline(pieces: Iterable[Piece]) -> str:
    return "".join(text(spelled(p)) if isinstance(p, str) else _mark(p) for p in pieces)


def _mark(mark: Mark) -> str:
    if mark.kind is Kind.CLOSE:
        return "</pc>"
    shown = _value(str(mark))
    if mark.kind is Kind.OPEN:
        end = _value(str(Mark(Kind.CLOSE, mark.name)))
        return f'<pc id="{mark.name}" dispStart="{shown}" dispEnd="{end}">'
    return f'<ph id="{mark.name}" disp="{shown}"/>'


def _notes(notes: Notes, indent: str) -> Iterator[str]:
    if notes:
        yield f"{indent}<notes>"
        for who, told in notes:
            yield f'{indent}  <note category="{who}">{text(spelled(told))}</note>'
        yield f"{indent}</notes>"


def _value(words: str) -> str:
    return value(spelled(words))


def read(content: bytes, path: str) -> Document:
    """The catalog of a file, the line of each unit as the span of its entry.

    Raises:
        UnreadableError: it is no XLIFF 2, or holds what cannot be kept; with the place.
    """
    root = read_tree(content, path)
    file = root.find(f"{_IN}file")
    if root.tag != f"{_IN}xliff" or file is None:
        raise UnreadableError(
            "this file is not XLIFF 2.1",
            Where(path, root.sourceline or 1),
            "send the file of the kit back, saved in the format that it had",
            "xliff-format",
        )
    groups = (group for each in root.iterfind(f"{_IN}file") for group in _read_groups(each, path))
    return Document(
        unspelled(file.get("original", "")),
        root.get("srcLang", ""),
        root.get("trgLang", ""),
        catalog_of(groups, _read_notes(file), path),
    )


def _read_groups(file: Element, path: str) -> Iterator[Group]:
    """The entries of a file, in its order; other tools' own groups are passed through."""
    for element in file.iter(f"{_IN}unit", f"{_IN}group"):
        if element.tag == f"{_IN}group":
            members = element.findall(f"{_IN}unit")
            if element.get("type") == _PLURALS and members:
                yield _read_group(element, members, path)
        elif element.getparent().get("type") != _PLURALS:
            yield _read_group(element, [element], path)


def _read_group(element: Element, members: list[Element], path: str) -> Group:
    plural = element.tag == f"{_IN}group"
    notes = list(_read_notes(element))
    for member in members if plural else ():
        notes += _read_notes(member)
    units = tuple(_read_unit(member, path) for member in members)
    gone = element.get("type") == _OBSOLETE or (plural and element.get("translate") == "no")
    return Group(
        element.get("id", ""),
        unspelled(element.get("name", "")),
        units,
        tuple(notes),
        plural,
        gone,
        units[0].line,
    )


def _read_unit(element: Element, path: str) -> Unit:
    """A unit; one that an editor cut into several segments is put together again."""
    line = element.sourceline or 0
    parts = [part for part in element if part.tag in (f"{_IN}segment", f"{_IN}ignorable")]
    sources = [part.find(f"{_IN}source") for part in parts]
    if not parts or None in sources:
        hint = "send back the file as it was, with translations added"
        raise UnreadableError("this unit has no source", Where(path, line), hint, "xliff-format")
    source = "".join(_words(found, path) for found in sources)
    segments = [part for part in parts if part.tag == f"{_IN}segment"]
    if not any(part.find(f"{_IN}target") is not None for part in segments):
        return Unit(source, "", State.MISSING, line)
    words = _target(parts, path)
    return Unit(source, words, _read_state(words, segments), line)


def _target(parts: list[Element], path: str) -> str:
    """The translation of a unit; space between segments is kept where nobody translated it."""
    found: list[tuple[int, str]] = []
    for number, part in enumerate(parts, 1):
        target = part.find(f"{_IN}target")
        if target is None and part.tag == f"{_IN}ignorable":
            found.append((number, _words(part.find(f"{_IN}source"), path)))
        elif target is not None:
            order = target.get("order", "")
            place = int(order) if order.isdecimal() and len(order) < 6 else number
            found.append((place, _words(target, path)))
    return "".join(words for _, words in sorted(found, key=lambda item: item[0]))


def _read_state(words: str, segments: list[Element]) -> State:
    """As far as its worst segment; without a state it is `initial`, as the standard says."""
    if not words:
        return State.MISSING
    states = {segment.get("state", "initial") for segment in segments}
    return State.DONE if states <= _FINISHED else State.FUZZY


def _words(element: Element, path: str) -> str:
    return "".join(_read_inline(element, path))


def _read_inline(element: Element, path: str) -> Iterator[str]:
    yield unspelled(element.text or "")
    for child in element:
        tag = child.tag.removeprefix(_IN)
        if tag in ("mrk", "sm", "em"):
            yield from _read_inline(child, path)
        elif tag == "pc":
            name = _name(child, "id", path)
            yield f"<{name}>"
            yield from _read_inline(child, path)
            yield f"</{name}>"
        elif tag in _SHOWN:
            key = "startRef" if tag == "ec" and "startRef" in child.attrib else "id"
            yield _SHOWN[tag].format(_name(child, key, path))
        elif tag == "cp":
            yield _character(child, path)
        else:
            raise _unknown(tag, Where(path, child.sourceline or 0))
        yield unspelled(child.tail or "")


def _character(element: Element, path: str) -> str:
    """A character by its number: only one that XML cannot hold otherwise."""
    number = element.get("hex", "")
    found = chr(int(number, 16)) if _HEX.fullmatch(number) else ""
    if not found or not illegal(found) or 0xD800 <= ord(found) <= 0xDFFF:
        raise _unknown(f'hex="{number[:40]}"', Where(path, element.sourceline or 0))
    return found


def _name(element: Element, key: str, path: str) -> str:
    name: str = element.get(key, "")
    if not NAME.fullmatch(name):
        raise _unknown(f'{key}="{name[:40]}"', Where(path, element.sourceline or 0))
    return name


def _unknown(what: str, where: Where) -> UnreadableError:
    hint = "use the codes that the source of this unit has, and no others"
    return UnreadableError(f"no code of ours: {what}", where, hint, "xliff-code")


def _read_notes(element: Element) -> Notes:
    found = element.iterfind(f"{_IN}notes/{_IN}note")
    return tuple((note.get("category", ""), unspelled(note.text or "")) for note in found)
