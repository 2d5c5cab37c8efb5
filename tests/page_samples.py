"""Hand-made values that the tests of rendering share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

from pipeline.model import (
    Article,
    Audience,
    Demand,
    Filled,
    Localized,
    Placement,
    Question,
    Role,
    Rule,
    Segment,
    SegmentedDocument,
    Site,
    Skeleton,
    State,
    Statement,
    Where,
)
from pipeline.stages.render import Link, Page
from pipeline.stages.templates import Templates, compile_templates
from pipeline.stages.words import Words, source_words

TEMPLATES = Path(__file__).parent.parent / "templates"
SITE = Site("INVAblog", "https://inva.example", "INVAMED", "en-US", "signed", {})
BODY = (
    "<p>", "The ATLAS stent is an example.", "</p>", "<h2>", "Questions", "</h2>", "<h3>",
    "How often?", "</h3>", "<p>", "Rarely.", " ", "It varies.", "</p>",
)  # fmt: skip
FAQ = (Question(range(7, 8), range(9, 14)),)


def templates() -> Templates:
    return compile_templates({path.name: path.read_text() for path in TEMPLATES.glob("*.html")})


def filled(text: str, state: State = State.DONE) -> Filled:
    return Filled(escape(text), text, state)


def article(audience: Audience = Audience.HCP) -> Article:
    category = Segment("Coronary arteries", "", Role.TEXT, 1, "", key="category")
    return Article(
        id="in-stent-restenosis",
        path="source/in-stent-restenosis.md",
        audience=audience,
        products=("atlas",),
        date=date(2022, 1, 21),
        author="INVAMED Medical Affairs",
        reviewed_by="INVAMED Review Board",
        related=(),
        image="stent.svg",
        fields=(category,),
        document=SegmentedDocument((), (), 0),
        skeleton=Skeleton(BODY, FAQ),
    )


def localized(locale: str = "de-DE", body: tuple[str, ...] = BODY, **fields: str) -> Localized:
    words = {
        "title": "Restenose im Stent",
        "summary": "Eine Arterie wird wieder eng.",
        "description": "Warum eine Arterie wieder eng wird.",
        "category": "Koronararterien",
        "tags.0": "Stent",
        "tags.1": "Restenose",
        "image.alt": "Querschnitt einer Arterie",
    } | {name.replace("_", "."): text for name, text in fields.items()}
    plain = tuple("" if piece.startswith("<") else piece for piece in body)
    by_key = {key: filled(text) for key, text in words.items()}
    skeleton = Skeleton(body, FAQ if len(body) == len(BODY) else ())
    source = replace(article(), skeleton=skeleton)
    return Localized(source, locale, body, by_key, plain, 9, 0, 0)


def statement(
    name: str, place: Placement, text: str = "Nur für Fachkreise.", locale: str = "de-DE"
) -> tuple[Demand, Statement]:
    where = Where("locales/markets/DE.toml")
    rule = Rule(f"de-{name}", "statement", "DE", where, ("law",), statement=name, placement=place)
    return Demand(name, place, rule), Statement(name, locale, (text, "Zweiter Satz."), where)


def page(words: Localized | None = None, **changes: object) -> Page:
    shown = words or localized()
    base = Page(
        site=SITE,
        localized=shown,
        url=f"/{shown.locale}/restenose/",
        home=f"/{shown.locale}/",
        stylesheet="/assets/site.css",
        names=("INVAMED ATLAS", "ATLAS"),
        related=(Link("Leben mit Stent", f"/{shown.locale}/leben/"),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def english() -> Words:
    return source_words("en-US")


def all_placements() -> tuple[tuple[Demand, Statement], ...]:
    return tuple(statement(place.name.lower(), place, f"Text {place.name}.") for place in Placement)
