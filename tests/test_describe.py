"""Front matter: every fault is told at once, at its line, before a page can be judged wrongly."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Audience, SplitOptions
from pipeline.stages.describe import describe
from pipeline.stages.recombine import compile_skeleton
from pipeline.workflows.articles import format_of, segmented
from pipeline.workflows.doctor import examine

ROOT = Path(__file__).parent.parent
GOOD = """\
---
id: after-an-x-ray
title: After your X-ray
description: What comes next.
slug: after-an-x-ray
category: Patient information
date: "2026-01-15"
author: Medical Affairs
reviewed_by: Medical Affairs
audience: lay
products: []
related: [other]
image:
  src: bone.svg
  alt: A bone
x-cms: 17
---

Text.
"""


def described(text):
    fmt = format_of(Path("a.md"))
    document = segmented(text, "source/a.md", fmt, SplitOptions())
    return describe(document, compile_skeleton(document, fmt), "source/a.md")


def test_front_matter_becomes_an_article():
    article, findings = described(GOOD)
    assert findings == ()
    assert (article.id, article.audience, article.date) == (
        "after-an-x-ray",
        Audience.LAY,
        date(2026, 1, 15),
    )
    assert (article.products, article.related, article.image) == ((), ("other",), "bone.svg")
    assert [field.key for field in article.fields][:2] == ["title", "description"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "hint"),
    [
        ("audience: lay", "audience: laymen", "article-audience", 10, "`hcp` or `lay`"),
        ("audience: lay", "audiense: lay", "front-matter-key", 10, "did you mean 'audience'?"),
        ("x-cms: 17", "zzzz: 17", "front-matter-key", 16, "begin its name with 'x-'"),
        ("id: after-an-x-ray", "id: After X", "front-matter-value", 2, "lower-case"),
        ('"2026-01-15"', '"15.01.2026"', "front-matter-value", 7, "2026-01-31"),
        ("products: []", "products: atlas", "front-matter-value", 11, "[first, second]"),
        ("author: Medical Affairs", "author: [a, b]", "front-matter-value", 8, "write `author"),
        ("src: bone.svg", "src: ../bone.svg", "front-matter-value", 14, "source/images/"),
        ("audience: lay\n", "", "article-audience", 1, "decides what the law allows"),
        ('date: "2026-01-15"\n', "", "front-matter-missing", 1, "add `date"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(old, new, code, line, hint):
    article, findings = described(GOOD.replace(old, new))
    assert article is None
    found = [f for f in findings if f.code == code]
    assert found, findings
    assert (found[0].where.line, hint in found[0].hint) == (line, True), found


def test_all_faults_are_told_at_once():
    text = GOOD.replace("audience: lay", "audience: x").replace("id: after", "id: A after")
    assert len(described(text)[1]) == 2


def test_no_word_of_this_repositorys_own_articles_would_ship_unseen():
    found = examine((ROOT / "source",))
    assert len(found) >= 3
    assert all(item.identical and item.complete for item in found)
