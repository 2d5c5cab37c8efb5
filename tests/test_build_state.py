"""Whether nothing changed is told from the files alone, and never wrongly."""

import os
from datetime import date

from pipeline.model import Moment
from pipeline.store.state import signature
from pipeline.workflows import build as building
from pipeline.workflows.build import build

DAY = Moment(date(2026, 12, 1))


def test_a_link_to_nowhere_is_no_obstacle(tmp_path):
    (tmp_path / ".#article.md").symlink_to("somebody@host.1234")  # as some editors lock a file
    assert signature([tmp_path])


def test_a_change_behind_a_linked_folder_is_seen(tmp_path):
    top, other = tmp_path / "locales", tmp_path / "elsewhere"
    top.mkdir()
    other.mkdir()
    (top / "de_DE").symlink_to(other)
    (other / "back").symlink_to(top)
    (other / "a.po").write_text("x", "utf-8")
    before = signature([top])
    (other / "a.po").write_text("xy", "utf-8")
    assert signature([top]) != before


def test_a_file_that_changes_during_a_build_is_seen_by_the_next(demo, monkeypatch):
    article = next((demo / "source").glob("*.md"))
    make = building.make_site

    def edited_meanwhile(*given, **options):
        made = make(*given, **options)
        article.write_text(article.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        os.utime(article, ns=(1, 1))
        return made

    monkeypatch.setattr(building, "make_site", edited_meanwhile)
    build(demo, DAY, strict=False, review=False, write=True)
    monkeypatch.undo()
    assert build(demo, DAY, strict=False, review=False, write=True).rendered
