"""Builds a memory of 200,000 texts, looks texts up in it, and compares with a full scan.

    python benchmarks/memory.py [--texts N]

The texts are made of real ones: every English sentence of this repository's articles, docs
and explanations, and so many more that are joined from the parts of two of them (cut where a
clause ends, or in the middle), with a word replaced, left out or put in. That is harder than
a real memory: each text has hundreds of others that share half of its words. The queries are
texts of the memory with one or two more such changes. The peer is a scan with rapidfuzz over
the same masked texts: by their words, which is our score and tells the best hit; and by their
letters, as it is mostly done, though that is another score. All take turns in the same run.
Another text with the same score as the scan's best one counts as the same best hit.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
import tomllib
from pathlib import Path

from measure import best
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from pipeline.model.memory import Unit
from pipeline.stages.remember import Rows, asked_by, scored
from pipeline.stages.similarity import shapes
from pipeline.store.memory import SqliteMemory

ROOT = Path(__file__).parent.parent
QUERIES = 100
FILES = 200


def sentences() -> list[str]:
    """Every English sentence of this repository, each once."""
    from pipeline.po.scan import scan

    found = []
    for path in sorted((ROOT / "locales" / "templates").glob("*.pot")):
        found += [entry.msgid for entry in scan(path.read_bytes(), str(path)).entries]
    told = tomllib.loads((ROOT / "pipeline" / "explanations.toml").read_text("utf-8"))
    prose = [path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    for text in (*prose, *(str(one) for one in told.values())):
        for block in re.split(r"\n\s*\n|^[#|>-].*$", text, flags=re.MULTILINE):
            found += re.split(r"(?<=[.!?]) (?=[A-Z])", " ".join(block.split()))
    return [text for text in dict.fromkeys(found) if 3 < len(text.split()) < 40]


def joined(rng: random.Random, real: list[str], count: int) -> list[str]:
    """The real sentences, and others joined of them, `count` in all."""
    words = [word for text in real for word in text.split() if word.isalpha()]
    made = dict.fromkeys(real)
    while len(made) < count:
        first, second = rng.sample(real, 2)
        parts = [re.split(r"(?<=[,;:]) ", text) for text in (first, second)]
        if min(map(len, parts)) > 1:
            text = " ".join((*parts[0][:-1], parts[1][-1]))
        else:
            head, tail = first.split(), second.split()
            text = " ".join((*head[: (len(head) + 1) // 2], *tail[len(tail) // 2 :]))
        made[mutated(rng, text, words, 1)] = None
    return list(made)


def mutated(rng: random.Random, text: str, words: list[str], changes: int) -> str:
    """A text in which some words are replaced, left out or put in."""
    own = text.split()
    for _ in range(changes):
        at = rng.randrange(len(own))
        own[at : at + rng.choice((0, 1, 1))] = rng.choice(([], [rng.choice(words)]))
        own = own or [rng.choice(words)]
    return " ".join(own)


def build(folder: Path, texts: list[str]) -> SqliteMemory:
    """A memory of texts, each with one translation, from so many files."""
    path = folder / "memory.sqlite"
    path.unlink(missing_ok=True)
    rows = Rows()
    size = -(-len(texts) // FILES)
    memory = SqliteMemory(path)
    memory.replace(
        (
            f"{number}.po",
            "",
            rows.of(
                [
                    Unit(text, text.upper(), "de-DE", article=str(number))
                    for text in texts[number * size : (number + 1) * size]
                ]
            ),
        )
        for number in range(FILES)
    )
    return memory


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=200_000)
    count = parser.parse_args().texts
    rng = random.Random(20260101)
    real = sentences()
    texts = joined(rng, real, count)
    words = [word for text in real for word in text.split() if word.isalpha()]
    queries = [mutated(rng, text, words, rng.choice((1, 2))) for text in rng.sample(texts, QUERIES)]
    print(f"{len(texts):,} texts, {len(real):,} of them as they stand in this repository")
    with tempfile.TemporaryDirectory() as made:
        spent = float("inf")
        for _ in range(2):
            began = time.process_time()  # the machine may be busy with other work
            memory = build(Path(made), texts)
            spent = min(spent, time.process_time() - began)
        size = (Path(made) / "memory.sqlite").stat().st_size
        told = f"{len(texts) / spent:9,.0f} entries/s   {size / 2**20:.0f} MiB"
        print(f"built    {spent:6.2f} s of the processor   {told}", flush=True)
        compare(memory, texts, queries)
        memory.close()


def compare(memory: SqliteMemory, texts: list[str], queries: list[str]) -> None:
    """Print the speed of both sides, and how often they find the same."""
    masked = [shape.words for shape in shapes(texts)]
    letters = [" ".join(words) for words in masked]
    asked = shapes(queries)
    found: dict[str, list[float]] = {}

    def ours() -> None:
        found["ours"] = []
        for query in queries:
            hits = scored(query, memory.candidates(*asked_by(query)))
            found["ours"].append(hits[0][0] if hits else 0)
            if hits:
                memory.targets([hits[0][1].id], ["de-DE"])

    def by_words() -> None:
        scorer = Indel.normalized_similarity
        best_of = (process.extractOne(q.words, masked, scorer=scorer) for q in asked)
        found["words"] = [100 * hit[1] for hit in best_of]

    def by_letters() -> None:
        for query in asked:
            process.extractOne(query.letters, letters, scorer=fuzz.ratio)

    spent = best({"ours": ours, "words": by_words, "letters": by_letters}, rounds=3)
    for name, seconds in spent.items():
        ratio = seconds / spent["ours"]
        print(
            f"{name:8} {len(queries) / seconds:9,.1f} look-ups/s   {ratio:6.1f} x the time of ours"
        )
    offered = [pair for pair in zip(found["ours"], found["words"], strict=True) if pair[1] >= 60]
    same = sum(int(peer) <= mine + (mine == 99) for mine, peer in offered)
    print(f"as good a best hit in {same} of {len(offered)} queries that have one of 60 % or more")


if __name__ == "__main__":
    main()
