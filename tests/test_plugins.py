"""One new file is all that a format, a check or an effect needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent

CHECK = """
from pipeline.model import Check, Severity

def run(pair):
    if pair.translation.isupper():
        yield "every letter is a capital", "write it in ordinary letters"

CHECK = Check("shouting", Severity.WARNING, "Words in capitals", run)
"""

FORMAT = """
from pipeline.model import Block, Document, Format, Role, Text

def split(text, path, options):
    parts = []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        words = line.rstrip("\\r\\n")
        if words.strip():
            parts.append(Block(Role.TEXT, (Text(words, words),), number, "lines"))
        parts.append(line[len(words):])
    return Document(tuple(parts))

def write(tokens, escape):
    return "".join(t if isinstance(t, str) else t.raw for t in tokens)

def html(parts):
    return ()

FORMAT = Format("lines", (".txt",), split, write, html)
"""

EFFECT = """
from dataclasses import replace

from pipeline.model import Effect, Finding

def apply(rules, facts, market, verdict):
    found = tuple(Finding("law-closed", f"closed: {rule.reason}", rule.where) for rule in rules)
    return replace(verdict, blocks=verdict.blocks + found)

EFFECT = Effect("closed", 500, (), "The market is closed", apply)
"""


@pytest.fixture
def own_l10n(tmp_path):
    """A copy of the tool that a newcomer adds files to, and a way to run it."""
    own = tmp_path / "own"
    shutil.copytree(PACKAGE, own / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli.main", *map(str, words)],
            cwd=own,
            env={**os.environ, "PYTHONPATH": str(own)},
            capture_output=True,
            text=True,
            check=False,
        )

    return own / "pipeline", run


def test_a_check_is_one_file(own_l10n, tmp_path):
    package, run = own_l10n
    (package / "checks/shouting.py").write_text(CHECK)
    catalog = tmp_path / "a.po"
    catalog.write_text('msgid "Stop."\nmsgstr "HALT."\n')
    done = run("check", catalog)
    assert "warning shouting: every letter is a capital" in done.stdout
    assert "Words in capitals" in run("explain", "shouting").stdout


def test_a_format_is_one_file(own_l10n, tmp_path):
    package, run = own_l10n
    (package / "formats/lines.py").write_text(FORMAT)
    article = tmp_path / "a.txt"
    article.write_text("One thing. Another.\n")
    assert "Another." in run("segments", article).stdout.splitlines()[1]
    assert "1 of 1 files come back byte for byte" in run("doctor", article).stdout


def test_an_effect_is_one_file(own_l10n, demo):
    package, run = own_l10n
    (package / "effects/closed.py").write_text(EFFECT)
    market = demo / "locales/markets/DE.toml"
    rule = market.read_text("utf-8").split("[[rules]]")[2].replace("statement", "closed")
    rule = rule.replace("de-education", "de-closed").split("slot =")[0]
    tail = 'legal = ["none"]\nreason = "on holiday"\nreview_by = 2099-12-31\n'
    market.write_text(market.read_text("utf-8") + "\n[[rules]]" + rule + tail, "utf-8")
    assert run("extract", "-C", demo).returncode == 0
    assert "closed: on holiday" in run("status", "-C", demo).stdout
