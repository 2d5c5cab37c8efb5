"""Names of products are found in any guise, and in nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Product, Term
from pipeline.stages.folding import Folding, fold
from pipeline.stages.spot import Thing, make_spotter

# None of these is a product, substance or spelling of this repository.
ORBIT = Product("orbit-valve", ("ORBIT PRO", "Nivarelle"), "heart-valve", ("tacrolimus", "zinc"))
BONE = Product("mandible", ("MANDIBLE",), "implant", (), exact_case=("MANDIBLE",))
TERMS = (
    Term("tacrolimus", "タクロリムス", "ja"),
    Term("tacrolimus", "他克莫司", "zh"),
    Term("tacrolimus", "타크로리무스", "ko"),
    Term("tacrolimus", "تاكروليموس", "ar"),
    Term("tacrolimus", "такролимус", "ru"),
    Term("tacrolimus", "τακρόλιμους", "el"),
    Term("tacrolimus", "ทาโครลิมัส", "th"),
    Term("tacrolimus", "takrolimus", "tr"),
    Term("tacrolimus", "takrolimus", "pl"),
    Term("orbit-valve", "オービット・プロ", "ja"),
)
PRODUCT = Thing("orbit-valve", is_product=True)
SUBSTANCE = Thing("tacrolimus", is_product=False)


def named(text, language="en"):
    mentions = make_spotter((ORBIT, BONE), TERMS, language).find(["before", text, "after"])
    assert all(mention.text == 1 for mention in mentions)
    return {thing.id for mention in mentions for thing in mention.things}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tacro\u00adlimus"),
        ("en", "ta\u200bcro\u2060li\ufeffmus"),
        ("en", "t\u034fa\u0301crolim\u0323us"),
        ("en", "ＴＡＣＲＯＬＩＭＵＳ"),
        ("en", "𝐭𝐚𝐜𝐫𝐨𝐥𝐢𝐦𝐮𝐬 and ⓣⓐⓒⓡⓞⓛⓘⓜⓤⓢ"),
        ("en", "tасrоlіmuѕ"),  # Cyrillic а с о і ѕ
        ("en", "τacrolimuѕ"),  # Greek tau
        ("en", "ᴛᴀᴄʀᴏʟɪᴍᴜꜱ"),
        ("en", "tacrolimus²"),
        ("en", "(tacrolimus1,2)"),
        ("en", "tacrolimus-eluting"),
        ("de", "Tacrolimusfreisetzung"),
        ("tr", "TACROLİMUS"),
        ("tr", "tacrolımus"),
        ("tr", "TAKROLİMUS'UN"),
        ("tr", "takrolimusun"),
        ("pl", "takrolimusem"),
        ("ar", "بتاكروليموس"),
        ("ar", "والتاكروليموس"),
        ("ar", "للتاكروليموس"),
        ("ar", "تَاكْرُولِيمُوس"),
        ("ar", "تاكـــروليموس"),
        ("ja", "タクロリムスを"),
        ("ja", "ﾀｸﾛﾘﾑｽ"),
        ("ja", "たくろりむす"),
        ("zh", "含他克莫司的"),
        ("ko", "타크로리무스는"),
        ("th", "ยาทาโครลิมัสใช้"),
        ("ru", "такролимусом"),
        ("ru", "ТАКРОЛИМУС"),
        ("ru", "tакролимус"),  # Latin t
        ("el", "ΤΑΚΡΟΛΙΜΟΥΣ"),
        ("el", "τακρολιμους"),
        ("en", "такролимус"),  # another script is looked for in every language
    ],
)
def test_a_substance_is_found_in_every_guise(language, text):
    assert named(text, language) == {"tacrolimus"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Orbit Pro valve"),
        ("en", "orbit\u00a0pro"),
        ("en", "ORBIT\u2011PRO"),
        ("en", "orbit-pro-valve"),  # as in a slug
        ("en", "ORBIT® PRO™"),
        ("en", "ORBITPRO"),
        ("en", "ОRВIТ РRО"),  # Cyrillic О В Т Р
        ("en", "Nivarelle's"),
        ("tr", "ORBIT PRO'nun"),
        ("tr", "NİVARELLE'nin"),
        ("tr", "orbit proda"),
        ("pl", "Nivarellem"),
        ("ja", "ORBIT PRO弁"),
        ("ja", "ｵｰﾋﾞｯﾄ ﾌﾟﾛ"),
        ("ja", "オービットプロの"),
        ("ar", "وORBIT PRO"),
        ("ru", "ORBIT PROом"),
    ],
)
def test_a_product_is_found_however_its_words_are_joined_or_inflected(language, text):
    assert named(text, language) == {"orbit-valve"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The orbit of the eye, and a professional"),
        ("en", "orbit profile"),
        ("en", "suborbit protocol"),
        ("en", "metacrolimus"),  # the end of another substance
        ("en", "zincous"),  # a short name ends where its word ends
        ("en", "the mandible"),
        ("en", "Mandibles"),
        ("ar", "تاكرو ليموسين"),
        ("ru", "орбита"),
        ("en", "orbit.\n\nPro"),
    ],
)
def test_other_words_are_no_mention(language, text):
    assert named(text, language) == set()


@pytest.mark.parametrize(
    "text", ["The MANDIBLE plate", "MANDIBLEs", "ＭＡＮＤＩＢＬＥ", "МАNDIВLЕ"]
)
def test_a_name_that_is_a_common_word_may_ask_for_its_exact_case(text):
    assert named(text) == {"mandible"}


def test_the_words_are_told_as_they_stand_in_the_text():
    (mention,) = make_spotter((ORBIT,), TERMS, "en").find(["", "With Tacro\u00adLimus."])
    assert mention == (1, "Tacro\u00adLimus", (SUBSTANCE,))


def test_the_longer_of_two_products_is_the_one_that_is_named():
    products = (ORBIT, Product("plain", ("ORBIT",), "heart-valve"))
    find = make_spotter(products, (), "en").find
    assert [m.things for m in find(["ORBIT PRO", "ORBIT two"])] == [
        (PRODUCT,),
        (Thing("plain", is_product=True),),
    ]


def test_texts_beside_each_other_never_make_a_name_together():
    assert make_spotter((ORBIT,), (), "en").find(["ORBIT", "PRO"]) == ()


HIDDEN = st.sampled_from(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202a\u2066\u034f\u0301\u0308\ufe0f\u180b"
)
SPELLINGS = [("en", "ORBIT PRO"), ("en", "tacrolimus"), ("en", "Nivarelle")] + [
    (term.language, term.spelling) for term in TERMS
]


@given(st.data(), st.sampled_from(SPELLINGS))
def test_hidden_characters_and_case_never_hide_a_name(data, spelling):
    language, name = spelling
    disguised = ""
    for letter in name:
        hidden = "".join(data.draw(st.lists(HIDDEN, max_size=2)))
        change = data.draw(st.sampled_from([str, str.upper, str.lower, str.swapcase]))
        disguised += change(letter) + hidden
    assert named(f"« {disguised} »", language)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    table = Folding()
    once = fold(text, table)
    assert fold(once, table) == once


@given(st.text(alphabet="abcdeghijkqvwxyz çğüöäßéłø 0123456789", max_size=200))
def test_words_without_the_letters_of_a_name_are_never_one(text):
    assert named(text) == set()


@given(
    st.lists(st.sampled_from(["", "a", "tacrolimus", "x\0y", "ß", "Orbit-Pro", "ﬁ"]), max_size=9)
)
def test_a_mention_is_told_of_the_text_that_it_stands_in(texts):
    found = {mention.text for mention in make_spotter((ORBIT,), (), "en").find(texts)}
    assert found == {n for n, text in enumerate(texts) if text in ("tacrolimus", "Orbit-Pro")}
