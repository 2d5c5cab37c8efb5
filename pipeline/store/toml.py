"""A TOML file and a pydantic model → a checked value, or every problem with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ConfigError, UnreadableError
from pipeline.model import Finding, Where
from pipeline.store.files import decode, read_bytes

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound="BaseModel")
MAX_CONFIG = 1024 * 1024
SYNTAX_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
TABLE = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


def read_toml(path: Path, model: type[M], shown: str) -> M:
    """Read a TOML file into a pydantic model; `shown` is its path in messages.

    Raises:
        ConfigError: with a finding for every problem of the file, each with its line.
    """
    from pydantic import ValidationError

    try:
        content = read_bytes(path, shown)
        if len(content) > MAX_CONFIG:
            raise ConfigError("this file is over 1 MiB", Where(shown), "it holds settings only")
        text = decode(content, shown)
        return model.model_validate(tomllib.loads(text))
    except UnreadableError as error:
        raise ConfigError(error.problem, error.where, error.hint, error.code) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _syntax(error, shown) from error
    except ValidationError as error:
        raise ConfigError.of(_findings(error, text, shown, model)) from error


def _syntax(error: Exception, shown: str) -> ConfigError:
    """A TOML syntax error, with the place taken out of the message."""
    if isinstance(error, RecursionError):
        return ConfigError("values are nested too deeply", Where(shown), "flatten them")
    message = str(error)
    found = SYNTAX_PLACE.search(message)
    where = Where(shown, int(found[1]), int(found[2])) if found else Where(shown)
    plain = SYNTAX_PLACE.sub("", message)
    return ConfigError(
        f"this is not valid TOML: {plain}", where, 'strings stand in quotes: key = "value"'
    )


def _findings(
    error: ValidationError, text: str, shown: str, model: type[BaseModel]
) -> tuple[Finding, ...]:
    """Every problem that pydantic found, in the order of the file."""
    found = [_finding(item, text, shown, model) for item in error.errors()]
    return tuple(sorted(found, key=lambda finding: finding.where.line))


def _finding(item: ErrorDetails, text: str, shown: str, model: type[BaseModel]) -> Finding:
    """One problem in plain words, at the line of its key."""
    path = tuple(item["loc"])
    name = ".".join(str(step) for step in path)
    where = Where(shown, line_of(text, path))
    if item["type"] == "extra_forbidden":
        near = get_close_matches(str(path[-1]), _names(model, path[:-1]), 1)
        hint = f"did you mean {near[0]!r}?" if near else "remove it, or look for a typing mistake"
        return Finding("unknown-key", f"there is no setting {name!r}", where, hint)
    if item["type"] == "missing":
        return Finding("missing-key", f"the setting {name!r} is missing", where, "add it")
    message = item["msg"].removeprefix("Value error, ")
    return Finding("bad-value", f"{name}: {message[:1].lower()}{message[1:]}", where)


def _names(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that a model knows at a path, for "did you mean"."""
    current: object = model
    for step in path:
        if isinstance(step, int):
            continue
        fields = getattr(current, "model_fields", None)
        if fields is None or step not in fields:
            continue
        current = _inner(fields[step].annotation)
    return [field.alias or name for name, field in getattr(current, "model_fields", {}).items()]


def _inner(annotation: object) -> object:
    """The model inside `tuple[Model, ...]`, `dict[str, Model]` or `Model | None`."""
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner(argument)
        if hasattr(inner, "model_fields"):
            return inner
    return annotation


def line_of(text: str, path: tuple[int | str, ...]) -> int:
    """The line of a key in TOML text, or of the table that should hold it; 1 when unknown.

    tomllib gives no places, so this follows table headers and keys line by line; good
    enough to point a person at the right lines, never used to read values.
    """
    best, depth = 1, 0
    table: list[int | str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        here = _header(line, counts)
        if here is not None:
            table = here
        key = KEY.match(line)
        full = [*table, *(_steps(key[1]) if key and here is None else [])]
        common = _common(full, path)
        if common > depth:
            best, depth = number, common
    return best


def _header(line: str, counts: dict[str, int]) -> list[int | str] | None:
    """The path of a table header, with the number of an array's table; else None."""
    header = TABLE.match(line)
    if not header:
        return None
    steps: list[int | str] = list(_steps(header[1]))
    if line.lstrip().startswith("[["):
        counts[header[1]] = counts.get(header[1], -1) + 1
        steps.append(counts[header[1]])
    return steps


def _steps(dotted: str) -> list[int | str]:
    """The parts of a dotted key, without quotes."""
    parts = re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', dotted)
    return [part.strip("\"'") for part in parts]


def _common(left: list[int | str], right: tuple[int | str, ...]) -> int:
    """How many first steps two paths share."""
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
