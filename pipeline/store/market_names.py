"""The folder of the law → the codes of the markets there, and near names for one that is not."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pipeline.model import Finding, Where

FOLDER = "locales/markets"
# Files of this folder that are not markets.
OTHER_FILES = frozenset({"claims.toml", "people.toml"})


def market_files(root: Path) -> tuple[Path, ...]:
    """The market files of a workspace, by their names; what lies in folders below is none."""
    found = (root / FOLDER).glob("*.toml") if (root / FOLDER).is_dir() else ()
    return tuple(sorted(path for path in found if path.name not in OTHER_FILES))


def market_codes(root: Path) -> frozenset[str]:
    """The codes of the markets that have a file."""
    return frozenset(path.stem for path in market_files(root))


def unknown_market(code: str, known: frozenset[str], where: Where) -> Finding:
    """The finding about a market without a file."""
    # Codes are short: one letter of two may differ, or both stand the wrong way round.
    alike = get_close_matches(code, sorted(known), 1, 0.5)
    hint = f"did you mean {alike[0]!r}?" if alike else f"write {FOLDER}/{code}.toml first"
    return Finding("unknown-market", f"there is no market {code!r}", where, hint)


def near(name: str, names: list[str], otherwise: str) -> str:
    """The hint that names the nearest of some names."""
    found = get_close_matches(name, names, 1)
    return f"did you mean {found[0]!r}?" if found else otherwise
