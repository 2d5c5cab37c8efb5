"""The nouns of the pipeline: frozen values that every stage takes in and gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum, StrEnum
from typing import TypeAlias

# ---------------------------------------------------------------- findings


class Severity(IntEnum):
    """How bad a finding is; `ERROR` stops a page from being published."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file; `line` and `column` count from 1, 0 means "the whole file"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as `path:line:column`, leaving out what is not known."""
        known = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path, *known])


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its place, its code (`l10n explain CODE`) and what to do about it."""

    code: str
    message: str
    where: Where
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the finding in the one form that every command uses."""
        place = f"{self.where}: " if self.where.path else ""
        line = f"{place}{self.severity.name.lower()} {self.code}: {self.message}"
        return f"{line}\nhelp: {self.hint}" if self.hint else line


# ---------------------------------------------------------------- source articles


class Role(StrEnum):
    """What a segment is in its article, as a translator would name it."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "list-item"
    CELL = "table-cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    TITLE = "title"
    SUMMARY = "summary"
    META_DESCRIPTION = "meta-description"
    META_KEYWORDS = "meta-keywords"
    TAG = "tag"
    ALT = "alt"
    LINK_TITLE = "link-title"
    LABEL = "label"
    BUTTON = "button"
    SLUG = "slug"


@dataclass(frozen=True, slots=True)
class Protected:
    """Visible words that are never translated, and the named rule that says so."""

    raw: str
    rule: str  # code, shortcode, date, name, address, translate-no, skip, math, svg, textarea


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words: the bytes as they stand in the source, and what a reader reads."""

    raw: str
    text: str


class Kind(Enum):
    """How a mark stands in its block."""

    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline tag as the source has it; `segment` turns marks into numbered codes.

    `raw` is the source's own notation and `html` what a page gets for it. Both may hold
    blocks: the alt text of an image is a segment of its own inside the image's mark.
    """

    kind: Kind
    name: str  # letters only: b, i, a, c, img, br, x; the same for an OPEN and its CLOSE
    raw: tuple[Part, ...]
    html: tuple[Part, ...]
    shows: str = ""  # for the legend: what a translator should know ("link to /guide")
    plain: str = ""  # the words a reader sees for it ("np.array" for a code span)
    # of a CLOSE: what replaces `raw` once the words in the pair have changed: `][label]` for
    # a reference link that is found by its words. Such a pair is never taken for a wrapper.
    rewrite: str = ""


Inline: TypeAlias = Text | Mark


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of translatable content: a paragraph, a heading, a cell, an attribute."""

    role: Role
    inlines: tuple[Inline, ...]
    line: int  # of its first character, from 1
    escape: str  # the format's own name for how text is written back at this place
    key: str = ""  # front matter: "title", "tags.2", "image.alt"; "" in the body
    level: int = 0  # of a heading, 1 to 6
    anchor: str = ""  # of a heading: the id that the source gives it
    note: str = ""  # the author's note to translators
    limit: int = 0  # most characters a translation may have, 0 for any number


Part: TypeAlias = str | Protected | Block


@dataclass(frozen=True, slots=True)
class Field:
    """One front matter key with its value, as strings; lists keep their order."""

    key: str
    value: str | tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its format sees it. `join(document.parts)` is the source text."""

    parts: tuple[Part, ...]
    front: tuple[Field, ...] = ()
    # parts[:body] are the front matter; parts[body:] are what the page shows
    body: int = 0


# ---------------------------------------------------------------- segments


@dataclass(frozen=True, slots=True)
class Code:
    """An inline tag inside a segment, such as `<b1>…</b1>` or `<img5/>`."""

    name: str  # "b1": letters and the number, counted from 1 within the segment
    pair: bool
    open: tuple[Piece, ...]  # in the source's notation; the whole of it when alone
    close: tuple[Piece, ...]  # may hold the title of a link: `](/guide "The guide")`
    html_open: tuple[Piece, ...]
    html_close: str
    shows: str = ""
    plain: str = ""
    rewrite: str = ""  # of its CLOSE mark: replaces `close` in a translation


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable string of an article."""

    text: str  # what translators see: words and codes; the msgid
    context: str  # the msgctxt: a role for short or ambiguous text, else ""
    role: Role
    line: int
    raw: str  # the bytes of the source that it stands for
    codes: tuple[Code, ...] = ()
    trail: tuple[str, ...] = ()  # the headings above it
    note: str = ""
    limit: int = 0
    key: str = ""  # the front matter key it is the value of
    escape: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """The identity of its entry: context and text."""
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A block cut into segments, with the raw text between and around them.

    A plain string is skeleton: space between sentences, or codes that wrap the whole
    block. Segments of attributes that such codes carry stand among the pieces.
    """

    block: Block
    pieces: tuple[Piece, ...]
    # the same with skeleton as a page shows it: `<strong>` for `**`; what `Format.html` takes
    html: tuple[Piece, ...] = ()


Piece: TypeAlias = str | Protected | Segment


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A document whose blocks are cut: what `segment` gives and `recombine` fills."""

    parts: tuple[str | Protected | Passage, ...]
    front: tuple[Field, ...]
    body: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an article's FAQ: where it and its answer stand in the skeleton."""

    question: range
    answer: range


@dataclass(frozen=True, slots=True)
class Skeleton:
    """An article's body as HTML with its segments as slots, compiled once for all locales."""

    pieces: tuple[Piece, ...]
    faq: tuple[Question, ...] = ()
    bare: frozenset[int] = frozenset()  # slots for words without tags: in attributes, options


@dataclass(frozen=True, slots=True)
class Article:
    """A source document with a permanent id, and what its front matter says of it."""

    id: str
    path: str  # source/<article>.md
    audience: Audience
    products: tuple[str, ...]  # ids in products.toml
    date: date
    author: str
    reviewed_by: str
    related: tuple[str, ...]  # ids of articles
    image: str  # source/images/<name>, "" for none
    fields: tuple[Segment, ...]  # front matter values, each with its `key`
    document: SegmentedDocument
    skeleton: Skeleton


# ---------------------------------------------------------------- catalogs


class State(Enum):
    """How far a translation is."""

    DONE = "done"
    FUZZY = "fuzzy"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a file's bytes, half open, and its first line."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment as it stands in a PO file."""

    msgid: str
    msgstr: tuple[str, ...] = ("",)  # one string, or one per plural form
    msgctxt: str = ""
    msgid_plural: str = ""
    comments: tuple[str, ...] = ()  # `# `: the translators' own lines
    extracted: tuple[str, ...] = ()  # `#.`: ours
    references: tuple[str, ...] = ()  # `#:`
    flags: tuple[str, ...] = ()  # `#,`
    previous: tuple[str, ...] = ()  # `#|` lines without their mark, as they stand
    obsolete: bool = False
    span: Span = Span(0, 0, 0)

    @property
    def id(self) -> tuple[str, str]:
        """The identity of the entry within its catalog: context and text."""
        return self.msgctxt, self.msgid

    @property
    def fuzzy(self) -> bool:
        """Whether a human has still to confirm the translation."""
        return "fuzzy" in self.flags

    @property
    def state(self) -> State:
        """How far the translation is; a plural entry is as far as its worst form."""
        if not all(self.msgstr):
            return State.MISSING
        return State.FUZZY if self.fuzzy else State.DONE


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one article in one locale, in file order, obsolete ones last."""

    entries: tuple[Entry, ...]
    header: tuple[tuple[str, str], ...] = ()  # in the order of the file
    header_comments: tuple[str, ...] = ()
    header_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A segment in one locale: as escaped HTML, and as the words a reader sees."""

    html: str
    plain: str
    state: State


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in one locale: its skeleton and fields filled with words."""

    article: Article
    locale: str
    pieces: tuple[str, ...]  # HTML, one string for each piece of the skeleton
    fields: Mapping[str, Filled]  # by front matter key: "title", "tags.0"
    plain: tuple[str, ...]  # the words of each piece of the skeleton, "" for markup
    done: int
    fuzzy: int
    missing: int
    words_from: str = ""  # the locale that some of its words are inherited from

    @property
    def complete(self) -> bool:
        """Whether every segment has a finished translation."""
        return not (self.fuzzy or self.missing)


# ---------------------------------------------------------------- plugins


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """What a workspace may tell a format."""

    keys: tuple[str, ...] = (
        "title",
        "description",
        "summary",
        "slug",
        "category",
        "tags",
        "image.alt",
    )
    translate_pre: bool = False
    language: str = "en"  # of the source; only English is cut into sentences


@dataclass(frozen=True, slots=True)
class Format:
    """A source format. Law: `join(split(text).parts) == text`, byte for byte."""

    name: str
    suffixes: tuple[str, ...]
    # source text, path for error places, options → parts
    split: Callable[[str, str, SplitOptions], Document]
    # the tokens of one block, its escape → source notation that parses as those tokens
    write: Callable[[tuple[Token, ...], str], str]
    # the body's parts → the page's HTML, with its segments as slots
    html: Callable[[tuple[str | Protected | Passage, ...]], tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Source notation that `Format.write` must give back unchanged."""

    raw: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One end of a code in a translated block, with its source notation made ready."""

    kind: Kind
    code: Code
    raw: str


# What a translated block is made of: words to escape, codes to put back, raw to keep.
Token: TypeAlias = str | Tag | Verbatim


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment beside its translation: what a check looks at."""

    segment: Segment
    translation: str
    locale: str


@dataclass(frozen=True, slots=True)
class Check:
    """A QA check: the message and hint for each thing it finds in a pair."""

    code: str
    severity: Severity
    explain: str  # Markdown for `l10n explain`: what, why, how to mend, an example
    run: Callable[[Pair], Iterable[tuple[str, str]]]


# ---------------------------------------------------------------- law


class Audience(StrEnum):
    """Whom a page is for."""

    LAY = "lay"
    HCP = "hcp"


class Placement(StrEnum):
    """Where on a page a statement must stand."""

    TOP = "top"
    INLINE = "inline-after-first-mention"
    BOTTOM = "bottom"
    FOOTER = "footer"


class Gate(IntEnum):
    """How strongly readers must show that they may read a page; a stronger one wins."""

    NONE = 0
    SELF_DECLARE = 1
    LOGIN = 2


@dataclass(frozen=True, slots=True)
class Product:
    """A product that articles may name; its names are never translated."""

    id: str
    names: tuple[str, ...]
    kind: str
    substances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the law asks about a page; everything else about it is irrelevant to a rule."""

    article: str
    audience: Audience
    category: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class When:
    """The conditions of a rule; an empty tuple asks nothing, several values mean "any of"."""

    audience: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    product_kind: tuple[str, ...] = ()  # "none" for a page that names no product
    substance: tuple[str, ...] = ()
    category: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand of a market's law."""

    id: str
    effect: str
    market: str  # the file that states it; differs from the page's market if inherited
    where: Where
    legal: tuple[str, ...]
    when: When = When()
    slot: str = ""
    statement: str = ""
    placement: Placement | None = None
    gate: Gate = Gate.NONE
    reason: str = ""  # in plain words, for the person who asks why
    authority: str = ""
    effective_from: date | None = None
    effective_until: date | None = None  # the last day on which it holds
    review_by: date | None = None
    locked: bool = False
    # keys that an effect of a later file asks for in `Effect.fields`: name and values
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Market:
    """A country with its law. `rules` already hold what it inherits."""

    code: str
    parent: str
    languages: tuple[str, ...]  # locales: de-AT
    owner: str
    zone: str
    publisher: str
    publish: str  # "each" or "all"
    authority: str
    rules: tuple[Rule, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Demand:
    """A statement that a page must carry, where, and the rule that says so."""

    statement: str
    placement: Placement
    rule: Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a market's law says of a page; `blocks` that is not empty means: no page."""

    permits: tuple[Rule, ...] = ()
    blocks: tuple[Finding, ...] = ()
    demands: tuple[Demand, ...] = ()
    gate: Gate = Gate.NONE
    valid_until: date | None = None

    @property
    def publishable(self) -> bool:
        """Whether the market's law lets the page be shown."""
        return not self.blocks


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of rule does to a verdict.

    Effects run from the highest `rank` to the lowest; `apply` gets the matching rules of
    this effect (perhaps none) and gives back the verdict with their say in it. `fields`
    are the rule keys it needs beyond those of every rule; the loader refuses a rule
    without them.
    """

    name: str
    rank: int
    fields: tuple[str, ...]
    explain: str
    apply: Callable[[tuple[Rule, ...], PageFacts, Market, Verdict], Verdict]


@dataclass(frozen=True, slots=True)
class Statement:
    """A legal text in one language: one sentence a line, and nothing else in its file."""

    id: str
    locale: str
    sentences: tuple[str, ...]
    where: Where


# ---------------------------------------------------------------- the site


@dataclass(frozen=True, slots=True)
class Site:
    """What l10n.toml says of the site as a whole."""

    name: str
    base_url: str  # without a slash at its end
    organisation: str
    source_locale: str
    assurance: str  # sample, integrity or signed
    inherit: Mapping[str, str]  # de-AT → de-DE


# ---------------------------------------------------------------- writes


@dataclass(frozen=True, slots=True)
class Write:
    """A file that a workflow means to write, relative to the workspace; None deletes it."""

    path: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workflow means to do, so that `--dry-run` is free."""

    writes: tuple[Write, ...] = ()
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def join(parts: Iterable[Part]) -> str:
    """Give back the source text that the parts were cut from."""
    return "".join(raw_of(part) for part in parts)


def raw_of(part: Part) -> str:
    """The source text of one part, with the blocks inside its marks."""
    if isinstance(part, str):
        return part
    if isinstance(part, Protected):
        return part.raw
    return "".join(
        inline.raw if isinstance(inline, Text) else join(inline.raw) for inline in part.inlines
    )
