"""Articles that declare a change → what it does in an extraction, its record, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.model import Article, Catalog, Finding
from pipeline.stages.changes import Changes
from pipeline.stages.declared import Declaration, Effect, declaration_of, declare
from pipeline.store.declared import record_changes
from pipeline.store.products import load_products
from pipeline.store.workspace import Workspace


def declared_in(articles: Iterable[Article]) -> Declared:
    """The changes that articles declare."""
    found = {a.id: declaration_of(a.document.front, a.path) for a in articles}
    return Declared({name: said for name, said in found.items() if said})


class Declared:
    """The declared changes of one extraction, and what became of them."""

    def __init__(self, said: Mapping[str, Declaration]) -> None:
        self.said = said
        self.effects: dict[str, Effect] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Declarations that are refused."""
        return tuple(f for effect in self.effects.values() for f in effect.findings)

    def judge(
        self, name: str, old: Catalog | None, changes: Changes, workspace: Workspace
    ) -> Changes:
        """The changes of an article's template, as its author declares them."""
        said = self.said.get(name)
        if said is None:
            return changes
        products = load_products(workspace.root)
        names = [word for p in products for word in (*p.names, *p.substances)]
        effect = self.effects[name] = declare(old, changes, said, names)
        return effect.changes

    def record(self, root: Path, time: str) -> None:
        """Keep on the disk what was declared, and which words were kept because of it."""
        lines = [
            {
                "time": time,
                "article": name,
                "type": self.said[name].type,
                "note": self.said[name].note,
                "kept": [{"was": was, "now": now} for was, now in effect.kept.items()],
                "reopened": effect.reopened,
            }
            for name, effect in self.effects.items()
            if effect.fresh
        ]
        if lines:
            record_changes(root, lines)

    def told(self, workspace: Workspace) -> tuple[str, ...]:
        """What the declarations did, a line each."""
        fresh = {name: effect for name, effect in self.effects.items() if effect.fresh}
        return tuple(self._told(name, effect, workspace) for name, effect in fresh.items())

    def _told(self, name: str, effect: Effect, workspace: Workspace) -> str:
        said = self.said[name]
        line = f"{name}: {said.type} change: {said.note}"
        if said.type == "cosmetic":
            return f"{line}; texts that keep their translations: {len(effect.kept)}"
        if said.type == "editorial":
            return line
        line += f"; unchanged texts to look at again in every locale: {effect.reopened}"
        return f"{line}; tell {_owners(workspace)}" if said.type == "regulatory" else line


def _owners(workspace: Workspace) -> str:
    """Who answers for the law of each market that is published."""
    from pipeline.store.markets import load_markets

    owners: dict[str, list[str]] = {}
    for market in load_markets(workspace.root):
        if market.languages:
            owners.setdefault(market.owner, []).append(market.code)
    return ", ".join(f"{owner} ({' '.join(codes)})" for owner, codes in owners.items())
