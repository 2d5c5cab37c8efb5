"""Articles as they were and as they are → which sentences changed, and when it is only cosmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.model import Article, Catalog
from pipeline.stages.bands import count
from pipeline.stages.changes import compare
from pipeline.stages.extract import extract
from pipeline.stages.segment import segments_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is new, changed or gone."""

    fate: str  # "changed", "new" or "gone"
    text: str
    was: str = ""
    line: int = 0
    same_figures: bool = True  # of a changed one: whether its old words may be offered

    @property
    def words(self) -> int:
        """The words that await translation."""
        return 0 if self.fate == "gone" else count(self.text)


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one article."""

    article: str
    path: str
    fate: str  # "new", "gone", "changed" or "cosmetic": no text that translators see differs
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """The words that await translation in each locale."""
        return sum(sentence.words for sentence in self.sentences)


def differ(
    before: Iterable[Article],
    after: Iterable[Article],
    texts: Mapping[str, tuple[str, str]],
) -> tuple[Difference, ...]:
    """What changed, article by article, known by id: a renamed file is no change.

    `texts` has the old and the new bytes of each article's file, as text, by id.
    """
    old, new = ({article.id: article for article in some} for some in (before, after))
    found = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        sentences = tuple(_sentences(was, now))
        then, there = texts.get(name, ("", ""))
        if sentences or then != there:
            fate = "new" if was is None else "gone" if now is None else ""
            fate = fate or ("changed" if sentences else "cosmetic")
            path = now.path if now else was.path if was else ""
            found.append(Difference(name, path, fate, sentences))
    return tuple(found)


def _sentences(was: Article | None, now: Article | None) -> Iterator[Sentence]:
    """The sentences of one article that differ, in the order of the page."""
    old = _catalog(was)
    new = _catalog(now)
    changes = compare(old, new)
    lines = _lines(now)
    gone = {entry.id: entry.msgid for entry in old.entries if entry.id not in changes.ids}
    for entry in new.entries:
        if entry.id in changes.old_ids:
            continue
        near = next((one for one in changes.near(entry) if one in gone), None)
        line = lines[entry.id]
        if near is None:
            yield Sentence("new", entry.msgid, "", line)
            continue
        same = (entry.id, near) in changes.same_figures
        yield Sentence("changed", entry.msgid, gone.pop(near), line, same)
    for text in gone.values():
        yield Sentence("gone", text)


def _catalog(article: Article | None) -> Catalog:
    return extract(article.document, article.path) if article else Catalog(())


def _lines(article: Article | None) -> Mapping[tuple[str, str], int]:
    """Where each text stands first."""
    lines: dict[tuple[str, str], int] = {}
    for segment in segments_of(article.document) if article else ():
        lines.setdefault(segment.id, segment.line)
    return lines
