"""Plural forms by language, as gettext has them: locale → the value of `Plural-Forms`.

Source: the table of GNU gettext 0.21 (plural-table.c); languages it leaves out follow the
manual's list (gettext.info, "Plural forms") and the headers of the GNU translation teams.
Babel differs for Arabic, Hebrew and Turkish, and an editor's own header always wins.
"""

from __future__ import annotations

from pipeline.po.header import Header, value_of

_ONE = "nplurals=1; plural=0;"
_NOT_ONE = "nplurals=2; plural=(n != 1);"
_OVER_ONE = "nplurals=2; plural=(n > 1);"
_EAST_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
    " && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_CZECH = "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;"

_GROUPS = {
    _ONE: "ja vi ko zh th id ms lo my km",
    _NOT_ONE: (
        "en de nl sv da no nb nn fo es pt it bg el fi et he eo hu tr ca gl eu sq sw af ast lb"
        " az ka kk ur hi bn gu ta te ml mr ne pa"
    ),
    _OVER_ONE: "pt_BR fr fa hy",
    _EAST_SLAVIC: "hr sr bs ru uk be",
    _CZECH: "cs sk",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2"
    " && (n%100<10 || n%100>=20) ? 1 : 2);": "lt",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);": "pl",
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);": "sl",
    "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;": "ro",
    "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;": "ga",
    "nplurals=2; plural=(n%10!=1 || n%100==11);": "is mk",
    "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1"
    " : n%100>10 && n%100<20 ? 2 : 3);": "mt",
    "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n!=8 && n!=11) ? 2 : 3;": "cy",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);": "ar",
}
_TABLE = {code: forms for forms, codes in _GROUPS.items() for code in codes.split()}


def plural_forms(locale: str, header: Header = ()) -> str:
    """The `Plural-Forms` of a locale (`de-AT` or `de_AT`): the header's own if it has one.

    A language that is not in the table gets two forms, like English.
    """
    kept = value_of(header, "Plural-Forms")
    if kept:
        return kept
    name = locale.replace("-", "_")
    return _TABLE.get(name) or _TABLE.get(name.partition("_")[0], _NOT_ONE)
