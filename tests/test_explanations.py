"""Every problem code that the package can tell is explained, and no other."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline import errors
from pipeline.workflows.explain import explanation

PACKAGE = Path(pipeline.__file__).parent
EXPLAINED = tomllib.loads((PACKAGE / "explanations.toml").read_text("utf-8"))
# A value that another place made: its code is collected there.
PASSED_ON = ("check.code", "first.code", "error.code", "self.code")

# What takes a code: a function, `self.name` for a method, and which argument it is.
Sinks = dict[str, int]


class Reader(ast.NodeVisitor):
    """Finds the codes in one module, and the functions that hand a code on."""

    def __init__(self, sinks: Sinks) -> None:
        self.sinks = sinks  # those of this module; they grow until nothing new is found
        self.codes: dict[str, str] = {}
        self.unclear: list[str] = []
        self.new: Sinks = {}
        self.inside: list[tuple[str, list[str]]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function: its parameters may be codes."""
        self.inside.append((node.name, [argument.arg for argument in node.args.args]))
        self.generic_visit(node)
        self.inside.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        """`default_code = "…"` of a class of errors."""
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == "default_code":
                self.take(node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """A call that takes a code."""
        name = ast.unparse(node.func)
        if name in self.sinks:
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            for value in [*named, *node.args[self.sinks[name] : self.sinks[name] + 1]]:
                self.take(value)
        self.generic_visit(node)

    def take(self, value: ast.expr) -> None:
        """Note a code, or that a function's parameter is one."""
        told = ast.unparse(value)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            self.codes[value.value] = f"line {value.lineno}"
        elif isinstance(value, ast.IfExp):
            self.take(value.body)
            self.take(value.orelse)
        elif isinstance(value, ast.Name) and self.inside and value.id in self.inside[-1][1]:
            name, parameters = self.inside[-1]
            method = parameters[0] in ("self", "cls")
            if name != "__init__":
                called = f"self.{name}" if method else name
                self.new[called] = parameters.index(value.id) - method
        elif told not in PASSED_ON:
            self.unclear.append(f"{told} (line {value.lineno})")


def imported(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """The names that a module imports: as what, from which file, called what there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            file = node.module.removeprefix("pipeline.").replace(".", "/") + ".py"
            for name in node.names:
                yield name.asname or name.name, file, name.name


def read() -> tuple[dict[str, str], list[str]]:
    """Every code of the package with its place, and every code that is not a literal."""
    kinds = ("PipelineError", "UsageError", "ConfigError", "UnreadableError", "PolicyError")
    known: Sinks = {"Finding": 0, **dict.fromkeys((*kinds, "ConflictError"), 3)}
    trees = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    sinks = {path: dict(known) for path in trees}
    sinks["errors.py"]["cls"] = 3  # PipelineError.of
    while True:
        readers = {path: Reader(sinks[path]) for path in trees}
        before = sum(map(len, sinks.values()))
        for path, tree in trees.items():
            readers[path].visit(tree)
            sinks[path] |= readers[path].new
            for name, file, there in imported(tree):
                if there in sinks.get(file, {}):
                    sinks[path][name] = sinks[file][there]
        if sum(map(len, sinks.values())) == before:
            break
    used = {
        code: f"{path}, {line}" for path, r in readers.items() for code, line in r.codes.items()
    }
    return used, [f"{path}: {told}" for path, r in readers.items() for told in r.unclear]


USED, UNCLEAR = read()


def test_every_kind_of_error_is_known_to_this_test() -> None:
    """A new exception class must be added above, or its codes would go unseen."""
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.PipelineError)
    }
    assert classes == {
        "PipelineError",
        "UsageError",
        "ConfigError",
        "UnreadableError",
        "PolicyError",
        "ConflictError",
    }


def test_codes_are_literals() -> None:
    """A code that is put together while the program runs could not be looked up here."""
    assert UNCLEAR == []


def test_every_code_that_is_used_is_explained() -> None:
    """Nobody is told a code that `l10n explain` does not know."""
    assert {code: place for code, place in USED.items() if code not in EXPLAINED} == {}


def test_every_code_that_is_explained_is_used() -> None:
    """An explanation of a code that nothing tells any more would mislead."""
    assert [code for code in EXPLAINED if code not in USED] == []


def test_the_collector_sees_codes_in_every_form() -> None:
    """One of each form: an argument, a keyword, a default, a function that hands it on."""
    assert {"law-no-permit", "locked", "usage", "po-string", "statement-missing"} <= USED.keys()


@pytest.mark.parametrize("code", sorted(EXPLAINED))
def test_an_explanation_has_a_title_says_what_to_do_and_shows_an_example(code: str) -> None:
    """The first line is a plain title; advice and an example follow."""
    text = explanation(code)
    title, blank, *rest = text.splitlines()
    assert 10 < len(title) <= 96
    assert not set(title) & set("#*`_[]<>")
    assert blank == ""
    assert "What to do: " in text
    assert any(line.startswith("    ") for line in rest)
