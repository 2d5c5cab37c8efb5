"""One thing broken in one file of a workspace: an undeclared or dropped product stops a page."""

import json
import re
from pathlib import Path

import pytest

from workspaces import replace, waive

PRODUCTS = """\
[products.orbit-valve]
names = ["ORBIT PRO", "Nivarelle"]
kind = "heart-valve"
substances = ["tacrolimus"]
markets = { AT = "available", DE = "available", JP = "available", SA = "available", \
TR = "available", US = "available" }
"""
TERMS = {
    "ja": "# Japanese\norbit-valve: オービット・プロ  # as in print\ntacrolimus: タクロリムス\n",
    "ar": "tacrolimus: تاكروليموس\n",
    "tr": "tacrolimus: takrolimus\n",
}
LOCALES = ("ar-SA", "de-AT", "de-DE", "ja-JP", "tr-TR")
VALVE = """
The Orbit Pro valve is one example. It releases [tacrolimus](https://example.org "More on it").

Ask your doctor.
"""


def rows(l10n, root, command="build"):
    told = json.loads(l10n(command, "-C", root, "--json").out)
    return {(row["locale"], row["article"]): row for row in told["pages"]}


def page(l10n, root, locale, article="after-a-valve"):
    return rows(l10n, root)[locale, article]


def catalog(root, locale, article="after-an-x-ray"):
    return root / f"locales/{locale.replace('-', '_')}/LC_MESSAGES/{article}.po"


def translate(path: Path) -> None:
    """Fill each entry with the words of the source, its slug excepted."""
    head, *entries = path.read_text("utf-8").split("\n\n")
    done = []
    for entry in entries:
        words = entry.split('msgid "', 1)[1].split('"\n', 1)[0]
        filled = re.sub(r'(?m)^(msgstr.*) ""$', rf'\1 "{words}"', entry)
        done.append(entry if 'msgctxt "slug"' in entry else filled)
    path.write_text("\n\n".join([head, *done]), "utf-8")


@pytest.fixture
def root(demo, l10n):
    """Two articles, one of them on a declared product, published in six markets."""
    (demo / "source/products.toml").write_text(PRODUCTS, "utf-8")
    markets = demo / "locales/markets"
    (markets / "terms").mkdir()
    for language, text in TERMS.items():
        (markets / f"terms/{language}.txt").write_text(text, "utf-8")
    for market in ("DE", "US"):
        replace(markets / f"{market}.toml", '["none"]', '["none", "heart-valve"]')
    law = (markets / "DE.toml").read_text("utf-8")
    statement = (demo / "locales/de_DE/statements/educational-purpose.txt").read_text("utf-8")
    waive(demo, *LOCALES)
    for locale in LOCALES:
        market = locale[-2:]
        own = law.replace("de-DE", locale).replace('"DE"', f'"{market}"')
        own = own.replace("regulatory-de", f"regulatory-{market.lower()}")
        (markets / f"{market}.toml").write_text(own, "utf-8")
        place = demo / f"locales/{locale.replace('-', '_')}/statements/educational-purpose.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(statement, "utf-8")
    article = (demo / "source/after-an-x-ray.md").read_text("utf-8")
    valve = article.replace("after-an-x-ray", "after-a-valve").replace(
        "products: []", "products: [orbit-valve]"
    )
    (demo / "source/after-a-valve.md").write_text(valve + VALVE, "utf-8")
    settings = demo / "l10n.toml"
    text = settings.read_text("utf-8").replace("\n[inherit]\n", "\n")
    settings.write_text(text + '\n[inherit]\nde-AT = "de-DE"\n', "utf-8")
    assert l10n("extract", "-C", demo).code == 0
    for locale in LOCALES:
        if locale != "de-AT":
            for name in ("after-an-x-ray", "after-a-valve", "site"):
                translate(catalog(demo, locale, name))
    told = rows(l10n, demo)
    assert {row["page"] for row in told.values()} == {"published"}, told
    return demo


def line_of(path, words):
    return path.read_text("utf-8").partition(words)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("See the Nivarelle valve.", "product orbit-valve"),
        ("It has tacro\u00adlimus.", "substance tacrolimus of orbit-valve"),
        ("![An orbit-pro valve](x.svg)", "product orbit-valve"),
        ('Read [this](https://example.org "On the ORBIT\u00a0PRO").', "product orbit-valve"),
        ('<span translate="no">ORBIT PRO</span> is one.', "product orbit-valve"),
        ("`ORBIT PRO` is one.", "product orbit-valve"),
        ("An *Orbit* **Pro**<br>valve.", "product orbit-valve"),
    ],
)
def test_an_undeclared_mention_in_the_source_blocks_every_market(root, l10n, words, told):
    article = root / "source/after-an-x-ray.md"
    article.write_text(article.read_text("utf-8") + f"\n{words}\n", "utf-8")
    line = line_of(article, words)
    every = {k: v for k, v in rows(l10n, root).items() if k[1] == "after-an-x-ray"}
    assert len(every) == 6
    for (locale, _), row in every.items():
        assert row["page"] == "blocked"
        place = f"source/after-an-x-ray.md:{line}: law-undeclared-product: "
        assert row["why"][0].startswith(f"{place}the article names ")
        assert f"{told}, which it does not declare" in row["why"][0]
        assert f"ask regulatory-{locale[-2:].lower()}@example.com" in row["why"][0]
        assert not (root / f"build/{locale}/after-an-x-ray").exists()


@pytest.mark.parametrize(
    "key", ["title", "description", "summary", "author", "reviewed_by", "slug"]
)
def test_an_undeclared_mention_in_the_front_matter_blocks_the_page(root, l10n, key):
    article = root / "source/after-an-x-ray.md"
    text = article.read_text("utf-8").splitlines(keepends=True)
    line = next(n for n, row in enumerate(text) if row.startswith(f"{key}: "))
    text[line] = f"{key}: after-an-orbit-pro\n"
    article.write_text("".join(text), "utf-8")
    row = page(l10n, root, "en-US", "after-an-x-ray")
    assert row["page"] == "blocked"
    assert row["why"][0].startswith(f"source/after-an-x-ray.md:{line + 1}: ")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ja-JP", "タクロリムスを含む。"),
        ("ja-JP", "ﾀｸﾛﾘﾑｽを含む。"),
        ("ja-JP", "オービットプロ弁"),
        ("ar-SA", "يحتوي على التاكروليموس."),
        ("ar-SA", "بتَاكْروليـموس"),
        ("tr-TR", "TAKROLİMUS içerir."),
        ("tr-TR", "ORBİT PRO'nun"),
        ("de-DE", "Mit Tacro\u00adlimus."),
        ("de-DE", "Mit tасrоlіmuѕ."),
        ("de-DE", "Niva\u200brelle"),
    ],
)
def test_an_undeclared_mention_in_a_translation_blocks_that_page(root, l10n, locale, words):
    path = catalog(root, locale)
    replace(path, 'msgstr "Report a skin rash."', f'msgstr "{words}"')
    line = line_of(path, f'msgstr "{words}"')
    told = rows(l10n, root)
    row = told[locale, "after-an-x-ray"]
    assert row["page"] == "blocked"
    shown, found, _ = row["why"][0].split(":", 2)
    assert shown == path.relative_to(root).as_posix()
    assert line - 6 < int(found) <= line  # the entry begins with its comments
    assert "the translation names" in row["why"][0]
    assert f"ask regulatory-{locale[-2:].lower()}@example.com" in row["why"][0]
    others = {k for k, v in told.items() if v["page"] == "blocked"} - {(locale, "after-an-x-ray")}
    assert others == ({("de-AT", "after-an-x-ray")} if locale == "de-DE" else set())


def test_inherited_words_are_looked_at_in_the_catalog_that_they_come_from(root, l10n):
    replace(catalog(root, "de-DE"), 'msgstr "Report a skin rash."', 'msgstr "Nivarelle"')
    why = page(l10n, root, "de-AT", "after-an-x-ray")["why"][0]
    assert why.startswith("locales/de_DE/LC_MESSAGES/after-an-x-ray.po:")
    assert "ask regulatory-at@example.com" in why


def test_status_tells_the_block_too(root, l10n):
    replace(catalog(root, "ja-JP"), 'msgstr "Report a skin rash."', 'msgstr "タクロリムス"')
    assert rows(l10n, root, "status")["ja-JP", "after-an-x-ray"]["page"] == "blocked"


@pytest.mark.parametrize("words", ["Das Ventil ist ein Beispiel.", "Der Orbit des Profis."])
def test_a_translation_that_drops_a_declared_product_blocks_its_page(root, l10n, words):
    path = catalog(root, "de-DE", "after-a-valve")
    replace(path, 'msgstr "The Orbit Pro valve is one example."', f'msgstr "{words}"')
    told = rows(l10n, root)
    why = told["de-DE", "after-a-valve"]["why"][0]
    assert told["de-DE", "after-a-valve"]["page"] == "blocked"
    assert why.startswith("locales/de_DE/LC_MESSAGES/after-a-valve.po:")
    assert "does not name the product orbit-valve" in why
    assert "ask regulatory-de@example.com" in why
    assert told["ja-JP", "after-a-valve"]["page"] == "published"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ja-JP", "オービット・プロ弁はその一例である。"),
        ("de-DE", "Die Nivarelle-Klappe ist ein Beispiel."),
        ("tr-TR", "ORBİT PRO'nun bir örneği."),
    ],
)
def test_any_spelling_of_a_declared_product_names_it(root, l10n, locale, words):
    path = catalog(root, locale, "after-a-valve")
    replace(path, 'msgstr "The Orbit Pro valve is one example."', f'msgstr "{words}"')
    assert page(l10n, root, locale)["page"] == "published"


def test_a_product_may_be_named_in_the_sentence_that_another_is_translated_with(root, l10n):
    article = root / "source/after-a-valve.md"
    text = article.read_text("utf-8")
    article.write_text(text + "\nMuch is new here. Surgeons chose Nivarelle.\n", "utf-8")
    l10n("extract", "-C", root)
    for locale in LOCALES:
        if locale != "de-AT":
            translate(catalog(root, locale, "after-a-valve"))
    path = catalog(root, "de-DE", "after-a-valve")
    replace(path, 'msgstr "Much is new here."', 'msgstr "Neu, zum Beispiel ORBIT PRO."')
    replace(path, 'msgstr "Surgeons chose Nivarelle."', 'msgstr "<skip/>"')
    assert page(l10n, root, "de-DE")["page"] == "published"
    replace(path, "zum Beispiel ORBIT PRO", "zum Beispiel")
    assert page(l10n, root, "de-DE")["page"] == "blocked"


def test_a_product_that_leaves_the_front_matter_leaves_its_mentions_undeclared(root, l10n):
    replace(root / "source/after-a-valve.md", "products: [orbit-valve]", "products: []")
    row = page(l10n, root, "en-US")
    assert row["page"] == "blocked"
    assert len(row["why"]) == 2  # the product and its substance
    assert "names 'Orbit Pro'" in row["why"][0]


def test_a_name_with_an_exact_case_is_a_common_word_in_others(root, l10n):
    article = root / "source/after-an-x-ray.md"
    article.write_text(article.read_text("utf-8") + "\nA nivarelle is a bird.\n", "utf-8")
    assert page(l10n, root, "en-US", "after-an-x-ray")["page"] == "blocked"
    products = root / "source/products.toml"
    products.write_text(PRODUCTS + 'exact_case = ["Nivarelle"]\n', "utf-8")
    assert page(l10n, root, "en-US", "after-an-x-ray")["page"] != "blocked"


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("ja.txt", "tacrolimus: タクロリムス\n\ntacrolims: X線\n", "ja.txt:3: error bad-terms: "),
        ("ja.txt", "tacrolimus: タクロリムス\ntacrolimus タクロ\n", "ja.txt:2: error bad-terms: "),
        ("ja.txt", "# one\ntacrolimus: タクロリムス;\n", "ja.txt:2: error bad-terms: "),
        ("ja.txt", "tacrolimus: タクロリムス；タクロ\n", "ja.txt:1: error bad-terms: "),
        ("ja.txt", "tacrolimus: タクロ\norbit-valve: タクロ\n", "ja.txt:2: error bad-terms: "),
        ("ja.txt", "tacrolimus: タ\n", "ja.txt:1: error bad-terms: "),
        ("japanese.txt", "tacrolimus: タクロリムス\n", "japanese.txt: error bad-terms: "),
        ("ja.txt", b"tacrolimus: \xff\n", "ja.txt:1:13: error "),
    ],
)
def test_a_term_list_that_is_wrong_is_told_with_its_line(root, l10n, file, text, told):
    content = text if isinstance(text, bytes) else text.encode()
    (root / "locales/markets/terms" / file).write_bytes(content)
    result = l10n("build", "-C", root)
    assert result.code == 4
    assert f"locales/markets/terms/{told}" in result.err + result.out


def test_an_exact_case_must_be_one_of_the_names(root, l10n):
    products = root / "source/products.toml"
    products.write_text(PRODUCTS + 'exact_case = ["Nivarel"]\n', "utf-8")
    result = l10n("build", "-C", root)
    assert result.code == 4
    assert "exact_case" in result.err + result.out


def test_this_repository_names_what_it_declares_in_every_locale():
    from datetime import date

    from pipeline.model import Moment
    from pipeline.workflows.pages import plan_pages

    pages = plan_pages(Path(__file__).parent.parent, Moment(date(2026, 11, 22)))
    codes = ("law-undeclared-product", "law-product-dropped")
    assert len(pages.planned) == len(pages.articles) * len(pages.law.locales)
    assert [b for p in pages.planned for b in p.verdict.blocks if b.code in codes] == []
