"""The page that `l10n status --html` writes, as a browser and the checkers see it."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import test_browser

from pipeline.model import Moment
from pipeline.stages.status_page import Cell, Point, Trend
from pipeline.workflows.approvals import approved_pages
from pipeline.workflows.init import init
from pipeline.workflows.report import status_page

ROOT = Path(__file__).parent.parent
DAY = Moment(date(2026, 11, 22))
DE = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"

browser = test_browser.browser  # the fixture, one browser for this file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pages of this repository, of a new workspace without history, and of nothing."""
    made = tmp_path_factory.mktemp("status")
    pages = approved_pages(ROOT, DAY)
    (made / "here.html").write_bytes(status_page(pages))
    (made / "none.html").write_bytes(status_page(replace(pages, planned=())))
    init(made / "demo", demo=True)
    demo = approved_pages(made / "demo", DAY)
    (made / "demo.html").write_bytes(status_page(demo))
    return made


def git(folder, *words):
    name = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


def test_the_page_has_no_script_and_names_nothing_outside_it(folder):
    for path in folder.glob("*.html"):
        html = path.read_text("utf-8")
        for word in ("<script", "<link", "<img", "src=", "url(", "@import", "http:", "https:"):
            assert word not in re.sub(r'<li id="why-.*', "", html)


def test_the_trend_tells_then_and_now_in_words(demo, l10n):
    l10n("extract", "-C", demo)
    git(demo, "init", "-q")
    git(demo, "add", ".")
    git(demo, "commit", "-q", "-m", "begin")
    text = (demo / DE).read_text("utf-8")
    rash = 'msgid "Report a skin rash."\nmsgstr "'
    (demo / DE).write_text(text.replace(rash, rash + "Melden Sie einen Ausschlag."), "utf-8")
    target = demo / "status.html"
    done = l10n("status", "-C", demo, "--html", target, "--as-of", "2026-11-22")
    assert (done.code, done.out) == (0, f"wrote {target}\n")
    html = target.read_text("utf-8")
    assert re.search(
        r'aria-label="de-DE: 0 finished texts at first \(\d{4}-\d\d-\d\d\), 1 now', html
    )
    assert "over the last 1 commit that touched them" in html


def test_words_of_articles_and_reasons_are_text_and_no_markup(demo, l10n):
    article = demo / "source/after-an-x-ray.md"
    text = article.read_text("utf-8").replace("title: After your X-ray", "title: <b>&amp; X</b>")
    article.write_text(text, "utf-8")
    l10n("extract", "-C", demo)
    l10n("status", "-C", demo, "--html", demo / "status.html")
    assert "&lt;b&gt;" in (demo / "status.html").read_text("utf-8")


def test_only_what_is_all_finished_is_a_hundred_per_cent():
    assert Cell("de-DE", "DE", "a", 299, 1, 0, "draft", ()).percent == 99
    assert Cell("de-DE", "DE", "a", 0, 0, 0, "draft", ()).percent == 0
    assert Cell("de-DE", "DE", "a", 1, 2, 3, "draft", ()).left == "2 fuzzy, 3 missing"


def test_a_trend_is_drawn_from_left_to_right_with_the_most_at_the_top():
    trend = Trend("de-DE", (Point("2026-01-01", 0), Point("2026-02-01", 10), Point("now", 5)))
    assert trend.points == "0.0,19.0 50.0,1.0 100.0,10.0"
    assert (trend.change, Trend("x", trend.past[1:]).change) == ("+5", "−5")
    assert Trend("x", (Point("now", 0),)).points == "0.0,19.0 100.0,19.0"


@pytest.mark.browser
def test_the_nu_checker_finds_nothing_to_say(folder):
    java = test_browser.need(shutil.which("java"), "Java")
    test_browser.need(test_browser.VNU.exists(), "the Nu HTML checker")
    command = [java, "-jar", str(test_browser.VNU), "--format", "json", "--exit-zero-always"]
    pages = [str(path) for path in sorted(folder.glob("*.html"))]
    done = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
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
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            page.evaluate(script)
            result = page.evaluate("options => axe.run(document, options)", options)
            told += [
                f"{theme} {media} {path.name}: {v['id']}: {v['nodes'][0]['html'][:120]}"
                for v in result["violations"]
            ]
        page.close()
    assert told == []


@pytest.mark.browser
def test_a_screen_reader_hears_outcome_counts_and_trend_in_words(folder, browser):
    page = browser.new_page(viewport=test_browser.DESKTOP)
    page.goto((folder / "here.html").as_uri())
    table = page.get_by_role("table").first
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="de-DE"))
    cell = row.get_by_role("cell").first.inner_text()
    assert re.search(r"(Published|Gated|Draft|Blocked)\s+\d+ of \d+ finished", cell)
    assert page.get_by_role("img", name=re.compile(r"^de-DE: \d+ finished texts at first")).count()
    page.close()
