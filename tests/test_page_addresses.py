from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from turbohtml import parse

from page_samples import SITE, article, english, localized, templates
from pipeline.errors import ConfigError
from pipeline.model import Gate
from pipeline.stages.dates import long_date
from pipeline.stages.languages import autonym
from pipeline.stages.links import LinkContext, LinkMap, picture, point, read_links, resolve
from pipeline.stages.listing import Entry, render_index, render_site_index, render_switcher
from pipeline.stages.sitemap import Published, robots, sitemap
from pipeline.stages.slugs import MOST_BYTES, MOST_CHARACTERS, slugify, unique

LINKS = read_links(
    '[links.ifu]\ndefault = "https://example.com/ifu"\nDE = "https://example.com/de?a=1&b=2"\n'
    '[images."a.svg"]\nDE = "a-de.svg"\n'
)
NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.mark.parametrize(
    ("title", "locale", "slug"),
    [
        ("In-Stent-Restenose: Ursachen & Maßnahmen für Ärzte", "de-DE",
         "in-stent-restenose-ursachen-massnahmen-fuer-aerzte"),
        ("Stent içi restenoz: ISI ve İyileşme", "tr-TR", "stent-ici-restenoz-isi-ve-iyilesme"),
        ("Zwężenie w stencie – łatwo", "pl-PL", "zwezenie-w-stencie-latwo"),
        ("L’artère et l'œdème", "fr-FR", "l-artere-et-l-oedeme"),
        ("The patient’s stent", "en-GB", "the-patients-stent"),
        ("Rødgrød på ø", "da-DK", "roedgroed-paa-oe"),
        ("عودة التضيّق: ١٢", "ar-SA", "عودة-التضيق-12"),
        ("ステント内再狭窄：原因と管理", "ja-JP", "ステント内再狭窄-原因と管理"),
        ("支架内再狭窄", "zh-CN", "支架内再狭窄"),
        ("हिन्दी की किताब", "hi-IN", "हिन्दी-की-किताब"),
        ("<img src=x onerror=alert(1)>", "en-US", "img-src-x-onerror-alert-1"),
        ("../../etc/passwd%2f", "en-US", "etc-passwd-2f"),
        ("?!", "en-US", ""),
    ],
)  # fmt: skip
def test_a_slug_is_what_readers_of_the_language_expect(title, locale, slug):
    assert slugify(title, locale) == slug
    assert slugify(slug, locale) == slug


@pytest.mark.parametrize("word", ["word ", "長", "x", "ガギグ", "\U00020000"])
def test_a_slug_is_never_too_long_for_a_file_name(word):
    slug = slugify(word * 200, "ja-JP")
    assert len(slug) <= MOST_CHARACTERS
    assert len(slug.encode()) <= MOST_BYTES
    assert not slug.endswith("-")


def test_a_taken_slug_gets_the_first_free_number():
    assert unique("stent", {"heart"}) == "stent"
    assert unique("stent", {"stent", "stent-2"}) == "stent-3"


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en-US", "January 21, 2022"), ("en-GB", "21 January 2022"), ("de-AT", "21. Jänner 2022"),
        ("fr-CA", "21 janvier 2022"), ("es-MX", "21 de enero de 2022"),
        ("tr-TR", "21 Ocak 2022"), ("pl-PL", "21 stycznia 2022"), ("zh-CN", "2022年1月21日"),
        ("ja-JP", "2022年1月21日"), ("ar-SA", "٢١ يناير ٢٠٢٢"),
    ],
)  # fmt: skip
def test_dates_are_written_as_cldr_has_them(locale, written):
    assert long_date(date(2022, 1, 21), locale) == written


def test_a_link_leads_to_its_market_and_else_to_the_default():
    assert resolve("link:ifu#dose", "DE", LINKS) == "https://example.com/de?a=1&b=2#dose"
    assert resolve("link:ifu", "JP", LINKS) == "https://example.com/ifu"
    assert resolve("link:none", "DE", LINKS) == ""
    assert resolve("https://a.example/", "DE", LINKS) == "https://a.example/"


def test_a_body_gets_real_addresses():
    context = LinkContext("DE", "/de-DE/", LINKS, {"other": "/de-DE/über/"})
    body = (
        '<a href="link:ifu">a</a><a class="x" href=\'article:other#dose\'>b</a>'
        '<a href="article:draft#x">c</a><img alt="" src="images/a.svg">href="link:ifu"'
    )
    html, findings = point(body, context, "source/a.md")
    assert html == (
        '<a href="https://example.com/de?a=1&amp;b=2">a</a>'
        '<a class="x" href="/de-DE/%C3%BCber/#dose">b</a>'
        '<a href="/de-DE/">c</a><img alt="" src="/images/a-de.svg">href="link:ifu"'
    )
    assert findings == ()


def test_addresses_are_made_real_however_their_tag_is_written():
    body = "<A CLASS=x HREF=link:ifu>a</A><IMG SRC=images/a.svg><img src='images/%61.svg'>"
    html, findings = point(body, LinkContext("DE", "/de-DE/", LINKS), "source/a.md")
    assert html == (
        '<A CLASS=x HREF="https://example.com/de?a=1&amp;b=2">a</A>'
        '<IMG SRC="/images/a-de.svg"><img src="/images/a-de.svg">'
    )
    assert findings == ()


@pytest.mark.parametrize(
    "body",
    [
        """<a class="a href='link:ifu' onclick=alert(1) b">x</a>""",
        """<b title="<a href='link:ifu' onclick=alert(1) b>">x</b>""",
        """<b title="<img src='images/a.svg' onerror=alert(1) b>">x</b>""",
        "<!-- don't --><b title='<a href=\"link:ifu\">'>x</b>",
    ],
)
def test_what_looks_like_a_link_inside_a_value_stays_words(body):
    assert point(body, LinkContext("DE", "/de-DE/", LINKS), "source/a.md")[0] == body


def test_an_unknown_link_is_a_finding_that_names_the_known_ones():
    html, (finding,) = point('<a href="link:ifo">x</a>', LinkContext(map=LINKS), "source/a.md")
    assert html == '<a href="/">x</a>'
    assert (finding.code, "ifu" in finding.hint) == ("link-unknown", True)


def test_a_picture_is_the_market_s_own_where_it_has_one():
    assert picture("a.svg", "DE", LINKS) == "/images/a-de.svg"
    assert picture("a.svg", "FR", LINKS) == "/images/a.svg"
    assert picture("", "FR", LinkMap()) == ""


def test_every_fault_of_the_link_map_is_told_at_once():
    text = (
        '[link.a]\nDE = "x"\n[links.b]\nDE = "javascript:alert(1)"\nFR = 5\n[images.c]\nDE = "../x"'
    )
    with pytest.raises(ConfigError) as caught:
        read_links(text)
    assert len(caught.value.findings) == 4
    with pytest.raises(ConfigError, match="TOML"):
        read_links("[links")


def test_the_sitemap_is_reciprocal_and_names_the_switcher_as_default():
    pages = [Published("a", "ja-JP", "/ja-JP/狭窄/"), Published("a", "de-DE", "/de-DE/enge/")]
    ((name, xml),) = sitemap([*pages, Published("b", "de-DE", "/de-DE/b/")], "https://x.example")
    assert name == "sitemap.xml"
    entries = ET.fromstring(xml).findall("s:url", NAMESPACES)
    told = {
        unquote(entry.find("s:loc", NAMESPACES).text): {
            link.attrib["hreflang"]: unquote(link.attrib["href"])
            for link in entry.findall("x:link", NAMESPACES)
        }
        for entry in entries
    }
    group = {
        "de-DE": "https://x.example/de-DE/enge/",
        "ja-JP": "https://x.example/ja-JP/狭窄/",
        "x-default": "https://x.example/articles/a/",
    }
    assert len(told) == len(entries) == 5
    for address in group.values():
        assert told[address] == group
    assert set(told["https://x.example/de-DE/b/"]) == {"de-DE", "x-default"}


def test_a_sitemap_does_not_depend_on_the_order_of_pages():
    pages = [Published(a, loc, f"/{loc}/{a}/") for a in "ab" for loc in ("de-DE", "fr-FR")]
    assert sitemap(pages, "https://x.example") == sitemap(pages[::-1], "https://x.example")


def test_a_large_sitemap_is_cut_into_files_with_an_index():
    pages = [Published(f"a{n}", "de-DE", f"/de-DE/a{n}/") for n in range(50)]
    files = dict(sitemap(pages, "https://x.example", most_bytes=5_000))
    index = ET.fromstring(files["sitemap.xml"])
    names = [loc.text.rpartition("/")[2] for loc in index.iter(f"{{{NAMESPACES['s']}}}loc")]
    assert names == [name for name in files if name != "sitemap.xml"]
    assert all(len(xml) <= 5_000 for name, xml in files.items() if name in names)
    assert sum(files[name].count("<loc>") for name in names) == 100
    assert "https://x.example/sitemap.xml" in robots("https://x.example")


def test_an_index_lists_articles_by_audience_and_hides_summaries_of_gated_ones():
    entries = [Entry(localized(), "/de-DE/a/"), Entry(localized(), "/de-DE/b/", Gate.SELF_DECLARE)]
    html = render_index(SITE, "de-DE", "/de-DE/", "/site.css", entries, templates(), english())
    root = parse(html)
    assert [card.attrs["href"] for card in root.select(".cards a")] == ["/de-DE/a/", "/de-DE/b/"]
    assert html.count("Eine Arterie wird wieder eng.") == 1
    assert [heading.text for heading in root.select("h3")] == ["Koronararterien"]
    assert root.select("#hcp-coronary-arteries")


def test_the_switcher_lists_locales_by_their_own_names():
    pages = {"ar-SA": "/ar-SA/عودة/", "de-AT": "/de-AT/a/"}
    html = render_switcher(SITE, article().id, "/site.css", pages, templates(), english())
    links = parse(html).select(".choices a")
    assert [link.text for link in links] == [autonym("de-AT"), autonym("ar-SA")]
    assert links[0].text == "Deutsch (Österreich)"
    last = links[1].attrs
    assert (last["lang"], last["dir"], last["hreflang"]) == ("ar-SA", "rtl", "ar-SA")
    assert last["href"].isascii()


def test_the_root_page_leads_to_every_locale():
    html = render_site_index(SITE, "/site.css", {"de-DE": "/de-DE/"}, templates(), english())
    assert parse(html).select('a[hreflang="de-DE"][href="/de-DE/"]')
