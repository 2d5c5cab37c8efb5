"""Catalogs on disk → what the checks find in their finished and fuzzy words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.codes import codes_of
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Entry, Finding, Pair, Role, Segment, State
from pipeline.model.waiver import Told, Waiver
from pipeline.stages.consistency import Said, contradictions
from pipeline.stages.judge_source import clashing_claims, hard_segments
from pipeline.stages.waive import digest, judge
from pipeline.store.files import read_bytes
from pipeline.store.waivers import load_waivers
from pipeline.store.workspace import find_root, open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.words import NO_GROUND, Ground, checks, look, read_ground

# What is found in several files at once, and whether a person may accept it.
WAIVABLE_TOGETHER = ("inconsistent", "same-translation", "country-words")
TOGETHER = (*WAIVABLE_TOGETHER, "claim-figure", "hard-to-translate")
_ROLE = re.compile(r"([a-z-]+)(?: in: | \(|$)")
_LIMIT = re.compile(r"at most ([0-9]{1,4}) characters$")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at, and for which codes; nothing named means all."""

    paths: tuple[Path, ...] = ()
    locales: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether findings of a code count; what cannot be read always does."""
        return (not self.select or code in self.select) and code not in self.ignore


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    files: tuple[str, ...]
    entries: int
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Told, Waiver], ...]
    unreadable: bool
    told: tuple[Told, ...] = ()  # the findings that a waiver could be for

    @property
    def catalogs(self) -> int:
        """How many files were looked at."""
        return len(self.files)


def check(root: Path | None, asked: Asked, day: date) -> Checked:
    """Check the catalogs of a workspace, or the files at `asked.paths`.

    `day` decides which waivers have ended.

    Raises:
        UsageError: a locale, article or code that is asked for is not known.
        ConfigError: the settings, the glossary or the waivers cannot be read.
    """
    _refuse_strange_codes(asked)
    home = root or home_of(asked.paths)
    known = read_ground(open_workspace(home), day) if home else NO_GROUND
    run = _Run(asked, known)
    for path in asked.paths or catalogs(root or Path(), asked.locales, asked.articles):
        run.file(path, path.relative_to(root).as_posix() if root else str(path))
    if root is not None:
        run.told += [one for one in contradictions(run.said) if asked.wants(one.finding.code)]
        if not asked.locales:
            run.told += map(Told, _of_source(root, asked))
    judged = judge(run.told, known.waivers, day, run.saw)
    stale = judged.stale if asked.wants("waiver-stale") else ()
    refused = _refused(home) if root is not None else ()
    findings = (*run.broken, *(one.finding for one in judged.open), *stale, *refused)
    return Checked(
        tuple(run.files), run.entries, findings, judged.waived, bool(run.broken), judged.open
    )


def home_of(paths: tuple[Path, ...]) -> Path | None:
    """The workspace that the first of some files lies in; None for files outside one."""
    try:
        return find_root(paths[0].resolve().parent) if paths else None
    except UsageError:
        return None


def waivable() -> tuple[str, ...]:
    """The codes that a person may accept with a reason."""
    return (*(check.code for check in checks() if check.waivable), *WAIVABLE_TOGETHER)


def _refuse_strange_codes(asked: Asked) -> None:
    known = (*(check.code for check in checks()), *TOGETHER, "waiver-stale")
    refuse_unknown("check", (*asked.select, *asked.ignore), known)


def _of_source(root: Path, asked: Asked) -> Iterator[Finding]:
    """What will be hard to translate, and figures that contradict each other."""
    articles, _ = read_articles(open_workspace(root))  # `extract` tells what is unreadable
    chosen = [one for one in articles if not asked.articles or one.id in asked.articles]
    for finding in (*hard_segments(chosen), *clashing_claims(articles)):
        if asked.wants(finding.code):
            yield finding


def _refused(root: Path | None) -> tuple[Finding, ...]:
    """Waivers of what nobody may waive, such as a lost code."""
    allowed = waivable()
    return tuple(
        Finding(
            "waiver-refused",
            f"nobody may waive {waiver.code}",
            waiver.where,
            "take the waiver out, and mend what it was for",
        )
        for waiver in (load_waivers(root) if root else ())
        if waiver.code not in allowed
    )


def catalogs(
    root: Path, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> tuple[Path, ...]:
    """The catalogs of a workspace, those of some locales and articles if any are named."""
    every = sorted((root / "locales").glob("*/LC_MESSAGES/*.po"))
    refuse_unknown("locale", locales, tuple({locale_of(path) for path in every}))
    refuse_unknown("article", articles, tuple({path.stem for path in every}))
    return tuple(
        path
        for path in every
        if (not locales or locale_of(path) in locales) and (not articles or path.stem in articles)
    )


def locale_of(path: Path) -> str:
    """The locale of a catalog: its folder says it, since editors rewrite the header."""
    if path.parent.name == "LC_MESSAGES":
        return path.parent.parent.name.replace("_", "-")
    return ""


class _Run:
    """Looks at one file after the other, and gathers what is found."""

    def __init__(self, asked: Asked, known: Ground) -> None:
        self.asked, self.known = asked, known
        self.entries = 0
        self.files: list[str] = []
        self.broken: list[Finding] = []  # what cannot be read
        self.told: list[Told] = []
        self.said: list[Said] = []
        self.looked: set[tuple[str, str]] = set()  # locales and articles

    def file(self, path: Path, shown: str) -> None:
        """Look at one catalog."""
        from pipeline.po.scan import scan

        self.files.append(shown)
        try:
            catalog = scan(read_bytes(path, shown), shown)
        except PipelineError as error:
            self.broken += error.as_findings()
            return
        locale = locale_of(path.resolve())
        self.looked.add((locale, path.stem))
        self.entries += len(catalog.entries)
        for entry in catalog.entries:
            if not entry.obsolete and any(entry.msgstr):
                self.entry(entry, Said(locale, path.stem, entry.id, "", shown, entry.span.line))

    def entry(self, entry: Entry, place: Said) -> None:
        """Look at one entry, in each of its plural forms."""
        if entry.state is State.DONE and not entry.msgid_plural:
            self.said.append(
                Said(place.locale, place.article, entry.id, entry.msgstr[0], place.path, place.line)
            )
        for pair in pairs_of(entry, place.locale, self.known):
            for finding in look(pair, place.path, place.line):
                if self.asked.wants(finding.code):
                    words = digest(pair.translation)
                    self.told.append(Told(finding, place.locale, place.article, entry.id, words))

    def saw(self, waiver: Waiver) -> bool:
        """Whether all that a waiver speaks of was looked at."""
        if not self.asked.wants(waiver.code):
            return False
        if waiver.code in WAIVABLE_TOGETHER and (self.asked.paths or self.asked.locales):
            return False
        if waiver.article:
            return (waiver.locale, waiver.article) in self.looked
        whole = not self.asked.paths and not self.asked.articles
        return whole and (not self.asked.locales or waiver.locale in self.asked.locales)


def pairs_of(entry: Entry, locale: str, known: Ground) -> Iterator[Pair]:
    """An entry as its pair, or as one for each plural form that is filled in."""
    segment = segment_of(entry)
    if not entry.msgid_plural:
        yield known.pair(segment, entry.msgstr[0], locale)
        return
    several = Segment(
        entry.msgid_plural,
        entry.msgctxt,
        segment.role,
        0,
        entry.msgid_plural,
        codes_of(entry.msgid_plural),
    )
    for number, words in enumerate(entry.msgstr):
        if words:
            one = segment if number == 0 and len(entry.msgstr) > 1 else several
            yield known.pair(one, words, locale, plural=True)


def segment_of(entry: Entry) -> Segment:
    """An entry as its segment: what a check needs stands in the msgid and our notes."""
    role = _role(entry.msgctxt) or Role.TEXT
    limit = 0
    for line in entry.extracted:
        found = _ROLE.match(line)
        if found and role is Role.TEXT:
            role = _role(found[1]) or role
        most = _LIMIT.match(line)
        limit = int(most[1]) if most else limit
    msgid = entry.msgid
    return Segment(msgid, entry.msgctxt, role, 0, msgid, codes_of(msgid), limit=limit)


def _role(name: str) -> Role | None:
    return Role(name) if name in _ROLES else None


_ROLES = frozenset(str(role) for role in Role)
