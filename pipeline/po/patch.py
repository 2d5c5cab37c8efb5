"""A PO file and what a person decided about some entries → its bytes, no other line touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.errors import ConflictError
from pipeline.model import Entry, Where
from pipeline.po.save import save
from pipeline.po.scan import scan


@dataclass(frozen=True, slots=True)
class Change:
    """What to change in one entry; None leaves a thing as it is."""

    msgstr: tuple[str, ...] | None = None
    fuzzy: bool | None = None  # False also takes the `#|` lines away
    comments: tuple[str, ...] | None = None


def patch(content: bytes, changes: Mapping[tuple[str, str], Change], path: str = "") -> bytes:
    """The file with the changed entries, by context and text; the header stays as it is.

    Raises:
        UnreadableError: the file is faulty.
        ConflictError: an entry is not there, or has another number of plural forms.
    """
    catalog = scan(content, path)
    known = {entry.id for entry in catalog.entries}
    for context, msgid in changes:
        if (context, msgid) not in known:
            problem = f"the entry {msgid[:60]!r} is no longer in the file"
            raise ConflictError(problem, Where(path), "load the file again")
    entries = tuple(
        changed(entry, changes[entry.id], path) if entry.id in changes else entry
        for entry in catalog.entries
    )
    return save(content, replace(catalog, entries=entries), path, before=catalog)


def changed(entry: Entry, change: Change, path: str = "") -> Entry:
    """The entry with the change."""
    msgstr = entry.msgstr if change.msgstr is None else change.msgstr
    if len(msgstr) != len(entry.msgstr):
        problem = f"{len(msgstr)} plural forms for an entry with {len(entry.msgstr)}"
        raise ConflictError(problem, Where(path, entry.span.line), "load the file again")
    flags, previous = entry.flags, entry.previous
    if change.fuzzy is not None:
        flags = tuple(flag for flag in flags if flag != "fuzzy")
        flags, previous = (("fuzzy", *flags), previous) if change.fuzzy else (flags, ())
    comments = entry.comments if change.comments is None else change.comments
    return replace(entry, msgstr=msgstr, flags=flags, previous=previous, comments=comments)
