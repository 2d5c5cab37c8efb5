"""Catalogs on disk → the translation of each segment, with inheritance and checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.model import (
    Check,
    Finding,
    Pair,
    Role,
    Segment,
    Severity,
    State,
    Vocabulary,
    Where,
)
from pipeline.model.waiver import Told, Waiver
from pipeline.stages.waive import accepts, digest
from pipeline.store.files import read_bytes
from pipeline.store.glossary import read_glossary
from pipeline.store.products import load_products
from pipeline.store.waivers import load_waivers
from pipeline.store.workspace import Workspace, folder_of

Words = Callable[[Segment], tuple[str, State]]
Lookup = Mapping[tuple[str, str], tuple[tuple[str, ...], State]]


@cache
def checks() -> tuple[Check, ...]:
    """Every check, one for each file of `pipeline/checks`."""
    import pipeline.checks
    from pipeline.plugins import collect

    return collect(pipeline.checks, "CHECK")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the checks of a workspace know beside the words themselves."""

    source_locale: str = "en-US"
    kept: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    day: date = date.min
    terms: Mapping[str, Vocabulary] = field(default_factory=dict)  # by locale
    names: tuple[str, ...] = ()  # of products

    def pair(self, segment: Segment, text: str, locale: str, plural: bool = False) -> Pair:
        """A translation beside its segment, with all that checks may ask of."""
        terms = self.terms.get(locale)
        return Pair(segment, text, locale, self.source_locale, self.kept, plural, terms, self.names)


NO_GROUND = Ground()


def read_ground(workspace: Workspace, day: date) -> Ground:
    """Read what the checks of a workspace know; `day` decides which waivers have ended.

    Raises:
        ConfigError: the glossary, the products or the waivers cannot be read.
    """
    allowed = {check.code for check in checks() if check.waivable}
    waivers = tuple(w for w in load_waivers(workspace.root) if w.code in allowed)
    glossary = read_glossary(workspace.root)
    parents = workspace.site.inherit
    locales = {locale for locale, _ in glossary.wordings} | parents.keys()
    found = {name: glossary.vocabulary(name, parents.get(name, "")) for name in locales}
    terms = {name: words for name, words in found.items() if words is not None}
    names = {name for product in load_products(workspace.root) for name in product.names}
    source = workspace.site.source_locale
    return Ground(source, glossary.kept, waivers, day, terms, tuple(sorted(names)))


NOTHING = (("",), State.MISSING)


def catalog_path(locale: str, name: str) -> str:
    """Where a locale's catalog of an article (or `site`) stands in the workspace."""
    return f"locales/{folder_of(locale)}/LC_MESSAGES/{name}.po"


def template_path(name: str) -> str:
    """Where the template of an article (or `site`) stands in the workspace."""
    return f"locales/templates/{name}.pot"


def lookup(root: Path, locale: str, name: str) -> Lookup:
    """What a catalog says, by context and msgid; empty when there is no catalog.

    Raises:
        UnreadableError: with every fault of the file, each with its place.
    """
    from pipeline.po.scan import scan_words

    shown = catalog_path(locale, name)
    path = root / shown
    if not path.exists():
        return {}
    return scan_words(read_bytes(path, shown), shown)


def words_of(workspace: Workspace, locale: str, article: str, ground: Ground = NO_GROUND) -> Words:
    """The translation of each segment in a locale.

    An empty entry of a locale that inherits takes its parent's words. Words in which a
    check finds an error that nobody waived count as unfinished, so that they reach no
    published page.
    """
    own = lookup(workspace.root, locale, article)
    parent = workspace.site.inherit.get(locale)
    inherited = lookup(workspace.root, parent, article) if parent else {}
    known: dict[tuple[tuple[str, str], str], State] = {}

    def words(segment: Segment) -> tuple[str, State]:
        (text, *_), state = own.get(segment.id, NOTHING)
        if not text:
            (text, *_), state = inherited.get(segment.id, NOTHING)
        if segment.role is Role.SLUG and state is not State.DONE:
            # an empty slug is derived from the title: nobody has to translate it
            return segment.text, State.DONE
        if state is not State.DONE:
            return text, state
        key = (segment.id, text)
        if key not in known:
            bad = _has_errors(segment, text, locale, article, ground)
            known[key] = State.FUZZY if bad else State.DONE
        return text, known[key]

    return words


def _has_errors(segment: Segment, text: str, locale: str, article: str, known: Ground) -> bool:
    """Whether a check finds an error in a translation that no waiver accepts."""
    pair = known.pair(segment, text, locale)
    for finding in look(pair, ""):
        if finding.severity is Severity.ERROR:
            told = Told(finding, locale, article, segment.id, digest(text))
            if not any(accepts(waiver, told, known.day) for waiver in known.waivers):
                return True
    return False


def look(pair: Pair, path: str, line: int = 0) -> list[Finding]:
    """What the checks find in one translation."""
    return [
        Finding(check.code, message, Where(path, line), hint, check.severity)
        for check in checks()
        for message, hint in check.run(pair)
    ]
