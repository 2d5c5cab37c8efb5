"""What a kit holds → INSTRUCTIONS.md: all that a translator needs to know, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FORMATS = {
    "po": (
        "PO files (gettext)",
        "Poedit, Lokalize, OmegaT, Weblate and most translation tools open them",
        """\
- Write your translation into `msgstr`. Never change `msgid` or `msgctxt`.
- An entry with words and without the mark `fuzzy` counts as **finished**. Mark it `fuzzy` ("needs
  work") if somebody has to look again; take the mark away when you have confirmed the words.
- `#|` above a fuzzy entry is the source that the old words were made for. Compare, and mend.
- Lines that begin with `#.` are notes for you. Your own notes go behind `# ` (a `#` and a space).
- Save as UTF-8. How your editor breaks lines or orders headers does not matter.""",
    ),
    "xliff12": (
        "XLIFF 1.2 files",
        "OmegaT, Lokalize, Virtaal, memoQ, Trados and most translation tools open them",
        """\
- Write your translation into the target of each unit. Never change a source.
- A unit in the state *translated*, *signed off* or *final*, or one that is approved, counts as
  **finished**. Every other state with words means that somebody has to look again. If your editor
  knows no states, what you write counts as finished.
- A note from `previous-source` is the source that the old words were made for, behind `msgid`.
  Compare, and mend.
- Notes from `developer` are for you. Add your own notes to the unit.
- Save as XLIFF 1.2, the version that the file has.""",
    ),
    "xliff21": (
        "XLIFF 2.1 files",
        "tools that know XLIFF 2 open them; ask us for XLIFF 1.2 or PO if yours does not",
        """\
- Write your translation into the target of each segment. Never change a source.
- A segment in the state *translated*, *reviewed* or *final* counts as **finished**. `initial` with
  words, or words without a state, mean that somebody has to look again: set the state.
- A note of the category `previous-source` is the source that the old words were made for, behind
  `msgid`. Compare, and mend.
- Notes of the category `developer` are for you. Add your own notes to the unit.
- Save as XLIFF 2, the version that the file has.""",
    ),
}

_CODES = {
    "po": """\
`<b1>…</b1>`, `<a2>…</a2>`, `<br3/>` and the like stand for bold type, links, line breaks. A note
says what each code is.""",
    "xliff12": """\
Bold type, links and line breaks are inline tags: `<g id="b1">…</g>` around words, `<x id="br3"/>`
alone. Your tool shows them as tags to insert. A note names each by its id: `<b1>`.""",
    "xliff21": """\
Bold type, links and line breaks are inline tags: `<pc id="b1">…</pc>` around words,
`<ph id="br3"/>` alone. Your tool shows them as tags to insert. A note names each by its id:
`<b1>`.""",
}

_TEXT = """\
# What to do with this kit

It holds the texts of {site} in {source}, to be translated into {locales}. You need nothing but
what is in it. The files to translate are {format}; {opens}.

| Translate | Entries | Finished | To do | Words to do |
| --- | --- | --- | --- | --- |
{rows}

## In this order

1. Unzip the kit. Open a file of the table in your editor. A file named `site` holds the words
   around every page: menus, banners, dates. It has no page of its own; its notes say where they
   stand.
2. Keep the page beside it: `reference/<locale>/<article>.html` opens in a browser. Every entry has
   its number there; yellow places wait for you. A note in each entry leads to its place
   (`see it in place: …#e12`).
3. `reference/<locale>/glossary.csv` has the terms that you must use, and what must not be
   translated. `reference/<locale>/memory.tmx` has everything that is translated already: load it
   into your tool as a memory, if it has one.
4. Translate. Finished entries are there so that you see the whole text; mend them if they are
   wrong.
5. Zip it all again and send the zip back: this folder, with `manifest.json` and `do-not-edit` as
   you got them. Do not rename, add or convert files. You may send a part of the files first.

## Rules of these files

{rules}

## Tags in the text

{codes} Three rules:

- Every tag of the source stands in your translation exactly once. A page with a lost tag is not
  published.
- Put it around the words that belong to it in your language. You may change the order.
- What is opened last is closed first.

## Numbers, addresses, legal texts

- Numbers, units and "not" decide about a patient's health. Keep every value; write it as your
  language does (`2,5 mm`).
- An entry called `slug` is the last part of the page's address: a few words, such as
  `leben-mit-stent`. You may leave it empty: it is then made from your title.
- If your language says two sentences in one, translate the first entry with both, and write
  `<skip/>`, alone, into the second. Only where both stand in one paragraph.
- If a note says `inherits (…)`, the words in it are shown unless you write others. Leave the entry
  empty where they are right.
- A note that begins with `?` is a question to us. We gather and answer them.
- Legal texts (disclaimers, risk notices) are not in this kit. Do not add them.

## What happens then

Your work is compared, entry by entry, with what we have. What changed here meanwhile is never
overwritten and yours is never thrown away: where both changed, yours is kept beside it for a
person to choose.

Kit {kit}. Write this number in your mail when you ask us something.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One file of the table."""

    file: str
    entries: int
    finished: int
    words_open: int


def instructions(
    format_: str, site: str, source: str, locales: Sequence[str], tasks: Sequence[Task], kit: str
) -> str:
    """The text of INSTRUCTIONS.md; `kit` is the number to name in a mail."""
    name, opens, rules = _FORMATS[format_]
    rows = "\n".join(
        f"| `{t.file}` | {t.entries} | {t.finished} | {t.entries - t.finished} | {t.words_open} |"
        for t in tasks
    )
    return _TEXT.format(
        site=site,
        source=source,
        locales=", ".join(locales),
        format=name,
        opens=opens,
        rows=rows,
        rules=rules,
        codes=_CODES[format_],
        kit=kit,
    )
