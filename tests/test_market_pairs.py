"""Every ordered pair of this repository's countries: no page of one has the other's legal texts.

The pages are those that a build with review copies makes, blocked ones among them.
"""

import re
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.model import Moment, Statement
from pipeline.stages.addresses import address
from pipeline.stages.languages import between_sentences
from pipeline.stages.verify_page import statement_findings
from pipeline.workflows.pages import PlannedPage, plan_pages
from pipeline.workflows.site import make_site

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
ELEMENT = re.compile(r'(<aside [^>]*data-stmt=")([^"]+)("[^>]*><p>)(.*?)(</p></aside>)', re.DOTALL)
# why a page is blocked, in the words of its rules
BANNER = re.compile(r'<div class="banner review".*?</div>', re.DOTALL)


@dataclass(frozen=True)
class Built:
    """A page as a build with review copies writes it."""

    plan: PlannedPage
    names: tuple[str, ...]
    html: str

    @property
    def texts(self) -> tuple[Statement, ...]:
        return tuple(statement for _, statement in self.plan.statements)


@dataclass(frozen=True)
class Country:
    """A market with its pages, and every legal text that it has."""

    pages: tuple[Built, ...]
    texts: tuple[Statement, ...]


def letters(text: str) -> str:
    """The words of a text, however they are spaced, cased and marked."""
    return "".join(character for character in text.casefold() if character.isalnum())


def words(statement: Statement) -> str:
    return between_sentences(statement.locale).join(statement.sentences)


def parts(statement: Statement) -> tuple[str, ...]:
    """The letters of a text, cut where a fact is put in."""
    found = (letters(part) for part in re.split(r"\{[^}]*\}", words(statement)))
    return tuple(part for part in found if part)


def holds(page: str, text: tuple[str, ...]) -> bool:
    return all(part in page for part in text)


@pytest.fixture(scope="module")
def countries() -> dict[str, Country]:
    pages = plan_pages(ROOT, Moment(TODAY))
    site = make_site(pages, strict=False, review=True)
    published = {(p.locale, p.article.id) for p in pages.planned if p.published}
    addresses = address([p.localized for p in pages.planned], published, site.ledger)
    built: dict[str, list[Built]] = {}
    for plan in pages.planned:
        names = tuple(n for key in plan.article.products for n in pages.law.products[key].names)
        for path in (
            addresses.url(plan.locale, plan.article.id).lstrip("/") + "index.html",
            f"_review/{plan.locale}/{plan.article.id}/index.html",
        ):
            if path in site.files:
                page = Built(plan, names, site.files[path].decode("utf-8"))
                built.setdefault(plan.market.code, []).append(page)
    return {
        market.code: Country(
            tuple(built[market.code]),
            tuple(
                t for (locale, _), t in pages.law.statements.items() if locale in market.languages
            ),
        )
        for market in pages.law.markets
        if market.languages
    }


def test_every_country_has_pages_and_legal_texts(countries: dict[str, Country]) -> None:
    files = [path.stem for path in (ROOT / "locales" / "markets").glob("??.toml")]
    assert set(countries) == set(files) - {"EU"}
    assert all(country.pages and country.texts for country in countries.values())
    assert all(any(page.texts for page in country.pages) for country in countries.values())


def test_no_page_holds_a_legal_text_that_only_another_country_has(
    countries: dict[str, Country],
) -> None:
    held = {
        code: [letters(unescape(BANNER.sub("", page.html))) for page in country.pages]
        for code, country in countries.items()
    }
    own = {
        code: [letters(words(text)) for page in country.pages for text in page.texts]
        for code, country in countries.items()
    }
    foreign = {code: {parts(text) for text in c.texts} - {()} for code, c in countries.items()}
    pairs, compared = 0, 0
    for code, other in permutations(countries, 2):
        pairs += 1
        for text in foreign[other]:
            if any(holds(mine, text) for mine in own[code]):
                continue  # the country asks for these very words itself
            compared += 1
            assert not any(holds(page, text) for page in held[code]), (code, other, text)
    assert pairs == len(countries) * (len(countries) - 1)
    assert compared > pairs  # the comparison was no empty one


def refused(page: Built, html: str) -> bool:
    demands = [demand for demand, _ in page.plan.statements]
    gate = page.plan.verdict.gate
    found = statement_findings(html, demands, page.texts, gate, "x.html", page.names)
    return any(finding.code != "gate-login" for finding in found)  # that one has no say here


def swapped(page: Built, name: str, text: str) -> str:
    """The page with its first statement's element replaced by another's."""

    def other(found: re.Match[str]) -> str:
        return f"{found[1]}{name}{found[3]}{escape(text)}{found[5]}"

    html, count = ELEMENT.subn(other, page.html, count=1)
    assert count == 1
    return html


def test_a_page_with_another_countrys_legal_text_does_not_pass_the_proof(
    countries: dict[str, Country],
) -> None:
    pairs, same_name = 0, 0
    for code, other in permutations(countries, 2):
        pairs += 1
        page = min((p for p in countries[code].pages if p.texts), key=lambda p: len(p.html))
        name = ELEMENT.search(page.html)[2]
        mine = {text.id: letters(words(text)) for text in page.texts}
        foreign = [t for t in countries[other].texts if letters(words(t)) != mine[name]]
        theirs = next((t for t in foreign if t.id == name), foreign[0])
        same_name += theirs.id == name
        assert not refused(page, swapped(page, name, words(own_text(page, name))))
        assert refused(page, swapped(page, name, words(theirs))), (code, other, theirs.id)
        stranger = next((t for t in foreign if t.id not in mine), foreign[0])
        assert refused(page, swapped(page, stranger.id, words(stranger))), (code, other)
    assert pairs == len(countries) * (len(countries) - 1)
    assert same_name > pairs // 2


def own_text(page: Built, name: str) -> Statement:
    return next(text for text in page.texts if text.id == name)
