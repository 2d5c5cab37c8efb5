"""What people get wrong in a workspace is told, each time, and where it is."""

import json

import pytest

ARTICLE = "source/after-an-x-ray.md"


@pytest.fixture
def extracted(demo, l10n):
    """The demo with its catalogs."""
    l10n("extract", "-C", demo)
    return demo


def add(workspace, text):
    path = workspace / ARTICLE
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_a_build_that_failed_tells_the_same_again(extracted, l10n):
    add(extracted, "\nSee the [instructions](link:ifu).\n")
    first, second = (l10n("build", "-C", extracted) for _ in range(2))
    assert (first.code, second.code) == (4, 4)
    assert "link-unknown" in first.out
    assert second.out.splitlines()[:-1] == first.out.splitlines()[:-1]


def test_a_page_with_a_fault_is_refused_in_the_table(extracted, l10n):
    add(extracted, "\nSee the [instructions](link:ifu).\n")
    rows = json.loads(l10n("build", "-C", extracted, "--json").out)["pages"]
    assert {row["page"] for row in rows} == {"refused"}
    assert "link:ifu" in rows[0]["why"][0]


def test_html_that_no_page_may_carry_refuses_every_page_of_the_article(extracted, l10n):
    add(extracted, "\n<script>alert(1)</script>\n")
    rows = json.loads(l10n("build", "-C", extracted, "--json").out)["pages"]
    assert {row["page"] for row in rows} == {"refused"}
    assert "<script>" in rows[0]["why"][0]


def test_no_page_links_to_a_page_that_was_refused(extracted, l10n):
    text = (extracted / ARTICLE).read_text("utf-8")
    other = text.replace("id: after-an-x-ray", "id: other").replace(
        "slug: after-an-x-ray", "slug: other"
    )
    (extracted / "source/other.md").write_text(
        other + "\nSee [the first](article:after-an-x-ray).\n", "utf-8"
    )
    add(extracted, "\nSee the [instructions](link:ifu).\n")
    l10n("extract", "-C", extracted)
    l10n("build", "-C", extracted)
    html = (extracted / "build/en-US/other/index.html").read_text("utf-8")
    assert '<a href="/en-US/">the first</a>' in html
    assert "after-an-x-ray" not in (extracted / "locales/slugs.toml").read_text("utf-8")


def test_an_address_that_is_missing_names_its_market_once(extracted, l10n):
    add(extracted, "\nSee the [instructions](link:ifu).\n")
    told = l10n("build", "-C", extracted).out
    assert told.count("error link-unknown: no address for link:ifu in DE") == 1
    assert told.count("error link-unknown: no address for link:ifu in US") == 1
