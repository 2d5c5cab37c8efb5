"""What people get wrong in a workspace is told, each time, and where it is."""

import json

import pytest

from workspaces import replace

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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tags:", "image:\n  src: hnad.svg\n  alt: A hand\ntags:"),
        ("## When", "![A hand](images/hnad.svg)\n\n## When"),
    ],
)
def test_an_image_that_is_not_there_refuses_the_page(extracted, l10n, old, new):
    (extracted / "source/images").mkdir()
    (extracted / "source/images/hand.svg").write_text("<svg/>", "utf-8")
    replace(extracted / ARTICLE, old, new)
    result = l10n("build", "-C", extracted)
    assert result.code == 4
    assert "image-unknown: there is no image 'hnad.svg'" in result.out
    assert "did you mean hand.svg?" in result.out


def test_a_link_to_an_article_that_does_not_exist_refuses_the_page(extracted, l10n):
    add(extracted, "\nSee [another](article:after-an-x-rya).\n")
    result = l10n("build", "-C", extracted)
    assert result.code == 4
    assert "link-unknown: there is no article 'after-an-x-rya'" in result.out
    assert "did you mean after-an-x-ray?" in result.out


def test_an_extract_that_cannot_be_done_does_not_call_catalogs_up_to_date(extracted, l10n):
    replace(extracted / ARTICLE, "slug: after-an-x-ray\n", "")
    result = l10n("extract", "-C", extracted)
    assert result.code == 3
    assert "up to date" not in result.out
    assert "nothing was written" in result.out


@pytest.mark.parametrize("command", ["extract", "status"])
def test_an_article_that_cannot_be_read_is_not_called_unknown(extracted, l10n, command):
    replace(extracted / ARTICLE, "audience: lay", "audience: patients")
    result = l10n(command, "-C", extracted, "--article", "after-an-x-ray")
    assert result.code == 3
    assert "patients" in result.out


def test_a_locale_that_others_inherit_from_has_catalogs_without_a_market(extracted, l10n):
    replace(extracted / "locales/markets/DE.toml", '["de-DE"]', '["de-DE", "fr-DE"]')
    with (extracted / "l10n.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[inherit]\nfr-DE = "fr-FR"\n')
    assert l10n("extract", "-C", extracted, "--locale", "fr-FR").code == 0
    assert (extracted / "locales/fr_FR/LC_MESSAGES/after-an-x-ray.po").is_file()


def test_an_author_who_changes_the_slug_changes_the_address_and_the_old_one_leads_on(
    extracted, l10n
):
    l10n("build", "-C", extracted)
    replace(extracted / ARTICLE, "slug: after-an-x-ray", "slug: x-ray")
    l10n("extract", "-C", extracted)
    l10n("build", "-C", extracted)
    assert (extracted / "build/en-US/x-ray/index.html").is_file()
    former = (extracted / "build/en-US/after-an-x-ray/index.html").read_text("utf-8")
    assert "/en-US/x-ray/" in former


def test_catalogs_of_an_article_that_is_gone_are_kept_and_told(extracted, l10n):
    replace(extracted / ARTICLE, "id: after-an-x-ray", "id: x-ray")
    told = l10n("extract", "-C", extracted).out
    assert "kept, though no article has this id: after-an-x-ray (2 catalogs)" in told
    assert (extracted / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po").is_file()
