"""XLIFF 1.2 ↔ a catalog: pairs of codes are `<g>`, codes that stand alone `<x/>`.

Source: OASIS, XLIFF 1.2 (2008). A missing translation has no `<target>`; a fuzzy one is
`needs-review-translation`, a finished one `translated` and approved, as editors show it.
"""

from __future__ import annotations

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
from pipeline.exchange._xml import Element, read_tree, text, value
from pipeline.model import Kind, State, Where

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_IN = f"{{{NAMESPACE}}}"
_PLURALS = "x-gettext-plurals"
_OBSOLETE = "x-obsolete"
_FINISHED = frozenset({"translated", "final", "signed-off"})


def write(document: Document) -> bytes:
    """The bytes of a file with one unit for each text; equal documents give equal bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="{NAMESPACE}">',
        (
            f'  <file original="{_value(document.name)}" datatype="plaintext"'
            f' source-language="{_value(document.source_locale)}"'
            f' target-language="{_value(document.locale)}">'
        ),
        "    <header>",
        *_notes(header_notes(document.catalog), "      "),
        "    </header>",
        "    <body>",
        *(line for group in groups_of(document.catalog) for line in _group(group)),
        "    </body>",
        "  </file>",
        "</xliff>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _group(group: Group) -> Iterator[str]:
    if not group.plural:
        yield from _unit(group.units[0], group.id, group)
        return
    translate = ' translate="no"' if group.obsolete else ""
    name = f' resname="{_value(group.name)}"' if group.name else ""
    yield f'      <group id="{group.id}" restype="{_PLURALS}"{name}{translate}>'
    yield from _notes(group.notes, "        ")
    for number, unit in enumerate(group.units):
        yield from _unit(unit, f"{group.id}.{number}", None)
    yield "      </group>"


def _unit(unit: Unit, number: str, group: Group | None) -> Iterator[str]:
    head = f'id="{number}" xml:space="preserve"'
    if group and group.name:
        head += f' resname="{_value(group.name)}"'
    if group and group.obsolete:
        head += f' restype="{_OBSOLETE}" translate="no"'
    if unit.state is State.DONE:
        head += ' approved="yes"'
    source = pieces_of(unit.source)
    yield f"      <trans-unit {head}>"
    yield f"        <source>{_inline(source)}</source>"
    if unit.target:
        state = "translated" if unit.state is State.DONE else "needs-review-translation"
        words = _inline(pieces_of(unit.target, marks_of(source)))
        yield f'        <target state="{state}">{words}</target>'
    yield from _notes(group.notes if group else (), "        ")
    yield "      </trans-unit>"


def _inline(pieces: Iterable[Piece]) -> str:
    return "".join(text(spelled(p)) if isinstance(p, str) else _mark(p) for p in pieces)


def _mark(mark: Mark) -> str:
    if mark.kind is Kind.CLOSE:
        return "</g>"
    if mark.kind is Kind.OPEN:
        return f'<g id="{mark.name}" equiv-text="{_value(str(mark))}">'
    return f'<x id="{mark.name}" equiv-text="{_value(str(mark))}"/>'


def _notes(notes: Notes, indent: str) -> Iterator[str]:
    for who, told in notes:
        yield f'{indent}<note from="{who}">{text(spelled(told))}</note>'


def _value(words: str) -> str:
    return value(spelled(words))


def read(content: bytes, path: str) -> Document:
    """The catalog of a file, the line of each unit as the span of its entry.

    Raises:
        UnreadableError: it is no XLIFF 1.2, or holds what cannot be kept; with the place.
    """
    root = read_tree(content, path)
    if root.tag != f"{_IN}xliff":
        raise UnreadableError(
            "this file is not XLIFF 1.2",
            Where(path, root.sourceline or 1),
            "send the file of the kit back, saved in the format that it had",
            "xliff-format",
        )
    file = root.find(f"{_IN}file")
    if file is None:
        raise UnreadableError("this file has no <file>", Where(path), "", "xliff-format")
    notes = _read_notes(file.find(f"{_IN}header"))
    groups = (group for each in root.iterfind(f"{_IN}file") for group in _read_groups(each, path))
    return Document(
        unspelled(file.get("original", "")),
        file.get("source-language", ""),
        file.get("target-language", ""),
        catalog_of(groups, notes, path),
    )


def _read_groups(file: Element, path: str) -> Iterator[Group]:
    """The entries of a file, in its order; other tools' own groups are passed through."""
    for element in file.iter(f"{_IN}trans-unit", f"{_IN}group"):
        if element.tag == f"{_IN}group":
            members = element.findall(f"{_IN}trans-unit")
            if element.get("restype") == _PLURALS and members:
                units = tuple(_read_unit(member, path) for member in members)
                gone = element.get("translate") == "no"
                yield _read_group(element, units, plural=True, obsolete=gone)
        elif element.getparent().get("restype") != _PLURALS:
            gone = element.get("restype") == _OBSOLETE
            yield _read_group(element, (_read_unit(element, path),), plural=False, obsolete=gone)


def _read_group(
    element: Element, units: tuple[Unit, ...], *, plural: bool, obsolete: bool
) -> Group:
    notes = list(_read_notes(element))
    for member in element.iterfind(f"{_IN}trans-unit") if plural else ():
        notes += _read_notes(member)
    return Group(
        element.get("id", ""),
        unspelled(element.get("resname", "")),
        units,
        tuple(notes),
        plural,
        obsolete,
        units[0].line if plural else element.sourceline or 0,
    )


def _read_unit(element: Element, path: str) -> Unit:
    line = element.sourceline or 0
    source, target = element.find(f"{_IN}source"), element.find(f"{_IN}target")
    if source is None:
        hint = "send back the file as it was, with translations added"
        raise UnreadableError("this unit has no source", Where(path, line), hint, "xliff-format")
    words = "" if target is None else _words(target, path)
    return Unit(_words(source, path), words, _read_state(words, element, target), line)


def _read_state(words: str, unit: Element, target: Element) -> State:
    """An editor that knows no states leaves them out: then what is there is meant."""
    if not words:
        return State.MISSING
    state, approved = target.get("state"), unit.get("approved")
    if approved == "yes" or state in _FINISHED:
        return State.DONE
    return State.DONE if state is None and approved is None else State.FUZZY


def _words(element: Element, path: str) -> str:
    return "".join(_read_inline(element, path))


def _read_inline(element: Element, path: str) -> Iterator[str]:
    yield unspelled(element.text or "")
    for child in element:
        tag = child.tag.removeprefix(_IN)
        if tag == "mrk":
            yield from _read_inline(child, path)
        elif tag == "g":
            name = _name(child, "id", path)
            yield f"<{name}>"
            yield from _read_inline(child, path)
            yield f"</{name}>"
        elif tag in ("x", "bx", "ex"):
            by_id = tag != "ex" or NAME.fullmatch(child.get("id", ""))
            name = _name(child, "id" if by_id else "rid", path)
            yield {"x": f"<{name}/>", "bx": f"<{name}>", "ex": f"</{name}>"}[tag]
        else:
            raise _unknown(tag, Where(path, child.sourceline or 0))
        yield unspelled(child.tail or "")


def _name(element: Element, key: str, path: str) -> str:
    name: str = element.get(key, "")
    if not NAME.fullmatch(name):
        raise _unknown(f'{key}="{name[:40]}"', Where(path, element.sourceline or 0))
    return name


def _unknown(what: str, where: Where) -> UnreadableError:
    hint = "use the codes that the source of this unit has, and no others"
    return UnreadableError(f"no code of ours: {what}", where, hint, "xliff-code")


def _read_notes(element: Element | None) -> Notes:
    found = () if element is None else element.iterfind(f"{_IN}note")
    return tuple((note.get("from", ""), unspelled(note.text or "")) for note in found)
