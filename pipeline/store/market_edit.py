"""The text of a market file and edits → the text with these edits, every other line untouched."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from pipeline.model.edit import AddRule, Edit, SetKey, Value

if TYPE_CHECKING:
    from tomlkit.items import Item, Table

WIDTH = 88
# What some programs take for the end of a line, though TOML does not.
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
# A new key stands below the last of these that the rule has: its conditions come after them.
BEFORE = (
    *("market", "owner", "authority"),
    *("id", "effect", "legal", "reason", "review_by", "effective_from", "effective_until"),
)


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text of a market file after these edits; words of statements are not in it.

    `text` must be TOML that the loader has accepted. What comes out is TOML, but whether it
    is law that the loader accepts is for the loader to say.
    """
    for edit in edits:
        if isinstance(edit, SetKey):
            text = _with_key(text, edit)
        elif isinstance(edit, AddRule):
            text = _with_rule(text, edit)
    return text


def _with_key(text: str, edit: SetKey) -> str:
    """The text with one key of the head or of a rule given a value, or taken away."""
    import tomlkit
    from tomlkit.items import Item

    document = tomlkit.parse(text)
    table: Table = document  # type: ignore[assignment]  # the head has the same methods
    if edit.rule:
        rules = document.get("rules", ())
        table = next(rule for rule in rules if rule.get("id") == edit.rule)
    if edit.value is None:
        table.pop(edit.key, None)
    elif edit.key in table:
        table[edit.key] = _item(edit.key, edit.value)
    else:
        above = [table.item(key) for key in BEFORE if key in table]
        last = [item for item in above if isinstance(item, Item)][-1]
        line = f"{edit.key} = {written(edit.key, edit.value)}"
        # What follows a value is its trail; so the new line comes before later comments.
        end = last.trivia.trail or _line_end(text)
        last.trivia.trail = end + line + last.trivia.trail
    return tomlkit.dumps(document)


def _with_rule(text: str, edit: AddRule) -> str:
    """The text with a new rule at its end."""
    end = _line_end(text)
    lines = ["[[rules]]", *(f"{key} = {written(key, value)}" for key, value in edit.keys)]
    new = "".join(line.replace("\n", end) + end for line in lines)
    gap = end if text.endswith("\n") else end * 2
    return text + gap + new


def _line_end(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _item(key: str, value: Value) -> Item:
    """A value as a TOML item that keeps its layout."""
    import tomlkit

    return tomlkit.value(written(key, value))


def written(key: str, value: Value) -> str:
    """A value as TOML text; a long text goes over several lines, the way people write them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    # Lines are joined without a trace only where words stand one space apart.
    if len(key) + len(value) + 5 > WIDTH + 12 and " ".join(value.split()) == value:
        lines = wrap(value, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
        quoted = [_quoted(line)[1:-1] for line in lines]
        return '"""\\\n  ' + " \\\n  ".join(quoted) + '"""'
    return _quoted(value)


def _quoted(text: str) -> str:
    """A text as a TOML string on one line."""
    import tomlkit

    return tomlkit.string(text).as_string().translate(LINE_ENDS)
