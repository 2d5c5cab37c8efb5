"""Seconds for the matrix of every market, article and audience, once the workspace is read.

    python benchmarks/regulate.py [-C FOLDER] [--rounds 5]

Reading the law and the articles is told apart. The words of the locales are not read.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from pipeline.model import Audience, Moment
from pipeline.stages.matrix import Column, Given, make_matrix
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.law import facts_of, read_law

HERE = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-C", dest="folder", type=Path, default=HERE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 22))
    options = parser.parse_args()
    began = time.perf_counter()
    workspace = open_workspace(options.folder)
    law = read_law(workspace, Moment(options.as_of))
    articles, _ = read_articles(workspace)
    read = time.perf_counter() - began
    markets = tuple(market for market in law.markets if market.languages)
    columns = tuple(
        Column(replace(facts_of(article, law), audience=audience), article.id)
        for article in articles
        for audience in Audience
    )
    given = Given(law.as_of, law.effects, law.statements, {}, workspace.site.build_every)
    seconds = []
    for _ in range(options.rounds):
        began = time.perf_counter()
        matrix = make_matrix(markets, columns, given)
        seconds.append(time.perf_counter() - began)
    cells = sum(len(row) for row in matrix.rows)
    took = median(seconds)
    print(f"{len(markets)} markets, {len(columns)} columns, {cells} cells")
    print(f"law and articles, read  {read:7.3f} s")
    print(f"their matrix            {took:7.4f} s   {cells / took:6,.0f} cells/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
