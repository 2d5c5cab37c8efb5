"""What awaits translation, what it costs, and what a change of the source touches."""

import json
import subprocess
from decimal import Decimal

import pytest

from pipeline.model.rates import BANDS, Rate
from pipeline.stages.bands import Awaiting, Bands, Work, count
from workspaces import replace

RATES = """
[rates]
currency = "EUR"
new = 0.2
hours = 4
[rates.factors]
repetition = 0
exact = 0.25
[rates.locales.de-DE]
new = 0.1
"""
DE = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
ARTICLE = "source/after-an-x-ray.md"
DAY = ("--as-of", "2026-11-22")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Report a fever of more than 38.5 °C.", 8),
        ("<b1>Do not drive</b1> today<br2/>or tomorrow", 6),
        ("un<b1>believ</b1>able", 1),
        ("drug-eluting stents – don't", 3),
        ("—", 0),
    ],
)
def test_words_are_what_stands_between_blanks_and_codes_are_none(text, words):
    assert count(text) == words


def test_a_text_falls_into_the_band_of_its_best_match():
    known = ("A radiologist reads the image of your heart within two days after the scan.",)
    bands = Bands(known)
    more = known[0].replace("heart", "lungs")
    assert bands.of(Awaiting(known[0])) == "exact"
    assert bands.of(Awaiting(more)) == "85-94"
    assert bands.of(Awaiting(more)) == "repetition"
    assert (
        bands.of(Awaiting(known[0].replace("A radiologist", "A <b1>radiologist</b1>"))) == "95-99"
    )
    assert bands.of(Awaiting("Nothing like it stands anywhere.")) == "new"


def test_another_number_or_negation_is_new_work_since_no_words_are_offered_for_it():
    bands = Bands(("Take 5 mg of the medicine every day after a meal.",))
    assert bands.of(Awaiting("Take 10 mg of the medicine every day after a meal.")) == "new"
    assert bands.of(Awaiting("Never take 5 mg of the medicine every day after a meal.")) == "new"


def test_words_that_only_have_to_be_confirmed_are_exact():
    assert Bands(()).of(Awaiting("Take care.", was="Take care.")) == "exact"


def test_a_price_is_the_sum_over_the_bands_of_words_share_and_price():
    rate = Rate(
        Decimal("0.1"), Decimal(4), {**dict.fromkeys(BANDS, Decimal(1)), "exact": Decimal("0.5")}
    )
    work = Work({**dict.fromkeys(BANDS, 0), "exact": 100, "new": 100}, 2)
    assert work.price(rate) == Decimal("15.00")
    assert work.hours(rate) == Decimal("0.6")


def test_without_rates_words_are_counted_and_with_rates_they_cost(demo, l10n):
    l10n("extract", "-C", demo)
    plain = l10n("forecast", "-C", demo)
    assert plain.code == 0
    assert "no [rates]" in plain.out
    settings = demo / "l10n.toml"
    settings.write_text(settings.read_text("utf-8") + RATES, "utf-8")
    told = json.loads(l10n("forecast", "-C", demo, "--json").out)
    tasks = {(task["locale"], task["article"]): task for task in told["tasks"]}
    assert told["currency"] == "EUR"
    assert {locale for locale, _ in tasks} == {"de-DE"}, "the source is not translated"
    article = tasks["de-DE", "after-an-x-ray"]
    assert article["total"] == sum(article["words"].values()) > 50
    paid = article["total"] - article["words"]["repetition"]
    assert article["price"] == str((Decimal("0.1") * paid).quantize(Decimal("0.01")))


def test_a_wrong_band_in_the_rates_is_refused_with_its_line(demo, l10n):
    settings = demo / "l10n.toml"
    settings.write_text(settings.read_text("utf-8") + RATES.replace("exact", "exakt"), "utf-8")
    done = l10n("forecast", "-C", demo)
    assert done.code == 2
    assert "exakt" in done.err


def test_translated_words_await_nothing(demo, l10n):
    l10n("extract", "-C", demo)
    before = json.loads(l10n("forecast", "-C", demo, "--json", "--article", "after-an-x-ray").out)
    replace(demo / DE, 'msgid "Report a skin rash."\nmsgstr ""',
            'msgid "Report a skin rash."\nmsgstr "Melden Sie einen Ausschlag."')  # fmt: skip
    after = json.loads(l10n("forecast", "-C", demo, "--json", "--article", "after-an-x-ray").out)
    assert before["tasks"][0]["total"] - after["tasks"][0]["total"] == 4


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
 o-tmf="t" adminlang="en" srclang="en-US" datatype="plaintext"/><body><tu>
<tuv xml:lang="en-US"><seg>Report a skin rash.</seg></tuv>
<tuv xml:lang="de-DE"><seg>Melden Sie einen Ausschlag.</seg></tuv></tu></body></tmx>
"""


def test_what_an_imported_memory_knows_is_exact(demo, l10n):
    l10n("extract", "-C", demo)
    told = ("forecast", "-C", demo, "--json", "--article", "after-an-x-ray")
    before = json.loads(l10n(*told).out)["tasks"][0]["words"]
    (demo / "locales/memory").mkdir()
    (demo / "locales/memory/old.tmx").write_text(TMX, "utf-8")
    after = json.loads(l10n(*told).out)["tasks"][0]["words"]
    assert (before["exact"], after["exact"]) == (0, 4)


def git(folder, *words):
    name = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


@pytest.fixture
def kept(demo, l10n):
    """The demo, translated into English and kept in git."""
    l10n("extract", "-C", demo)
    (demo / ".gitignore").write_text(".l10n/\nbuild/\n", "utf-8")
    git(demo, "init", "-q")
    git(demo, "add", ".")
    git(demo, "commit", "-q", "-m", "begin")
    return demo


def since(l10n, demo, *words):
    done = l10n("forecast", "-C", demo, "--since", "HEAD", "--json", *DAY, *words)
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_changed_sentence_is_told_with_words_locales_pages_and_markets(kept, l10n):
    replace(kept / ARTICLE, "Report a skin rash.", "Report any skin rash.")
    told = since(l10n, kept)
    (article,) = told["articles"]
    (sentence,) = article["sentences"]
    assert (sentence["fate"], sentence["was"]) == ("changed", "Report a skin rash.")
    assert sentence["line"] == 24
    assert (article["words"], told["cosmetic"]) == (4, False)
    assert "US" in told["markets"]
    assert ("US", "en-US") in {(page["market"], page["locale"]) for page in told["pages"]}
    assert {task["locale"] for task in told["words"]} == {"de-DE"}


def test_a_change_of_links_and_dates_alone_is_cosmetic(kept, l10n):
    replace(kept / ARTICLE, 'date: "2026-01-15"', 'date: "2026-01-16"')
    told = since(l10n, kept)
    assert (told["cosmetic"], told["words"]) == (True, [])
    assert told["articles"][0]["fate"] == "cosmetic"
    shown = l10n("forecast", "-C", kept, "--since", "HEAD", *DAY)
    assert "translators have nothing to do" in shown.out


def test_extracting_first_or_renaming_the_file_changes_nothing_in_the_answer(kept, l10n):
    replace(kept / ARTICLE, "Report a skin rash.", "Report any skin rash.")
    first = since(l10n, kept)
    l10n("extract", "-C", kept)
    assert since(l10n, kept) == first
    (kept / ARTICLE).rename(kept / "source/x-ray.md")
    assert since(l10n, kept)["articles"][0]["sentences"] == first["articles"][0]["sentences"]


def test_an_approval_that_a_change_voids_is_named(kept, l10n):
    words = ("--role", "approver", "--as", "approver@example.com", "--market", "US", "--sample")
    done = l10n("approve", "-C", kept, *words)
    assert done.code in (0, 1), done.err
    git(kept, "add", ".")
    git(kept, "commit", "-q", "-m", "approve")
    assert since(l10n, kept)["approvals"] == []
    replace(kept / ARTICLE, "Report a skin rash.", "Report any skin rash.")
    (approval,) = since(l10n, kept)["approvals"]
    assert (approval["market"], approval["role"]) == ("US", "approver")


def test_the_work_tree_is_left_alone(kept, l10n):
    replace(kept / ARTICLE, "Report a skin rash.", "Report any skin rash.")
    since(l10n, kept)
    done = subprocess.run(
        ["git", "-C", str(kept), "status", "--short"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f" M {ARTICLE}\n"


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_git_does_not_know_is_refused(kept, l10n, revision):
    done = l10n("forecast", "-C", kept, f"--since={revision}")
    assert done.code == 2
    assert "no revision" in done.err
