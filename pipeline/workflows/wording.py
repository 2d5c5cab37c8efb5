"""Templates and site.po on disk → compiled templates, and the words of each locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import c2py  # the standard library's own reader of plural formulas
from pathlib import Path

from pipeline.model import Catalog, State
from pipeline.stages.templates import Templates, compile_templates
from pipeline.stages.words import Words, missing_words, source_words
from pipeline.store.files import read_bytes, read_text
from pipeline.store.workspace import Workspace
from pipeline.workflows.words import catalog_path

FOLDER = "templates"


def template_texts(root: Path) -> dict[str, str]:
    """The texts of the templates by file name."""
    return {
        path.name: read_text(path, f"{FOLDER}/{path.name}")
        for path in sorted((root / FOLDER).glob("*.html"))
    }


def read_templates(root: Path) -> Templates:
    """The workspace's templates, compiled.

    Raises:
        ConfigError: a template is missing or wrong.
    """
    return compile_templates(template_texts(root), FOLDER)


def site_words(workspace: Workspace, locale: str) -> Words:
    """The words of the templates in a locale, with those it inherits."""
    if locale == workspace.site.source_locale:
        return source_words(locale)
    own = _finished(workspace.root, locale)
    parent = workspace.site.inherit.get(locale)
    inherited = _finished(workspace.root, parent) if parent else None

    def many(one: str, plural: str, number: int) -> str:
        del plural  # the msgid alone names an entry
        for forms, pick in filter(None, (own, inherited)):
            found = forms.get(one)
            if found:
                return found[min(pick(number), len(found) - 1)]
        return ""

    return Words(locale, lambda text: many(text, "", 1), many)


def unfinished(templates: Templates, words: Words) -> int:
    """How many words of the templates a locale still lacks."""
    return len(missing_words(templates.words, words))


def _finished(
    root: Path, locale: str
) -> tuple[Mapping[str, tuple[str, ...]], Callable[[int], int]]:
    """The finished words of a locale's site.po, and its rule for plural forms."""
    from pipeline.po.header import value_of
    from pipeline.po.plurals import plural_forms
    from pipeline.po.scan import scan

    shown = catalog_path(locale, "site")
    path = root / shown
    catalog = scan(read_bytes(path, shown), shown) if path.exists() else Catalog(())
    forms = {
        entry.msgid: entry.msgstr
        for entry in catalog.entries
        if entry.state is State.DONE and not entry.obsolete
    }
    formula = value_of(catalog.header, "Plural-Forms") or plural_forms(locale)
    pick: Callable[[int], int] = c2py(formula.split("plural=", 1)[1].rstrip("; \n"))
    return forms, pick
