"""This repository's own catalogs: gettext takes them, and would write them as they stand."""

from pathlib import Path

import pytest

from catalogs import gettext

LOCALES = Path(__file__).parents[1] / "locales"
FILES = sorted((*LOCALES.rglob("*.po"), *LOCALES.rglob("*.pot")))


def name(path):
    return path.relative_to(LOCALES).as_posix()


def test_there_are_catalogs_and_templates_to_look_at():
    assert {path.suffix for path in FILES} == {".po", ".pot"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_msgfmt_finds_no_fault(path, tmp_path):
    code, _, told = gettext(
        "msgfmt", "-c", "-o", str(tmp_path / "x.mo"), content=path.read_bytes(), folder=tmp_path
    )
    assert (code, told) == (0, b"") or (path.suffix == ".pot" and only_warns(code, told)), told


def only_warns(code, told):
    """A template's header still has the fields that a translator fills in."""
    return code == 0 and all(b"warning: header field" in line for line in told.splitlines() if line)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_msgcat_would_change_no_line(path, tmp_path):
    code, out, told = gettext("msgcat", "--no-wrap", content=path.read_bytes(), folder=tmp_path)
    assert (code, told) == (0, b"")
    assert out == path.read_bytes()
