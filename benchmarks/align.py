"""How well `l10n align` finds the sentences of this repository's own pages again.

Each article is filled from a catalog, so that the answer is known, and aligned back. A pair
is right if its words are the catalog's, codes and blanks aside.

    .venv/bin/python benchmarks/align.py
"""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

from pipeline.model import Role, State
from pipeline.stages.align import align
from pipeline.stages.fill import fill
from pipeline.stages.foreign import cutter
from pipeline.stages.segment import segment, segments_of
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import format_named, read_articles
from pipeline.workflows.words import NOTHING, lookup

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"</?[a-z]{1,8}\d{1,4} ?/?>")
LOCALES = "ar-SA de-DE es-MX fr-FR it-IT ja-JP ko-KR nl-NL pl-PL pt-BR sv-SE tr-TR zh-CN zh-TW"


def bare(text: str) -> str:
    return re.sub(r"\s+", "", CODE.sub("", text))


def main() -> None:
    workspace = open_workspace(ROOT)
    articles, _ = read_articles(workspace)
    page_format = format_named("html")
    print("locale   pairs right  of pairs  of texts  seconds")
    for locale in LOCALES.split():
        right = pairs = texts = 0
        began = time.perf_counter()
        for article in articles:
            found = lookup(ROOT, locale, article.id)
            words = {s.id: found.get(s.id, NOTHING)[0][0] for s in segments_of(article.document)}
            page = fill(article, locale, lambda s, w=words: (w[s.id], State.DONE), "en")
            title = html.escape(page.fields["title"].plain)
            text = f"<!doctype html><title>{title}</title><body>{''.join(page.pieces)}</body>"
            document = page_format.split(text, "page.html", workspace.options)
            cut = cutter(locale.partition("-")[0])
            aligned = align(article.document, segment(document, cut=cut))
            truth = {
                s.id: bare(words[s.id])
                for s in segments_of(article.document)
                if s.role is not Role.SLUG and s.key in ("", "title") and s.text.strip()
            }
            said = {
                m.sources[0].id: bare("".join(t.text for t in m.targets))
                for m in reversed(aligned.matches)
            }
            right += sum(truth.get(key) == text for key, text in said.items())
            pairs, texts = pairs + len(said), texts + len(truth)
        took = time.perf_counter() - began
        print(f"{locale:<9}{right:>10}  {right / pairs:>8.1%}  {right / texts:>8.1%}  {took:>7.2f}")


if __name__ == "__main__":
    main()
