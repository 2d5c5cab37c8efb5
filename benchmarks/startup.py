"""CPU seconds of `l10n --help`, and of builds of 200 articles in 10 locales.

    python benchmarks/startup.py [--articles 200] [--locales 10]

The second build finds that nothing changed: it must parse, render and write nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import cpu_of
from workspace import make

L10N = Path(sys.executable).parent / "l10n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--locales", type=int, default=10)
    options = parser.parse_args()
    helps = cpu_of([L10N, "--help"], 7)
    print(f"l10n --help               {helps:7.3f} s CPU", flush=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "workspace"
        make(folder, options.articles, options.locales)
        build = [L10N, "build", "-C", folder, "--json"]
        pages = options.articles * options.locales
        began = time.perf_counter()
        first = cpu_of(build, 1)
        took = time.perf_counter() - began
        print(f"first build, {pages:,} pages {first:8.2f} s CPU   {pages / took:6.0f} pages/s")
        again = json.loads(subprocess.run(build, check=True, capture_output=True).stdout)
        second = cpu_of(build[:-1], 5)
        counts = {name: again[name] for name in ("parsed", "rendered", "written")}
        print(
            f"second build              {second:7.3f} s CPU   {second - helps:.3f} s above --help"
        )
        print(f"second build did          {counts}")
        return int(any(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
