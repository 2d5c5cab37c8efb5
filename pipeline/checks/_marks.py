"""What each language's typography wants of its marks: patterns with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NARROW, NO_BREAK = "\u202f", "\u00a0"
_CJK = "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ARABIC = "\u0620-\u064a\u066e-\u06d3"
_LETTER = "A-Za-z\u00c0-\u024f"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a language's typography does not want."""

    pattern: re.Pattern[str]
    message: str
    hint: str
    instead: str | Callable[[re.Match[str]], str] | None = None  # when only one mending is right
    unless_source: bool = False  # the source has the same: a convention of this site
    needs: frozenset[str] = frozenset()  # a text without any of these characters is fine


def _mark(
    needs: str,
    pattern: str,
    message: str,
    hint: str,
    instead: str | Callable[[re.Match[str]], str] | None = None,
    *,
    unless_source: bool = False,
) -> Mark:
    return Mark(re.compile(pattern), message, hint, instead, unless_source, frozenset(needs))


def _quotes(shown: str) -> Mark:
    """Straight quotes around words; an inch sign follows its number."""
    return _mark(
        '"',
        r'(?:^|(?<=[\s(\[«„“>]))"(?=\w)|(?<=[^\W\d])"',
        "straight quotes",
        f"write {shown}",
    )


def _french(narrow: str, wide: str) -> tuple[Mark, ...]:
    """Spaces before high marks (Lexique des règles typographiques, Imprimerie nationale)."""
    told = "a no-break space" if narrow else "no space"
    return (
        _mark(
            ";!?",
            r"(?<=[^\s;!?:]) +(?=[;!?]+(?:[\s)\u00bb<]|$))",
            "a plain space before ; ! or ?",
            f"put {told} there (U+202F)" if narrow else "take the space out, as Canada does",
            narrow,
        ),
        _mark(
            ":",
            r"(?<=\S) +(?=:(?:[\s<]|$))",
            "a plain space before a colon",
            "put a no-break space there (U+00A0)",
            wide,
        ),
        _mark("«", r"(?<=\u00ab) +", "a plain space after «", "put a no-break space there", wide),
        _mark("»", r" +(?=\u00bb)", "a plain space before »", "put a no-break space there", wide),
    )


_FRENCH_MISSING = _mark(
    ";:!?",
    r"(?<![&\w]\w{7})(?<=[^\W\d_])(?:(?<!&amp)(?<!&lt)(?<!&nbsp);|[!?]|:)(?=\s|$)",
    "no space before ; : ! or ?",
    "put a no-break space there (U+202F, before a colon U+00A0)",
)
_APOSTROPHE = _mark(
    "'",
    f"(?<=[{_LETTER}])'(?=[{_LETTER}])",
    "a straight apostrophe",
    "write ’ (U+2019)",
    "\u2019",
)
_SPANISH = (
    _mark("?", r"(?:^|(?<=\s))\?(?=\w)", "a ? opens a question", "write ¿"),
    _mark("!", r"(?:^|(?<=\s))!(?=\w)", "a ! opens an exclamation", "write ¡"),
)
_CJK_MARKS = (
    _mark(
        ",;:!?",
        f"(?<=[{_CJK}])[,;!?](?![\\w/])|(?<=[{_CJK}]):(?![\\w/ ])"
        f"|(?<=[{_CJK}])[,;:!?](?=[{_CJK}])|[,;!?](?=[{_CJK}])",
        "a half-width mark between full-width characters",
        "write the full-width mark: ，；：！？ or 、",
    ),
    _mark(
        ".",
        f"(?<=[{_CJK}])\\.(?![\\w.])",
        "a half-width full stop",
        "write 。",
    ),
)
_ARABIC_MARKS = (
    _mark(
        ",",
        f"(?<=[{_ARABIC}])\\s*,|,(?=\\s+[{_ARABIC}])",
        "a Latin comma among Arabic words",
        "write ، (U+060C)",
    ),
    _mark(
        ";",
        f"(?<=[{_ARABIC}])\\s*;|;(?=\\s+[{_ARABIC}])",
        "a Latin semicolon among Arabic words",
        "write ؛ (U+061B)",
    ),
    _mark("?", f"(?<=[{_ARABIC}])\\s*\\?", "a Latin question mark", "write ؟ (U+061F)"),
    _mark(
        "\u0640",
        f"(?<=[{_ARABIC}])\u0640+(?=[{_ARABIC}])",
        "a letter is stretched (kashida, U+0640)",
        "take the stretching out: a search does not find the word",
    ),
)
_GERMAN = (
    _mark("“”", r"(?:^|(?<=[\s(\[>]))“(?=\w)|”", "quotes of another language", "write „…“"),
    _mark("‘", r"(?:^|(?<=[\s(\[>]))‘(?=\w)", "quotes of another language", "write ‚…‘"),
    _quotes("„…“"),
)
_PER_CENT = _mark(
    "%",
    r"(?<=\d) (?=%(?![\w(]))",
    "a plain space before %",
    "put a no-break space there, so that no line ends between them",
    NO_BREAK,
)
_ALWAYS = (
    _mark(".", r"(?<!\.)\.\.\.(?!\.)", "three full stops", "write …", "…", unless_source=True),
    _mark(
        ",.、。，،",
        r"([,;:]),|(?<!\.)\.\.(?!\.)|、、|。。|，，|،،",
        "a mark stands twice",
        "take one out",
        unless_source=True,
    ),
    _mark(
        ",.",
        r"(?<=[^\s\d]) +[,.](?=\s|$)",
        "a space before a comma or full stop",
        "take it out",
        None,
    ),
)
_BY_LANGUAGE: dict[str, tuple[Mark, ...]] = {
    "ar": (*_ARABIC_MARKS, _PER_CENT),
    "ca": (_APOSTROPHE, _PER_CENT),
    "cs": (_quotes("„…“"), _PER_CENT),
    "de": (*_GERMAN, _PER_CENT),
    "de-CH": (_quotes("«…»"), _PER_CENT),
    "es": (*_SPANISH, _quotes("«…» or “…”"), _PER_CENT),
    "fa": (*_ARABIC_MARKS[:3], _PER_CENT),
    "fr": (*_french(NARROW, NO_BREAK), _FRENCH_MISSING, _APOSTROPHE, _quotes("« … »"), _PER_CENT),
    "fr-CA": (*_french("", NO_BREAK), _APOSTROPHE, _quotes("« … »"), _PER_CENT),
    "fr-CH": (*_french(NARROW, NO_BREAK), _APOSTROPHE, _quotes("« … »"), _PER_CENT),
    "it": (_APOSTROPHE, _quotes("«…» or “…”"), _PER_CENT),
    "ja": (*_CJK_MARKS, _quotes("「…」")),
    "pl": (
        _mark("“", r"“(?=\w)", "quotes of another language", "write „…”"),
        _mark("“", r"(?<=\S)“(?!\w)", "quotes of another language", "write „…”"),
        _quotes("„…”"),
        _PER_CENT,
    ),
    "ru": (_quotes("«…»"), _PER_CENT),
    "tr": (
        _mark(
            "%",
            r"(?<=\d)[\s\u00a0\u202f]?%(?![\w(])",
            "the per cent sign follows its number",
            "write it before the number: %50",
        ),
        _APOSTROPHE,
    ),
    "ur": (*_ARABIC_MARKS[:3], _PER_CENT),
    "zh": (*_CJK_MARKS, _quotes("“…” or 「…」")),
}


def marks_of(locale: str) -> tuple[Mark, ...]:
    """What a locale's typography does not want; of a language that is not known, the common."""
    language = locale.partition("-")[0]
    own = _BY_LANGUAGE.get(locale) or _BY_LANGUAGE.get(language) or (_PER_CENT,)
    return (*own, *_ALWAYS)
