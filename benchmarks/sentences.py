"""Sentences per second beside pysbd, over the same texts in the same run.

    python benchmarks/sentences.py [TEXTS.jsonl] [--seconds N]

TEXTS.jsonl has one JSON object a line with a `text`; without it, the texts are those of
tests/cases/sentences. pysbd is not a dependency: without it, only our own speed is told.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from measure import skipped

from pipeline.stages.sentences import cuts

CASES = Path(__file__).parents[1] / "tests" / "cases" / "sentences"


def texts_of(paths: list[Path]) -> list[str]:
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines() if line]
    return [json.loads(line)["text"] for line in lines]


def rate(count: Callable[[str], int], texts: list[str], seconds: float) -> float:
    """Sentences per CPU second; the best of the passes that fit, at least three."""
    best, passes, until = 0.0, 0, time.perf_counter() + seconds
    while passes < 3 or time.perf_counter() < until:
        begin = time.process_time()
        sentences = sum(count(text) for text in texts)
        best = max(best, sentences / (time.process_time() - begin))
        passes += 1
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    files = [options.texts] if options.texts else sorted(CASES.glob("*.jsonl"))
    texts = texts_of(files)
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters")
    ours = rate(lambda text: len(cuts(text)) + 1, texts, options.seconds)
    print(f"l10n   {ours:12,.0f} sentences per CPU second")
    try:
        import pysbd
    except ImportError:
        skipped("pysbd is not installed")
        return 0
    segmenter = pysbd.Segmenter(language="en", clean=False)
    theirs = rate(lambda text: len(segmenter.segment(text)), texts, options.seconds)
    print(f"pysbd  {theirs:12,.0f} sentences per CPU second")
    print(f"ratio  {ours / theirs:12.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
