"""A problem code → what it means, why it matters and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.errors import UsageError
from pipeline.workflows.words import checks


@cache
def _known() -> Mapping[str, str]:
    """Every code with its explanation; its first line is its title."""
    text = (files("pipeline") / "explanations.toml").read_text("utf-8")
    return {
        **tomllib.loads(text),
        **{check.code: check.explain for check in checks()},
    }


def codes() -> tuple[tuple[str, str], ...]:
    """Every code with its title."""
    return tuple((code, text.strip().splitlines()[0]) for code, text in sorted(_known().items()))


def explanation(code: str) -> str:
    """The explanation of a code.

    Raises:
        UsageError: there is no such code.
    """
    from difflib import get_close_matches

    if code not in _known():
        near = get_close_matches(code, _known(), 1)
        hint = f"did you mean {near[0]!r}?" if near else "`l10n explain` lists every code"
        raise UsageError(f"there is no problem code {code!r}", None, hint)
    return _known()[code].strip()
