"""The page that `l10n regulate matrix --html` writes, as a browser and the checkers see it."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import test_browser

from pipeline.model import Audience, Moment
from pipeline.workflows.regulate import WhatIf, judge_all, matrix_page

ROOT = Path(__file__).parent.parent
DAYS = {"today": Moment(date(2026, 11, 22)), "overdue": Moment(date(2027, 4, 5))}

browser = test_browser.browser  # the fixture, one browser for this file

LARGE = 200_000  # bytes; only the page with all markets, articles and readers is larger


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pages of this repository's own law: as it is, overdue, as a question, and empty."""
    made = tmp_path_factory.mktemp("matrix")
    for name, day in DAYS.items():
        (made / f"{name}.html").write_bytes(matrix_page(judge_all(ROOT, day)))
    asked = WhatIf((Audience.LAY, Audience.HCP), ("atlas-des",))
    question = judge_all(ROOT, DAYS["today"], ("DE", "EU"), (), asked)
    (made / "question.html").write_bytes(matrix_page(question))
    both = WhatIf((Audience.LAY, Audience.HCP))
    every = judge_all(ROOT, DAYS["today"], what_if=both)
    assert len(every.matrix.rows) == len([*(ROOT / "locales/markets").glob("??.toml")]) - 1  # EU
    (made / "both.html").write_bytes(matrix_page(every))
    empty = replace(question, matrix=replace(question.matrix, rows=()))
    (made / "empty.html").write_bytes(matrix_page(empty))
    return made


def test_equal_law_gives_an_equal_page(folder):
    again = matrix_page(judge_all(ROOT, DAYS["today"]))
    assert again == (folder / "today.html").read_bytes()


def test_the_page_has_no_script_and_names_nothing_outside_it(folder):
    for path in folder.glob("*.html"):
        html = path.read_text("utf-8")
        for word in ("<script", "<link", "<img", "src=", "url(", "@import", "http:", "https:"):
            assert word not in html


def test_words_of_rules_and_articles_are_text_and_no_markup(demo, l10n):
    market = demo / "locales/markets/DE.toml"
    text = market.read_text("utf-8").replace("Pages that name", "<b onclick=x>&amp; Pages")
    market.write_text(text.replace("sample: cite", "<script>sample"), "utf-8")
    target = demo / "matrix.html"
    assert l10n("regulate", "matrix", "-C", demo, "--html", target).out == f"wrote {target}\n"
    html = target.read_text("utf-8")
    assert "&lt;b onclick=x&gt;&amp;amp; Pages" in html
    assert "<script" not in html


@pytest.mark.browser
def test_the_nu_checker_finds_nothing_to_say(folder):
    java = test_browser.need(shutil.which("java"), "Java")
    test_browser.need(test_browser.VNU.exists(), "the Nu HTML checker")
    command = [java, "-jar", str(test_browser.VNU), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    told = [f"{m.get('lastLine')}: {m['message']}" for m in json.loads(done.stderr)["messages"]]
    assert told == []


@pytest.mark.browser
def test_axe_finds_no_violation_on_phone_desktop_and_paper(folder, browser):
    found = test_browser.need(test_browser.AXE.exists(), "axe-core")
    script = found and test_browser.AXE.read_text("utf-8")
    options = {"runOnly": {"type": "tag", "values": test_browser.WCAG}}
    told = []
    for theme, size, media in (
        ("light", test_browser.PHONE, "screen"),
        ("dark", test_browser.PHONE, "screen"),
        ("dark", test_browser.DESKTOP, "screen"),
        ("light", test_browser.DESKTOP, "print"),
    ):
        page = browser.new_page(viewport=size, color_scheme=theme)
        page.emulate_media(media=media, color_scheme=theme)
        for path in sorted(folder.glob("*.html")):
            if path.stat().st_size > LARGE and (theme, media) != ("light", "screen"):
                continue  # all markets are more of the same, and half a minute each time
            page.goto(path.as_uri())
            page.evaluate(script)
            result = page.evaluate("options => axe.run(document, options)", options)
            told += [
                f"{theme} {media} {path.name}: {v['id']}: {v['nodes'][0]['html'][:120]}"
                for v in result["violations"]
            ]
        page.close()
    assert told == []


@pytest.mark.browser
def test_the_page_is_no_wider_than_a_phone_and_each_cell_leads_to_its_grounds(folder, browser):
    page = browser.new_page(viewport=test_browser.PHONE)
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        links = page.evaluate(
            "[...document.querySelectorAll('td a')].map("
            "a => [a.innerText, document.querySelector(a.getAttribute('href')).innerText])"
        )
        for cell, grounds in links:
            assert cell.split("\n")[0].strip("✓◐!✕ ") in grounds


@pytest.mark.browser
def test_a_screen_reader_hears_market_article_and_outcome_in_words(folder, browser):
    page = browser.new_page(viewport=test_browser.DESKTOP)
    page.goto((folder / "today.html").as_uri())
    heads = page.get_by_role("columnheader")
    assert heads.count() == 4
    assert "for professionals, names atlas-des" in heads.nth(1).inner_text()
    germany = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Germany"))
    assert germany.get_by_role("link", name="Gated", exact=True).count() == 1
    page.goto((folder / "overdue.html").as_uri())
    germany = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Germany"))
    assert germany.get_by_role("link", name="Needs a review", exact=True).count() == 3


@pytest.mark.browser
def test_market_and_articles_stay_in_sight_at_the_last_row(folder, browser):
    for size in (test_browser.PHONE, test_browser.DESKTOP):
        page = browser.new_page(viewport=size)
        page.goto((folder / "both.html").as_uri())
        page.evaluate("document.querySelector('#table').scrollIntoView()")
        page.evaluate("document.querySelector('#table').scrollTo(9999, 9999)")
        for head in ("thead th:last-child", "tbody tr:last-child th"):
            box = page.locator(head).bounding_box()
            assert 0 <= box["y"] <= size["height"] - box["height"]
            assert 0 <= box["x"] <= size["width"] - 50
        page.close()
