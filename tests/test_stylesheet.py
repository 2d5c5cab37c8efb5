"""The build refuses every way of hiding a legal text by style, and no harmless one."""

from __future__ import annotations

import pytest

from pipeline.model import Finding, Gate
from pipeline.stages.css_rules import read_sheet
from pipeline.stages.stylesheet import (
    document_findings,
    sheet_findings,
    style_findings,
    text_paths,
)
from pipeline.stages.visible import look
from style_samples import CHANGING, HARMLESS, HIDING, SITE_CSS, UNGATING, sample_page

PAGE = look(sample_page(Gate.SELF_DECLARE))


def findings(css: str) -> list[Finding]:
    """What the build says of a page with a gate and all statements, styled so."""
    sheet = read_sheet(css, "site.css")
    found = list(sheet_findings(sheet))
    for told in style_findings(sheet, text_paths(PAGE, sheet)).values():
        found += told
    return list(dict.fromkeys(found))


def test_the_sites_own_style_is_proved() -> None:
    assert findings(SITE_CSS) == []


@pytest.mark.parametrize("css", HIDING.values(), ids=HIDING)
def test_a_style_that_hides_a_legal_text_is_refused(css: str) -> None:
    assert findings(SITE_CSS + css)


@pytest.mark.parametrize("css", CHANGING)
def test_a_style_that_changes_words_or_adds_some_is_refused(css: str) -> None:
    assert findings(SITE_CSS + css)


@pytest.mark.parametrize("css", UNGATING)
def test_a_style_that_touches_the_gate_is_refused(css: str) -> None:
    assert findings(SITE_CSS + css)


@pytest.mark.parametrize("css", HARMLESS)
def test_a_restyling_that_hides_nothing_is_accepted(css: str) -> None:
    assert findings(SITE_CSS + css) == []


def test_a_finding_names_the_place_and_says_what_to_do() -> None:
    (found,) = findings(SITE_CSS + "\n.x {}\n.statement { opacity: 0 }\n")
    line = SITE_CSS.count("\n") + 3
    assert str(found.where) == f"site.css:{line}:14"
    assert found.code == "style-unproven"
    assert "opacity: 0" in found.message
    assert "docs/workspace.md" in found.hint


def test_a_page_without_style_is_as_readable_as_its_browser_makes_it() -> None:
    assert findings("") == []


def test_one_of_colour_and_background_alone_is_refused() -> None:
    assert findings("body { color: #000 }")
    assert findings("body { background: #fff }")
    assert findings("body { color: #000; background: #fff }") == []


@pytest.mark.parametrize(
    "css",
    [
        ".statement { color: var(--nowhere) }",
        ".statement { --a: var(--b); --b: var(--a); color: var(--a) }",
        ":hover { --ink: #fff }",
        ".statement { margin: calc(1px / 0) }",
        ".statement { margin: 1em + 2 }",
        ".statement { padding: calc(10px * 10em) }",
        ".statement { line-height: 20px }",
        ".statement { font-size: 15 }",
        ".statement { font-size: clamp(1px, 2px, 3px) }",
        ".statement { color: #000",
        "}",
        "@charset",
        "@page { @top-left { content: 'x' } }",
        "@page { display: none }",
        ".statement { : }",
        "#page-content { filter: blur(1px) }",
        "html { color: light-dark(#000, #fff) }",
    ],
)
def test_what_cannot_be_told_counts_as_unsafe(css: str) -> None:
    assert findings(SITE_CSS + css)


@pytest.mark.parametrize(
    "css",
    [
        ".statement { color: #999; color: #111; background: #fff }",
        ".statement { margin: calc((1rem + 4px) * 2 - 1px) }",
        ".statement { margin: min(1rem, 5vw) max(0.5rem, 1vw) }",
        "h9 .statement { display: none }",
        ".statement .none { display: none }",
        ".statement:not(aside) { display: none }",
        "article::selection { color: #edf4f4 }",
        "[data-place=none] { display: none }",
        ":root :root .statement { display: none }",
        "p > .statement { display: none }",
        "@media print { @page { margin: 1cm; size: a4 } }",
    ],
)
def test_what_surely_does_not_come_to_pass_is_free(css: str) -> None:
    assert findings(SITE_CSS + css) == []


@pytest.mark.parametrize(
    "change",
    [
        ("<article>", '<article style="color: red">'),
        ('<p class="reviewed">', '<p class="reviewed" style="position: fixed">'),
        ("</head>", "<style>p { color: red }</style></head>"),
        ("</head>", '<link rel="stylesheet" href="/other.css"></head>'),
        ("</head>", '<link rel="alternate StyleSheet" href="/other.css"></head>'),
    ],
)
def test_a_style_outside_the_stylesheet_is_refused(change: tuple[str, str]) -> None:
    html = sample_page().replace(*change)
    assert html != sample_page()
    (found,) = document_findings(look(html), "/assets/site.css", "build/x.html")
    assert found.code == "style-unproven"


def test_the_finished_page_has_no_style_of_its_own() -> None:
    assert document_findings(PAGE, "/assets/site.css", "x") == ()
