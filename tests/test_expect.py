"""`build --expect` tells whether a page is there, and if not, why and whom to ask."""

import json

import pytest

from workspaces import replace, waive

ARTICLE = "after-an-x-ray"
CLOSED = """
[[rules]]
id = "us-closed"
effect = "block"
legal = ["a law"]
reason = "The page may not be shown."
review_by = 2099-12-31
"""


@pytest.fixture
def extracted(demo, l10n):
    """The demo: complete in English for US, a draft in German for DE."""
    assert l10n("extract", "-C", demo).code == 0
    return demo


@pytest.fixture
def expect(l10n, extracted):
    """Expect pages, and give back the exit code and what was told of each."""

    def run(*pages, options=()):
        words = [word for page in pages for word in ("--expect", page)]
        result = l10n("build", "-C", extracted, "--json", *options, *words)
        told = json.loads(result.out)["expected"] if result.out else []
        return result.code, {page["page"]: page for page in told}

    return run


def codes(told):
    return [finding["code"] for page in told.values() for finding in page["findings"]]


def test_a_page_that_readers_get_is_published(expect):
    code, told = expect("US", "US/after-an-x-ray", "US/en-US/after-an-x-ray")
    assert code == 0
    assert list(told) == ["US/en-US/after-an-x-ray"]
    assert told["US/en-US/after-an-x-ray"]["published"]


def test_a_draft_is_not_there_and_the_translators_are_to_be_asked(expect):
    code, told = expect("DE")
    (finding,) = told["DE/de-DE/after-an-x-ray"]["findings"]
    assert (code, finding["code"]) == (4, "page-draft")
    assert finding["path"] == "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    assert "translators of de-DE" in finding["hint"]
    assert "regulatory-de@example.com" in finding["hint"]


def test_words_of_the_site_that_are_missing_make_a_draft_too(extracted, l10n):
    catalog = extracted / "locales/de_DE/LC_MESSAGES" / f"{ARTICLE}.po"
    head, *entries = catalog.read_text("utf-8").split("\n\n")
    slug = 'msgctxt "slug"'
    done = [e if slug in e else e.replace('msgstr ""', f'msgstr "{said(e)}"') for e in entries]
    catalog.write_text("\n\n".join([head, *done]), "utf-8")
    waive(extracted, "de-DE")
    result = l10n("build", "-C", extracted, "--expect", "DE")
    assert result.code == 4
    assert "locales/de_DE/LC_MESSAGES/site.po: error page-draft" in result.out


def said(entry):
    """The source words of an entry."""
    return entry.split('msgid "', 1)[1].split('"\n', 1)[0]


def test_a_blocked_page_tells_each_rule_with_its_code_place_and_owner(expect, extracted):
    market = extracted / "locales/markets/US.toml"
    market.write_text(market.read_text("utf-8") + CLOSED, "utf-8")
    assert expect()[0] == 0  # a blocked page is the law at work
    code, told = expect("US")
    (finding,) = told["US/en-US/after-an-x-ray"]["findings"]
    assert (code, finding["code"]) == (4, "law-blocked")
    assert finding["path"] == "locales/markets/US.toml"
    assert finding["line"] > 1
    assert "ask regulatory-us@example.com" in finding["hint"]


def test_a_market_without_a_file_names_its_future_owner(expect, extracted):
    code, told = expect("FR", "FR/after-an-x-ray")
    assert (code, codes(told)) == (4, ["law-no-market", "law-no-market"])
    assert "regulatory affairs" in told["FR"]["findings"][0]["hint"]


def test_the_owner_of_a_market_without_a_file_stands_in_people_toml(tmp_path):
    from pipeline.workflows.expect import expected, read_asked

    people = tmp_path / "locales" / "markets" / "people.toml"
    people.parent.mkdir(parents=True)
    for text, owner in (
        ('[owners]\n"locales/markets/FR.toml" = "marie@example.com"\n', "marie@example.com"),
        ("[owners\n", "regulatory affairs"),
        ("owners = 1\n", "regulatory affairs"),
    ):
        people.write_text(text, "utf-8")
        (page,) = expected(tmp_path, read_asked(["FR"]), (), ())
        assert f"ask {owner}, who answers for the law of FR" in page.findings[0].hint


def test_a_locale_of_another_market_is_not_listed(expect):
    code, told = expect("DE/de-AT/after-an-x-ray", "DE/de-AT")
    assert code == 4
    assert codes(told) == ["law-locale-not-listed", "law-locale-not-listed"]
    assert "regulatory-de@example.com" in told["DE/de-AT"]["findings"][0]["hint"]


def test_a_parent_has_no_pages(expect, extracted):
    text = (extracted / "locales/markets/DE.toml").read_text("utf-8").partition("[[rules]]")[0]
    parent = text.replace('"DE"', '"EU"').replace('["de-DE"]', "[]")
    (extracted / "locales/markets/EU.toml").write_text(parent, "utf-8")
    code, told = expect("EU")
    assert (code, codes(told)) == (4, ["law-parent-only"])


def test_a_page_that_came_out_with_a_fault_is_refused(expect, extracted):
    article = extracted / "source" / f"{ARTICLE}.md"
    article.write_text(article.read_text("utf-8") + "\n<form>x</form>\n", "utf-8")
    code, told = expect("US")
    page = told["US/en-US/after-an-x-ray"]
    assert (code, page["outcome"]) == (4, "refused")
    assert page["findings"]
    assert all("ask regulatory-us@example.com" in f["hint"] for f in page["findings"])


@pytest.mark.parametrize(("old", "new"), [("audience: lay\n", ""), ("lay\n", "everybody\n")])
def test_an_article_that_does_not_say_for_whom_it_is_gets_no_page(expect, extracted, old, new):
    replace(extracted / "source" / f"{ARTICLE}.md", old, new)
    assert expect()[0] == 3
    code, told = expect("US/after-an-x-ray")
    (finding,) = told["US/after-an-x-ray"]["findings"]
    assert (code, finding["code"]) == (4, "page-not-built")
    assert "article-audience" in finding["message"]
    assert "ask the author" in finding["hint"]


def test_without_any_article_nothing_is_there(expect, extracted):
    (extracted / "source" / f"{ARTICLE}.md").unlink()
    code, told = expect("US/after-an-x-ray")
    assert (code, codes(told)) == (4, ["page-not-built"])


def test_an_article_that_does_not_exist_is_refused_before_anything_is_written(extracted, l10n):
    for again in (1, 2):  # the second time nothing is left to build
        result = l10n("build", "-C", extracted, "--expect", "US/after-an-x-rai")
        assert result.code == 2
        assert "did you mean after-an-x-ray?" in result.err
        assert (extracted / "build").exists() == (again == 2)
        l10n("build", "-C", extracted)


@pytest.mark.parametrize("text", ["de", "", "/", "DE/", "DE//x", "DE/x/de-DE", "DE/de-DE/x/y"])
def test_what_names_no_page_is_refused(text, expect, extracted, l10n):
    result = l10n("build", "-C", extracted, "--expect", text)
    assert result.code == 2
    assert "--expect DE/ARTICLE" in result.err


def test_a_dry_run_and_a_build_that_has_nothing_to_do_tell_the_same(expect, extracted):
    market = extracted / "locales/markets/US.toml"
    market.write_text(market.read_text("utf-8") + CLOSED, "utf-8")
    pages = ("US", "DE", "FR", "DE/de-AT")
    dry = expect(*pages, options=["--dry-run"])
    assert not (extracted / "build").exists()
    first, second = expect(*pages), expect(*pages)
    assert dry == first == second
    assert first[0] == 4


def test_rows_carry_the_blocks_with_their_codes(extracted, l10n):
    market = extracted / "locales/markets/US.toml"
    market.write_text(market.read_text("utf-8") + CLOSED, "utf-8")
    for command in ("status", "build", "build"):
        pages = json.loads(l10n(command, "-C", extracted, "--json").out)["pages"]
        (row,) = (page for page in pages if page["market"] == "US")
        (block,) = row["blocks"]
        assert block["code"] == "law-blocked"
        assert block["path"] == "locales/markets/US.toml"
        assert "regulatory-us@example.com" in block["hint"]
        assert row["why"][0].startswith("law-blocked: US: ")
