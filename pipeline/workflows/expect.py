"""Pages that somebody expects → whether each is there; if not, why and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model import Finding, Where
from pipeline.store.owners import languages_of, owner_of
from pipeline.workflows.rows import Row
from pipeline.workflows.words import catalog_path

MARKET = re.compile(r"[A-Z]{2,}")
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}")
PUBLISHED = ("published", "gated")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an `--expect` asks for; an empty locale or article asks for all of them."""

    market: str
    locale: str = ""
    article: str = ""

    def __str__(self) -> str:
        """Write it as the option takes it."""
        return "/".join(filter(None, (self.market, self.locale, self.article)))


@dataclass(frozen=True, slots=True)
class Expected:
    """A page that is expected, what became of it, and why readers do not get it."""

    page: str  # DE/de-DE/in-stent-restenosis; less of it, if there can be no such page
    outcome: str  # as the table says it; "missing" for what the table does not have
    findings: tuple[Finding, ...] = ()

    @property
    def published(self) -> bool:
        """Whether readers get the page."""
        return self.outcome in PUBLISHED


def read_asked(texts: Iterable[str]) -> tuple[Asked, ...]:
    """What `--expect` options ask for: MARKET, MARKET/ARTICLE or MARKET/LOCALE/ARTICLE.

    Raises:
        UsageError: one of them is nothing of the kind.
    """
    return tuple(dict.fromkeys(map(_asked, texts)))


def _asked(text: str) -> Asked:
    market, *rest = text.split("/")
    locale = rest.pop(0) if rest and LOCALE.fullmatch(rest[0]) else ""
    article = rest.pop(0) if rest else ""
    if not MARKET.fullmatch(market) or rest or text != str(Asked(market, locale, article)):
        hint = "name a market, and an article if you like: --expect DE, --expect DE/ARTICLE"
        raise UsageError(f"{text!r} names no page to expect", None, hint)
    return Asked(market, locale, article)


def expected(
    root: Path, asked: Iterable[Asked], rows: tuple[Row, ...], stopped: tuple[Finding, ...]
) -> tuple[Expected, ...]:
    """Whether each page that is asked for is there.

    `rows` are what became of all pages; `stopped` is what kept the build from making any.
    """
    every = (one for ask in asked for one in _expected(root, ask, rows, stopped))
    return tuple(dict.fromkeys(every))


def _expected(
    root: Path, asked: Asked, rows: tuple[Row, ...], stopped: tuple[Finding, ...]
) -> Iterator[Expected]:
    """The pages of one `--expect`."""
    shown = f"locales/markets/{asked.market}.toml"
    owner = owner_of(root, shown)
    if found := _no_law(asked, languages_of(root, shown), Where(shown), owner):
        yield Expected(str(asked), "missing", (found,))
        return
    wanted = [row for row in rows if _is_asked(row, asked)]
    if stopped or not wanted:
        yield Expected(str(asked), "missing", (_not_built(asked, stopped),))
        return
    for row in wanted:
        page = f"{row.market}/{row.locale}/{row.article}"
        yield Expected(page, row.page, tuple(_reasons(row, owner)))


def _is_asked(row: Row, asked: Asked) -> bool:
    """Whether a row is among what is asked for."""
    pairs = ((asked.market, row.market), (asked.locale, row.locale), (asked.article, row.article))
    return all(wanted in ("", is_now) for wanted, is_now in pairs)


def _no_law(
    asked: Asked, languages: tuple[str, ...] | None, where: Where, owner: str
) -> Finding | None:
    """Why a market can have no such page at all, if so."""
    market = asked.market
    ask = f"ask {owner}, who answers for the law of {market}"
    if languages is None:
        problem = f"{market} has no market file: nobody has stated its law, so nothing is shown"
        return Finding("law-no-market", problem, where, f"{ask}, to write {where.path}")
    if not languages:
        problem = f"{market} lists no language: it passes rules on and is never published"
        return Finding("law-parent-only", problem, where, ask)
    if asked.locale and asked.locale not in languages:
        problem = f"{asked.locale} is no locale of {market}, which lists {', '.join(languages)}"
        hint = f"{ask}, to list it among the languages of {where.path}"
        return Finding("law-locale-not-listed", problem, where, hint)
    return None


def _not_built(asked: Asked, stopped: tuple[Finding, ...]) -> Finding:
    """Why there is not even a line of the table."""
    if not stopped:
        hint = "put an article into source/; ask the localization manager which"
        return Finding("page-not-built", f"{asked}: there is no article", Where("source"), hint)
    first = stopped[0]
    problem = f"{asked} was not built: {first.code}: {first.message}"
    hint = f"{first.hint or 'mend the file'}; ask whoever answers for {first.where.path}"
    return Finding("page-not-built", problem, first.where, hint)


def _reasons(row: Row, owner: str) -> Iterator[Finding]:
    """What keeps a page from readers, each with whom to ask."""
    for block in row.blocks:
        ask = f"{block.hint}; ask {owner}, who answers for the law of {row.market}"
        yield block if "ask " in block.hint else replace(block, hint=ask.removeprefix("; "))
    if row.page == "draft":
        name = row.article if row.fuzzy or row.missing else "site"
        lacks = f"{row.missing} segments without a translation, {row.fuzzy} fuzzy"
        problem = f"the words are not complete: {row.why[0] if row.why else lacks}"
        hint = f"ask the translators of {row.locale} when they come; {owner} answers for the market"
        yield Finding("page-draft", problem, Where(catalog_path(row.locale, name)), hint)
