"""The Markdown format: laws over generated and real articles, and cases to read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.formats._html_tokens import shortcodes
from pipeline.formats._markdown_source import OPTIONS, masked
from pipeline.formats.markdown import FORMAT, split, write
from pipeline.model import (
    Block,
    Code,
    Document,
    Kind,
    Mark,
    Part,
    Passage,
    Protected,
    Segment,
    SplitOptions,
    Tag,
    Text,
    Token,
    Verbatim,
    join,
    raw_of,
)
from pipeline.stages.prove import prove
from pipeline.stages.pseudo import Pseudo, pseudo
from pipeline.stages.recombine import rebuild
from pipeline.stages.segment import segment

CASES = Path(__file__).parent / "cases" / "markdown"
ARTICLES = sorted(CASES.glob("vagov/*.md"))
READABLE = sorted(CASES.glob("*.md"))

MARKUP = """a|word|One two. |*|**|_|~~|`|``|# |## |- |1. |> |[|]|(|)|](/x)|](/x 'Ti')|[ref]|[ref][]
![|![alt](i.png 'T')|<br>|<b>|</b>|</i>|<a href='/x' title='T t'>|</a>|<!-- c -->|&amp;|&nbsp;|&|<
[^1]|<https://e.org>|{#id}|{{< x 'y' >}}|{% inc %}|{{|}}|字：|é|<p>|<pre>|<code>|- [ ] |!|5.5|#|+|=
javascript:|\\|\\*|\\["""
SPACES = [" ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\ufeff", "\ue000", "\0", "|"]
LINES = ["[ref]: /u 'Def'", "[^1]: Note", "<div>", "</div>", "```", "---", "- b", "|a|b|\n|-|-|"]
FRAGMENTS = [*re.split(r"[|\n]", MARKUP), *SPACES, *(f"\n{line}\n" for line in LINES)]
# what is no word: comments, scripts, and the numbers that the parser gives to footnotes
UNSEEN = re.compile(
    r"<!--.*?-->|<script.*?</script>|<sup class=\"footnote-definition-label\">.*?</sup>", re.DOTALL
)
BOLD = Code("b1", pair=True, open=(), close=(), html_open=(), html_close="")
articles = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
words = st.text(
    st.sampled_from("abc é字：*_`~[]()<>&#!|\\{}-+=.:;1 \"'\n\u00a0"), min_size=1, max_size=24
)


def parts_of(text: str) -> Document:
    return split(text, "a.md", SplitOptions())


def page(markdown: str) -> str:
    return pyromark.html(masked(markdown, shortcodes(markdown)), options=OPTIONS)


def tokens_of(block: Block, change=lambda text: text, keep=True) -> tuple[Token, ...]:
    """A block's words and codes as a translation has them, each word changed."""

    def nested(part: Part) -> str:
        if isinstance(part, Block):
            return write(tokens_of(part, change, keep), part.escape)
        return "" if isinstance(part, Protected) and not keep else raw_of(part)

    def one(inline: Text | Mark) -> Token:
        if isinstance(inline, Text):
            return change(inline.text)
        code = replace(BOLD, name=f"{inline.name}1", shows=inline.shows, plain=inline.plain)
        raw = inline.rewrite or "".join(map(nested, inline.raw))
        return Tag(inline.kind, code, raw)

    return tuple(token for token in map(one, block.inlines) if token != "")


def rewritten(document: Document, change=lambda text: text, keep=True) -> str:
    """The body with every block written anew; without the protected words if not `keep`."""

    def one(part: Part) -> str:
        if isinstance(part, Block):
            return write(tokens_of(part, change, keep), part.escape)
        return "" if isinstance(part, Protected) and not keep else raw_of(part)

    return "".join(map(one, document.parts[document.body :])).removeprefix("\ufeff")


def body_of(document: Document) -> str:
    return join(document.parts[document.body :]).removeprefix("\ufeff")


class Shape(HTMLParser):
    """The elements, attributes and words of some HTML, without its spaces and heading ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(k, v) for k, v in attrs if not (k == "id" and re.fullmatch("h[1-6]", tag))]
        self.found.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        text = "".join(data.split())
        if self.found and isinstance(last := self.found[-1], list):
            last[0] += text
        elif text:
            self.found.append([text])


def elements(html: str) -> list[object]:
    """The elements of some HTML and the names of their attributes."""
    found = Shape(html).found
    return [
        (e[0], [name for name, _ in e[1]]) if isinstance(e, tuple) else e
        for e in found
        if not isinstance(e, list)
    ]


def passages(document: Document) -> tuple[str | Protected | Passage, ...]:
    """The body as `segment` would cut it, with each block as one slot of ready HTML."""

    def shown(part: Part) -> str:
        if isinstance(part, Block):
            return "".join(shown_inline(i) for i in part.inlines).replace('"', "&quot;")
        return raw_of(part)

    def shown_inline(inline: Text | Mark) -> str:
        if isinstance(inline, Text):
            return inline.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "".join(map(shown, inline.html))

    def one(part: Part) -> str | Protected | Passage:
        if not isinstance(part, Block):
            return part
        inner = "".join(map(shown_inline, part.inlines))
        slot = Segment(inner, "", part.role, part.line, raw_of(part))
        return Passage(part, (slot,), (slot,))

    return tuple(map(one, document.parts[document.body :]))


def rendered(document: Document) -> str:
    pieces = FORMAT.html(passages(document))
    return "".join(
        p.text if isinstance(p, Segment) else p.raw if isinstance(p, Protected) else p
        for p in pieces
    )


def listing(document: Document) -> str:
    """The parts, one a line, for people to read."""

    def code(mark: Mark) -> str:
        held = [b for part in mark.raw if isinstance(part, Block) for b in [line(part)]]
        ends = {Kind.OPEN: f"<{mark.name}>", Kind.CLOSE: f"</{mark.name}>"}
        return ends.get(mark.kind, f"<{mark.name}/>") + "".join(f"{{{text}}}" for text in held)

    def line(part: Part) -> str:
        if isinstance(part, str):
            return f"          {part!r}"
        if isinstance(part, Protected):
            return f"kept by {part.rule}: {part.raw!r}"
        said = "".join(i.text if isinstance(i, Text) else code(i) for i in part.inlines)
        about = [str(part.line), part.role.value, part.key, part.anchor and f"#{part.anchor}"]
        about += [f"level {part.level}" if part.level else "", part.note and f"note: {part.note}"]
        return f"{', '.join(filter(None, about))} ({part.escape}): {said!r}"

    return "".join(line(part) + "\n" for part in document.parts)


@pytest.mark.parametrize("case", READABLE, ids=lambda path: path.stem)
def test_an_article_is_cut_as_its_case_says(case: Path) -> None:
    expected = case.with_suffix(".txt").read_text("utf-8")
    assert listing(parts_of(case.read_bytes().decode())) == expected


@pytest.mark.parametrize("case", ARTICLES + READABLE, ids=lambda path: path.stem)
class TestArticles:
    def test_its_parts_are_its_text(self, case: Path) -> None:
        text = case.read_bytes().decode()
        assert join(parts_of(text).parts) == text

    def test_no_visible_word_is_outside_its_blocks(self, case: Path) -> None:
        document = parts_of(case.read_bytes().decode())
        marked = rewritten(document, lambda text: re.sub(r"[^\W_]", "¤", text), keep=False)
        seen = re.sub(UNSEEN, "", page(marked))
        assert re.findall(r"[^\W_]+", unescape(re.sub(r"<[^>]*>", " ", seen))) == []

    def test_each_visible_word_is_a_segment_or_kept_by_name(self, case: Path) -> None:
        text = case.read_bytes().decode()
        assert prove(segment(parts_of(text)), FORMAT, text).findings == ()

    @pytest.mark.parametrize("script", Pseudo)
    def test_its_elements_stay_in_any_script(self, case: Path, script: Pseudo) -> None:
        document = parts_of(case.read_bytes().decode())
        said = rebuild(segment(document), FORMAT, lambda found: pseudo(found, script))
        before, after = page(body_of(document)), page(body_of(parts_of(said)))
        assert elements(after) == elements(before)

    def test_its_words_written_anew_make_the_same_page(self, case: Path) -> None:
        document = parts_of(case.read_bytes().decode())
        before, after = page(body_of(document)), page(rewritten(document))
        assert Shape(after).found == Shape(before).found


# The parser alone knows no shortcodes, and lets unsafe addresses pass.
PLAIN = [
    case
    for case in ARTICLES + READABLE
    if not re.search(r"\{\{|\{%|javascript:", case.read_text("utf-8"))
]


@pytest.mark.parametrize("case", PLAIN, ids=lambda path: path.stem)
def test_a_page_is_what_the_parser_makes_of_it(case: Path) -> None:
    document = parts_of(case.read_bytes().decode())
    assert Shape(rendered(document)).found == Shape(page(body_of(document))).found


@given(articles)
@settings(deadline=None)
def test_the_parts_of_any_article_are_its_text(text: str) -> None:
    assert join(parts_of(text).parts) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x04\u202d\u202e")))
@settings(deadline=None)
def test_the_parts_of_any_text_are_that_text(text: str) -> None:
    try:
        assert join(parts_of(text).parts) == text
    except UnreadableError:
        assert text.startswith(("---", "\ufeff---"))


@given(st.lists(words, min_size=1, max_size=3), st.sampled_from(["md", "md-heading", "md-cell"]))
@settings(deadline=None)
def test_any_words_and_codes_come_back_from_what_is_written(texts: list[str], place: str) -> None:
    tokens: list[Token] = [Tag(Kind.OPEN, BOLD, "**"), texts[0], Tag(Kind.CLOSE, BOLD, "**")]
    tokens += texts[1:]
    written = write(tuple(tokens), place)
    frame = {"md": "{}\n", "md-heading": "# {}\n", "md-cell": "|x|\n|-|\n|{}|\n"}[place]
    blocks = [p for p in parts_of(frame.replace("{}", written)).parts if isinstance(p, Block)]
    spoken = [block for block in blocks if any(map(str.isalnum, join([block])))][
        place == "md-cell" :
    ]
    if not any(map(str.isalnum, "".join(texts))) or not texts[0].strip():
        return  # nothing but punctuation, which is skeleton
    (block,) = spoken
    first = block.inlines[0]
    assert isinstance(first, Mark)
    assert first.name == "b"
    text = "".join(i.text for i in block.inlines if isinstance(i, Text))
    assert "".join(text.split()) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("5.5 mm - and R&D, 5 < 6 a_b", "5.5 mm - and R&D, 5 < 6 a_b"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- no item", "\\- no item"),
        ("1.5 mm", "1.5 mm"),
        ("> no quotation", "\\> no quotation"),
        ("a * b [c] `d`", "a \\* b \\[c\\] \\`d\\`"),
        ("<script>", "\\<script>"),
        ("&lt;", "\\&lt;"),
        ("{{ run }}", "&#123;{ run }}"),
        ("one\ntwo", "one two"),
    ],
)
def test_words_are_escaped_only_where_they_must_be(said: str, written: str) -> None:
    assert write((said,), "md") == written


def test_emphasis_that_markdown_would_not_see_becomes_html() -> None:
    tokens = (Tag(Kind.OPEN, BOLD, "**"), "字：", Tag(Kind.CLOSE, BOLD, "**"), "字")
    assert write(tokens, "md") == "<strong>字：</strong>字"


def test_raw_notation_around_changed_words_stays_as_it_is() -> None:
    tokens = (Verbatim("**["), "No! (really) *", Verbatim('](/x "T")** '), "and_so on")
    assert write(tokens, "md") == '**[No! (really) \\*](/x "T")** and_so on'


def test_a_line_that_ends_before_a_break_tag_stays_a_line() -> None:
    document = parts_of("> one\n> <br>two\n")
    assert rewritten(document, str.upper) == "> ONE\n<br>TWO\n"
    assert Shape(page(rewritten(document))).found == Shape(page(body_of(document))).found


def test_the_words_of_a_heading_are_not_taken_for_its_id() -> None:
    assert write(("Dose {#five}",), "md-heading") == "Dose {#five\\}"
    assert write(("Cut #",), "md-heading") == "Cut \\#"


def test_a_backslash_before_a_pipe_stays_in_its_cell() -> None:
    written = write(("a\\|b",), "md-cell")
    assert "a\\|b" in unescape(page(f"|x|\n|-|\n|{written}|\n"))


def test_a_shortcut_reference_keeps_its_label_when_its_words_change() -> None:
    document = parts_of("See [Stents].\n\n[stents]: /s\n")
    assert rewritten(document, str.upper) == "SEE [STENTS][Stents].\n\n[stents]: /s\n"


def test_a_program_is_never_the_address_of_a_link() -> None:
    assert 'href=""' in rendered(parts_of("[words](javascript:alert(1))"))
    assert 'href=""' in rendered(parts_of("[words](data:text/html,x)"))


def test_headings_get_ids_and_no_two_the_same() -> None:
    html = rendered(parts_of("# Risks\n\n## Risks\n\n## Other {#risks-3}\n\n## Risks\n"))
    assert re.findall(r'id="([^"]+)"', html) == ["risks", "risks-2", "risks-3", "risks-4"]


@pytest.mark.parametrize(
    ("front", "where"),
    [
        ("title: a: b", "a.md:2:9"),
        ("title: a\ntitle: b", "a.md:3:1"),
        ("a: &x 1\nb: *x", "a.md:2:4"),
        ("title: x\n<<: {a: b}", "a.md:3:1"),
        ("title: !!python/name:os.system x", "a.md:2:8"),
        ("title: " + "[" * 10_000, "a.md:2:19"),
    ],
)
def test_front_matter_that_is_broken_or_clever_is_refused_with_its_place(
    front: str, where: str
) -> None:
    with pytest.raises(UnreadableError) as error:
        parts_of(f"---\n{front}\n---\n")
    assert str(error.value.where) == where
    assert error.value.hint


@pytest.mark.parametrize("text", ["---\n\nwords\n\n---\n", "---\nwords\n---\n", "---\n", "---"])
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert parts_of(text).front == ()


def test_front_matter_gives_fields_in_order() -> None:
    front = parts_of((CASES / "front.md").read_text("utf-8")).front
    assert [(f.key, f.value) for f in front][:3] == [
        ("title", "In-stent restenosis: what it is"),
        ("description", "Two lines of summary."),
        ("date", "2024-05-01"),
    ]
    assert ("tags", ("stents", "heart")) in [(f.key, f.value) for f in front]


@given(
    words, st.sampled_from(["plain", "flow", "single", "double", "block >- 2 lf", "block | 4 lf"])
)
@settings(deadline=None)
def test_a_value_written_to_front_matter_is_read_as_it_was(text: str, style: str) -> None:
    text = text.strip()
    if not text:
        return
    written = write((text,), f"yaml-{style}")
    frame = "title: [{}]" if style == "flow" else "title: {}"
    front = parts_of(f"---\n{frame.replace('{}', written)}\n---\n").front
    value = front[0].value
    assert (value[0] if isinstance(value, tuple) else value).strip() == text


@pytest.mark.parametrize(
    "text",
    [">" * 10_000 + " a", "[" * 10_000, "![" * 5_000 + "a" + "](x)" * 5_000, "<b>" * 5_000],
    ids=["quotations", "brackets", "images", "tags"],
)
def test_deep_nesting_is_read_like_anything_else(text: str) -> None:
    assert join(parts_of(text).parts) == text


def test_a_region_to_skip_must_end() -> None:
    with pytest.raises(UnreadableError, match="skip-end"):
        parts_of("Words.\n\n<!-- l10n:skip-start -->\n\nMore.\n")


def test_half_a_surrogate_pair_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableError) as error:
        parts_of("Words.\n\ud800\n")
    assert str(error.value.where) == "a.md:2"


def test_pairs_that_would_change_their_ends_become_html() -> None:
    # CommonMark would read one pair within another: `**字：` opens twice, `字**` closes twice
    left, right = (replace(BOLD, name=name) for name in ("b1", "b2"))
    tokens = (
        Tag(Kind.OPEN, left, "**"),
        "字：",
        Tag(Kind.CLOSE, left, "**"),
        "字",
        Tag(Kind.OPEN, right, "**"),
        "字",
        Tag(Kind.CLOSE, right, "**"),
    )
    written = write(tokens, "md")
    assert page(written) == "<p><strong>字：</strong>字<strong>字</strong></p>\n"


@pytest.mark.parametrize("text", ["<https://e.org/a>\n", "Text.[^1]\n\n[^1]: A note.\n"])
def test_addresses_and_footnote_numbers_are_kept_by_name(text: str) -> None:
    proof = prove(segment(parts_of(text)), FORMAT, text)
    assert proof.findings == ()
    assert {rule for rule, _ in proof.protected} & {"address", "footnote"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("First.\n\nSafe\u202e word.\n", 3),
        ("Turn &#x202E;it.\n", 1),
        ('---\ntitle: "a\\u202eb"\n---\n', 2),
        ("A *b\x04c*.\n", 1),
    ],
)
def test_words_that_no_catalog_may_hold_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        parts_of(text)
    assert [str(f.where) for f in caught.value.as_findings()] == [f"a.md:{line}"]


def test_code_may_show_any_character() -> None:
    assert join(parts_of("```\n\u202e\n```\n").parts) == "```\n\u202e\n```\n"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from("\"'"))
def test_a_value_written_to_toml_is_read_as_it_was(text: str, quote: str) -> None:
    name = "toml-single" if quote == "'" else "toml-double"
    written = f"title = {write((text,), name)}\n"
    assert tomllib.loads(written) == {"title": text}


def test_toml_that_is_broken_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableError) as caught:
        parts_of("+++\ntitle = x y\n+++\n")
    assert (caught.value.where.line, caught.value.where.column) == (2, 9)
