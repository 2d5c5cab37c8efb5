"""Collects the one constant that each file of a plugin package ends with."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any


def collect(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """The `constant` of every module in `package`, in the order of the file names.

    A module without it is a part that plugins share; its name begins with `_`. Any other
    module without it is a mistake.

    Raises:
        AttributeError: a plugin file does not end with its constant.
    """
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    modules = [import_module(f"{package.__name__}.{n}") for n in names if not n.startswith("_")]
    return tuple(getattr(module, constant) for module in modules)
