"""The slug ledger, locales/slugs.toml: every address that a page ever had."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import Where
from pipeline.store.files import read_text

PLACE = "locales/slugs.toml"
MOST_BYTES = 250  # a file name may have 255
Ledger = Mapping[str, Mapping[str, tuple[str, ...]]]  # locale → article → slugs, newest first

HEAD = """\
# Every address that a page ever had, newest first; older ones redirect to it.
# Written by `l10n build`. To change an address, translate the article's slug entry; a line
# that is taken out here breaks the links of everyone who kept them.
"""


def read_ledger(root: Path) -> Ledger:
    """The slugs by locale and article; empty without a file.

    Raises:
        ConfigError: the file is not what this tool writes.
    """
    path = root / PLACE
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(read_text(path, PLACE))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(str(error)) from error
    for locale, articles in tables.items():
        if not _is_name(locale) or not isinstance(articles, dict):
            raise _broken(f"{locale!r} is not a table of a locale")
        for article, slugs in articles.items():
            if (
                not _is_name(article)
                or not isinstance(slugs, list)
                or not slugs
                or not all(_is_slug(slug) for slug in slugs)
            ):
                raise _broken(f"{locale}.{article} is not a list of slugs")
    return {
        locale: {article: tuple(slugs) for article, slugs in articles.items()}
        for locale, articles in tables.items()
    }


def _is_slug(value: object) -> bool:
    """Whether a value can be one folder's name in an address, on every file system.

    Small letters, digits, the marks of other scripts and hyphens, in Unicode form NFC: what
    `stages.slugs` makes. So it is no way out of its folder, no file that stands there, and
    never another slug in disguise.
    """
    if not isinstance(value, str) or not value.strip("-"):
        return False
    plain = value == value.lower() and value == unicodedata.normalize("NFC", value)
    known = all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in value)
    return plain and known and len(value.encode()) <= MOST_BYTES


def _is_name(key: str) -> bool:
    """Whether a key can be a locale or the id of an article."""
    return bool(re.fullmatch(r"[A-Za-z0-9-]+", key))


def _broken(problem: str) -> ConfigError:
    return ConfigError(
        f"this is not a slug ledger: {problem}", Where(PLACE), "restore the file from git"
    )


def ledger_bytes(ledger: Ledger) -> bytes:
    """The file's bytes for a ledger, in an order that merges well."""
    lines = [HEAD]
    for locale in sorted(ledger):
        lines.append(f"\n[{locale}]\n")
        for article in sorted(ledger[locale]):
            slugs = ", ".join(
                json.dumps(slug, ensure_ascii=False) for slug in ledger[locale][article]
            )
            lines.append(f"{article} = [{slugs}]\n")
    return "".join(lines).encode("utf-8")
