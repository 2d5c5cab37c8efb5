"""The pages of this repository's own site, as a browser and the standards' checkers see them."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
import warnings
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Moment
from pipeline.workflows.build import build

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tests/browser/node_modules"
AXE = TOOLS / "axe-core/axe.min.js"
VNU = TOOLS / "vnu-jar/build/dist/vnu.jar"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.browser


def need(found, what):
    """A missing tool fails with CI=true; elsewhere it is one loud line."""
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing: run `make browser`")
    warnings.warn(f"!!! SKIPPED: {what} is missing; run `make browser` !!!", stacklevel=2)
    pytest.skip(f"{what} is missing; run `make browser`")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """This repository's site with what is blocked as review copies, built in a folder."""
    root = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "l10n.toml", root)
    for name in ("source", "locales", "templates"):
        shutil.copytree(ROOT / name, root / name)
    built = build(root, Moment(date(2026, 12, 1)), strict=False, review=True, write=True)
    assert not built.findings
    return root / "build"


@pytest.fixture(scope="module")
def address(site):
    """The site's address on a web server of this test's own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = need(path or (own.exists() and str(own)), "Chromium")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=found, args=flags)
        yield started
        started.close()


def pages_of(site):
    """The address paths of all pages, redirects left out."""
    found = []
    for path in sorted(site.rglob("*.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            found.append("/" + path.relative_to(site).as_posix().removesuffix("index.html"))
    return found


def every_writing(site):
    """The pages of some locales, one for each script and direction: what a theme can differ by."""
    some = ("/ar-SA/", "/de-DE/", "/en-US/", "/ja-JP/", "/ko-KR/", "/zh-CN/", "/articles/")
    return [path for path in pages_of(site) if path.startswith(some) or path == "/"]


def test_the_nu_checker_finds_no_error(site):
    java = need(shutil.which("java"), "Java")
    need(VNU.exists(), "the Nu HTML checker")
    command = [java, "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, str(site)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    told = [
        f"{m.get('url', '').rsplit('/build/', 1)[-1]}:{m.get('lastLine')}: {m['message']}"
        for m in messages
        if m["type"] == "error"
    ]
    assert told == []


def test_axe_finds_no_violation_on_any_page(site, address, browser):
    script = need(AXE.exists(), "axe-core") and AXE.read_text("utf-8")
    told = []
    for theme, size in (("light", PHONE), ("dark", DESKTOP)):
        context = browser.new_context(viewport=size, color_scheme=theme, bypass_csp=True)
        page = context.new_page()
        for path in pages_of(site) if theme == "light" else every_writing(site):
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.evaluate(script)
            options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
            found = page.evaluate("options => axe.run(document, options)", options)
            told += [
                f"{theme} {path}: {v['id']}: {v['nodes'][0]['html'][:120]}"
                for v in found["violations"]
            ]
        context.close()
    assert told == []


def test_no_page_is_wider_than_a_phone(site, address, browser):
    page = browser.new_page(viewport=PHONE)
    wide = []
    for path in pages_of(site):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert wide == []


def test_no_page_asks_for_anything_that_is_not_there_or_breaks_its_policy(site, address, browser):
    page = browser.new_page()
    told = []
    page.on("response", lambda r: r.status >= 400 and told.append(f"{r.status} {r.url}"))
    page.on("console", lambda m: m.type in {"error", "warning"} and told.append(m.text))
    page.on("request", lambda r: r.url.startswith(address) or told.append(f"outside {r.url}"))
    for path in pages_of(site):
        page.goto(address + path)
    assert told == []


def test_every_link_within_the_site_leads_somewhere(site, address, browser):
    page = browser.new_page()
    broken = []
    for path in pages_of(site):
        page.goto(address + path)
        links = "[...document.querySelectorAll('a[href]')].map(a => [a.pathname, a.hash, a.origin])"
        for target, anchor, origin in page.evaluate(links):
            if origin != address:
                continue
            from urllib.parse import unquote

            file = site / unquote(target).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file():
                broken.append(f"{path} → {target}")
            elif anchor and f'id="{unquote(anchor[1:])}"' not in file.read_text("utf-8"):
                broken.append(f"{path} → {target}{anchor}")
    assert broken == []


def test_a_gate_hides_the_article_until_it_is_opened_without_scripts(site, address, browser):
    gated = [p for p in pages_of(site) if 'class="gate"' in html_of(site, p)]
    assert gated, "no page of the site is gated"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in gated:
        page.goto(address + path)
        assert not page.locator(".body").is_visible()
        for statement in page.locator("aside[data-stmt]").all():
            if statement.get_attribute("data-place") != "inline":
                assert statement.is_visible()
        page.locator(".gate > summary").click()
        assert page.locator(".body").is_visible()
    context.close()


def test_arabic_pages_read_from_right_to_left(site, address, browser):
    page = browser.new_page(viewport=DESKTOP)
    arabic = [p for p in pages_of(site) if p.startswith("/ar-SA/") and p != "/ar-SA/"]
    assert arabic
    for path in arabic:
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        assert page.locator("h1").evaluate("e => getComputedStyle(e).textAlign") in {
            "start",
            "right",
        }


def html_of(site, path):
    return (site / path.lstrip("/") / "index.html").read_text("utf-8")


PAYLOADS = ROOT / "tests/cases/xss/dompurify.jsonl"


def test_no_hostile_translation_opens_a_dialog(tmp_path, browser):
    """All payloads at once, as every word, title, front matter value and statement."""
    from hostile_site import hostile_sites

    pages = hostile_sites(tmp_path, [json.loads(line)["payload"] for line in PAYLOADS.open("rb")])
    page = browser.new_context(bypass_csp=True).new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in pages:
        page.goto(path.as_uri())
        page.mouse.move(200, 200)
    assert len(pages) > 200
    assert dialogs == []
