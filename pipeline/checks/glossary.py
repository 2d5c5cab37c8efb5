"""A term of the glossary is said as the glossary has it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._terms import terms_of, told
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A term is not said as the glossary has it

Where the source has a term of source/glossary.csv, the translation should have the locale's
preferred form or one of its accepted ones, inflected forms among them. Compounds count: a
form inside a longer word is found. A term inside a longer term is not asked for again.

    source   in-stent restenosis
    wrong    Wiederverschluss im Stent
    right    In-Stent-Restenose

What to do: use a form that is listed. If yours is right too, or the inflection is missing, have
it added to `accepted` in the glossary. Where a pronoun says it better, waive the finding.
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The terms of which no form is in the translation."""
    text = ""
    for wording in terms_of(pair):
        text = text or told(pair.translation)
        if wording.forms and not any(told(form) in text for form in wording.forms):
            yield (
                f"the term {wording.term!r} is not said as the glossary has it",
                f"write {wording.forms[0]}, or a form of it that the glossary accepts",
            )


CHECK = Check("glossary", Severity.WARNING, EXPLAIN, run)
