"""A built page's HTML → its elements and words in reading order, and which of them show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

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
# What may show before a gate is passed: the page's name, whom it is for, who reviewed it.
BEFORE_GATE = frozenset({"reviewed", "banner"})
# The characters of Unicode category Cf, which show nothing themselves.
FORMAT = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f]"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What an element around a legal text, or in it, may carry: none of these hides or recolours
# anything. Of all others, such as `inert`, `bgcolor` or `style`, nobody has proved it.
HARMLESS = frozenset({"class", "dir", "id", "lang", "open", "role", "tabindex", "title"})
HARMLESS |= {"translate", "aria-describedby", "aria-label", "aria-labelledby"}


class Ground(NamedTuple):
    """What the elements around some words make of them."""

    shown: bool = True
    block: int = 0  # which block they stand in: the same number, the same line of text
    article: bool = False  # the page's own text: no navigation, statement or banner
    gated: bool = False  # behind the gate
    lead: bool = False  # allowed in front of a gate


class Words(NamedTuple):
    """A run of words with the elements around it, outermost first."""

    text: str
    inside: tuple[Element, ...]
    ground: Ground

    @property
    def shown(self) -> bool:
        """Whether a reader sees them."""
        return self.ground.shown


class Tagged(NamedTuple):
    """An element with those around it."""

    element: Element
    inside: tuple[Element, ...]
    ground: Ground
    number: int  # counting elements in reading order


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
    todo: list[tuple[Node, tuple[Element, ...], Ground]] = [(parse(html), (), Ground())]
    while todo:
        node, inside, ground = todo.pop()
        if isinstance(node, Text):
            words.append(Words(node.data, inside, ground))
            continue
        if isinstance(node, Element):
            ground = _inside(node, inside, ground, len(elements) + 1)
            elements.append(Tagged(node, inside, ground, len(elements)))
            inside = (*inside, node) if len(inside) < DEEPEST else inside
        todo += [(child, inside, ground) for child in reversed(list(node.children))]
    return Seen(tuple(words), tuple(elements))


def _inside(element: Element, around: tuple[Element, ...], ground: Ground, number: int) -> Ground:
    """The ground that an element gives to what stands in it."""
    tag, named = element.tag, classes(element)
    shown, block, article, gated, lead = ground
    if shown and (_hides(element) or _folded_away(element, around)):
        shown = False
    if tag not in INLINE:
        block = number
    if tag in {"main", "article"}:
        article = True
    if tag == "nav" or "data-stmt" in element.attrs or "banner" in named:
        article = False
    if tag == "header" or not BEFORE_GATE.isdisjoint(named):
        lead = True
    return Ground(shown, block, article, gated or is_gate(element), lead)


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


def unproven(element: Element) -> frozenset[str]:
    """The attributes of an element that might hide what stands in it."""
    own = frozenset(name for name in element.attrs if not name.startswith("data-"))
    return own - HARMLESS


def running_text(words: Iterable[Words]) -> str:
    """Words as a reader sees them: a space between blocks, none inside a word."""
    out: list[str] = []
    block = 0
    for run in words:
        if run.ground.block != block:
            out.append(" ")
            block = run.ground.block
        out.append(run.text)
    return "".join(out)


def _hides(element: Element) -> bool:
    """Whether an element hides itself by its tag, an attribute or its own style."""
    attrs = element.attrs
    if element.tag in NEVER_SHOWN or "hidden" in attrs or "popover" in attrs:
        return True
    if attribute(element, "aria-hidden").strip().lower() == "true":
        return True
    if element.tag == "dialog" and "open" not in attrs:
        return True
    if "style" not in attrs:
        return False
    style = "".join(COMMENT.sub("", attribute(element, "style")).split()).lower()
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
    return "".join(FORMAT.sub("", text).split())
