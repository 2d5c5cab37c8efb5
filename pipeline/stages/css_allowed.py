"""A property and one value of it → why it may hide a text, or nothing: all is refused but this.

Two lists: what may be said of an element that a legal text stands in, and what nothing on the
page may do, since it could lay itself over a legal text. Lengths are CSS pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.stages.css_values import Type, colour, span, tokens

LARGE = 9999.0


@dataclass(frozen=True, slots=True)
class Kind:
    """The words and sizes that a property may have."""

    words: frozenset[str] = frozenset()
    low: float = 1.0
    high: float = 0.0  # less than `low`: no number at all
    plain: bool = False  # numbers without a unit, such as those of line-height
    colours: bool = False
    fonts: bool = False
    any_word: bool = False


def _words(text: str) -> Kind:
    return Kind(frozenset(text.split()))


def _sizes(low: float, high: float, words: str = "", *, colours: bool = False) -> Kind:
    return Kind(frozenset(words.split()), low, high, colours=colours)


def _numbers(low: float, high: float, words: str = "") -> Kind:
    return Kind(frozenset(words.split()), low, high, plain=True)


# Fonts that show letters as letters. A font of another name might show blanks or signs.
FONTS = frozenset(
    {"serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "inherit"}
    | {"-apple-system", "arial", "helvetica", "helvetica neue", "verdana", "tahoma", "georgia"}
    | {"times", "times new roman", "cambria", "calibri", "segoe ui", "roboto", "ubuntu", "charter"}
    | {"iowan old style", "palatino", "palatino linotype", "book antiqua", "liberation sans"}
    | {"liberation serif", "dejavu sans", "dejavu serif", "inter", "source sans 3", "open sans"}
    | {"hiragino sans", "hiragino mincho pron", "yu gothic", "yu gothic medium", "yu mincho"}
    | {"meiryo", "pingfang sc", "pingfang tc", "pingfang hk", "microsoft yahei", "geeza pro"}
    | {"microsoft jhenghei", "apple sd gothic neo", "malgun gothic", "sf arabic"}
)
FONT_FAMILIES = ("noto sans", "noto serif", "noto naskh", "noto kufi", "ibm plex")

_SIDES = (
    "top",
    "right",
    "bottom",
    "left",
    "block",
    "inline",
    "block-start",
    "block-end",
    "inline-start",
    "inline-end",
)
_LINES = "none solid dashed dotted double inherit thin medium thick"
_BORDER = _sizes(0, 12, _LINES, colours=True)
_FREE = _sizes(0, LARGE, "none auto inherit")
_DECORATION = _sizes(0, 4, "none underline solid dotted dashed auto inherit", colours=True)
_BREAK = _words("auto avoid avoid-page avoid-column")
_CORNERS = (
    "start-start",
    "start-end",
    "end-start",
    "end-end",
    "top-left",
    "top-right",
    "bottom-left",
    "bottom-right",
)

NEAR: dict[str, Kind] = {
    **{f"margin-{side}": _sizes(0, 160, "auto") for side in _SIDES},
    **{f"padding-{side}": _sizes(0, 160) for side in _SIDES},
    **{f"scroll-margin-{side}": _FREE for side in _SIDES},
    **{
        f"border-{side}{part}": _BORDER
        for side in _SIDES
        for part in ("", "-width", "-style", "-color")
    },
    **{f"border-{corner}-radius": _FREE for corner in _CORNERS},
    **dict.fromkeys(("border", "border-width", "border-style", "border-color"), _BORDER),
    **dict.fromkeys(("border-radius", "scroll-margin"), _FREE),
    **dict.fromkeys(("max-width", "max-inline-size"), _sizes(192, LARGE, "none")),
    **dict.fromkeys(("width", "inline-size"), _sizes(192, 1920, "auto")),
    **dict.fromkeys(("min-width", "min-inline-size"), _sizes(0, 160, "auto")),
    **dict.fromkeys(("min-height", "min-block-size"), _sizes(0, 1920, "auto")),
    **dict.fromkeys(("height", "block-size"), _words("auto")),
    **dict.fromkeys(("max-height", "max-block-size"), _words("none")),
    **dict.fromkeys(("break-inside", "break-after", "break-before", "page-break-inside"), _BREAK),
    **dict.fromkeys(
        ("text-size-adjust", "-webkit-text-size-adjust"), _sizes(320, 1920, "auto none")
    ),
    **dict.fromkeys(("orphans", "widows"), _numbers(1, 9)),
    **dict.fromkeys(
        ("text-decoration", "text-decoration-line", "text-decoration-style"), _DECORATION
    ),
    **dict.fromkeys(("text-decoration-color", "text-decoration-thickness"), _DECORATION),
    "margin": _sizes(0, 160, "auto"),
    "padding": _sizes(0, 160),
    "text-underline-offset": _sizes(0, 8, "auto"),
    "outline": _sizes(0, 8, _LINES, colours=True),
    "outline-offset": _sizes(0, 8),
    "line-height": _numbers(1, 4, "normal inherit"),
    "hyphenate-limit-chars": _numbers(1, LARGE, "auto inherit"),
    "letter-spacing": _sizes(-0.6, 6, "normal inherit"),
    "word-spacing": _sizes(0, 12, "normal inherit"),
    "font-family": Kind(FONTS, fonts=True),
    "font-weight": _numbers(300, 900, "normal bold inherit"),
    "font-style": _words("normal italic oblique inherit"),
    "font-variant-numeric": _words("normal lining-nums tabular-nums oldstyle-nums inherit"),
    "text-align": _words("start end left right center justify inherit"),
    "hyphens": _words("none manual auto inherit"),
    "line-break": _words("auto strict normal loose"),
    "overflow-wrap": _words("normal break-word anywhere"),
    "word-break": _words("normal keep-all auto-phrase break-word"),
    "text-wrap": _words("wrap balance pretty stable"),
    "white-space": _words("normal pre-line"),
    "box-sizing": _words("border-box content-box"),
    "display": _words("block flow-root inline inline-block list-item flex"),
    "flex-direction": _words("column"),
    "flex": _numbers(1, 1, "auto none"),
    "position": _words("static relative"),
    "overflow": _words("visible"),
    "visibility": _words("visible"),
    "opacity": _numbers(1, 1),
    "color-scheme": _words("light dark normal"),
    "cursor": _words("auto default pointer text help"),
    "scroll-behavior": _words("auto smooth"),
}
# What an own box of `::before` and `::after` on such an element may say: it is not there.
PSEUDO = frozenset({"box-sizing"})

_ANYTHING = Kind(any_word=True, low=-LARGE, high=LARGE, colours=True)
_BOX = Kind(frozenset({"auto", "none", "fit-content", "max-content", "min-content", "inherit"}))
_NOTHING = _words("none normal auto")

FAR: dict[str, Kind] = {
    **{name: Kind(any_word=True, low=0, high=LARGE) for name in ("margin", "text-indent")},
    **{f"margin-{side}": Kind(any_word=True, low=0, high=LARGE) for side in _SIDES},
    **{f"inset-{side}": _sizes(0, 0, "auto") for side in _SIDES},
    **dict.fromkeys(("inset", "top", "right", "bottom", "left"), _sizes(0, 0, "auto")),
    **dict.fromkeys(("transform", "translate", "rotate", "scale", "perspective"), _NOTHING),
    **dict.fromkeys(("offset", "offset-path", "box-shadow", "text-shadow"), _NOTHING),
    **dict.fromkeys(("border-image", "border-image-outset", "border-image-source"), _NOTHING),
    **dict.fromkeys(("contain", "container", "container-type", "zoom"), _NOTHING),
    **dict.fromkeys(("grid", "grid-template", "grid-template-rows", "grid-auto-rows"), _NOTHING),
    **dict.fromkeys(("height", "block-size", "max-height", "max-block-size"), _BOX),
    **dict.fromkeys(("outline", "outline-width"), Kind(any_word=True, low=0, high=8, colours=True)),
    **dict.fromkeys(("font", "all"), _words("inherit")),
    "text-decoration": Kind(any_word=True, low=0, high=6, colours=True),
    "text-decoration-thickness": _sizes(0, 6, "auto from-font"),
    "position": _words("static relative"),
    "z-index": _sizes(0, 0, "auto"),
    "outline-offset": _sizes(0, 8),
    "line-height": _numbers(1, 4, "normal inherit"),
    "filter": Kind(any_word=True, low=0, high=0),
    "content": _words("none normal"),
}


def why_near(name: str, value: str, sizes: Type) -> str:
    """Why a declaration may hide the text of the element that it reaches; "" when it cannot."""
    kind = NEAR.get(name)
    if kind is None:
        return f"nobody has proved that `{name}` lets it be read"
    return _outside(kind, value, sizes)


def why_far(name: str, value: str) -> str:
    """Why a declaration may lay its element over others, or add words; "" when it cannot."""
    kind = FAR.get(name, _ANYTHING)
    if name == "content" and value in {'""', "''"}:
        return ""
    strings = [t for t in tokens(value) if t.type == "string"]
    if strings and name not in {"font-family", "grid-template-areas", "content"}:
        return "a style sheet writes no words"
    return "" if kind is _ANYTHING else _outside(kind, value, Type())


def _outside(kind: Kind, value: str, sizes: Type) -> str:
    """What in a value is not of a kind."""
    if kind.fonts:
        return _unknown_font(value)
    for token in tokens(value):
        if token.type == "literal" and token.value in {",", "/"}:
            continue
        if token.type == "ident" and (kind.any_word or token.lower_value in kind.words):
            continue
        told = token.serialize()
        if kind.colours and (token.type == "hash" or colour(told) or told.lower() == "transparent"):
            continue
        found = span(token, sizes)
        if found is None or not kind.low <= found.low or not found.high <= kind.high:
            return f"`{told}` is not among the values that are known to be safe"
        if found.length == kind.plain and found.low:
            return f"`{told}` has the wrong unit"
    return ""


def _unknown_font(value: str) -> str:
    """The first font that is not known to show letters."""
    for name in value.split(","):
        plain = name.strip().strip("\"'").lower()
        if plain not in FONTS and not plain.startswith(FONT_FAMILIES):
            return f"nobody has proved that the font `{plain}` shows letters"
    return ""
