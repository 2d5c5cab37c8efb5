"""A workspace → the texts that its memory knows beyond its catalogs, for each locale."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.store.workspace import Workspace
from pipeline.workflows.memory import TMX, remember


def recall(workspace: Workspace, locales: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The texts with a translation in imported memories, or on the server of l10n.toml.

    Raises:
        UnreadableError, ConflictError, ConfigError: the memory cannot be used.
    """
    server = bool(workspace.memory.url)
    if not server and not any(workspace.root.glob(TMX)):
        return {}  # catalogs are read anyway
    found = {}
    with remember(workspace) as known:
        for locale in locales:
            units = known.memory.units((locale, locale.partition("-")[0]))
            texts = (unit.source for path, unit in units if server or path.endswith(".tmx"))
            found[locale] = tuple(dict.fromkeys(texts))
    return found
