"""Reads 2,000 small catalogs with our scanner and with its peers: entries per second.

Run: python benchmarks/po_read.py
The text is generated, the same in every run. Babel is measured too; translate-toolkit
(GPL, a peer only) when it is installed.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import polib
from babel.messages.pofile import read_po
from measure import best

from pipeline.po.scan import scan, scan_words

FILES = 2000
HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: site\\n"\n'
    '"POT-Creation-Date: 2026-01-01 10:00+0000\\n"\n'
    '"PO-Revision-Date: 2026-01-02 10:00+0000\\n"\n"Language: de_DE\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
WORDS = ("the", "stent", "artery", "vessel", "doctor", "may", "pressure", "after", "months")
GERMAN = ("Gefäß", "Stent", "Herz", "über", "Monate", "verengt", "Ärztin", "kann", "Druck")


def catalog(random_: random.Random, number: int) -> tuple[bytes, int]:
    """One catalog of 20 to 60 entries as our writer lays it out."""
    count = random_.randint(20, 60)
    blocks = [HEADER.rstrip("\n")]
    for i in range(count):
        english = " ".join(random_.choices(WORDS, k=random_.randint(6, 22)))
        german = " ".join(random_.choices(GERMAN, k=random_.randint(6, 22)))
        notes = f"#. text in: What causes it?\n#: source/article-{number}.md\n"
        flag = "#, fuzzy\n" if i % 40 == 7 else ""
        mark = '<b1>\\"very\\"</b1> ' if i % 9 == 0 else ""
        blocks.append(f'{notes}{flag}msgid "{mark}{english} {i}."\nmsgstr "{mark}{german}."')
    return ("\n\n".join(blocks) + "\n").encode(), count


def peers() -> dict[str, Callable[[bytes], object]]:
    """Each reader by name."""
    readers: dict[str, Callable[[bytes], object]] = {
        "scan_words": lambda content: scan_words(content, "x.po"),
        "scan": lambda content: scan(content, "x.po"),
        "polib": lambda content: polib.pofile(content.decode()),
        "babel": lambda content: read_po(io.BytesIO(content)),
    }
    try:
        from translate.storage.pypo import pofile
    except ImportError:
        return readers
    readers["translate-toolkit"] = pofile.parsestring
    return readers


def main() -> None:
    """Print one line a reader, with its ratio to polib."""
    random_ = random.Random(20260101)
    made = [catalog(random_, number) for number in range(FILES)]
    total = sum(count for _, count in made)
    readers = peers()
    works = {name: reading(reader, made) for name, reader in readers.items()}
    seconds = best(works, 3)
    print(f"{FILES} catalogs, {total} entries")
    for name, spent in seconds.items():
        ratio = seconds["polib"] / spent
        print(f"{name:18} {total / spent:10,.0f} entries/s   {ratio:5.1f} x polib")


def reading(
    reader: Callable[[bytes], object], made: list[tuple[bytes, int]]
) -> Callable[[], object]:
    """The work of reading every catalog."""

    def work() -> None:
        for content, _ in made:
            reader(content)

    return work


if __name__ == "__main__":
    main()
