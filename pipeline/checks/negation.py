"""What the source negates is negated in the translation, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._language import language
from pipeline.checks._plain import negation_of
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Role, Severity

EXPLAIN = """\
A negation stands on one side only

“Do not resterilize” without its “not” tells people to do what harms. Where the source says
not, no, never, without, none or cannot, the translation must have a word of its language that
negates; where the source has none, neither may the translation.

Words that only lean that way (avoid, unable, unless, “not only … but also”) may be rendered
with or without a negation, and are no fault on either side.

    source   Do not use the stent if the package is damaged.
    wrong    Verwenden Sie den Stent bei beschädigter Verpackung.
    right    Verwenden Sie den Stent nicht, wenn die Verpackung beschädigt ist.

What to do: read both sentences once more. If yours says the same in words that the list of
your language does not know, ask for a waiver with that reason, or have the word added to
pipeline/checks/languages.
"""


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """A negation that is lost, or one that is new."""
    code = pair.locale.partition("-")[0]
    if not pair.translation or is_skip(pair.translation) or pair.segment.role is Role.SLUG:
        return
    if language(code).negation.pattern is None:
        return
    source = negation_of(pair.segment.text, pair.source_locale.partition("-")[0])
    target = negation_of(pair.translation, code)
    if "says" in source and not target:
        yield (
            "the source negates, the translation does not",
            "write the “not”, “no” or “without” of the source",
        )
    elif "says" in target and not source and not pair.plural:
        yield (
            "the translation negates, the source does not",
            "take the negation out; if the source lacks it, ask the author of the article",
        )


CHECK = Check("negation", Severity.ERROR, EXPLAIN, run)
