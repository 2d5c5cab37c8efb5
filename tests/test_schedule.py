"""The days between two builds come from the settings."""

import pytest

from pipeline.store.workspace import open_workspace


def schedule(demo, days):
    settings = demo / "l10n.toml"
    settings.write_text(settings.read_text("utf-8") + f"\n[schedule]\nbuild_every_days = {days}\n")
    return demo


def test_a_workspace_is_built_every_day_unless_it_says_otherwise(demo):
    assert open_workspace(demo).site.build_every == 1
    assert open_workspace(schedule(demo, 30)).site.build_every == 30


@pytest.mark.parametrize("days", [0, 367, '"weekly"', 1.5])
def test_a_schedule_that_cannot_be_kept_is_refused(days, demo, l10n):
    told = l10n("status", "-C", schedule(demo, days))
    assert told.code == 2
    assert "schedule.build_every_days" in told.err
