"""Reads and writes locales/waivers.toml: findings that a person accepts, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import Where, Write
from pipeline.model.waiver import Waiver
from pipeline.store.files import read_text

if TYPE_CHECKING:
    from tomlkit.items import Table

PLACE = "locales/waivers.toml"
_HEAD = "# Findings that a person accepts, with the reason. Written by `l10n waive`.\n"


def load_waivers(root: Path) -> tuple[Waiver, ...]:
    """The waivers of a workspace in the order of the file; none without a file.

    Raises:
        ConfigError: with a finding for every problem of the file.
    """
    path = root / PLACE
    if not path.is_file():
        return ()
    from pipeline.store.toml import line_of, read_toml
    from pipeline.store.waivers_schema import WaiversFile

    tables = read_toml(path, WaiversFile, PLACE).waivers
    text = read_text(path, PLACE)
    return tuple(
        Waiver(
            code=table.code,
            locale=table.locale,
            reason=table.reason,
            person=table.person,
            given=table.date,
            where=Where(PLACE, line_of(text, ("waivers", number))),
            article=table.article,
            entry=None if table.msgid is None else (table.context, table.msgid),
            words=table.words,
            until=table.until,
        )
        for number, table in enumerate(tables)
    )


def waiver_write(root: Path, waivers: tuple[Waiver, ...]) -> tuple[Write, bytes | None]:
    """The file with more waivers at its end, and the bytes that it has now."""
    import tomlkit

    path = root / PLACE
    before = path.read_bytes() if path.is_file() else None
    document = tomlkit.parse(read_text(path, PLACE) if before is not None else _HEAD)
    tables = document.get("waivers") or tomlkit.aot()
    for waiver in waivers:
        table = _table(waiver)
        table.add(tomlkit.nl())  # a blank line between two of them
        tables.append(table)
    document["waivers"] = tables
    return Write(PLACE, tomlkit.dumps(document).encode()), before


def _table(waiver: Waiver) -> Table:
    import tomlkit

    table = tomlkit.table()
    table["code"] = waiver.code
    table["locale"] = waiver.locale
    if waiver.article:
        table["article"] = waiver.article
    if waiver.entry is not None:
        if waiver.entry[0]:
            table["context"] = waiver.entry[0]
        table["msgid"] = waiver.entry[1]
        table["words"] = waiver.words
    table["reason"] = waiver.reason
    table["person"] = waiver.person
    table["date"] = waiver.given
    if waiver.until is not None:
        table["until"] = waiver.until
    return table
