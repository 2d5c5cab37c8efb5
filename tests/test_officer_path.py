"""The path of docs/approvals.md, from a changed sentence to a published page, walked as it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE = Path("locales/de_DE/statements/educational-purpose.txt")
OLD = "Sie ersetzt nicht den Rat qualifizierter Angehöriger der Gesundheitsberufe."
NEW = "Sie ersetzt nicht das Gespräch mit Ihrer Ärztin oder Ihrem Arzt."
APPROVE_ALL = (
    "--role owner --as owner@example.com",
    "--role translator --as translator@example.com --origin machine-post-edited",
    "--role reviser --as reviser@example.com",
    "--role approver --as approver@example.com",
)


def steps() -> dict[int, list[tuple[list[str], int]]]:
    """By step of the path: its command lines, each as words with the exit code it promises."""
    text = (ROOT / "docs" / "approvals.md").read_text("utf-8")
    (path,) = re.findall(
        r"^## From a changed sentence to a published page\n(.*?)^## ", text, re.M | re.S
    )
    found: dict[int, list[tuple[list[str], int]]] = {}
    for number, step in re.findall(r"^(\d)\. (.*?)(?=^\d\. |^\S|\Z)", path, re.M | re.S):
        for line in re.findall(r"^ *\$ l10n (.*)$", step, re.M):
            says = re.search(r"# exits (\d+)", line)
            words = shlex.split(line, comments=True)
            found.setdefault(int(number), []).append((words, int(says[1]) if says else 0))
    return found


@pytest.fixture
def here(tmp_path, l10n, monkeypatch) -> Path:
    """A copy of this repository's workspace, its sample approvals recorded anew."""
    for name in ("source", "locales", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "l10n.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for words in APPROVE_ALL:
        assert l10n("approve", "--sample", "--all", *words.split()).code in (0, 1)
    return tmp_path


def test_the_path_from_a_changed_sentence_to_a_published_page(here, l10n):
    path, said = steps(), {}
    assert sorted(path) == [1, 3, 4, 5, 6, 7]
    for number, lines in path.items():
        if number == 3:  # step 2 is the officer's own: it has no command
            text = (here / FILE).read_text("utf-8")
            assert text.splitlines()[-1] == OLD
            (here / FILE).write_text(text.replace(OLD, NEW), "utf-8")
        said[number] = "".join(promised(l10n, *line) for line in lines)
        if number == 5:
            assert len(showing_it(here / "build/_review/de-DE")) == 3
    assert said[3].count("error stamp-outdated") == 3
    assert "help: ask approver@example.com" in said[3]
    assert re.search(f"^ *- *{OLD}$", said[4], re.M)
    assert re.search(f"^ *\\+ *{NEW}$", said[4], re.M)
    assert "approvals recorded: 3" in said[6]
    assert len(showing_it(here / "build/de-DE")) == 3


def promised(l10n, words: list[str], code: int) -> str:
    """Run a line of the path; it must exit as the path says."""
    result = l10n(*words)
    assert result.code == code, (words, result.out, result.err)
    return result.out


def showing_it(folder: Path) -> list[Path]:
    return [page for page in folder.rglob("index.html") if NEW in page.read_text("utf-8")]
