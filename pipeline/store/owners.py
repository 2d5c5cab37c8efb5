"""A file of the law → whom to ask about it; what is wrong with such a file forbids."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ConfigError, PolicyError, UnreadableError
from pipeline.model import Finding
from pipeline.store.files import read_text

PEOPLE = "locales/markets/people.toml"
UNNAMED = "regulatory affairs"  # whom to ask where no file names a person
OWNER = re.compile(r"""^owner\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)


def owner_of(root: Path, shown: str) -> str:
    """Who answers for a file of the law, as far as broken files still tell.

    That is the `owner` of a market file, else whom `[owners]` of people.toml names for it.
    """
    if shown.startswith("locales/markets/") and shown.endswith(".toml"):
        owner = _text(_table(root, shown).get("owner"))
        found = OWNER.search(_content(root, shown))
        if owner or found:
            return owner or (found[1] if found else "")
    owners = _table(root, PEOPLE).get("owners")
    named = owners.get(shown) if isinstance(owners, Mapping) else ""
    return _text(named) or UNNAMED


def languages_of(root: Path, shown: str) -> tuple[str, ...] | None:
    """The locales that a sound market file lists; None when there is no such file."""
    if not (root / shown).is_file():
        return None
    found = _table(root, shown).get("languages")
    return tuple(map(str, found)) if isinstance(found, list) else ()


@contextmanager
def law_of(root: Path) -> Iterator[None]:
    """Lets what is wrong with the law's files end the command as policy does.

    Without the whole law no page may be published, and the tool that reads it cannot mend it:
    each problem names the person to ask.

    Raises:
        PolicyError: in place of a ConfigError.
    """
    try:
        yield
    except (ConfigError, PolicyError) as error:
        raise PolicyError.of(tuple(_asking(f, root) for f in error.as_findings())) from error


def _asking(finding: Finding, root: Path) -> Finding:
    """A finding that also says whom to ask."""
    shown = finding.where.path
    ask = f"ask {owner_of(root, shown)}, who answers for {shown}"
    return replace(finding, hint=f"{finding.hint}; {ask}" if finding.hint else ask)


def _content(root: Path, shown: str) -> str:
    """The text of a file; "" when it cannot be read."""
    try:
        return read_text(root / shown, shown)
    except UnreadableError:
        return ""


def _table(root: Path, shown: str) -> Mapping[str, object]:
    """What a TOML file says; nothing when it cannot be read."""
    try:
        return tomllib.loads(_content(root, shown))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
