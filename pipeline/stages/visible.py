"""A built page's HTML → its elements and words in reading order, and which of them show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from turbohtml import Element, Node, Text, parse

# What a browser shows nothing of, or only when something else fails.
NEVER_SHOWN = frozenset(
    {"head", "title", "script", "style", "template", "noscript", "iframe", "object", "audio"}
    | {"video", "canvas", "datalist", "select", "textarea", "svg", "math"}
)
HIDING_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|content-visibility:hidden"
    r"|opacity:0*\.?0*%?(?=;|!|$)|(?:font-size|width|height|max-width|max-height|line-height|zoom):0*\.?0*"
    r"(?:[a-z]+|%)?(?=;|!|$)|clip(?:-path)?:|transform:|text-indent:-|left:-|top:-|right:-"
    r"|bottom:-|margin[a-z-]*:-|color:transparent|filter:)"
)
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
DEEPEST = 512  # browsers nest no deeper; what lies below counts as inside the last one
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words with the elements around it, outermost first."""

    text: str
    inside: tuple[Element, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """An element with those around it; `at` is how many runs of words come before it."""

    element: Element
    inside: tuple[Element, ...]
    shown: bool
    at: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A page in reading order."""

    words: tuple[Words, ...]
    elements: tuple[Tagged, ...]


def look(html: str) -> Seen:
    """Everything on a page in reading order, as far as its HTML tells without a style sheet.

    Words behind a closed `details` show only if it is the page's gate, which a reader
    opens to read the page at all.
    """
    words: list[Words] = []
    elements: list[Tagged] = []
    # A list of nodes to visit, not a recursion: a hostile page may be nested very deeply.
    todo: list[tuple[Node, tuple[Element, ...], bool]] = [(parse(html), (), True)]
    while todo:
        node, inside, shown = todo.pop()
        if isinstance(node, Text):
            words.append(Words(node.data, inside, shown))
            continue
        if isinstance(node, Element):
            shown = shown and not _hides(node) and not _folded_away(node, inside)
            elements.append(Tagged(node, inside, shown, len(words)))
            inside = (*inside, node) if len(inside) < DEEPEST else inside
        todo += [(child, inside, shown) for child in reversed(list(node.children))]
    return Seen(tuple(words), tuple(elements))


def is_gate(element: Element) -> bool:
    """Whether an element is the native disclosure that a page's content waits behind."""
    return element.tag == "details" and "gate" in classes(element)


def classes(element: Element) -> tuple[str, ...]:
    """The class names of an element."""
    value = element.attrs.get("class") or ()
    return tuple(value.split() if isinstance(value, str) else value)


def attribute(element: Element, name: str) -> str:
    """An attribute as text; "" when it is absent or empty."""
    value = element.attrs.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "")


def running_text(words: tuple[Words, ...]) -> str:
    """Words as a reader sees them: a space between blocks, none inside a word."""
    out: list[str] = []
    before: tuple[Element, ...] = ()
    for run in words:
        if _blocks(before) != _blocks(run.inside):
            out.append(" ")
        out.append(run.text)
        before = run.inside
    return "".join(out)


def _blocks(inside: tuple[Element, ...]) -> tuple[int, ...]:
    """What tells the block of some words from the next."""
    return tuple(id(element) for element in inside if element.tag not in INLINE)


def _hides(element: Element) -> bool:
    """Whether an element hides itself by its tag, an attribute or its own style."""
    attrs = element.attrs
    if element.tag in NEVER_SHOWN or "hidden" in attrs or "popover" in attrs:
        return True
    if attribute(element, "aria-hidden").strip().lower() == "true":
        return True
    if element.tag == "dialog" and "open" not in attrs:
        return True
    style = re.sub(r"\s+", "", COMMENT.sub("", attribute(element, "style"))).lower()
    return bool(HIDING_STYLE.search(style))


def _folded_away(element: Element, inside: tuple[Element, ...]) -> bool:
    """Whether an element is the folded part of a closed disclosure that is not the gate."""
    parent = inside[-1] if inside else None
    return (
        parent is not None
        and parent.tag == "details"
        and "open" not in parent.attrs
        and not is_gate(parent)
        and element.tag != "summary"
    )


def squeezed_text(text: str) -> str:
    """Text without white space and characters that do not show: for finding repetitions."""
    kept = (c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")
    return "".join(kept)


def folded(text: str) -> str:
    """Text for finding a name: no case, no format characters, white space as one space."""
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return " ".join(kept.replace("İ", "I").replace("ı", "i").split()).casefold()


def name_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern for any of the names, whole; None for none."""
    either = "|".join(re.escape(folded(name)) for name in names if name.strip())
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])") if either else None
