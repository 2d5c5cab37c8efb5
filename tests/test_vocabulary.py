"""The glossary binds a locale by its own rows, and by what its parent's rows forbid."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.glossary import read_glossary

ROWS = """term,locale,preferred,accepted,forbidden,note
INVAMED,*,INVAMED,,,
stent,de-DE,Stent,Stents;Stents im Plural,Stütze,
vessel,de-DE,Gefäß,,,
stent,de-AT,Gefäßstütze,,,
"""


def vocabulary(root: Path, locale: str, parent: str = ""):
    (root / "source").mkdir(exist_ok=True)
    (root / "source/glossary.csv").write_text(ROWS, "utf-8")
    return read_glossary(root).vocabulary(locale, parent)


def test_a_locale_has_the_forms_of_its_rows_the_preferred_one_first(tmp_path: Path) -> None:
    stent = vocabulary(tmp_path, "de-DE").wordings["stent"]
    assert stent.forms == ("Stent", "Stents", "Stents im Plural")
    assert stent.forbidden == ("Stütze",)


def test_a_locale_that_inherits_is_bound_by_its_own_forms_and_by_forbidden_ones(
    tmp_path: Path,
) -> None:
    own = vocabulary(tmp_path, "de-AT", "de-DE").wordings
    assert own["stent"].forms == ("Gefäßstütze",)
    inherited = vocabulary(tmp_path, "de-CH", "de-DE").wordings
    assert inherited["stent"].forms == ()
    assert inherited["stent"].forbidden == ("Stütze",)


def test_a_locale_without_rows_has_no_vocabulary(tmp_path: Path) -> None:
    assert vocabulary(tmp_path, "fr-FR") is None
