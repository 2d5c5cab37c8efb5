"""A segmented document and its front matter → an article, or every fault of the front matter."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from pipeline.model import (
    Article,
    Audience,
    Field,
    Finding,
    Passage,
    Segment,
    SegmentedDocument,
    Skeleton,
    Where,
)

REQUIRED = (
    "id",
    "title",
    "description",
    "slug",
    "category",
    "date",
    "author",
    "reviewed_by",
    "audience",
    "products",
)
CHANGE = ("change.type", "change.note", "change.about")
KNOWN = (
    *REQUIRED, "claims", "summary", "related", "tags", "image", "image.src", "image.alt",
    "change", *CHANGE,
)  # fmt: skip
LISTS = ("claims", "products", "related", "tags", "change.about")
TYPES = ("cosmetic", "editorial", "clinical", "regulatory")  # of a declared change
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def describe(
    document: SegmentedDocument, skeleton: Skeleton, path: str
) -> tuple[Article | None, tuple[Finding, ...]]:
    """The article that a document is, and what is wrong with its front matter.

    No article comes back when something is wrong: a page whose audience is a guess could
    be shown to those who must not see it.
    """
    by_key = {item.key: item for item in document.front}
    findings = (
        *_unknown(document.front, path),
        *_missing(by_key, path),
        *_wrong(by_key, path),
        *_half_declared(by_key, path),
    )
    if findings:
        return None, tuple(sorted(findings, key=lambda finding: finding.where.line))
    article = Article(
        id=_one(by_key, "id"),
        path=path,
        audience=Audience(_one(by_key, "audience")),
        products=_many(by_key, "products"),
        date=date.fromisoformat(_one(by_key, "date")),
        author=_one(by_key, "author"),
        reviewed_by=_one(by_key, "reviewed_by"),
        related=_many(by_key, "related"),
        image=_one(by_key, "image.src"),
        fields=fields_of(document),
        document=document,
        skeleton=skeleton,
        claims=_many(by_key, "claims"),
    )
    return article, ()


def fields_of(document: SegmentedDocument) -> tuple[Segment, ...]:
    """The front matter values that translators see."""
    return tuple(
        piece
        for part in document.parts[: document.body]
        if isinstance(part, Passage)
        for piece in part.pieces
        if isinstance(piece, Segment)
    )


def _one(by_key: dict[str, Field], key: str) -> str:
    """The value of a key that holds one string; "" when it is not there."""
    item = by_key.get(key)
    return item.value if item and isinstance(item.value, str) else ""


def _many(by_key: dict[str, Field], key: str) -> tuple[str, ...]:
    """The values of a key that holds a list."""
    item = by_key.get(key)
    return item.value if item and isinstance(item.value, tuple) else ()


def _unknown(front: tuple[Field, ...], path: str) -> list[Finding]:
    """Keys that mean nothing; a typing mistake in `audience` must not pass."""
    found = []
    for item in front:
        if item.key in KNOWN or item.key.startswith("x-"):
            continue
        near = get_close_matches(item.key, KNOWN, 1)
        hint = f"did you mean {near[0]!r}?" if near else "remove it, or begin its name with 'x-'"
        where = Where(path, item.line)
        found.append(
            Finding("front-matter-key", f"there is no front matter key {item.key!r}", where, hint)
        )
    return found


def _missing(by_key: dict[str, Field], path: str) -> list[Finding]:
    """Keys that every article needs."""
    hints = {
        "audience": "write `audience: hcp` or `audience: lay`; it decides what the law allows; "
        "ask the author for whom the article is",
        "products": "list the ids of the products that the article names; `[]` for none",
        "id": "give the article a name that never changes, such as `in-stent-restenosis`",
    }
    return [
        Finding(
            "article-audience" if key == "audience" else "front-matter-missing",
            f"the front matter has no {key!r}",
            Where(path, 1),
            hints.get(key, f"add `{key}: …` between the `---` lines at the top"),
        )
        for key in REQUIRED
        if key not in by_key or by_key[key].value == ""
    ]


def _wrong(by_key: dict[str, Field], path: str) -> list[Finding]:
    """Values that do not mean what their key asks for."""
    found = []
    for key, item in by_key.items():
        problem = _problem(key, item)
        if problem:
            message, hint = problem
            found.append(
                Finding(
                    "article-audience" if key == "audience" else "front-matter-value",
                    message,
                    Where(path, item.line),
                    hint,
                )
            )
    return found


def _half_declared(by_key: dict[str, Field], path: str) -> list[Finding]:
    """A declared change without its type, or without the words that tell it from the next."""
    told = [by_key[key] for key in CHANGE if key in by_key]
    if not told or all(_one(by_key, key) for key in CHANGE[:2]):
        return []
    problem = "a declared change needs a type and a note"
    hint = "write `change: {type: cosmetic, note: what changed}`"
    return [Finding("front-matter-value", problem, Where(path, told[0].line), hint)]


def _problem(key: str, item: Field) -> tuple[str, str] | None:
    """What is wrong with one value and what to do, or None."""
    if key in LISTS and isinstance(item.value, str):
        return f"{key!r} must be a list", f"write `{key}: [first, second]`; `[]` for none"
    if key not in LISTS and isinstance(item.value, tuple):
        return f"{key!r} must be one value, not a list", f"write `{key}: …`"
    if not isinstance(item.value, str) or not item.value:
        return None
    if key == "audience" and item.value not in tuple(Audience):
        hint = "write `hcp` or `lay`; ask the author for whom the article is"
        return f"{item.value!r} is not an audience", hint
    if key == "change":
        return "a declared change needs a type and a note", "write `change: {type: …, note: …}`"
    if key == "change.type" and item.value not in TYPES:
        return f"{item.value!r} is no type of change", f"write one of {', '.join(TYPES)}"
    if key == "id" and not IDENTIFIER.fullmatch(item.value):
        return f"{item.value!r} cannot be an id", "use lower-case letters, digits and hyphens"
    if key == "image.src" and ("/" in item.value or "\\" in item.value or ":" in item.value):
        return f"{item.value!r} is not the name of an image", "name a file in source/images/"
    if key == "date":
        return _date_problem(item.value)
    return None


def _date_problem(value: str) -> tuple[str, str] | None:
    """What is wrong with a date, or None."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"{value!r} is not a date", 'write it as year, month, day: date: "2026-01-31"'
    return None
