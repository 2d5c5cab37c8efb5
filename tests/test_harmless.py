"""Law 8, for authors: nothing in an article runs, hides the law's words or leaves its place."""

from datetime import date

import pytest

from page_samples import TEMPLATES
from pipeline.formats.html import FORMAT as HTML
from pipeline.formats.markdown import FORMAT as MARKDOWN
from pipeline.model import Article, Audience, SplitOptions
from pipeline.stages.harmless import harmful, style_classes
from pipeline.stages.recombine import compile_skeleton
from pipeline.stages.segment import segment

CLASSES = style_classes((TEMPLATES / "site.css").read_text())


def problems(body, fmt=MARKDOWN):
    document = segment(fmt.split(body + "\n", "a.md", SplitOptions()))
    skeleton = compile_skeleton(document, fmt)
    day = date(2022, 1, 21)
    article = Article("a", "a.md", Audience.LAY, (), day, "", "", (), "", (), document, skeleton)
    return [finding.message for finding in harmful(article, CLASSES)]


@pytest.mark.parametrize(
    "body",
    [
        "Words <svg onload=alert(1)></svg> and more.",
        "Words <span translate=no onclick=alert(1)>x</span> and more.",
        "Words <textarea autofocus onfocus=alert(1)>x</textarea> and more.",
        '<p><a href="java&#13;script:alert(1)">x</a></p>',
        '<p><a href="java&Tab;script&colon;alert(1)">x</a></p>',
        '<p><a href="/\\elsewhere.example">x</a></p>',
        "<html hidden>\n\nWords.",
        "<plaintext>\n\nWords.",
        "<p><xmp>Words.</xmp></p>",
        '<p><img src="images/a.svg" srcset="/images/b.svg 1x" alt=""></p>',
        '<p><img src="/./images/%61.svg" alt=""></p>',
        '<p><img src="images/b/../a.svg" alt=""></p>',
        '<p><img src="./images/a.svg" alt=""></p>',
        '<p>See {{< figure caption="a stent" >}} here.</p>',
        "<p>{% include disclaimer.html %}</p>",
    ],
)
@pytest.mark.parametrize("fmt", [MARKDOWN, HTML], ids=["markdown", "html"])
def test_what_runs_or_speaks_for_the_whole_page_is_refused_wherever_it_stands(body, fmt):
    assert problems(body, fmt)


@pytest.mark.parametrize("name", ["skip", "gate", "banner", "statement", "sample", "reviewed"])
def test_an_article_does_not_take_the_classes_that_the_site_styles(name):
    assert problems(f'<div class="wide {name}">\n\nWords.\n\n</div>')


def test_an_article_does_not_take_the_body_of_the_page():
    assert problems('<body class="x">\n\nWords.')


@pytest.mark.parametrize("body", ["## Words {#page-content}", '<h2 id="page-trail">Words</h2>'])
def test_an_article_does_not_take_the_ids_of_the_page(body):
    assert problems(body)


@pytest.mark.parametrize(
    "body",
    [
        "</div></details><header>Words before the gate.</header>",
        '<font color="white">Words that whiten the statement after them.',
        "<p>Words that <s>strike out the statement after them.</p>",
        "<div>\n\nWords.",
        "<p>Words <b>crossed <i>with</b> others</i>.</p>",
    ],
)
def test_every_element_of_an_article_ends_where_it_must(body):
    assert problems(body)


@pytest.mark.parametrize(
    "body",
    [
        '<div class="table-responsive"><table><tr><td>A<td>B<tr><td>C</table></div>',
        "<ul><li>A<li>B</ul><dl><dt>C<dd>D</dl><p>E<p>F",
        '<p><img src="images/a.svg" alt="A"><br/>B <abbr title="c">d</abbr></p>',
        "See [the guide](article:guide#part), [the label](link:ifu) or <a href=tel:1>call</a>.[^1]",
        "A ![picture](../images/a.svg) and `code <svg onload>`.",
        "## Words {#causes}\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |",
    ],
)
def test_ordinary_markup_is_left_alone(body):
    assert problems(body) == []
