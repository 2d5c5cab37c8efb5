"""Catalogs → the questions that translators wrote into them, and the answers in the articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Article, Catalog, Finding, Where
from pipeline.po.scan import scan
from pipeline.stages.carry import Id
from pipeline.stages.segment import segments_of
from pipeline.store.files import read_bytes
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.extract import locales_of
from pipeline.workflows.pages import refuse_unknown
from pipeline.workflows.words import catalog_path

MARK = "?"
AGAIN = "??"  # the note that is there does not answer it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a translator, its place, and what the author's note says."""

    locale: str
    article: str
    text: str  # the source text that it is about
    question: str
    where: Where  # in the catalog
    source: Where  # where the note is to be written; "" for a text that left the article
    answer: str  # the author's note as it stands in the article now
    open: bool


def questions(
    root: Path, locales: tuple[str, ...] = (), articles: tuple[str, ...] = ()
) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    """Every question in the catalogs, open ones first, and what could not be read.

    Raises:
        ConfigError: the settings cannot be read.
        PolicyError: a market file cannot be read.
        UnreadableError: a catalog cannot be read.
        UsageError: a locale or article that is asked for does not exist.
    """
    workspace = open_workspace(root)
    every = locales_of(workspace)
    refuse_unknown("locale", locales, every)
    known, findings = read_articles(workspace)
    if not findings:
        refuse_unknown("article", articles, tuple(article.id for article in known))
    found = [
        asked
        for article in known
        if not articles or article.id in articles
        for notes in (_notes(article),)
        for locale in locales or every
        for asked in _of_catalog(root, locale, article, notes)
    ]
    return tuple(sorted(found, key=lambda asked: not asked.open)), findings


def _notes(article: Article) -> Mapping[Id, tuple[int, str]]:
    """For each text of an article its line and its author's notes, one after the other."""
    notes: dict[Id, tuple[int, str]] = {}
    for segment in segments_of(article.document):
        line, before = notes.get(segment.id, (segment.line, ""))
        told = dict.fromkeys(filter(None, (before, " ".join(segment.note.split()))))
        notes[segment.id] = line, " / ".join(told)
    return notes


def _of_catalog(
    root: Path, locale: str, article: Article, notes: Mapping[Id, tuple[int, str]]
) -> Iterator[Asked]:
    path = catalog_path(locale, article.id)
    if not (root / path).is_file():
        return
    content = read_bytes(root / path, path)
    if b"# ?" not in content and b"#?" not in content and b"#\t?" not in content:
        return
    catalog: Catalog = scan(content, path)
    for entry in catalog.entries:
        if entry.obsolete:
            continue
        line, note = notes.get(entry.id, (0, ""))
        for at, text in _asked(entry.comments):
            again = text.startswith(AGAIN)
            yield Asked(
                locale,
                article.id,
                entry.msgid,
                text.lstrip("? "),
                Where(path, entry.span.line + at),
                Where(article.path, line),
                note,
                open=again or not note,
            )


def _asked(comments: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The questions among a translator's lines: each goes on to an empty line or the next."""
    question: list[str] = []
    began = 0
    for at, line in enumerate((*comments, "")):
        words = line.strip()
        if question and (not words or words.startswith(MARK)):
            yield began, " ".join(question)
            question = []
        if words.startswith(MARK):
            question, began = [words], at
        elif question:
            question.append(words)
