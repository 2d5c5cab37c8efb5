"""Finds a workspace and reads what its l10n.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ConfigError, UsageError
from pipeline.model import Site, SplitOptions, Where
from pipeline.model.memory import MemorySettings

NAME = "l10n.toml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with articles, words and law, and its settings."""

    root: Path
    site: Site
    options: SplitOptions
    memory: MemorySettings = field(default_factory=MemorySettings)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The article files, in the order of their names."""
        folder = self.root / "source"
        found = [*folder.rglob("*.md"), *folder.rglob("*.html"), *folder.rglob("*.htm")]
        return tuple(sorted(path for path in found if path.is_file()))

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the workspace, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def assurance_of(root: Path) -> str:
    """What l10n.toml calls its assurance, read by itself; "" when it cannot be told."""
    try:
        told = tomllib.loads((root / NAME).read_text("utf-8")).get("assurance")
    except (OSError, ValueError, RecursionError):
        return ""
    return told if isinstance(told, str) else ""


def find_root(start: Path) -> Path:
    """The nearest folder, upwards, that holds an l10n.toml.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder
    raise UsageError(
        f"no {NAME} in {start} or any folder above it",
        None,
        "run `l10n init` here to make a workspace, or name one with -C DIR",
    )


def open_workspace(root: Path) -> Workspace:
    """Read the settings of the workspace in `root`.

    Raises:
        ConfigError: with every problem of l10n.toml.
    """
    from pipeline.store.config import Config
    from pipeline.store.toml import read_toml

    config = read_toml(root / NAME, Config, NAME)
    site = Site(
        name=config.site.name,
        base_url=config.site.base_url.rstrip("/"),
        organisation=config.site.organisation,
        source_locale=config.site.source_locale,
        assurance=config.assurance,
        inherit=dict(config.inherit),
        build_every=config.schedule.build_every_days,
    )
    _refuse_odd_parents(site.inherit)
    options = SplitOptions(
        keys=tuple(config.front_matter.translate) or SplitOptions().keys,
        translate_pre=config.front_matter.translate_pre,
        language=site.source_locale.partition("-")[0],
    )
    memory = MemorySettings(config.memory.url, config.memory.prefill)
    return Workspace(root, site, options, memory)


def _refuse_odd_parents(inherit: Mapping[str, str]) -> None:
    """Words are inherited within one language, and over one step, so that their source is plain."""
    for locale, parent in inherit.items():
        if locale.split("-")[0] != parent.split("-")[0]:
            raise ConfigError(
                f"{locale} would inherit words from {parent}, which is another language",
                Where(NAME),
                "inherit from a locale of the same language, such as de-AT from de-DE",
            )
        if parent in inherit:
            raise ConfigError(
                f"{locale} inherits from {parent}, which inherits from {inherit[parent]} itself",
                Where(NAME),
                f"let {locale} inherit from {inherit[parent]} directly",
            )


def folder_of(locale: str) -> str:
    """A locale as its folder under `locales/` is called: `de-AT` → `de_AT`."""
    return locale.replace("-", "_")
