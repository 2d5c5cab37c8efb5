"""The texts of templates/ → compiled templates, with the words that they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import TracebackType

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from pipeline.errors import ConfigError
from pipeline.model import Where
from pipeline.stages.words import Word, Words, gettext_for, ngettext_for, ui_words

NEEDED = ("page.html", "index.html", "switcher.html", "site.html")


@dataclass(frozen=True, slots=True)
class Templates:
    """The site's templates, compiled once for every locale and page."""

    folder: str
    by_name: Mapping[str, Template]
    words: tuple[Word, ...]


def compile_templates(sources: Mapping[str, str], folder: str = "templates") -> Templates:
    """Compile the templates; `sources` are their texts by file name.

    Everything that a template shows is escaped, whatever its file is called; an unknown
    name is an error and never an empty string.

    Raises:
        ConfigError: with file and line, for a template that is missing or wrong.
    """
    html = {name: text for name, text in sources.items() if name.endswith(".html")}
    environment = _environment(html, folder)
    for name in NEEDED:
        if name not in html:
            raise ConfigError(f"{name} is missing", Where(f"{folder}/{name}"), "restore the file")
    try:
        by_name = {name: environment.get_template(name) for name in html}
        words = ui_words(html)
    except TemplateNotFound as error:
        raise ConfigError(f"no template {error.name}", Where(folder)) from error
    except TemplateSyntaxError as error:
        where = Where(error.filename or folder, error.lineno)
        raise ConfigError(f"wrong template: {error.message}", where) from error
    return Templates(folder, by_name, words)


def fill(
    templates: Templates, name: str, words: Words, source_locale: str, values: Mapping[str, object]
) -> str:
    """One template filled with a page's values and a locale's words.

    Raises:
        ConfigError: the template asks for something that a page does not have.
    """
    gettext = gettext_for(words, source_locale)
    ngettext = ngettext_for(words, source_locale)
    try:
        return templates.by_name[name].render(values, gettext=gettext, ngettext=ngettext, _=gettext)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        where = _place(error.__traceback__, templates.folder)
        if where is None:  # not the template's fault: ours
            raise
        raise ConfigError(f"wrong template: {error}", where) from error


def _environment(sources: Mapping[str, str], folder: str) -> Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        return (sources[name], f"{folder}/{name}", None) if name in sources else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.policies["ext.i18n.trimmed"] = True
    vars(environment)["newstyle_gettext"] = True  # the extension's own setting, off by default
    return environment


def _place(trace: TracebackType | None, folder: str) -> Where | None:
    """Where in a template an error arose: the last step that a template took."""
    found = None
    while trace is not None:
        file = PurePosixPath(trace.tb_frame.f_code.co_filename)
        if file.parent.as_posix() == folder:
            found = Where(file.as_posix(), trace.tb_lineno)
        trace = trace.tb_next
    return found
