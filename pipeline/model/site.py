"""The site as a whole, and what a command means to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Site:
    """What l10n.toml says of the site as a whole."""

    name: str
    base_url: str  # without a slash at its end
    organisation: str
    source_locale: str
    assurance: str  # sample, integrity or signed
    inherit: Mapping[str, str]  # de-AT → de-DE
    build_every: int = 1  # days until the next scheduled build


@dataclass(frozen=True, slots=True)
class Write:
    """A file that a workflow means to write, relative to the workspace; None deletes it."""

    path: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workflow means to do, so that `--dry-run` is free."""

    writes: tuple[Write, ...] = ()
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
