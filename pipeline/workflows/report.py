"""Judged pages and the git history → one HTML page that tells how far every locale is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files

from pipeline.errors import PipelineError
from pipeline.model import State
from pipeline.po.scan import Words, scan_words
from pipeline.stages.dates import long_date
from pipeline.stages.status_page import Cell, Point, Trend, render_status
from pipeline.store.past import Past, Snapshot, read_past
from pipeline.store.workspace import Workspace, folder_of
from pipeline.workflows.pages import Pages

COMMITS = 30  # that the trend looks back
NOW = "now"


def status_page(pages: Pages) -> bytes:
    """The table of `status` with its reasons and the trend."""
    at = pages.law.as_of.at
    day = long_date(at.date() if isinstance(at, datetime) else at, "en-GB")
    workspace = pages.workspace
    locales = tuple(dict.fromkeys(row.locale for row in pages.rows))
    trends = _trends(workspace, locales, read_past(workspace.root, COMMITS))
    template = (files("pipeline.stages") / "status.html").read_text("utf-8")
    titles = {
        article.id: next((f.text for f in article.fields if f.key == "title"), article.id)
        for article in pages.articles
    }
    html = render_status(_cells(pages), titles, trends, workspace.site, day, template)
    return html.encode("utf-8")


def _cells(pages: Pages) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            row.locale, row.market, row.article, row.done, row.fuzzy, row.missing, row.page, row.why
        )
        for row in pages.rows
    )


def _trends(workspace: Workspace, locales: tuple[str, ...], past: Past) -> tuple[Trend, ...]:
    """How many finished texts each locale had at each commit, and has now."""
    here = _here(workspace)
    counter = _Counter({**past.contents, **here.contents})
    moments = (*past.snapshots, *here.snapshots)
    inherit = workspace.site.inherit
    return tuple(
        Trend(locale, tuple(Point(m.day, counter.finished(m, locale, inherit.get(locale, "")))
                            for m in moments))
        for locale in locales
    )  # fmt: skip


def _here(workspace: Workspace) -> Past:
    """The catalogs of the work tree, as if they were a commit."""
    found = sorted(workspace.root.glob("locales/*/LC_MESSAGES/*.po"))
    contents = {workspace.shown(path): path.read_bytes() for path in found}
    return Past((Snapshot(NOW, {path: path for path in contents}),), contents)


class _Counter:
    """Counts finished texts; equal bytes are read and counted once."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.read: dict[str, Words] = {}
        self.counted: dict[tuple[str, str], int] = {}

    def finished(self, moment: Snapshot, locale: str, parent: str) -> int:
        """The finished texts of a locale, with those that it inherits."""
        return sum(self._pair(own, above) for own, above in _pairs(moment, locale, parent))

    def _pair(self, own: str, above: str) -> int:
        if (own, above) not in self.counted:
            mine, theirs = self._words(own), self._words(above) if above else {}
            self.counted[own, above] = sum(
                state is State.DONE
                or (not any(forms) and key in theirs and theirs[key][1] is State.DONE)
                for key, (forms, state) in mine.items()
            )
        return self.counted[own, above]

    def _words(self, blob: str) -> Words:
        """What a catalog says; one that cannot be read has nothing finished."""
        if blob not in self.read:
            try:
                self.read[blob] = scan_words(self.contents.get(blob, b""), blob)
            except PipelineError:
                self.read[blob] = {}
        return self.read[blob]


def _pairs(moment: Snapshot, locale: str, parent: str) -> Iterator[tuple[str, str]]:
    """The catalogs of a locale, each with that of its parent."""
    folder = f"locales/{folder_of(locale)}/"
    for path, blob in moment.blobs.items():
        if path.startswith(folder):
            above = path.replace(folder, f"locales/{folder_of(parent)}/") if parent else ""
            yield blob, moment.blobs.get(above, "")
