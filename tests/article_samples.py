"""Two articles with all that recombining must keep, and ways to fill them."""

from datetime import date

import turbohtml

from pipeline.formats.html import FORMAT as HTML
from pipeline.formats.markdown import FORMAT as MARKDOWN
from pipeline.model import Article, Audience, SplitOptions, State
from pipeline.stages.recombine import compile_skeleton, fill
from pipeline.stages.segment import segment, segments_of

SOURCE = """\
---
title: In-stent restenosis
summary: A stent can close. It may be opened.
tags: [Stents, "Heart: care"]
---

# What is **restenosis**?

A stent can close. It may be <b>opened</b> again.
See [the *guide*](/guide "Our guide") and ![A stent](s.png), or `np`.

**Take it. Then rest.**

| Name | Value |
|------|-------|
| Age  | 5     |

## Frequently asked questions {#faq}

### Is it safe?

Yes. Ask your doctor.

### Does it hurt?

- No.
- Not *much*.

## More

The end.
"""
PAGE = """\
<h1>What is <em>it</em>?</h1>
<p title="A title">A stent can close. It may be <b class="x > y">opened</b> again.<br>
Ask <img src=s.png alt=Stent> <a href='/x' title='The "guide"'>us</a>.</p>
<input type="submit" value="Send"><select><option>One</option></select>
"""


BOTH = [(SOURCE, MARKDOWN), (PAGE, HTML)]


def cut(text, fmt=MARKDOWN):
    return segment(fmt.split(text, "source/a.md", SplitOptions()))


def article(text, fmt=MARKDOWN):
    document = cut(text, fmt)
    fields = tuple(s for s in segments_of(document) if s.key)
    return Article(
        "a",
        "source/a.md",
        Audience.LAY,
        (),
        date(2026, 1, 1),
        "",
        "",
        (),
        "",
        fields,
        document,
        compile_skeleton(document, fmt),
    )


def filled(text, words, locale="de-DE", fmt=MARKDOWN):
    return fill(article(text, fmt), locale, words, "en", {})


def says(**translations):
    """The given translations by the first word of their source, all else as it is."""

    def words(found):
        return translations.get(found.text.split()[0].strip("?.:"), found.text), State.DONE

    return words


def same(found):
    return found.text, State.DONE


def structure(html):
    """The elements of a page with the names of their attributes, and their addresses."""
    return [
        (
            token.type,
            token.tag,
            [(k, v if k in ("href", "src", "class", "id") else "") for k, v in token.attrs or ()],
        )
        for token in turbohtml.tokenize(html)
        if token.type in (1, 2)
    ]
