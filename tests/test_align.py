"""A page that is translated already fills a catalog, sentence by sentence."""

import html
import json
import re
from pathlib import Path

import pytest

from pipeline.model import Role, State
from pipeline.po.scan import scan
from pipeline.stages.align import align
from pipeline.stages.fill import fill
from pipeline.stages.foreign import cutter
from pipeline.stages.path import cheapest, length_cost
from pipeline.stages.segment import segment, segments_of
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import format_named, read_articles
from pipeline.workflows.words import NOTHING, lookup
from workspaces import replace

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"</?[a-z]{1,8}\d{1,4} ?/?>")
DE = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
PAGE = """---
title: Nach Ihrer Röntgenaufnahme
---

Direkt nach der Untersuchung können Sie nach Hause gehen. Wenn Sie ein müde machendes Medikament bekommen haben, **fahren Sie nicht Auto**.

## Wann bekommen Sie den Befund?

Eine Radiologin sieht sich das Bild innerhalb von 2 Tagen an, und danach erklärt Ihnen Ihr Arzt den Befund.

- Melden Sie Fieber von mehr als 38,5 °C.
- Melden Sie einen Hautausschlag. Tun Sie es gleich.
"""  # noqa: E501


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Am 3. Januar kam Dr. Weber. Er ging um 5 Uhr. Um 6 Uhr kam er wieder.", 3),
        ("fr", "Prenez p. ex. de l’eau. « Est-ce grave ? » Non !", 3),
        ("ja", "医師が説明します。「いつですか？」三日後です！明日ではありません。", 4),
        ("ar", "هل هذا خطير؟ لا. اتصل بالطبيب۔ ثم انتظر.", 4),
        ("hi", "डॉक्टर देखते हैं। फिर बताते हैं।", 2),
        ("es", "¿Es grave? ¡No! Llame al médico.", 3),
        ("de", "Nehmen Sie 2.5 mg bzw. eine Tablette.", 1),
    ],
)
def test_sentences_end_at_the_marks_of_their_language(language, text, sentences):
    assert len(cutter(language)(text)) + 1 == sentences


def test_texts_of_equal_length_are_the_likeliest_translations():
    assert length_cost(100, 100) == 0
    assert length_cost(100, 110) < length_cost(100, 150) < length_cost(100, 300)


def test_the_cheapest_way_leaves_out_what_has_no_partner():
    def cost(a, b, c, d):
        return abs("acd"[a] != "abcd"[c]) * 9 if (b - a, d - c) == (1, 1) else 1 + (b > a) * (d > c)

    way = cheapest(3, 4, cost, ((1, 1), (1, 0), (0, 1)))
    assert [(a, c) for a, b, c, d in way if a < b and c < d] == [(0, 0), (1, 2), (2, 3)]


def bare(text):
    return re.sub(r"\s+", "", CODE.sub("", text))


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR", "ja-JP", "ar-SA", "zh-CN"])
def test_pages_made_from_catalogs_are_aligned_back_to_them(locale):
    workspace = open_workspace(ROOT)
    right = wrong = every = 0
    for article in read_articles(workspace)[0]:
        found = lookup(ROOT, locale, article.id)
        words = {s.id: found.get(s.id, NOTHING)[0][0] for s in segments_of(article.document)}
        page = fill(article, locale, lambda s, w=words: (w[s.id], State.DONE), "en")
        title = html.escape(page.fields["title"].plain)
        text = f"<!doctype html><title>{title}</title><body>{''.join(page.pieces)}</body>"
        document = format_named("html").split(text, "page.html", workspace.options)
        aligned = align(article.document, segment(document, cut=cutter(locale[:2])))
        truth = {
            s.id: bare(words[s.id])
            for s in segments_of(article.document)
            if s.role is not Role.SLUG and s.key in ("", "title") and s.text.strip()
        }
        pairs = {m.sources[0].id: m for m in reversed(aligned.matches)}
        good = {
            k for k, m in pairs.items() if bare("".join(t.text for t in m.targets)) == truth.get(k)
        }
        right, wrong, every = right + len(good), wrong + len(pairs) - len(good), every + len(truth)
    assert right / (right + wrong) >= 0.98
    assert right / every >= 0.97


@pytest.fixture
def ready(demo, l10n):
    l10n("extract", "-C", demo)
    (demo / "seite.md").write_text(PAGE, "utf-8")
    return demo


def run(l10n, demo, *words):
    source = demo / "source/after-an-x-ray.md"
    return l10n("align", source, demo / "seite.md", "--locale", "de-DE", "-C", demo, *words)


def entries(demo):
    catalog = scan((demo / DE).read_bytes(), DE)
    return {entry.msgid: entry for entry in catalog.entries}


def test_a_page_fills_the_catalog_as_fuzzy_with_scores(ready, l10n):
    done = run(l10n, ready)
    assert (done.code, done.err) == (0, "")
    found = entries(ready)
    drive = next(e for text, e in found.items() if "Do not drive" in text)
    assert drive.msgstr[0].endswith("<b1>fahren Sie nicht Auto</b1>.")
    assert drive.fuzzy
    assert any(re.match(r"aligned: \d\d of 100, from seite.md", note) for note in drive.extracted)
    assert found["After your X-ray"].msgstr == ("Nach Ihrer Röntgenaufnahme",)
    assert found["Report a fever of more than 38.5 °C."].msgstr[0].endswith("38,5 °C.")


def test_two_sentences_for_one_are_joined_and_one_for_two_leaves_a_skip(ready, l10n):
    run(l10n, ready)
    found = entries(ready)
    assert found["Report a skin rash."].msgstr == (
        "Melden Sie einen Hautausschlag. Tun Sie es gleich.",
    )
    assert "2 Tagen" in found["A radiologist reads the image within 2 days."].msgstr[0]
    assert found["Your doctor then explains the result to you."].msgstr == ("<skip/>",)


def test_words_that_are_there_are_never_written_over(ready, l10n):
    mine = 'msgid "Report a skin rash."\nmsgstr "Meins."'
    replace(ready / DE, 'msgid "Report a skin rash."\nmsgstr ""', mine)
    told = json.loads(run(l10n, ready, "--json").out)
    assert told["had_words"] == 1
    assert mine in (ready / DE).read_text("utf-8")
    before = (ready / DE).read_bytes()
    assert json.loads(run(l10n, ready, "--json").out)["changed"] == []
    assert (ready / DE).read_bytes() == before


def test_the_score_stays_through_an_extract_until_the_words_are_confirmed(ready, l10n):
    run(l10n, ready)
    assert l10n("extract", "-C", ready, "--check").code == 0
    text = (ready / DE).read_text("utf-8")
    (ready / DE).write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    l10n("extract", "-C", ready)
    assert "aligned:" not in (ready / DE).read_text("utf-8")


def test_a_dry_run_writes_nothing(ready, l10n):
    before = (ready / DE).read_bytes()
    assert "would write" in run(l10n, ready, "--dry-run").out
    assert (ready / DE).read_bytes() == before


def test_english_left_on_a_page_is_no_translation(ready, l10n):
    (ready / "seite.md").write_text("# After\n\n- Report a skin rash.\n", "utf-8")
    run(l10n, ready)
    assert entries(ready)["Report a skin rash."].msgstr == ("",)


def test_what_is_not_known_is_refused_with_what_to_do(ready, l10n):
    other = ready / "other.md"
    other.write_text(PAGE, "utf-8")
    done = l10n("align", other, ready / "seite.md", "--locale", "de-DE", "-C", ready)
    assert (done.code, "--article" in done.err) == (2, True)
    words = ("--article", "after-an-x-ray")
    assert (
        l10n("align", other, ready / "seite.md", "--locale", "de-DE", "-C", ready, *words).code == 0
    )
    assert (
        l10n("align", other, ready / "seite.md", "--locale", "xx-XX", "-C", ready, *words).code == 2
    )
    (ready / DE).unlink()
    done = run(l10n, ready)
    assert (done.code, "l10n extract" in done.err) == (2, True)
