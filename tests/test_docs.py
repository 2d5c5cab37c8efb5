"""The README and the docs say what is there: commands, options, files, examples that run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer

from pipeline.cli.app import app
from pipeline.model import Finding, Gate, Moment, Verdict
from pipeline.store.workspace import open_workspace
from pipeline.workflows.articles import read_articles
from pipeline.workflows.law import judge, read_law

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GROUP: Any = typer.main.get_command(app)


def commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its words; those of a group, such as `regulate matrix`, among them."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


COMMANDS: dict[str, Any] = dict(commands(GROUP))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
RUN = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(l10n(?: .*)?)$", re.MULTILINE)


def shown(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def lines(kind: str = "") -> Iterator[Any]:
    """The `l10n` command lines in fenced blocks, of one language or of all."""
    for page in PAGES:
        for language, block in FENCE.findall(page.read_text("utf-8")):
            if kind in ("", language):
                for line in RUN.findall(block):
                    yield pytest.param(line, id=f"{shown(page)}: {line}"[:100])


def section(command: str) -> str:
    """What docs/commands.md says of a command."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    found = re.search(rf"^## l10n {command}$(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_a_section_in_the_docs(name: str) -> None:
    assert COMMANDS[name].help
    assert section(name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_has_help_and_stands_in_its_commands_section(name: str) -> None:
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help, parameter.name
            for word in parameter.opts:
                assert f"`{word}" in section(name) or f" {word}" in section(name), word
        elif parameter.param_type_name == "argument":
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_section_names_no_option_that_the_command_lacks(name: str) -> None:
    known = {word for parameter in COMMANDS[name].params for word in parameter.opts}
    named = set(re.findall(r"`(--?[a-zA-Z][a-z-]*)", section(name)))
    assert named <= known | {"--help"}


def test_the_docs_have_no_section_for_a_command_that_is_not_there() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert set(re.findall(r"^## l10n (\w[\w -]*)$", text, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("line", list(lines()))
def test_every_command_line_in_a_fenced_block_parses(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    if words in ([], ["--help"], ["--version"]):
        return
    name = next((n for n in (" ".join(words[:2]), words[0]) if n in COMMANDS), "")
    assert name, line
    if "--help" not in words:
        COMMANDS[name].make_context(name, words[len(name.split()) :])


@pytest.mark.parametrize("line", list(lines("console")))
def test_every_example_runs_on_the_demo(line: str, demo, l10n, monkeypatch) -> None:
    """Each example starts from a demo whose catalogs are extracted."""
    monkeypatch.chdir(demo)
    if " init" not in line:
        l10n("extract")
    said = re.search(r"# exits (\d+)", line)
    result = l10n(*shlex.split(line, comments=True)[1:])
    assert result.code == (int(said[1]) if said else 0), result.out + result.err


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_within_the_repository_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    for link in LINK.findall(text):
        if ":" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in headings(target), link


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as Git hosts make them."""
    text = FENCE.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_no_page_names_a_path_of_somebodys_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root|Users)/", page.read_text("utf-8"))


# The table of docs/regulatory.md, from the law itself on the day it was written.
COLUMNS = ("living-after-a-stent", "restenosis-versus-thrombosis", "in-stent-restenosis")
WRITTEN = Moment(date(2026, 11, 22))


def judged() -> dict[str, tuple[list[str], list[str]]]:
    """By locale: what the law says of each article, and what blocks it with which authority."""
    workspace = open_workspace(ROOT)
    law = read_law(workspace, WRITTEN)
    articles = {article.id: article for article in read_articles(workspace)[0]}
    rows = {}
    for locale, market in law.locales:
        said, why = [], []
        for name in COLUMNS:
            verdict = judge(articles[name], locale, market, law, None)
            said.append(outcome(verdict))
            why += [reason(block) for block in verdict.blocks]
        rows[locale] = said, list(dict.fromkeys(why))
    return rows


def outcome(verdict: Verdict) -> str:
    if {block.code for block in verdict.blocks} & {"law-blocked", "law-no-permit"}:
        return "**blocked**"
    needs = [one[1] for b in verdict.blocks if (one := re.search(r"fact '([a-z-]+)'", b.message))]
    needs += ["login"] if verdict.gate is Gate.LOGIN and not needs else []
    if needs:
        return f"needs {', '.join(needs)}"
    return "allowed, behind a gate" if verdict.gate else "allowed"


def reason(block: Finding) -> str:
    rule = re.search(r"\(rule ([a-z0-9-]+): ", block.message)
    return f"`{rule[1]}`" if rule else "no permit"


def test_the_table_of_markets_says_what_the_law_says() -> None:
    text = (ROOT / "docs" / "regulatory.md").read_text("utf-8")
    told = {}
    for line in re.findall(r"^\| ([a-z]{2}-[A-Z]{2} \|.*) \|$", text, re.MULTILINE):
        locale, *said, why = (cell.strip() for cell in line.split(" | "))
        told[locale] = said, re.findall(r"`[a-z0-9-]+`|no permit", why)
    assert told == judged()
