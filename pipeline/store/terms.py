"""Reads the term lists of a workspace: how products and substances are spelled in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import ConfigError, UnreadableError
from pipeline.model import Finding, Product, Term, Where
from pipeline.store.files import read_text

FOLDER = "locales/markets/terms"
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_FOREIGN_MARKS = re.compile("[;；،؛:：]")  # what other keyboards have for the dividing signs


def load_terms(root: Path, products: tuple[Product, ...]) -> tuple[Term, ...]:
    """The spellings of every term list, by language and in the order of its file.

    A line reads `sirolimus: spelling; spelling`, with the id of a product or a substance as
    products.toml has it in front; `#` begins a comment.

    Raises:
        ConfigError: with a finding for every problem of every file.
    """
    folder = root / FOLDER
    known = {name for p in products for name in (p.id, *p.substances)}
    terms: list[Term] = []
    findings: list[Finding] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        shown = f"{FOLDER}/{path.name}"
        if path.suffix != ".txt" or not _LANGUAGE.fullmatch(path.stem):
            hint = "call it by the code of a language, like ja.txt"
            findings.append(_bad("this is no term list of a language", shown, 0, hint))
            continue
        try:
            text = read_text(path, shown).removeprefix("\ufeff")
        except UnreadableError as error:
            findings += error.as_findings()
            continue
        for item in _read(text, path.stem, shown, known):
            (terms if isinstance(item, Term) else findings).append(item)  # type: ignore[arg-type]
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(terms)


def _read(text: str, language: str, shown: str, known: set[str]) -> Iterator[Term | Finding]:
    """The spellings of one list, and its problems."""
    owners: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].strip()
        if not words:
            continue
        name, colon, listed = (part.strip() for part in words.partition(":"))
        if not colon:
            hint = "write the id, a colon and the spellings: sirolimus: spelling; spelling"
            yield _bad("this line has no colon", shown, number, hint)
        elif name not in known:
            near = get_close_matches(name, sorted(known), 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            problem = f"products.toml has no product or substance {name!r}"
            yield _bad(problem, shown, number, hint)
        else:
            for spelling in (part.strip() for part in listed.split(";")):
                problem = _problem(spelling, owners.setdefault(spelling, name), name)
                if problem:
                    hint = "separate spellings with semicolons; each belongs to one id"
                    yield _bad(problem, shown, number, hint)
                else:
                    yield Term(name, spelling, language)


def _problem(spelling: str, owner: str, name: str) -> str:
    """What is wrong with a spelling; "" when it is one."""
    if sum(character.isalnum() for character in spelling) < 2:
        return f"{spelling!r} is too short to be looked for" if spelling else "a spelling is empty"
    if mark := _FOREIGN_MARKS.search(spelling):
        return f"{spelling!r} holds a {mark[0]!r}"
    return f"{spelling!r} is a spelling of {owner!r} already" if owner != name else ""


def _bad(problem: str, shown: str, line: int, hint: str) -> Finding:
    """A finding about a term list."""
    return Finding("bad-terms", problem, Where(shown, line), hint)
