"""The days between two builds come from the settings."""

import json

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


RULE = """
[[rules]]
id = "registered"
effect = "require"
fact = "registration-number"
legal = ["a law"]
reason = "What is shown must be registered."
review_by = 2099-12-31
"""
FACT = """
[[facts]]
name = "registration-number"
market = "US"
value = "1-2-3"
source = "the register"
valid_until = 2026-12-05
sample = true
"""


@pytest.mark.parametrize(("days", "outcome"), [(1, "published"), (30, "blocked")])
def test_what_ends_before_the_next_build_has_ended_for_this_one(days, outcome, demo, l10n):
    l10n("extract", "-C", demo)
    for name, text in (("locales/markets/US.toml", RULE), ("source/products.toml", FACT)):
        path = demo / name
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
    told = l10n("status", "-C", schedule(demo, days), "--as-of", "2026-11-22", "--json")
    assert told.code == 0, told.err + told.out
    pages = {page["market"]: page["page"] for page in json.loads(told.out)["pages"]}
    assert pages["US"] == outcome, told.out
