import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from turbohtml import Element, parse

from page_samples import SITE, english, filled, localized, page, statement, templates
from pipeline.model import Gate, Placement
from pipeline.stages.listing import Entry, render_index
from pipeline.stages.render import Link, render_page
from pipeline.stages.slugs import slugify
from pipeline.stages.words import Words

CASES = Path(__file__).parent / "cases" / "xss" / "dompurify.jsonl"
PAYLOADS = [json.loads(line)["payload"] for line in CASES.read_text().split("\n") if line]
TEMPLATE_SET = templates()
WORDLESS = {"content", "alt"}  # attributes whose value is words
LOCALES = ("de-DE", "ar-SA")


def markup(html):
    """Every element with its attributes, in order; words and isolated names left out."""
    found = []

    def walk(node):
        for child in node.children:
            if isinstance(child, Element):
                if child.tag != "bdi":
                    shown = {k: "" if k in WORDLESS else v for k, v in child.attrs.items()}
                    found.append((child.tag, tuple(sorted((k, str(v)) for k, v in shown.items()))))
                walk(child)

    walk(parse(html))
    return found


def shown(words, locale):
    """A page, and its locale's index, with the same words at every place that takes words."""
    fields = ("title", "summary", "description", "category", "tags.0", "image.alt")
    base = localized(locale)
    text = replace(base, fields={key: filled(words) for key in fields})
    statements = tuple(
        statement(place.name.lower(), place, words, locale)
        for place in Placement
        if place is not Placement.INLINE  # whose place depends on the words
    )
    full = page(
        text,
        statements=statements,
        related=(Link(words, "/x/"),),
        gate=Gate.SELF_DECLARE,
        draft=True,
        site=replace(SITE, assurance="sample"),
    )
    interface = Words(locale, lambda _: words, lambda *_: words)
    index = render_index(
        SITE, locale, f"/{locale}/", "/s.css", [Entry(text, "/x/")], TEMPLATE_SET, interface
    )
    return render_page(full, TEMPLATE_SET, interface).html, index


HARMLESS = {locale: [markup(html) for html in shown("Words", locale)] for locale in LOCALES}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_words_put_an_element_attribute_or_address_into_a_page(payload):
    for locale in LOCALES:
        assert [markup(html) for html in shown(payload, locale)] == HARMLESS[locale]


@pytest.mark.parametrize("payload", PAYLOADS[:40])
def test_hostile_words_stay_readable_in_structured_data(payload):
    html = render_page(page(localized(title=payload)), TEMPLATE_SET, english()).html
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    assert json.loads(data)["@graph"][0]["headline"] == payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_slug_of_hostile_words_is_one_plain_step_of_a_path(payload):
    slug = slugify(payload, "de-DE")
    assert not set(slug) & set("/\\<>\"'&?#%:. \n")
    assert quote(slug) == slug or not slug.isascii()
