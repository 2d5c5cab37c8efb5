"""The slug ledger: an address leads to one page for ever, and to nothing but a page."""

from dataclasses import replace

import pytest

from page_samples import filled, localized
from pipeline.errors import ConfigError
from pipeline.stages.addresses import address
from pipeline.stages.slugs import MOST_BYTES, slugify
from pipeline.store.ledger import ledger_bytes, read_ledger

KEY = ("de-DE", "in-stent-restenosis")


def write(root, text):
    (root / "locales").mkdir(exist_ok=True)
    (root / "locales/slugs.toml").write_text(text, "utf-8")


def draft(slug):
    page = localized()
    return replace(page, missing=1, fields={**page.fields, "slug": filled(slug)})


def test_no_former_address_of_a_page_is_its_address_now():
    ledger = {"de-DE": {KEY[1]: ("neu", "alt")}}
    found = address([draft("alt")], set(), ledger)
    assert found.url(*KEY) == "/de-DE/alt/"
    assert found.former(*KEY) == ("/de-DE/neu/",)


def test_a_draft_with_a_new_address_is_reached_from_the_published_one():
    found = address([draft("neuer")], set(), {"de-DE": {KEY[1]: ("neu", "alt")}})
    assert found.former(*KEY) == ("/de-DE/neu/", "/de-DE/alt/")


@pytest.mark.parametrize(
    "slug",
    [
        "index.html",
        "..",
        "a/b",
        "a\\\\b",
        "",
        " ",
        "a b",
        "A",
        "cafe\u0301",
        "x" * 300,
        "a\\u0007",
        "-",
    ],
)
def test_a_slug_that_no_page_could_have_got_is_refused(tmp_path, slug):
    write(tmp_path, f'[de-DE]\na = ["{slug}"]\n')
    with pytest.raises(ConfigError, match="list of slugs"):
        read_ledger(tmp_path)


@pytest.mark.parametrize(
    "text", ['["de DE"]\na = ["x"]\n', '[de-DE]\n"a b" = ["x"]\n', "[de-DE]\na = []\n"]
)
def test_a_ledger_names_locales_and_articles(tmp_path, text):
    write(tmp_path, text)
    with pytest.raises(ConfigError):
        read_ledger(tmp_path)


@pytest.mark.parametrize(
    "title",
    [
        "Ça & là",
        "عودة التضيّق: ١٢",
        "支架内再狭窄",
        "ステント内",
        "किताब की दुकान",
        "И́ва ё",
        "x" * 300,
        "ไทยเด็ก",
        "한국어",
    ],
)
def test_every_slug_that_is_made_can_be_read_again(tmp_path, title):
    slug = slugify(title, "de-DE")
    assert len(slug.encode()) <= MOST_BYTES
    ledger = {"de-DE": {"a": (slug, f"{slug}-2")}}
    write(tmp_path, ledger_bytes(ledger).decode())
    assert read_ledger(tmp_path) == ledger
