"""locales/markets/statutory/ → the wordings that a law fixes, each locked by its own digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model import Finding, Market, Statutory, Where
from pipeline.store.market_names import FOLDER as MARKETS
from pipeline.store.market_names import near, unknown_market
from pipeline.store.statements import statement_problems

if TYPE_CHECKING:
    from pipeline.store.market_schema import StatutoryTable

FOLDER = f"{MARKETS}/statutory"
# The id, and the locale where a law fixes one text in several languages: risk.fr-CA.toml.
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([A-Za-z-]+))?\.toml")


def load_statutory(root: Path, markets: tuple[Market, ...]) -> tuple[Statutory, ...]:
    """The statutory wordings of a workspace in the order of their files; none without a folder.

    Raises:
        ConfigError: with a finding for every problem of every file, and for each rule that
            names a wording without a file.
    """
    folder = root / FOLDER
    texts: list[Statutory] = []
    findings: list[Finding] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            text, problems = _read(path, markets)
        except ConfigError as error:
            findings += error.as_findings()
            continue
        texts.append(text)
        findings += problems
    findings += _unknown(markets, {path.name.partition(".")[0] for path in _files(folder)})
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(texts)


def _files(folder: Path) -> tuple[Path, ...]:
    """What lies in the folder, if it is there."""
    return tuple(folder.iterdir()) if folder.is_dir() else ()


def _read(path: Path, markets: tuple[Market, ...]) -> tuple[Statutory, tuple[Finding, ...]]:
    """One file, and what is wrong with it beyond the types of its keys."""
    from pipeline.store.market_schema import StatutoryTable
    from pipeline.store.toml import read_toml

    shown = f"{FOLDER}/{path.name}"
    name = _NAME.fullmatch(path.name)
    if not name:
        hint = "call it <id>.toml or <id>.<locale>.toml, the id in lower-case letters"
        raise ConfigError("this is no file of a statutory wording", Where(shown), hint, "bad-value")
    table = read_toml(path, StatutoryTable, shown)
    text = _statutory(name[1], table, shown)
    problems = tuple(_problems(text, table, markets))
    if name[2] and name[2] != table.locale:
        problem = f"the file {path.name} holds a text in {table.locale}"
        hint = f"call the file {name[1]}.{table.locale}.toml, or correct the locale"
        problems += (Finding("bad-value", problem, text.where, hint),)
    return text, problems


def _statutory(name: str, table: StatutoryTable, shown: str) -> Statutory:
    """A file's table as a value."""
    return Statutory(
        id=name,
        market=table.market,
        locale=table.locale,
        text=table.text,
        legal=tuple(table.legal),
        applies_to=table.applies_to,
        where=Where(shown),
        effective_from=table.effective_from,
        review_by=table.review_by,
        repealed=table.repealed,
    )


def _problems(
    text: Statutory, table: StatutoryTable, markets: tuple[Market, ...]
) -> Iterator[Finding]:
    """What is wrong with a wording: its bytes, its words, its market and its locale."""
    where = text.where
    digest = hashlib.sha256(text.text.encode("utf-8")).hexdigest()
    if digest != table.sha256:
        problem = f"the text is not the one that was locked: its sha256 is {digest}"
        hint = "restore the text from git; if the law has new words, look up and lock those"
        yield Finding("statutory-changed", problem, where, hint)
    for finding in statement_problems(text.text, where.path, text.locale):
        # The lines of the text are not those of the file, so the file as a whole is named.
        yield replace(finding, where=where)
    known = {market.code: market for market in markets}
    if text.market not in known:
        yield unknown_market(text.market, frozenset(known), where)
    elif known[text.market].languages and text.locale not in known[text.market].languages:
        hint = f"its locales are {', '.join(known[text.market].languages)}"
        yield Finding("bad-value", f"{text.locale} is no locale of {text.market}", where, hint)
    if table.repealed and table.repealed < table.effective_from:
        problem = f"it was repealed on {table.repealed}, before it came into force"
        yield Finding("bad-value", problem, where, "correct one of the dates")


def _unknown(markets: tuple[Market, ...], ids: set[str]) -> Iterator[Finding]:
    """A finding for each rule whose wording has no file."""
    rules = {rule.where: rule for market in markets for rule in market.rules if rule.statutory}
    for rule in rules.values():
        if rule.statutory not in ids:
            hint = near(rule.statutory, sorted(ids), f"write {FOLDER}/{rule.statutory}.toml")
            problem = f"rule {rule.id}: there is no statutory wording {rule.statutory!r}"
            yield Finding("unknown-statutory", problem, rule.where, hint)
