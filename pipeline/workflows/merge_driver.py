"""Three files that git hands over → the file that it takes as merged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.model import Catalog
from pipeline.store.files import read_bytes, write_atomic


@dataclass(frozen=True, slots=True)
class Driven:
    """What a merge did."""

    conflicts: tuple[str, ...]  # the texts of entries that both sides had changed differently


def drive(base: Path, ours: Path, theirs: Path, shown: str) -> Driven:
    """Merge two PO files that grew from `base`, and write the result into `ours`.

    An unreadable base counts as none: then nothing can be told to have been taken out.

    Raises:
        UnreadableError: one side is no PO file; `ours` is left as it was, without markers.
    """
    from pipeline.po.save import save
    from pipeline.po.scan import scan
    from pipeline.stages.unite import lead_first, unite

    contents = read_bytes(ours, shown), read_bytes(theirs, shown)
    sides = tuple(
        (content, _scanned(content, shown, which))
        for content, which in zip(contents, ("our branch", "the branch to merge"), strict=True)
    )
    try:
        was = scan(read_bytes(base, shown), shown)
    except UnreadableError:
        was = Catalog(())
    lead, other = sides if lead_first(sides[0][1], sides[1][1]) else sides[::-1]
    united = unite(was, lead[1], other[1])
    result = save(lead[0], united.catalog, shown, before=lead[1])
    scan(result, shown)
    if result != contents[0]:
        write_atomic(ours, result)
    return Driven(tuple(msgid for _, msgid in united.conflicts))


def _scanned(content: bytes, shown: str, which: str) -> Catalog:
    from pipeline.po.scan import scan

    return scan(content, f"{shown} ({which})")
