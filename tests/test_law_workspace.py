"""A workspace with facts, claims and forbidden wording: what `status` says of its pages."""

from __future__ import annotations

import json
import re

import pytest

from workspaces import replace, waive

DAY = "2026-11-22"
HEAD = '\n[[rules]]\nid = "de-x"\nlegal = ["Act"]\nreason = "Because."\nreview_by = 2027-06-30\n'
CATALOG = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"


@pytest.fixture
def root(demo, l10n):
    """The demo with every entry filled, so that the law alone decides."""
    l10n("extract", "-C", demo)
    for path in demo.glob("locales/*/LC_MESSAGES/*.po"):
        head, *entries = path.read_text("utf-8").split("\n\n")
        done = []
        for entry in entries:
            words = entry.split('msgid "', 1)[1].split('"\n', 1)[0]
            filled = re.sub(r'(?m)^(msgstr.*) ""$', rf'\1 "{words}"', entry)
            done.append(entry if 'msgctxt "slug"' in entry else filled)
        path.write_text("\n\n".join([head, *done]), "utf-8")
    waive(demo, "de-DE")
    assert page(l10n, demo)["page"] == "published"
    return demo


def page(l10n, root, locale="de-DE"):
    told = json.loads(l10n("status", "-C", root, "--as-of", DAY, "--json").out)
    (row,) = (row for row in told["pages"] if row["locale"] == locale)
    return row


def add_rule(root, keys, market="DE"):
    path = root / f"locales/markets/{market}.toml"
    path.write_text(path.read_text("utf-8") + HEAD + keys, "utf-8")


def add_fact(root, **keys):
    told = {"name": "approval", "market": "DE", "value": "17/03", "source": "file 7"} | keys
    lines = "".join(f'{key} = "{value}"\n' for key, value in told.items())
    path = root / "source/products.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[[facts]]\n{lines}", "utf-8")


def test_forbidden_wording_is_told_at_its_entry_of_the_catalog(root, l10n):
    add_rule(root, 'effect = "forbid_text"\nphrases = ["ganz sicher"]\n')
    assert page(l10n, root)["page"] == "published"
    catalog = root / CATALOG
    entries = catalog.read_text("utf-8").split("\n\n")
    number = next(n for n, entry in enumerate(entries) if n > 3 and "msgctxt" not in entry)
    entries[number] = re.sub('msgstr "', 'msgstr "GANZ-Sicher ', entries[number])
    catalog.write_text("\n\n".join(entries), "utf-8")
    (why,) = page(l10n, root)["why"]
    line = 1 + "\n\n".join(entries[:number]).count("\n") + 2
    found = re.search(rf"{CATALOG}:(\d+)", why)
    assert found
    assert line <= int(found[1]) <= line + entries[number].count("\n")
    assert "GANZ-Sicher" in why
    assert page(l10n, root, "en-US")["page"] == "published"


def test_forbidden_wording_of_a_statement_is_told_at_its_line(root, l10n):
    add_rule(root, 'effect = "forbid_text"\nphrases = ["wunder"]\n')
    statement = next((root / "locales/de_DE/statements").glob("*.txt"))
    statement.write_text(statement.read_text("utf-8") + "Ein Wunder.\n", "utf-8")
    (why,) = page(l10n, root)["why"]
    assert f"{statement.name}:{len(statement.read_text('utf-8').splitlines())}" in why


def test_an_approval_of_the_words_ends_with_the_first_changed_letter(root, l10n):
    add_rule(root, 'effect = "require"\nfact = "approval"\nfor_text = true\n')
    (missing,) = page(l10n, root)["why"]
    (digest,) = re.findall("[0-9a-f]{64}", missing)
    add_fact(root, text=digest)
    assert page(l10n, root)["page"] == "published"
    catalog = root / CATALOG
    text = catalog.read_text("utf-8")
    catalog.write_text(re.sub(r'(msgstr "[^"]*)\."', r'\1!"', text, count=1), "utf-8")
    (changed,) = page(l10n, root)["why"]
    assert digest in changed
    assert len(re.findall("[0-9a-f]{64}", changed)) == 2


def test_a_statement_shows_the_value_of_a_fact_on_the_built_page(root, l10n):
    statement = next((root / "locales/de_DE/statements").glob("*.txt"))
    statement.write_text(statement.read_text("utf-8") + "Nummer {approval}.\n", "utf-8")
    (why,) = page(l10n, root)["why"]
    assert "{approval}" in why
    add_fact(root, value="<17> & 3")
    assert page(l10n, root)["page"] == "published"
    assert l10n("build", "-C", root, "--as-of", DAY).code == 0
    html = "".join(path.read_text("utf-8") for path in (root / "build/de-DE").rglob("index.html"))
    assert "Nummer &lt;17&gt; &amp; 3." in html
    assert "{approval}" not in html


def test_a_claim_of_an_article_is_judged(root, l10n):
    article = next((root / "source").glob("*.md"))
    replace(article, "\nproducts: []", "\nproducts: []\nclaims: [rate]")
    why = page(l10n, root)["why"]
    assert any("'rate', which locales/markets/claims.toml does not have" in one for one in why)
    assert any("kind 'claim'" in one for one in why)
    claims = '[claims.rate]\nsays = "Fewer."\nreferences = ["J"]\nmarkets = ["DE"]\n'
    path = root / "locales/markets/claims.toml"
    path.write_text(f"{claims}review_by = 2027-01-01\n", "utf-8")
    (left,) = page(l10n, root)["why"]
    assert "kind 'claim'" in left
    replace(root / "locales/markets/DE.toml", '["none"]', '["none", "claim"]')
    assert page(l10n, root)["page"] == "published"
    assert page(l10n, root, "en-US")["page"] == "blocked"


@pytest.mark.parametrize("claims", ["rate", "", '[""]', "[Rate]"])
def test_a_claim_that_is_not_a_list_of_known_ids_publishes_nothing(root, l10n, claims):
    article = next((root / "source").glob("*.md"))
    replace(article, "\nproducts: []", f"\nproducts: []\nclaims: {claims}")
    told = json.loads(l10n("status", "-C", root, "--as-of", DAY, "--json").out)
    assert all(row["page"] == "blocked" for row in told["pages"])


def test_a_page_of_another_host_is_refused(root, l10n):
    add_rule(root, 'effect = "publisher"\nhosts = ["registered.example.com"]\n')
    (why,) = page(l10n, root)["why"]
    assert "only registered.example.com may" in why
    settings = root / "l10n.toml"
    text = settings.read_text("utf-8")
    base = 'base_url = "https://Registered.example.com"'
    settings.write_text(re.sub("base_url = .*", base, text), "utf-8")
    assert page(l10n, root)["page"] == "published"


def test_the_matrix_tells_which_fact_is_needed(root, l10n):
    add_rule(root, 'effect = "require"\nfact = "registration-number"\n')
    said = l10n("regulate", "matrix", "-C", root, "--as-of", DAY).out
    assert "needs registration-number" in said
    told = l10n("regulate", "explain", "DE", "after-an-x-ray", "-C", root, "--as-of", DAY).out
    assert "needs the fact registration-number on file" in " ".join(told.split())


def test_a_wrong_file_of_facts_ends_the_command(root, l10n):
    add_fact(root, market="DD")
    result = l10n("status", "-C", root)
    assert result.code == 4
    assert "did you mean 'DE'?" in result.out + result.err
