"""An article's text in, its front matter as parts and fields out: YAML, TOML or JSON."""

from __future__ import annotations

import json

from pipeline.formats._frontmatter import split_yaml, split_yaml_flow
from pipeline.formats._toml_front import split_toml, write_toml
from pipeline.formats._yaml_scalar import write_scalar
from pipeline.model import Field, Part, SplitOptions


def split_front(
    text: str, path: str, options: SplitOptions
) -> tuple[tuple[Part, ...], tuple[Field, ...], int]:
    """Cut the front matter of `text`: its parts, its fields, where the body begins.

    Text without front matter gives no parts, no fields and 0.

    Raises:
        UnreadableError: the front matter is broken or uses what it may not use.
    """
    start = text[:5].removeprefix("\ufeff")
    if start.startswith("+++"):
        return split_toml(text, path, options)
    if start.startswith("{") and (end := _json_end(text, options)):
        return split_yaml_flow(text, end, path, options)
    return split_yaml(text, path, options)


def write_front(text: str, escape: str) -> str:
    """Write a value in the style of its source, or in one that can hold it."""
    return (write_toml if escape.startswith("toml") else write_scalar)(text, escape)


def _json_end(text: str, options: SplitOptions) -> int:
    """Where a JSON object that names an article's keys ends; 0 if the text is none."""
    begin = int(text.startswith("\ufeff"))
    try:
        value, end = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError):
        return 0
    known = {key.split(".")[0] for key in options.keys}
    return end if isinstance(value, dict) and known & value.keys() else 0
