"""English text goes in; the offsets at which its further sentences begin come out.

One expression finds the places where an end mark, white space and something that may begin
a sentence meet; the few places it finds are judged one by one. In doubt there is no cut:
half a sentence cannot be translated, two sentences together can.
"""

from __future__ import annotations

import re

from pipeline.stages.sentence_rules import Ends, Rules, load_rules

STAND_IN = "\ue000"  # what the caller writes for a code that a reader sees as one thing

_PLACE = re.compile(
    # It begins with a plain set of characters, which the regex engine can skip ahead to, and
    # never within a run of marks, where time would be quadratic.
    r"""(?P<mark>[.?!…](?<![.?!…]{2})[.?!…]*+(?:[ ]\.(?=[ .])){0,4})
    (?P<close>[)\]}"'”’»]*+)
    (?P<note>\ue000*+(?:[ ]?\[\d[\d,;–\- ]*+\])*+   # a citation belongs to what it follows
      |\(\d[\d,–\-]*+\)
      |(?:[⁰¹²³⁴-⁹⁻*†‡§¶]|[,–](?=[¹²³⁴-⁹]))++
      |\d{1,3}(?:[,–\-]\d{1,3})*+(?:[ ]\d{1,3})*+)
    (?P<space>\s++)
    (?=(?P<open>[(\[{"'“‘«¿¡]*+)
       (?P<next>(?![a-z]++(?:[ ,;'’]|:(?!/)|$))     # a plain small word begins no sentence
        \S{1,30}))""",
    re.VERBOSE,
)
_NO_BREAK = "\u00a0\u202f"
_OPENING = "([{\"'“‘«"
_BULLETS = frozenset("•⁃▪*–-")
_SIGNS = frozenset("†‡*•⁃▪§#$£€~≈<>≤≥" + STAND_IN)  # a sentence may begin with them
_ENUMERATOR = re.compile(r"(?:[a-z](?:[–,-][a-z])?|[ivx]{1,5}|\d{1,2})\)")
_GENE_OR_ADDRESS = re.compile(r"[a-z][\w-]*[A-Z\d]|[^\W\d_a-zA-Z]|www\.|https?:")
_NUMBER = re.compile(
    rf"[#§<>≤≥~±+−-]?\d|[A-Z](?:[\d.,;:)]|$)|[IVXLC]+\b|[A-Z]{{2,4}}-?\d|{STAND_IN}"
)
_LIST_MARK = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5}")
_DOTTED = re.compile(r"[A-Za-z]{1,2}(?:\.[A-Za-z]{1,2})+")
_JOINT = re.compile(r"[/—]|(?<=\.)-")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_NAME = re.compile(r"[A-Z][a-z]+(?: (?:and|et|for|from)\b|[,.])")  # "J. An and", "Y. He,"
_SENTENCE_IN_BRACKET = re.compile(r"[^()]{0,400}[.?!…]\)")
_WORD_REACH = 48  # characters looked back for the words before a mark
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_PAIR_REACH = 400  # characters; a longer quotation is cut


def cuts(text: str, rules: Rules | None = None) -> tuple[int, ...]:
    """The offsets in `text` at which a new sentence begins; 0 is not among them.

    A cut stands after the white space between two sentences.
    """
    places = list(_PLACE.finditer(text))
    if not places:
        return ()
    known = rules or load_rules()
    pairs = tuple(pair for pair in _PAIRS if pair[0] in text)
    found: list[int] = []
    begin = 0
    for place in places:
        if _is_end(text, begin, place, known) and not (
            pairs and _in_pair(text, begin, place.start("space"), pairs)
        ):
            begin = place.end()
            found.append(begin)
    return tuple(found)


def _is_end(text: str, begin: int, place: re.Match[str], rules: Rules) -> bool:
    """Whether the sentence that begins at `begin` ends at `place`."""
    mark, _, _, space, opening, follower = place.groups()
    if not "A" <= follower[0] <= "Z" and not _may_begin(opening, follower):
        return False
    if not space.strip(_NO_BREAK):
        return False  # the author says that the two belong together
    if mark == ".":
        return _full_stop_ends(text, begin, place, rules)
    if mark[-1] in ".…":
        return _ellipsis_ends(text, place, follower)
    return not _closes_inner_bracket(text, begin, place)


def _may_begin(opening: str, follower: str) -> bool:
    """Whether a sentence may begin with what is not a plain capital letter."""
    first = follower[0]
    return (
        first.isupper()
        or first.isdigit()
        or first in _SIGNS
        or bool(_GENE_OR_ADDRESS.match(follower))
        or (opening != "" and bool(_ENUMERATOR.match(follower)))
    )


def _full_stop_ends(text: str, begin: int, place: re.Match[str], rules: Rules) -> bool:
    """Whether a single full stop is more than the mark of an abbreviation or a list number."""
    start = place.start()
    words = text[max(begin, start - _WORD_REACH) : start].split()
    if not words:
        return False
    word = words[-1].lstrip(_OPENING)
    if not word.isalpha():
        word = _JOINT.split(word)[-1]  # "and/or i.v", "stents—e.g"
    before = words[-2] if len(words) > 1 else ""
    if len(words) < 3 and _is_label(before, word, rules):
        return False
    ends = _ends(word, before, rules)
    if place["note"][:1].isdecimal():  # "text.12 The" has a raised number, "PPS1.15 The" has none
        return ends is None and (word[-1:] in (")", "]") or (len(word) > 2 and word[-1].isalpha()))
    if ends is None:
        return True
    if (")" in place["close"] or "]" in place["close"]) and text[begin] not in "([":
        return False  # "(ALPCO Inc.)"
    return _ends_before(ends, len(word) == 1, place, rules)


def _is_label(before: str, word: str, rules: Rules) -> bool:
    """Whether these words are no sentence but its number: "1. Open it", "Figure 2. Results"."""
    label = before.rstrip(".")
    names = (
        not before
        or before in _BULLETS
        or label in rules.designations
        or rules.ends.get(label) is Ends.UNLESS_NUMBER
    )
    return names and bool(_LIST_MARK.fullmatch(word))


def _ends(word: str, before: str, rules: Rules) -> Ends | None:
    """What the word before a full stop says of it; None for a word that is no abbreviation."""
    if word in rules.units and before[-1:].isdigit():
        return Ends.BEFORE_CAPITAL
    if len(word) == 1 and word.isalpha():
        return None if before in rules.designations else Ends.BEFORE_FIRST_WORD
    known = rules.ends.get(word)
    if known is None and "." in word and _DOTTED.fullmatch(word):
        return Ends.BEFORE_CAPITAL if word.islower() else Ends.BEFORE_FIRST_WORD
    return known


def _ends_before(ends: Ends, initial: bool, place: re.Match[str], rules: Rules) -> bool:
    """Whether what follows an abbreviation begins a sentence."""
    text, follower, at = place.string, place["next"], place.start("next")
    if ends is Ends.NEVER:
        return False
    if ends is Ends.UNLESS_NUMBER:
        number = _NUMBER.match(follower) or rules.ends.get(follower.rstrip(".")) is ends
        return follower[0].isalpha() and not number
    if "(" in place["open"] and not _SENTENCE_IN_BRACKET.match(text, at):
        return False  # "9 p.m. (ET)"
    if ends is Ends.BEFORE_CAPITAL:
        return follower[0].isupper()
    word = _WORD.match(follower)
    if word is None or word[0] not in rules.first_words:
        return False
    return not (initial and _NAME.match(text, at))


def _ellipsis_ends(text: str, place: re.Match[str], follower: str) -> bool:
    """Whether three dots end a sentence, and do not only leave out words in its middle."""
    mark = place["mark"]
    apart = text[place.start() - 1 : place.start()] in ("", " ", "[", "(")
    return follower[0].isupper() and not (apart and mark.count(".") < len("...."))


def _closes_inner_bracket(text: str, begin: int, place: re.Match[str]) -> bool:
    """Whether a question or cry stands in brackets in the middle of a sentence."""
    if ")" not in place["close"]:
        return False
    start = place.start()
    return text.rfind("(", max(begin, start - _PAIR_REACH), start) > begin


def _in_pair(text: str, begin: int, end: int, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether `end` stands inside a bracket or quotation that the sentence opened on its way.

    One that the sentence begins with does not count: "(Stop it. Call us.)" are two sentences.
    """
    near = max(begin, end - _PAIR_REACH)
    for opening, closing in pairs:
        opened = text.rfind(opening, near, end)
        if opened > begin and text.find(closing, opened, end) < 0:
            closed = text.find(closing, end, end + _PAIR_REACH)
            if closed >= 0 and text.find(opening, end, closed) < 0:
                return True
    return False
