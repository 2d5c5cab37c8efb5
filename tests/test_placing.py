import pytest

from page_samples import statement
from pipeline.model import Placement
from pipeline.stages.placing import blocks, place

NAMES = ("INVAMED ATLAS", "ATLAS")
INLINE = (statement("ifu", Placement.INLINE),)


def placed(body, title="", summary="", statements=INLINE):
    return place(statements, NAMES, (title, summary, body), "source/a.md")


def marked(body):
    result = placed(body)
    start = result.body.index("<aside")
    end = result.body.index("</aside>") + len("</aside>")
    return result.body[:start] + "|" + result.body[end:]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Text.</p><p>The ATLAS stent.</p>|<p>ATLAS again.</p>",
        "<ul><li>a</li><li>INVAMED ATLAS</li><li>c</li></ul>|<p>ATLAS</p>",
        "<ol><li><p>ATLAS</p></li></ol>|",
        "<table><tbody><tr><td>ATLAS</td></tr></tbody></table>|<p>x</p>",
        "<blockquote><p>ATLAS</p></blockquote>|<p>x</p>",
        "<h2>On ATLAS</h2>|<p>x</p>",
        "<dl><dt>ATLAS</dt><dd>x</dd></dl>|",
        "<figure><img src='a'><figcaption>ATLAS</figcaption></figure>|<p>x</p>",
        "<details><summary>x</summary><p>ATLAS</p></details>|<p>x</p>",
        '<div class="cms"><div><p>x</p><p>ATLAS</p>|<p>y</p></div></div>',
        "<section><p>INVAMED <b>AT</b>LAS</p>|</section>",
        "<p>INVAMED&nbsp;ATLAS</p>|<p>x</p>",
        "<p>INVA\u00adMED A\u200bTLAS</p>|<p>x</p>",
        "<p>ＡＴＬＡＳ</p>|<p>x</p>",
        "<p>ATLASは例です</p>|<p>x</p>",
        "<p>ATLASTIC atlases</p><p>atlas</p>|",
        "<p>first<p>ATLAS here|<p>third",
        "<div>loose ATLAS words <b>bold</b> more</div>|<p>x</p>",
        "<!-- ATLAS --><p>x</p><p>ATLAS</p>|",
        '<p title="ATLAS">x</p><p>ATLAS</p>|',
        "<p>a<br>b <img alt='ATLAS'></p><p>ATLAS</p>|",
    ],
)
def test_an_inline_statement_follows_the_block_of_the_first_mention(body):
    assert marked(body.replace("|", "")) == body


def test_a_mention_in_the_title_or_summary_comes_first():
    assert placed("<p>ATLAS</p>", title="On ATLAS").after_title.startswith("<aside")
    result = placed("<p>ATLAS</p>", title="On stents", summary="The ATLAS stent.")
    assert result.after_summary.startswith("<aside")
    assert (result.after_title, result.body) == ("", "<p>ATLAS</p>")


def test_without_a_mention_the_statement_stands_before_the_body_and_stops_the_page():
    result = placed("<p>No product.</p>")
    assert result.body.startswith("<aside")
    assert [finding.code for finding in result.findings] == ["law-no-mention"]


@pytest.mark.parametrize("where", list(Placement))
def test_each_statement_is_exactly_one_element(where):
    result = placed("<p>ATLAS</p>", statements=(statement("ifu", where), statement("ifu", where)))
    parts = (result.top, result.after_title, result.after_summary, result.body)
    assert "".join((*parts, result.bottom, result.footer)).count('data-stmt="ifu"') == 1
    assert result.findings == ()


def test_a_statement_with_two_places_is_a_finding():
    both = (statement("ifu", Placement.TOP), statement("ifu", Placement.FOOTER))
    assert [f.code for f in placed("<p>x</p>", statements=both).findings] == ["law-two-places"]


def test_a_statement_is_text_whatever_stands_in_it():
    (demand, text) = statement("ifu", Placement.TOP, '<img src=x onerror="a()">')
    assert "<img" not in placed("", statements=((demand, text),)).top


def test_blocks_cover_the_body_without_a_gap():
    body = "x<p>a<p>b</p></div><div><ul><li>c</ul>d</div><table><tr><td>"
    spans = blocks(body)
    assert "".join(body[start:end] for start, end in spans) == body
