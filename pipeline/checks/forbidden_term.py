"""A translation has no word that the glossary forbids for a term."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._terms import forbidden_in, terms_of, told
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A word that the glossary forbids

For some terms source/glossary.csv lists words that mislead: “droga” for a medicine is an illegal
drug, “zator” for a thrombosis is an embolism. Where the source has the term, the translation
may not have them.

    source   drug-eluting stent
    wrong    stent liberador de droga
    right    stent liberador de fármaco

What to do: write the preferred form. The note in the glossary says why the other is forbidden.
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The forbidden forms of the source's terms that the translation has."""
    for wording in terms_of(pair):
        if wording.forbidden:
            for bad in forbidden_in(told(pair.translation), wording):
                better = wording.forms[0] if wording.forms else "another word"
                yield f"the glossary forbids {bad!r} for {wording.term!r}", f"write {better}"


CHECK = Check("forbidden-term", Severity.ERROR, EXPLAIN, run)
