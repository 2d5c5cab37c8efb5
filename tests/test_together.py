"""A market that publishes its languages together, and one whose languages need not wait."""

import pytest

from workspaces import replace


@pytest.fixture
def swiss(demo, l10n):
    """The demo with two languages of one country: one is the source's own, and finished."""
    market = demo / "locales/markets/US.toml"
    replace(market, '["en-US"]', '["en-US", "es-US"]')
    texts = demo / "locales/es_US/statements"
    texts.mkdir(parents=True)
    (texts / "educational-purpose.txt").write_text("Esta página solo informa.\n", "utf-8")
    assert l10n("extract", "-C", demo).code == 0
    return demo


def test_a_finished_language_need_not_wait_for_another(swiss, l10n):
    assert l10n("build", "-C", swiss, "--expect", "US/en-US/after-an-x-ray").code == 0


def test_a_market_may_hold_its_languages_until_all_are_ready(swiss, l10n):
    replace(swiss / "locales/markets/US.toml", 'publish = "each"', 'publish = "all"')
    result = l10n("build", "-C", swiss, "--expect", "US/en-US/after-an-x-ray")
    assert result.code == 4
    assert "market-waits" in result.out
    assert "es-US is not ready yet" in " ".join(result.out.split())
    assert "regulatory-us@example.com" in result.out
