"""A translation names the same addresses as its source."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks._prose import EMAIL, URL
from pipeline.codes import is_skip
from pipeline.model import Check, Pair, Severity

EXPLAIN = """\
A web or e-mail address differs from the source

An address in the text is not a word: a changed letter leads a patient to nobody, or to somebody
else. It must stand in the translation as in the source.

If the country has an address of its own, ask the author to make it a link that differs by market
(`source/links.toml`), or waive the finding with that reason.

    source   Write to safety@example.com.
    wrong    Schreiben Sie an sicherheit@example.com.
    right    Schreiben Sie an safety@example.com.
"""

_ENDING = ".,:;!?"


def run(pair: Pair) -> Iterable[tuple[str, str]]:
    """The addresses that are lost, and those that are new."""
    text = pair.translation
    if not text or is_skip(text):
        return
    wanted, found = _addresses(pair.segment.text), _addresses(text)
    if wanted == found:
        return
    new = sorted(found - wanted)
    for address in sorted(wanted - found):
        instead = f"; there is {new[0]} instead" if new else ""
        yield f"the address {address} is lost{instead}", f"write {address}, as the source does"
    if not wanted - found:
        for address in new:
            yield f"the source has no address {address}", "take it out, or ask the author"


def _addresses(text: str) -> set[str]:
    if "://" not in text and "@" not in text and "www." not in text:
        return set()
    found = [*URL.findall(text), *EMAIL.findall(text)]
    return {address.rstrip(_ENDING).lower() for address in found}


CHECK = Check("urls", Severity.WARNING, EXPLAIN, run)
