"""Each market is judged on the day that it is there, and that day starts a build of its own."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cli.moment import moment
from pipeline.errors import UsageError
from pipeline.model import Moment
from pipeline.workflows.build import build
from pipeline.workflows.regulate import calendar, judge_all
from workspaces import replace

NEW_YEAR_IN_TOKYO = Moment(datetime(2026, 12, 31, 15, 0, tzinfo=UTC))
LATER = """
[[rules]]
id = "later"
effect = "block"
slot = "later"
legal = ["a law"]
reason = "From this year on the page may not be shown."
effective_from = 2027-01-01
review_by = 2999-01-01
"""


@pytest.fixture
def two_zones(demo, l10n):
    """One new rule for both markets: Germany moved to Tokyo, the other one to Mexico City."""
    markets = {path.stem: path for path in (demo / "locales" / "markets").glob("*.toml")}
    for code, path in markets.items():
        zone = "Asia/Tokyo" if code == "DE" else "America/Mexico_City"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        text = "".join(f'zone = "{zone}"\n' if row.startswith("zone") else row for row in lines)
        path.write_text(text + LATER.replace("later", f"later-{code.lower()}"), "utf-8")
    l10n("extract", "-C", demo)
    return demo


def outcomes(root, at):
    return {row[0].market.code: row[0].outcome.value for row in judge_all(root, at).matrix.rows}


def test_a_rule_starts_in_tokyo_hours_before_it_starts_in_mexico_city(two_zones):
    said = outcomes(two_zones, NEW_YEAR_IN_TOKYO)
    assert said.pop("DE") == "blocked"
    assert set(said.values()) == {"published"}
    a_day_later = Moment(NEW_YEAR_IN_TOKYO.at + timedelta(days=1))
    assert set(outcomes(two_zones, a_day_later).values()) == {"blocked"}


def test_a_day_is_the_same_day_in_every_market(two_zones):
    assert set(outcomes(two_zones, Moment(date(2026, 12, 31))).values()) == {"published"}
    assert set(outcomes(two_zones, Moment(date(2027, 1, 1))).values()) == {"blocked"}


def test_commands_take_a_moment_and_tell_both_days(two_zones, l10n):
    words = ("-C", two_zones, "--as-of", "2026-12-31T16:00+01:00")
    told = l10n("regulate", "matrix", *words).out
    assert "as of 2026-12-31 or 2027-01-01" in told
    pages = json.loads(l10n("status", "--json", *words).out)["pages"]
    assert {page["market"] for page in pages if page["page"] == "blocked"} == {"DE"}


def test_the_calendar_counts_from_the_day_of_each_market(two_zones):
    events = calendar(two_zones, NEW_YEAR_IN_TOKYO, 0)
    assert [(event.dated.market, str(event.day)) for event in events] == [("DE", "2027-01-01")]


def test_a_build_does_nothing_until_the_day_of_some_market_changes(two_zones):
    def rendered(at):
        made = build(two_zones, at, strict=False, review=False, write=True)
        return made.rendered, made.parsed

    hour = timedelta(hours=1)
    midnight = NEW_YEAR_IN_TOKYO.at
    assert rendered(Moment(midnight - 3 * hour))[1]
    assert rendered(Moment(midnight - hour)) == (0, 0)
    assert rendered(Moment(date(2026, 12, 31))) == (0, 0)  # the same day everywhere, so far
    assert rendered(Moment(midnight))[1]
    assert rendered(Moment(midnight + 14 * hour)) == (0, 0)
    assert rendered(Moment(midnight + 15 * hour))[1]  # midnight in Mexico City


def test_without_as_of_the_law_is_judged_now(two_zones, l10n):
    assert isinstance(moment(None).at, datetime)
    replace(two_zones / "locales" / "markets" / "DE.toml", "2027-01-01", "2020-01-01")
    blocked = json.loads(l10n("status", "--json", "-C", two_zones).out)["pages"]
    assert {row["page"] for row in blocked if row["market"] == "DE"} == {"blocked"}


@pytest.mark.parametrize("text", ["2026-01-31", "2026-01-31T22:30+00:00"])
def test_a_moment_is_written_as_the_option_takes_it(text):
    assert str(moment(text)) == text


@pytest.mark.parametrize(
    "text", ["soon", "2026-01-31T22:30", "2026-02-30", "0001-01-01", "9999-12-31", "22:30"]
)
def test_what_names_no_day_for_sure_is_refused(text):
    with pytest.raises(UsageError, match="no date"):
        moment(text)


def test_a_zone_that_no_clock_keeps_is_refused(demo, l10n):
    path = demo / "locales" / "markets" / "DE.toml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    text = "".join('zone = "Etc/Unknown"\n' if row.startswith("zone") else row for row in lines)
    path.write_text(text, "utf-8")
    assert "there is no time zone 'Etc/Unknown'" in l10n("status", "-C", demo).err
