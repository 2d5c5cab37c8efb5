"""What the names of HTML elements mean for translation."""

from __future__ import annotations

from pipeline.model import Role


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _set(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param"
    " source track wbr"
)
BLOCK = _set(
    "html head body title base address article aside blockquote button caption center col"
    " colgroup datalist dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu"
    " menuitem nav ol optgroup option p plaintext pre search section select summary table"
    " tbody td tfoot th thead tr ul xmp"
)
INLINE = _set(
    "a abbr acronym applet area audio b bdi bdo big br canvas cite code data del dfn em embed"
    " font i iframe img input ins kbd label link map mark math meta meter nobr noembed"
    " noframes noscript object output param picture progress q rb rp rt rtc ruby s samp script"
    " slot small source span strike strong style sub sup svg template textarea time track tt u"
    " var video wbr"
)
KNOWN = BLOCK | INLINE

# What no reader sees; for all but script and style, what their fallback would show.
SILENT = _set("script style noscript template iframe noembed noframes")
# What readers see as it stands, with the rule that says so.
VERBATIM = {"svg": "svg", "math": "math", "textarea": "textarea", "code": "code"}
# What ends with its end tag, whatever is open in it.
STRONG = SILENT | {"svg", "math", "textarea", "object", "video", "audio", "canvas"}
PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))

# The start tags that end an open paragraph, as the HTML standard lists them.
_PARAGRAPH_ENDS = _set(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu"
    " nav ol p plaintext pre search section summary table ul xmp"
)
_ROWS = frozenset(("tr", "tbody", "thead", "tfoot"))
CLOSED_BY = {
    "p": _PARAGRAPH_ENDS,
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": frozenset(("td", "th")) | _ROWS,
    "th": frozenset(("td", "th")) | _ROWS,
    "tr": _ROWS,
    "option": frozenset(("option", "optgroup")),
    "optgroup": frozenset(("optgroup",)),
    "head": frozenset(("body",)),
}

ROLES = {
    **{f"h{level}": Role.HEADING for level in range(1, 7)},
    "li": Role.ITEM,
    "dt": Role.ITEM,
    "dd": Role.ITEM,
    "td": Role.CELL,
    "th": Role.CELL,
    "caption": Role.CAPTION,
    "figcaption": Role.CAPTION,
    "title": Role.TITLE,
    "summary": Role.LABEL,
    "legend": Role.LABEL,
    "option": Role.LABEL,
    "optgroup": Role.LABEL,
    "button": Role.BUTTON,
}

# The letters that translators see for an inline element; anything else is an "x".
CODES = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em"), "i"),
    **dict.fromkeys(("s", "strike"), "s"),
    **dict.fromkeys(("span", "font"), "span"),
    **dict.fromkeys(("abbr", "acronym"), "abbr"),
    **{
        name: name
        for name in _set(
            "a sub sup br img bdi bdo big cite del dfn ins kbd label mark q rp rt ruby"
            " samp small time tt u var wbr"
        )
    },
}
