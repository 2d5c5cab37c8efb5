"""A localized article → its schema.org description as one JSON-LD script element."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from pipeline.model import Audience, Localized, Site
from pipeline.stages.languages import between_sentences

_AUDIENCE = {Audience.HCP: "Clinician", Audience.LAY: "Patient"}
Node: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page: what it is called and its full address."""

    name: str
    address: str


BEHIND_A_GATE = ("description", "image")


def json_ld(
    site: Site,
    localized: Localized,
    address: str,
    crumbs: Sequence[Crumb],
    image: str,
    *,
    gated: bool = False,
) -> Markup:
    """MedicalWebPage, FAQPage if there is one, and BreadcrumbList in one graph.

    Of a gated page search engines learn no more than readers see before the gate.

    Statements of the law never stand in it: a machine would show them without the page,
    or the page without them. The element is data and no script, so that a content
    security policy without scripts holds (HTML, 4.12.1).
    """
    graph = [_web_page(site, localized, address, image), _breadcrumbs(crumbs)]
    if gated:
        graph[0] = {key: graph[0][key] for key in graph[0] if key not in BEHIND_A_GATE}
    questions = [] if gated else _questions(localized)
    if questions:
        graph.append({"@type": "FAQPage", "inLanguage": localized.locale, "mainEntity": questions})
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # "<" as an escape keeps "</script>" and "<!--" of any text from ending the element.
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704


def _web_page(site: Site, localized: Localized, address: str, image: str) -> Node:
    article = localized.article
    node: Node = {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "headline": _plain(localized, "title"),
        "description": _plain(localized, "description"),
        "inLanguage": localized.locale,
        "datePublished": article.date.isoformat(),
        "audience": {"@type": "MedicalAudience", "audienceType": _AUDIENCE[article.audience]},
        "author": {"@type": "Organization", "name": article.author},
        "reviewedBy": {"@type": "Organization", "name": article.reviewed_by},
        "publisher": {"@type": "Organization", "name": site.organisation},
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.base_url + "/"},
        "image": image and site.base_url + image,
    }
    return {key: value for key, value in node.items() if value}


def _breadcrumbs(crumbs: Sequence[Crumb]) -> Node:
    steps = [
        {"@type": "ListItem", "position": number, "name": crumb.name, "item": crumb.address}
        for number, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _questions(localized: Localized) -> list[Node]:
    """The questions of the article's FAQ with their answers, as a reader reads them."""
    found: list[Node] = []
    for item in localized.article.skeleton.faq:
        question, answer = _words(localized, item.question), _words(localized, item.answer)
        if question and answer:
            accepted = {"@type": "Answer", "text": answer}
            found.append({"@type": "Question", "name": question, "acceptedAnswer": accepted})
    return found


def _words(localized: Localized, pieces: range) -> str:
    words = (localized.plain[index].strip() for index in pieces)
    return between_sentences(localized.locale).join(word for word in words if word)


def _plain(localized: Localized, key: str) -> str:
    filled = localized.fields.get(key)
    return filled.plain if filled else ""
