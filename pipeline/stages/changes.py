"""An old and a new template → what became of each text, found once for all locales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Catalog, Entry
from pipeline.po.blocks import Heads
from pipeline.stages.carry import Id
from pipeline.stages.figures import interchangeable
from pipeline.stages.similarity import Index

CHANGE_FIELD = "X-Source-Change"  # of a template: which declared change it has seen
_OFFERED = 5  # texts a locale may choose from: the best one may lack words there
_GONE = 0.1  # a text that left the article rather became the new one than one that stayed


@dataclass(frozen=True, slots=True)
class Changes:
    """A new template, and for each text that is new in it the old ones it is like."""

    template: Catalog
    ids: frozenset[Id]
    old_ids: frozenset[Id]
    likes: Mapping[Id, tuple[Id, ...]]  # the best first
    same_figures: frozenset[tuple[Id, Id]]  # those pairs whose numbers and units agree
    heads: Mapping[bytes, Id]  # how an entry of the template stands in a catalog → its id
    cosmetic: Mapping[Id, Id] = field(default_factory=dict)  # new text → old: its words stay

    def agree(self, new: Entry, old: Entry) -> bool | None:
        """Whether the figures of two texts are the same; None if it was not looked at."""
        if old.id not in self.likes.get(new.id, ()):
            return None
        return (new.id, old.id) in self.same_figures

    def near(self, wanted: Entry) -> tuple[Id, ...]:
        """The old entries whose words may serve for a new one, the best first."""
        return self.likes.get(wanted.id, ())


def compare(old: Catalog | None, new: Catalog) -> Changes:
    """Find out what became of each text of the old template; None if there was none.

    A text that only changed its context comes first, then texts by likeness; those that
    left the article go before equals that stayed.
    """
    new = replace(new, entries=tuple(e for e in new.entries if not e.obsolete))
    ids = frozenset(entry.id for entry in new.entries)
    before = [entry for entry in old.entries if not entry.obsolete] if old else []
    old_ids = frozenset(entry.id for entry in before)
    added = [entry for entry in new.entries if entry.id not in old_ids]
    likes: dict[Id, tuple[Id, ...]] = {}
    if added and before:
        candidates = Candidates(before, old_ids - ids, [entry.msgid for entry in added])
        likes = {entry.id: candidates.near(entry) for entry in added}
    likes = {key: found for key, found in likes.items() if found}
    pairs = ((new_id, old_id) for new_id, found in likes.items() for old_id in found)
    agreeing = frozenset(pair for pair in pairs if interchangeable(pair[0][1], pair[1][1]))
    make = Heads()
    heads = {head: entry.id for entry in new.entries if (head := make.head(entry))}
    return Changes(new, ids, old_ids, likes, agreeing, heads)


class Candidates:
    """Entries among which like ones are looked for."""

    def __init__(
        self,
        entries: Sequence[Entry],
        gone: Iterable[Id] = (),
        wanted: Sequence[str] | None = None,  # the texts that will be looked for, if known
    ) -> None:
        self.entries = entries
        self.wanted = wanted
        self.gone = frozenset(gone)
        self._by_text: defaultdict[str, list[Id]] = defaultdict(list)
        for entry in entries:
            self._by_text[entry.msgid].append(entry.id)
        self._index: Index | None = None

    def near(self, wanted: Entry) -> tuple[Id, ...]:
        """The ids of like entries, the best first."""
        same = self._by_text.get(wanted.msgid, ())
        if not self.entries:
            return ()
        if self._index is None:  # only a text that is new pays for it
            self._index = Index((entry.msgid for entry in self.entries), self.wanted)
        scored = [(score, self.entries[at].id) for score, at in self._index.near(wanted.msgid)]
        scored.sort(key=lambda pair: -(pair[0] + _GONE * (pair[1] in self.gone)))
        ids = dict.fromkeys((*same, *(found for _, found in scored[: 2 * _OFFERED])))
        return tuple(ids)[:_OFFERED]
