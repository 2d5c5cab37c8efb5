"""No words, hostile or pretended, change the structure of a page."""

import json
import re
from pathlib import Path

import pytest

from article_samples import BOTH, SOURCE, article, same, structure
from pipeline.codes import escape
from pipeline.model import Protected, Role, Segment, State
from pipeline.stages.pseudo import Pseudo, pseudo
from pipeline.stages.recombine import fill, rebuild

CASES = Path(__file__).parent / "cases"
PAYLOADS = [
    json.loads(line)["payload"]
    for line in (CASES / "xss" / "dompurify.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]


@pytest.mark.parametrize(("text", "fmt"), BOTH)
def test_no_translation_can_add_an_element_or_attribute(text, fmt):
    page = article(text, fmt)
    plain = structure("".join(fill(page, "de-DE", same, "en").pieces))
    for payload in PAYLOADS:
        for locale in ("de-DE", "ar-SA"):
            # `<h1>` would be taken for an unknown code, and the source's words be shown
            words = saying(escape(payload))
            html = "".join(fill(page, locale, words, "en").pieces)
            assert structure(html.replace("<bdi>", "").replace("</bdi>", "")) == plain, payload
            raw = fill(page, locale, saying(payload), "en")
            assert raw.complete or payload not in "".join(raw.pieces)


def saying(payload):
    return lambda found: (found.text + payload, State.DONE)


@pytest.mark.parametrize("script", list(Pseudo))
@pytest.mark.parametrize(("text", "fmt"), BOTH)
def test_a_pretended_translation_keeps_the_structure_of_a_page(text, fmt, script):
    page = article(text, fmt)
    plain = structure("".join(fill(page, "en-US", same, "en").pieces))
    local = fill(page, "de-DE", lambda s: (pseudo(s, script), State.DONE), "en")
    assert local.complete
    assert structure("".join(local.pieces)) == plain
    rebuilt = rebuild(page.document, fmt, lambda s: pseudo(s, script))
    again = structure("".join(fill(article(rebuilt, fmt), "en-US", same, "en").pieces))
    assert without_ids(again) == without_ids(plain)


def without_ids(tokens):
    """Ids of headings are made of their words."""
    return [(kind, tag, [a for a in attrs if a[0] != "id"]) for kind, tag, attrs in tokens]


def test_a_pretended_translation_leaves_no_word_of_the_source():
    page = article(SOURCE)
    local = fill(page, "zh-CN", lambda s: (pseudo(s, Pseudo.CHINESE), State.DONE), "en")
    letters = {c for word in local.plain for c in word if c.isascii() and c.isalpha()}
    kept = {c for p in page.skeleton.pieces if isinstance(p, Protected) for c in p.raw}
    assert letters - kept <= set("np")  # the code span


def test_pretended_words_keep_numbers_and_look_alikes():
    found = Segment("Take &lt;b1> 5.5 mg.", "", Role.TEXT, 1, "")
    assert [re.sub(r"[^\d.<>&。]", "", pseudo(found, script)) for script in Pseudo] == [
        "<1>5.5.",
        "<1>5.5。",
        "<1>5.5.",
    ]
