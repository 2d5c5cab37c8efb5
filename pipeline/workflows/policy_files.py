"""A workspace → the files that decide what goes live, and whose owner must be asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.stages.evidence import plain
from pipeline.stages.media import images_named
from pipeline.store.files import read_text


def policy_files(root: Path, line: Iterable[str], assurance: str) -> tuple[str, ...]:
    """The files whose words decide what a market publishes; `line` are it and its parents.

    Templates and style can say or hide anything on every page, so they are among them, with
    the images that they name; and so are the lists of who may sign: the root key's signature
    fits an older one, too.
    """
    folder = root / "locales" / "markets"
    found = [root / "l10n.toml", root / "source" / "products.toml", folder / "claims.toml"]
    found += [folder / f"{code}.toml" for code in line]
    found += [*folder.glob("statutory/*.toml"), *folder.glob("terms/*.txt")]
    # a waiver lets words with an error count as finished
    found += [folder / "people.toml", root / "locales" / "waivers.toml"]
    if assurance == "signed":
        found.append(folder / "allowed_signers")
    looks = [*(root / "templates").glob("*.html"), root / "templates" / "site.css"]
    found += [*looks, *_images_of(root, (path for path in looks if path.is_file()))]
    return tuple(sorted(p.relative_to(root).as_posix() for p in found if p.is_file()))


def _images_of(root: Path, looks: Iterable[Path]) -> tuple[Path, ...]:
    """The images that templates or the style sheet name."""
    folder = root / "source" / "images"
    known = {p.relative_to(folder).as_posix() for p in folder.rglob("*")}
    texts = [read_text(path, path.relative_to(root).as_posix()) for path in looks]
    named = frozenset[str]().union(*(images_named(text, known) for text in texts))
    return tuple(folder / name for name in named)


def policy_text(root: Path, path: str) -> str:
    """The text of a policy file as its owner approves it."""
    return plain(read_text(root / path, path))


def scope_of(path: str, codes: Iterable[str]) -> str:
    """The market whose owner a file needs; files of the whole workspace need one of "*"."""
    name = Path(path).stem
    return name if path == f"locales/markets/{name}.toml" and name in set(codes) else "*"
