import json

import pytest

from workspaces import replace, waive


def pages(result):
    return {(row["locale"], row["article"]): row for row in json.loads(result.out)["pages"]}


def translated(catalog):
    """Fill every empty msgstr of a catalog, as a translator would."""
    text = catalog.read_text("utf-8")
    head, *entries = text.split("\n\n")
    done = []
    for entry in entries:
        msgid = entry.split('msgid "', 1)[1].split('"\n', 1)[0]
        words = "nach-dem-roentgen" if 'msgctxt "slug"' in entry else msgid.replace("e", "é")
        done.append(entry.replace('msgstr ""', f'msgstr "{words}"'))
    catalog.write_text("\n\n".join([head, *done]), "utf-8")


@pytest.fixture
def complete(demo, l10n):
    """The demo with every German word translated."""
    l10n("extract", "-C", demo)
    for name in ("after-an-x-ray", "site"):
        path = demo / f"locales/de_DE/LC_MESSAGES/{name}.po"
        text = path.read_text("utf-8").replace('msgstr[0] ""', 'msgstr[0] "%(num)s"')
        path.write_text(text.replace('msgstr[1] ""', 'msgstr[1] "%(num)s"'), "utf-8")
        translated(path)
    waive(demo, "de-DE")
    return demo


def test_a_new_workspace_extracts_checks_and_builds(demo, l10n):
    assert l10n("extract", "-C", demo).code == 0
    assert l10n("check", "-C", demo).code == 0
    built = l10n("build", "-C", demo)
    assert built.code == 0, built.err + built.out
    assert (demo / "build/en-US/after-an-x-ray/index.html").is_file()


def test_a_second_extract_changes_no_byte(demo, l10n):
    l10n("extract", "-C", demo)
    before = {p: p.read_bytes() for p in (demo / "locales").rglob("*.po*")}
    assert "up to date" in l10n("extract", "-C", demo).out
    assert before == {p: p.read_bytes() for p in (demo / "locales").rglob("*.po*")}


def test_extract_check_writes_nothing_and_exits_1(demo, l10n):
    assert l10n("extract", "-C", demo, "--check").code == 1
    assert not (demo / "locales/templates").exists()


def test_a_page_with_missing_words_is_a_marked_draft(demo, l10n):
    l10n("extract", "-C", demo)
    result = l10n("build", "-C", demo, "--json")
    assert pages(result)["de-DE", "after-an-x-ray"]["page"] == "draft"
    html = (demo / "build/de-DE/after-an-x-ray/index.html").read_text("utf-8")
    assert 'content="noindex' in html
    assert 'lang="en"' in html
    assert "de-DE" not in (demo / "build/sitemap.xml").read_text("utf-8")


def test_strict_leaves_drafts_out_and_exits_4(demo, l10n):
    l10n("extract", "-C", demo)
    assert l10n("build", "-C", demo, "--strict").code == 4
    assert not (demo / "build/de-DE/after-an-x-ray").exists()
    assert (demo / "build/en-US/after-an-x-ray/index.html").is_file()


def test_a_complete_page_is_published_under_its_translated_address(complete, l10n):
    result = l10n("build", "-C", complete, "--strict", "--json")
    assert result.code == 0, result.err + result.out
    assert pages(result)["de-DE", "after-an-x-ray"]["page"] == "published"
    assert (complete / "build/de-DE/nach-dem-roentgen/index.html").is_file()
    assert "nach-dem-roentgen" in (complete / "locales/slugs.toml").read_text("utf-8")


def test_a_changed_address_redirects_from_the_old_one(complete, l10n):
    l10n("build", "-C", complete)
    catalog = complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    replace(catalog, "nach-dem-roentgen", "roentgen")
    l10n("build", "-C", complete)
    assert (complete / "build/de-DE/roentgen/index.html").is_file()
    old = (complete / "build/de-DE/nach-dem-roentgen/index.html").read_text("utf-8")
    assert "/de-DE/roentgen/" in old
    assert "noindex" in old


def test_a_market_without_a_permit_has_no_page(complete, l10n):
    market = complete / "locales/markets/DE.toml"
    replace(market, 'effect = "permit"', 'effect = "block"')
    result = l10n("build", "-C", complete, "--json")
    row = pages(result)["de-DE", "after-an-x-ray"]
    assert row["page"] == "blocked"
    assert "de-permit-education" in row["why"][0]
    assert not (complete / "build/de-DE").exists()


def test_a_page_that_becomes_forbidden_leaves_the_build(complete, l10n):
    l10n("build", "-C", complete)
    assert (complete / "build/de-DE/nach-dem-roentgen").is_dir()
    replace(complete / "locales/markets/DE.toml", 'effect = "permit"', 'effect = "block"')
    l10n("build", "-C", complete)
    assert not (complete / "build/de-DE").exists()


def test_blocked_pages_are_written_for_officers_only_on_request(complete, l10n):
    replace(complete / "locales/markets/DE.toml", 'effect = "permit"', 'effect = "block"')
    l10n("build", "-C", complete, "--review")
    html = (complete / "build/_review/de-DE/after-an-x-ray/index.html").read_text("utf-8")
    assert "Review copy" in html
    assert "noindex" in html
    assert "_review" not in (complete / "build/sitemap.xml").read_text("utf-8")
    l10n("build", "-C", complete)
    assert not (complete / "build/_review").exists()


def test_each_page_carries_its_statement_once(complete, l10n):
    l10n("build", "-C", complete)
    html = (complete / "build/de-DE/nach-dem-roentgen/index.html").read_text("utf-8")
    assert html.count('data-stmt="educational-purpose"') == 1
    assert html.count("Sie ersetzt nicht den Rat") == 1


def test_a_missing_statement_blocks_its_market(complete, l10n):
    (complete / "locales/de_DE/statements/educational-purpose.txt").unlink()
    row = pages(l10n("build", "-C", complete, "--json"))["de-DE", "after-an-x-ray"]
    assert row["page"] == "blocked"
    assert "educational-purpose.txt" in row["why"][0]


def test_a_rule_that_is_not_in_force_yet_asks_nothing(complete, l10n):
    market = complete / "locales/markets/DE.toml"
    replace(market, 'id = "de-education"', 'id = "de-education"\neffective_from = 2030-01-01')
    l10n("build", "-C", complete, "--as-of", "2029-12-31")
    page = complete / "build/de-DE/nach-dem-roentgen/index.html"
    assert "data-stmt" not in page.read_text("utf-8")
    l10n("build", "-C", complete, "--as-of", "2030-01-01")
    assert "data-stmt" in page.read_text("utf-8")


def test_a_build_without_changes_does_no_work(complete, l10n):
    first = json.loads(l10n("build", "-C", complete, "--json").out)
    assert first["rendered"] == 2
    second = json.loads(l10n("build", "-C", complete, "--json").out)
    assert (second["parsed"], second["rendered"], second["written"]) == (0, 0, 0)
    assert second["pages"] == first["pages"]


def test_one_changed_word_changes_one_page(complete, l10n):
    l10n("build", "-C", complete)
    before = {p: p.stat().st_mtime_ns for p in (complete / "build").rglob("*") if p.is_file()}
    catalog = complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    replace(catalog, 'msgstr "Réport a skin rash."', 'msgstr "Ausschlag melden."')
    l10n("build", "-C", complete)
    changed = {p for p, time in before.items() if p.stat().st_mtime_ns != time}
    assert [p.parent.name for p in changed] == ["nach-dem-roentgen"]


def test_a_page_deleted_by_hand_comes_back(complete, l10n):
    l10n("build", "-C", complete)
    page = complete / "build/de-DE/nach-dem-roentgen/index.html"
    page.unlink()
    l10n("build", "-C", complete)
    assert page.is_file()


def test_a_code_that_a_translator_lost_makes_a_draft_and_a_finding(complete, l10n):
    catalog = complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    replace(catalog, 'msgstr "<b1>Do not drivé</b1>', 'msgstr "Do not drivé')
    checked = l10n("check", "-C", complete)
    assert checked.code == 1
    assert "after-an-x-ray.po:" in checked.out
    row = pages(l10n("build", "-C", complete, "--json"))["de-DE", "after-an-x-ray"]
    assert (row["page"], row["fuzzy"]) == ("draft", 1)


def test_replaced_words_are_in_the_journal(complete, l10n):
    replace(complete / "source/after-an-x-ray.md", "Report a skin rash.", "Take a seat over there.")
    l10n("extract", "-C", complete)
    journal = complete / ".l10n/journal/locales/de_DE/LC_MESSAGES/after-an-x-ray.po.jsonl"
    assert "Réport a skin rash." in journal.read_text("utf-8")
    catalog = (complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po").read_text("utf-8")
    assert '#~ msgstr "Réport a skin rash."' in catalog


def test_fmt_lays_out_and_then_has_nothing_to_do(complete, l10n):
    catalog = complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    before = catalog.read_bytes()
    catalog.write_bytes(before.replace(b"\n", b"\r\n"))
    assert l10n("fmt", "-C", complete, "--check").code == 1
    assert l10n("fmt", "-C", complete).code == 0
    assert catalog.read_bytes() == before
    assert l10n("fmt", "-C", complete, "--check").code == 0


def test_an_unknown_locale_names_the_nearest(demo, l10n):
    l10n("extract", "-C", demo)
    result = l10n("check", "-C", demo, "--locale", "de-ED")
    assert result.code == 2
    assert "did you mean de-DE?" in result.err


def test_every_code_is_explained(l10n):
    listed = l10n("explain").out.splitlines()
    assert len(listed) > 20
    for line in listed:
        assert l10n("explain", line.split()[0]).out.strip()


def test_init_never_overwrites(demo, l10n):
    before = (demo / "l10n.toml").read_bytes()
    assert l10n("init", demo).code == 5
    assert (demo / "l10n.toml").read_bytes() == before


def test_segments_reads_standard_input(l10n, monkeypatch):
    import io
    import sys

    class Stdin:
        buffer = io.BytesIO(b"# Title\n\nOne *thing*. Another.\n")

    monkeypatch.setattr(sys, "stdin", Stdin)
    found = json.loads(l10n("segments", "-", "--json").out)
    assert [item["text"] for item in found] == ["Title", "One <i1>thing</i1>.", "Another."]


NAMED = "The ATL\u00c1S\u034f is one."  # "ATLAS" behind an accent and a joiner that does not show


@pytest.mark.parametrize(
    "words",
    [NAMED, "![The Atlas stent](images/none.svg)", "About the *atlas*.", "See INV<b>AMED</b> X."],
)
def test_a_product_that_an_article_names_but_does_not_declare_blocks_it(complete, l10n, words):
    (complete / "source/products.toml").write_text(
        '[products.atlas]\nnames = ["ATLAS", "INVAMED X"]\nkind = "stent"\n', "utf-8"
    )
    article = next((complete / "source").glob("*.md"))
    article.write_text(article.read_text("utf-8") + f"\n{words}\n", "utf-8")
    l10n("extract", "-C", complete)
    rows = pages(l10n("build", "-C", complete, "--json"))
    assert {row["page"] for row in rows.values()} == {"blocked"}
    assert "does not declare" in rows["en-US", "after-an-x-ray"]["why"][0]


def test_a_product_that_only_a_translation_names_blocks_that_page(complete, l10n):
    (complete / "source/products.toml").write_text(
        '[products.atlas]\nnames = ["ATLAS"]\nkind = "stent"\n', "utf-8"
    )
    catalog = complete / "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
    replace(catalog, 'msgstr "Aftér', 'msgstr "Atlas')
    rows = pages(l10n("build", "-C", complete, "--json"))
    assert rows["de-DE", "after-an-x-ray"]["page"] == "blocked"
    assert rows["en-US", "after-an-x-ray"]["page"] == "published"


def test_words_are_never_inherited_from_another_language(complete, l10n):
    with (complete / "l10n.toml").open("a") as settings:
        settings.write('\n[inherit]\nde-DE = "en-US"\n')
    result = l10n("build", "-C", complete)
    assert result.code == 2
    assert "another language" in result.err + result.out


@pytest.mark.parametrize("level", ["integrity", "signed"])
def test_a_page_without_the_sample_mark_needs_approvals(demo, l10n, level):
    replace(demo / "l10n.toml", 'assurance = "sample"', f'assurance = "{level}"')
    l10n("extract", "-C", demo)
    result = l10n("build", "-C", demo, "--expect", "US")
    assert result.code == 4
    assert "stamp-missing" in result.out
    assert "policy-unstamped" in result.out
    assert not list((demo / "build").glob("en-US/*/index.html"))


def test_a_category_that_no_article_has_is_a_mistake_and_not_a_rule_without_work(demo, l10n):
    market = demo / "locales/markets/DE.toml"
    rule = market.read_text("utf-8").split("[[rules]]")[1]
    rule = rule.replace("de-permit-education", "de-closed").replace("permit", "block")
    rule += 'when.category = ["Pateint information"]\n'
    market.write_text(market.read_text("utf-8") + "\n[[rules]]" + rule, "utf-8")
    result = l10n("status", "-C", demo)
    assert result.code == 4
    assert "law-unknown-category" in result.err
    assert "ask regulatory-de@example.com, who answers for locales/markets/DE.toml" in result.err
    assert "Patient information" in result.err


def test_search_engines_learn_no_more_of_a_gated_page_than_readers_see(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    faq = "\n## Questions {#faq}\n\n### Is it safe?\n\nAsk your doctor.\n"
    article.write_text(article.read_text("utf-8") + faq, "utf-8")
    market = demo / "locales/markets/US.toml"
    rule = market.read_text("utf-8").split("[[rules]]")[1]
    rule = rule.replace("us-permit-education", "us-gate").replace('"permit"', '"gate"')
    l10n("extract", "-C", demo)
    l10n("build", "-C", demo)
    page = demo / "build/en-US/after-an-x-ray/index.html"
    assert "FAQPage" in page.read_text("utf-8")
    text = market.read_text("utf-8") + "\n[[rules]]" + rule + '\ngate = "self-declare"\n'
    market.write_text(
        text.replace(
            'when.audience = ["lay", "hcp"]\nwhen.product_kind = ["none"]\n\ngate', "gate"
        ),
        "utf-8",
    )
    result = l10n("build", "-C", demo, "--json")
    assert pages(result)["en-US", "after-an-x-ray"]["page"] == "gated", result.out + result.err
    head = page.read_text("utf-8").split("</head>")[0]
    assert "FAQPage" not in head
    assert "What happens after an X-ray" not in head
