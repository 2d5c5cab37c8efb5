"""Markdown files → PO templates: CPU seconds beside mdpo, over the same files in one run.

    MDPO_PYTHON=/path/to/venv/bin/python python benchmarks/extract.py [--files 300 | --folder DIR]

mdpo is no dependency: MDPO_PYTHON names a Python that has it; without it only our own speed
is told. The files are sections of this repository's articles and Markdown samples, each file
with words of its own. Each side reads every file, makes the template and its
bytes, in one warm process; the best of equally many rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from measure import skipped

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "markdown"
ROUNDS = 5
_MDPO = """
import json, sys, time
from mdpo.md2po import markdown_to_pofile
best = float("inf")
for _ in range(int(sys.argv[1])):
    began = time.process_time()
    for path in sys.argv[2:]:
        str(markdown_to_pofile(path))
    best = min(best, time.process_time() - began)
print(json.dumps(best))
"""


def files(folder: Path, count: int) -> list[Path]:
    """Articles of six sections, taken in turn from this repository's own and its samples."""
    sections: list[str] = []
    for path in sorted((ROOT / "source").glob("*.md")):
        body = path.read_text("utf-8").split("\n---\n", 1)[1]
        sections += [f"## {section}" for section in body.split("\n## ")[1:]]
    samples = [path.read_text("utf-8") for path in sorted(CASES.glob("*.md"))]
    sections.append("\n\n".join(text for text in samples if text.startswith("#")))
    made = []
    for number in range(count):
        chosen = [sections[(number * 5 + at) % len(sections)] for at in range(6)]
        text = "\n\n".join([f"# Article {number}", *chosen, ""])
        path = folder / f"article-{number:03}.md"
        # the number keeps files apart: no side can profit from texts that it has met
        path.write_text(text.replace(" the ", f" the {number} "), "utf-8")
        made.append(path)
    return made


def ours(paths: list[Path]) -> float:
    from pipeline.formats.markdown import FORMAT
    from pipeline.model import SplitOptions
    from pipeline.po.write import write
    from pipeline.stages.extract import extract, template_header
    from pipeline.workflows.articles import segmented

    header = template_header("site", datetime(2026, 1, 1, tzinfo=UTC), "en-US")
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for path in paths:
            document = segmented(path.read_text("utf-8"), path.name, FORMAT, SplitOptions())
            write(extract(document, path.name, header=header))
        best = min(best, time.process_time() - began)
    return best


def theirs(python: str, paths: list[Path]) -> float:
    command = [python, "-c", _MDPO, str(ROUNDS), *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="real Markdown instead of made files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        real = sorted(options.folder.rglob("*.md")) if options.folder else []
        paths = real or files(Path(made), options.files)
        size = sum(path.stat().st_size for path in paths)
        print(f"{len(paths)} files, {size:,} bytes")
        spent = ours(paths)
        print(f"l10n   {len(paths) / spent:8.0f} files per CPU second", flush=True)
        python = os.environ.get("MDPO_PYTHON", "")
        if not python:
            skipped("MDPO_PYTHON names no Python with mdpo")
            return
        peer = theirs(python, paths)
        print(f"mdpo   {len(paths) / peer:8.0f} files per CPU second")
        print(f"ratio  {peer / spent:8.1f}")


if __name__ == "__main__":
    sys.exit(main())
