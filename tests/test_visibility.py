"""Chromium's judgement on the ways of hiding and restyling a legal text, and on the gate."""

# ruff: noqa: F811  a fixture comes from another file, by its name

import base64

import pytest
from test_browser import browser  # noqa: F401

from page_samples import all_placements
from pipeline.model import Gate
from pipeline.stages.verify_page import statement_findings
from style_samples import (
    FOR_MACHINES,
    HARMLESS,
    HIDING,
    HIDING_HTML,
    LOOK,
    SITE_CSS,
    UNGATING,
    hidden_by_html,
    sample_page,
)

pytestmark = pytest.mark.browser

LAST = '[data-stmt="bottom"]'
CLEAR = 3  # a pixel is ink if the words change its contrast by as much (WCAG 2.2, 1.4.11)
ENOUGH = 0.7  # of the ink that the words have in the site's own style
# Counts the pixels of two pictures that differ clearly.
COUNT = """async ([one, other, clear]) => {
  const read = async data => {
    const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const paint = canvas.getContext('2d'); paint.drawImage(image, 0, 0);
    return paint.getImageData(0, 0, image.width, image.height).data;
  };
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = (d, i) =>
    0.2126 * linear(d[i]) + 0.7152 * linear(d[i + 1]) + 0.0722 * linear(d[i + 2]) + 0.05;
  const [a, b] = [await read(one), await read(other)];
  let count = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i += 4) {
    if (a[i] === b[i] && a[i + 1] === b[i + 1] && a[i + 2] === b[i + 2]) continue;
    const [x, y] = [light(a, i), light(b, i)];
    if (Math.max(x, y) / Math.min(x, y) >= clear) count++;
  }
  return count;
}"""
# Takes the letters of the last statement away, and nothing else.
WITHOUT = """document.querySelectorAll('[data-stmt=bottom], [data-stmt=bottom] *').forEach(
  e => e.style.setProperty('-webkit-text-fill-color', 'transparent', 'important'))"""


class Judge:
    """Says how much ink the words of a page's last statement leave on the screen."""

    def __init__(self, browser):
        self.pages = {
            look: browser.new_page(
                viewport={"width": 400 if look == "narrow" else 900, "height": 1800},
                color_scheme="dark" if look == "dark" else "light",
            )
            for look in ("", "dark", "narrow", "print", "hover")
        }
        self.pages["print"].emulate_media(media="print")
        self.counter = browser.new_page()
        self.usual = {look: self.ink(sample_page(), look=look) for look in self.pages}

    def ink(self, html, css="", look=""):
        """The number of pixels that the words darken or lighten clearly."""
        page = self.pages[look]
        page.mouse.move(0, 0)
        page.set_content(styled(html, SITE_CSS + css))
        if look == "hover" and page.locator(LAST).count():
            page.locator(LAST).hover()
        pictures = [page.screenshot()]
        page.evaluate(WITHOUT)
        pictures.append(page.screenshot())
        both = [base64.b64encode(picture).decode() for picture in pictures]
        return self.counter.evaluate(COUNT, [*both, CLEAR])

    def reads(self, html, css="", look=""):
        """Whether the words show about as well as in the site's own style."""
        return self.ink(html, css, look) >= ENOUGH * self.usual[look]


def styled(html, css):
    """A page with its stylesheet inside and without the policy against that."""
    start = html.index("<meta http-equiv=")
    html = html[:start] + html[html.index(">", start) + 1 :]
    return html.replace("</head>", f"<style>{css}</style></head>")


@pytest.fixture(scope="module")
def judge(browser):
    return Judge(browser)


def test_the_words_leave_ink_in_every_look(judge):
    assert all(ink > 200 for ink in judge.usual.values())


@pytest.mark.parametrize("name", HIDING)
def test_what_the_build_refuses_really_hides(judge, name):
    assert not judge.reads(sample_page(), HIDING[name], LOOK.get(name, ""))


@pytest.mark.parametrize("css", HARMLESS)
def test_what_the_build_accepts_really_shows(judge, css):
    for look in ("", "dark", "narrow", "print"):
        assert judge.reads(sample_page(), css, look), look


@pytest.mark.parametrize("name", HIDING_HTML)
def test_what_hides_a_statement_in_html_is_refused_and_really_hides(judge, name, browser):
    html = hidden_by_html(name)
    assert refused(html)
    if name in FOR_MACHINES:
        assert "Text BOTTOM." not in told(browser, html)
    else:
        assert not judge.reads(html)


def refused(html):
    pairs = all_placements()
    demands, texts = [demand for demand, _ in pairs], [text for _, text in pairs]
    names = ("INVAMED ATLAS", "ATLAS")
    assert statement_findings(sample_page(), demands, texts, Gate.NONE, "x", names) == ()
    return statement_findings(html, demands, texts, Gate.NONE, "x", names)


def told(browser, html):
    """What a screen reader has to tell of a page."""
    page = browser.new_page()
    page.set_content(styled(html, SITE_CSS))
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    names = [node.get("name", {}).get("value", "") for node in nodes if not node["ignored"]]
    return "\n".join(names)


def test_a_screen_reader_tells_the_statements(browser):
    assert "Text BOTTOM." in told(browser, sample_page())


def gated(browser, css=""):
    """A gated page in a browser that runs no scripts."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(styled(sample_page(Gate.SELF_DECLARE), SITE_CSS + css))
    return page


def test_without_scripts_the_content_is_not_rendered_before_its_gate_is_opened(browser):
    page = gated(browser)
    statements = [s for s in page.locator("[data-stmt]").all() if not behind_the_gate(s)]
    hidden = ("The ATLAS stent is an example.", "How often?", "Rarely.", "Eine Arterie wird")
    before = page.inner_text("body")
    assert not any(words in before for words in hidden)
    assert not page.locator(".body").is_visible()
    assert len(statements) == 3
    assert all(statement.is_visible() for statement in statements)
    page.locator(".gate > summary").click()
    after = page.inner_text("body")
    assert all(words in after for words in hidden)
    assert all(statement.is_visible() for statement in page.locator("[data-stmt]").all())
    page.context.close()


def behind_the_gate(statement):
    return statement.get_attribute("data-place") == "inline"


def test_a_find_in_the_page_does_not_reach_behind_a_gate_in_the_accessible_tree(browser):
    assert "ATLAS stent is an example" not in told(browser, sample_page(Gate.SELF_DECLARE))


@pytest.mark.parametrize("css", [css for css in UNGATING if "details-content" in css])
def test_what_the_build_refuses_of_a_gate_would_show_its_content(browser, css):
    page = gated(browser, css)
    assert "The ATLAS stent is an example." in page.inner_text("body")
    page.context.close()
