"""Ways to hide a legal text on a page, and ways to restyle it that hide nothing.

Each is judged twice: by the build, which must refuse it, and by Chromium, which must show
that it hides something, so that nobody has invented it.
"""

from __future__ import annotations

from pathlib import Path

from page_samples import all_placements, english, page, templates
from pipeline.model import Gate
from pipeline.stages.render import render_page

SITE_CSS = (Path(__file__).parent.parent / "templates/site.css").read_text("utf-8")

# Added to the site's own style, these hide the statement at the end of the article.
HIDING = {
    "no display": ".statement { display: none }",
    "no display, with weight": "aside { display: none !important }",
    "no display, by the place": '[data-place="bottom"] { display: none }',
    "no display, by the role": '[role="note"] { display: none }',
    "no display, by everything": "article > :not(header) { display: none }",
    "no display, by the kind of child": "article > aside:nth-of-type(n + 1) { display: none }",
    "no display, by a neighbour": "article * ~ aside { display: none }",
    "no display, by what it holds": "aside:has(p) { display: none }",
    "no display, by its language": ":lang(de) > aside, aside:lang(de) { display: none }",
    "no display, among forgiven selectors": ":is(::nonsense, .statement) { display: none }",
    "no display, by part of a word": '[class*="tatemen"] { display: none }',
    "no display of the words": ".statement p { display: none }",
    "no display of the article": "article { display: none }",
    "no visibility": ".statement { visibility: hidden }",
    "collapsed": ".statement { visibility: collapse }",
    "no opacity": ".statement { opacity: 0 }",
    "hardly any opacity": ".statement { opacity: 0.3 }",
    "opacity of the article": "article { opacity: 0 }",
    "content not rendered": ".statement { content-visibility: hidden }",
    "off to the left": ".statement { position: absolute; left: -9999px }",
    "off to the left, relatively": ".statement { position: relative; left: -9999px }",
    "off to the right": ".statement { position: absolute; left: 9999px }",
    "off by a margin": ".statement.statement { margin-left: -9999px }",
    "off by a far margin": ".statement.statement { margin-left: 9999px }",
    "off by padding": ".statement { padding-left: 9999px }",
    "off by indentation": ".statement p { text-indent: -9999px }",
    "off by a transform": ".statement { transform: translateX(-9999px) }",
    "off by a translation": ".statement { translate: -9999px 0 }",
    "scaled to nothing": ".statement { scale: 0 }",
    "scaled down": ".statement { transform: scale(0.3) }",
    "turned on its edge": ".statement { transform: rotateX(90deg) }",
    "zoomed out": ".statement { zoom: 0.3 }",
    "no height": ".statement { height: 0; padding: 0; overflow: hidden }",
    "no height, the newer word": ".statement { block-size: 0; padding: 0; overflow: clip }",
    "little height": ".statement { max-height: 0.5em; padding-block: 0; overflow: hidden }",
    "no width": ".statement { width: 0; padding: 0; overflow: hidden }",
    "no inline size": ".statement.statement { max-inline-size: 0; padding: 0; overflow: hidden }",
    "cut off on a line": ".statement p { white-space: nowrap; max-width: 2em; overflow: hidden }",
    "cut off after lines": (
        ".statement { width: 9em; padding: 0 } .statement p { display: -webkit-box;"
        " -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden }"
    ),
    "clipped": ".statement { position: absolute; clip: rect(0 0 0 0) }",
    "clipped by a path": ".statement { clip-path: inset(50%) }",
    "masked": ".statement { mask: linear-gradient(transparent, transparent) }",
    "filtered away": ".statement { filter: opacity(0) }",
    "blurred": ".statement { filter: blur(9px) }",
    "blended away": ".statement { mix-blend-mode: difference; background: #fff; color: #fff }",
    "no size of type": ".statement { font-size: 0 }",
    "tiny type": ".statement { font-size: 5px }",
    "tiny type in steps": ".statement { font-size: 0.6em } .statement p { font-size: 0.6em }",
    "tiny type by a property": ":root { --small: 0.3em } .statement { font-size: var(--small) }",
    "tiny type by a sum": ".statement { font-size: calc(1rem - 11px) }",
    "tiny type of the page": "html { font-size: 4px }",
    "tiny type by the shorthand": ".statement { font: 3px serif }",
    "the ground's colour": ".statement { color: #edf4f4 }",
    "nearly the ground's colour": ".statement { color: #a8b0b0 }",
    "no colour": ".statement { color: transparent }",
    "hardly any colour": ".statement { color: rgb(0 0 0 / 10%) }",
    "no fill": ".statement { -webkit-text-fill-color: transparent }",
    "the words' colour as ground": ".statement { background: #17252d }",
    "the ground by a property": ":root { --ink: #edf4f4 }",
    "the ground by a property of its own": ".statement { --tint: #17252d }",
    "the words' colour behind one's own": ".statement p { background-color: currentcolor }",
    "covered by a picture": ".statement p { background: linear-gradient(#17252d, #17252d) }",
    "covered by something fixed": (
        'main::after { content: ""; position: fixed; inset: 0; background: #fff }'
    ),
    "covered by a neighbour": (
        ".reviewed { position: relative; top: -12em; height: 12em; background: #fff }"
    ),
    "covered by a neighbour's margin": (
        ".reviewed { margin-block-start: -12em; padding-block: 12em; position: relative;"
        " background: #fff }"
    ),
    "covered by a moved neighbour": (
        ".reviewed { transform: translateY(-10em); padding-block: 8em; background: #fff }"
    ),
    "covered by a thick outline": ".reviewed { outline: 30em solid #fff }",
    "covered by its own part": (
        '.statement::before { content: ""; position: absolute; inset: 0; background: #fff }'
    ),
    "pale first line": ".statement p::first-line { color: #edf4f4 }",
    "in print": "@media print { .statement { display: none } }",
    "pale in print": "@media print { .statement { color: #fff } }",
    "in the dark": "@media (prefers-color-scheme: dark) { .statement { color: #1b2a31 } }",
    "on small screens": "@media (max-width: 40rem) { .statement { display: none } }",
    "if supported": "@supports (display: grid) { .statement { display: none } }",
    "in a layer": "@layer hidden { .statement { display: none !important } }",
    "in a nested rule": "article { .statement { display: none } }",
    "in a scope": "@scope (article) { .statement { display: none } }",
    "by a container": (
        "main { container-type: inline-size }"
        " @container (min-width: 1px) { .statement { display: none } }"
    ),
    "by an animation": (
        "@keyframes away { to { opacity: 0 } } .statement { animation: away 1ms forwards }"
    ),
    "under the pointer": ".statement:hover { opacity: 0 }",
    "in columns": ".statement { columns: 1; height: 1px; overflow: hidden; padding: 0 }",
    "in a small box": "article { overflow: hidden; block-size: 9em }",
    "in a small main part": "main { flex: none; block-size: 1em; padding: 0; overflow: clip }",
}
# How Chromium has to look at some of them.
LOOK = {
    "in print": "print",
    "pale in print": "print",
    "in the dark": "dark",
    "on small screens": "narrow",
    "under the pointer": "hover",
}

# What does not hide words but changes them, or says others.
CHANGING = (
    ".statement p { text-decoration: line-through }",
    ".statement p { text-transform: uppercase }",
    ".statement p { font-family: Wingdings, sans-serif }",
    '.statement p::after { content: " Not in force." }',
    '.reviewed::before { content: "The text above is not in force." }',
    '.hero { --told: "Not so." } .hero::after { content: var(--told) }',
    ".statement { direction: rtl; unicode-bidi: bidi-override }",
    ".statement { writing-mode: vertical-rl }",
    ".statement { order: -1 }",
    '@import "other.css";',
    '@font-face { font-family: "Noto Sans"; src: url(blank.woff2) }',
    '.topics { list-style-type: "Not so." }',
)

# What opens a gate without the reader, or takes away what opens it.
UNGATING = (
    "details > * { display: block !important }",
    "details::details-content { content-visibility: visible; display: block }",
    ".gate { display: contents }",
    ".gate > summary { display: none }",
    ".gate > summary { opacity: 0 }",
    ".gate > summary { color: #edf4f4 }",
    "summary { pointer-events: none }",
    "::details-content { block-size: auto; content-visibility: visible !important }",
)

HARMLESS = (
    ".statement { margin-block: 3rem }",
    ".statement { padding: 2rem }",
    ".statement { border: 2px solid #0a5d68; border-radius: 1rem }",
    ".statement { background: #fff; color: #000 }",
    ".statement { background: #fff; color: #333333 }",
    "@media screen { .statement { background: rgb(20 20 20); color: white } }",
    ".statement { font-size: 1.2rem }",
    ".statement { font-size: max(15px, 0.9rem) }",
    ".statement { font-weight: 700 }",
    ".statement { font-family: Georgia, serif }",
    ".statement { line-height: 1.4; letter-spacing: 0.02em }",
    ".statement { text-align: center; text-wrap: balance }",
    ".statement { max-inline-size: 30rem; margin-inline: auto }",
    ".statement { display: flow-root; break-inside: avoid }",
    ".statement p { text-decoration: underline }",
    "article { padding-inline: 1rem }",
    "main { padding-block-start: 3rem }",
    ".reviewed { opacity: 0.2 }",
    ".reviewed { display: none }",
    ".topics { overflow: hidden; font-size: 0.5em }",
    ".cards { display: none }",
    ".lead-image img { block-size: 4rem; object-fit: cover }",
    ":root { --quiet: #404040 } .statement { background: #fff; color: var(--quiet) }",
    "@media (min-width: 1px) { .statement { padding: 1.5rem } }",
    "@media print { .statement { color: #000 } }",
    ".cards { gap: 3rem }",
)

# Around the element, on it, or around its words: HTML that hides a text without a stylesheet.
HIDING_HTML = {
    "hidden": ("", " hidden", "", ""),
    "hidden until found": ("", ' hidden="until-found"', "", ""),
    "hidden around": ("<div hidden>", "", "", "</div>"),
    "hidden words": ("", "", "<span hidden>", ""),
    "hidden from machines": ("", ' aria-hidden="true"', "", ""),
    "hidden from machines around": ('<div aria-hidden="true">', "", "", "</div>"),
    "inert": ("", " inert", "", ""),
    "inert around": ("<div inert>", "", "", "</div>"),
    "closed disclosure": ("<details><summary>More</summary>", "", "", "</details>"),
    "template": ("<template>", "", "", "</template>"),
    "popover": ("", " popover", "", ""),
    "closed dialogue": ("<dialog>", "", "", "</dialog>"),
    "no script": ("<noscript>", "", "", "</noscript>"),
    "text area": ("<textarea hidden>", "", "", "</textarea>"),
    "pale font": ("", "", '<font color="#edf4f4">', "</font>"),
    "tiny font": ("", "", '<font size="1"><sub><sub><sub><sub>', ""),
    "own style": ("", ' style="opacity: 0"', "", ""),
    "style around": ('<div style="display: none">', "", "", "</div>"),
    "empty cell": (
        '<table><tr><td><div style="overflow: hidden; block-size: 0">',
        "", "", "</div></td></tr></table>",
    ),
    "drawing": ("<svg width=9 height=9><foreignObject>", "", "", "</foreignObject></svg>"),
    "list of choices": ("<datalist>", "", "", "</datalist>"),
    "moving words": ("", "", "<canvas>", "</canvas>"),
}  # fmt: skip
FOR_MACHINES = frozenset(
    {"hidden from machines", "hidden from machines around", "inert", "inert around"}
)


def sample_page(gate: Gate = Gate.NONE) -> str:
    """A page with a statement in each place."""
    made = page(statements=all_placements(), gate=gate)
    return render_page(made, templates(), english()).html


def hidden_by_html(name: str) -> str:
    """The sample page with its statement at the end of the article hidden."""
    before, attributes, inside, after = HIDING_HTML[name]
    html = sample_page()
    start = html.index('<aside class="statement" role="note" data-stmt="bottom"')
    end = html.index("</aside>", start) + len("</aside>")
    own = html[start:end].replace('data-stmt="bottom"', f'data-stmt="bottom"{attributes}')
    if inside:
        own = own.replace("<p>", f"<p>{inside}")
    return html[:start] + before + own + after + html[end:]
