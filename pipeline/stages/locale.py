"""A locale as far as merging asks, and what it notes of the words that it inherits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.stages.carry import Id


@dataclass(frozen=True, slots=True)
class Locale:
    """For whom a catalog is, as far as merging asks."""

    name: str  # de-AT
    source: str  # the locale that articles are written in: en-US
    parent: str = ""  # the locale whose words it inherits: de-DE
    inherited: Mapping[Id, str] = field(default_factory=dict)  # the parent's words

    @property
    def is_source(self) -> bool:
        """Whether articles are written in this very locale."""
        return self.name == self.source

    @property
    def starts_from_source(self) -> bool:
        """Whether it speaks the source's language and inherits no words from elsewhere.

        Source words in a catalog that inherits would hide its parent's: American from Irish.
        """
        same = self.name.partition("-")[0] == self.source.partition("-")[0]
        return same and not self.parent


def inherits(locale: Locale, key: Id) -> tuple[str, ...]:
    """The note that tells the words an entry inherits, if any."""
    own = locale.inherited.get(key)
    if not own or not locale.parent:
        return ()
    told = own.replace("\n", "\\n").replace("\r", "\\r")
    return (f"inherits ({locale.parent}): {told}",)
