"""Templates and a locale's site.po → the words that templates ask for, and their translations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract
from markupsafe import Markup, escape

from pipeline.errors import ConfigError
from pipeline.model import Where
from pipeline.stages.languages import direction, in_own_digits

_PLACEHOLDER = re.compile(r"%%|%\((\w+)\)s")
_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sentence of the templates: an entry of site.pot."""

    text: str
    plural: str
    note: str  # what the template's author tells translators
    template: str


@dataclass(frozen=True, slots=True)
class Words:
    """A locale's translations of the templates' words; "" means that one is missing.

    `one` takes the word; `many` takes the singular, the plural and the number, and gives
    the form that the locale's plural rule picks.
    """

    locale: str
    one: Callable[[str], str]
    many: Callable[[str, str, int], str]


def ui_words(sources: Mapping[str, str]) -> tuple[Word, ...]:
    """The words that the templates mark for translation, each once, in reading order.

    `sources` are the templates' texts by file name. A comment that begins with
    `Translators:`, in the line of the word or before it, becomes its note.
    """
    found: dict[tuple[str, str], Word] = {}
    for name, source in sources.items():
        keywords = ("_", "gettext", "ngettext")
        messages = _messages(name, source, keywords)
        for _, _, message, notes in messages:
            text, plural = _singular_and_plural(message)
            if text:
                found.setdefault((text, plural), Word(text, plural, " ".join(notes), name))
    return tuple(found.values())


def _messages(name: str, source: str, keywords: tuple[str, ...]) -> list[Any]:
    """What a template marks for translation, as Babel's extractors give it."""
    try:
        content = BytesIO(source.encode())
        return list(babel_extract(content, keywords, ("Translators:",), _OPTIONS))
    except TemplateSyntaxError as error:
        where = Where(f"templates/{name}", error.lineno)
        raise ConfigError(f"wrong template: {error.message}", where) from error


def missing_words(used: Iterable[Word], words: Words) -> tuple[Word, ...]:
    """Those of the templates' words that have no finished translation in the locale."""
    return tuple(
        word
        for word in used
        if not (words.many(word.text, word.plural, 1) if word.plural else words.one(word.text))
    )


def source_words(locale: str) -> Words:
    """The words of the source language: each stands for itself."""
    return Words(locale, lambda text: text, lambda one, many, n: one if n == 1 else many)


def gettext_for(words: Words, source_locale: str) -> Callable[..., Markup]:
    """The `gettext` of a template: translations are words and never markup.

    A missing one gives the source's word, marked with the source's language, so that a
    screen reader reads it right and an officer sees it.
    """

    def gettext(message: str, **values: object) -> Markup:
        text = words.one(message)
        if text:
            return _with_values(text, values, words.locale)
        return _as_source(_with_values(message, values, source_locale), source_locale)

    return gettext


def ngettext_for(words: Words, source_locale: str) -> Callable[..., Markup]:
    """The `ngettext` of a template; numbers are written in the locale's own digits."""

    def ngettext(one: str, many: str, number: int, **values: object) -> Markup:
        values.setdefault("num", number)
        text = words.many(one, many, number)
        if text:
            return _with_values(text, values, words.locale)
        source = one if number == 1 else many
        return _as_source(_with_values(source, values, source_locale), source_locale)

    return ngettext


def _singular_and_plural(message: object) -> tuple[str, str]:
    if isinstance(message, str):
        return message, ""
    parts = (
        [part for part in message if isinstance(part, str)] if isinstance(message, tuple) else []
    )
    return (parts[0] if parts else ""), (parts[1] if len(parts) > 1 else "")


def _with_values(text: str, values: Mapping[str, object], locale: str) -> Markup:
    """The text, escaped, with `%(name)s` filled; other per cent signs stand as they are."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match[1] not in values:
            return match[0]
        given = values[match[1]]
        return in_own_digits(str(given), locale) if isinstance(given, int) else str(escape(given))

    return Markup(_PLACEHOLDER.sub(value, str(escape(text))))  # noqa: S704  escaped just here


def _as_source(text: Markup, locale: str) -> Markup:
    return Markup('<span class="untranslated" lang="{}" dir="{}">{}</span>').format(
        locale, direction(locale), text
    )
