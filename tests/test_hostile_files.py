"""Whatever a file holds, the user reads what is wrong and where, and nothing is lost."""

import hashlib
import re

import pytest

ARTICLE = "source/after-an-x-ray.md"
CATALOG = "locales/de_DE/LC_MESSAGES/after-an-x-ray.po"
STATEMENT = "locales/de_DE/statements/educational-purpose.txt"
FILES = (
    ARTICLE,
    CATALOG,
    "locales/templates/after-an-x-ray.pot",
    "locales/de_DE/LC_MESSAGES/site.po",
    "l10n.toml",
    "locales/markets/DE.toml",
    "locales/slugs.toml",
    "source/products.toml",
    "source/links.toml",
    "source/glossary.csv",
    STATEMENT,
    "templates/page.html",
)
LAUGHS = "\n".join(
    ["---", "a: &a [x, x, x, x, x, x, x, x, x]"]
    + [
        f"{n}: &{n} [{', '.join(['*' + p] * 9)}]"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)
HARM = {
    "bad UTF-8": lambda b: b + b"\n\xff\xfe\xfa",
    "a NUL": lambda b: b[: len(b) // 2] + b"\0" + b[len(b) // 2 :],
    "UTF-16": lambda b: b.decode().encode("utf-16"),
    "a merge conflict": lambda b: b"<<<<<<< HEAD\n" + b + b"=======\n" + b + b">>>>>>> x\n",
    "random bytes": lambda b: hashlib.sha512(b).digest() * 40,
    "deep nesting": lambda b: b"a = " + b"[" * 100_000,
    "deep quotes": lambda b: b + b"\n" + b">" * 20_000 + b" x\n",
    "expanding YAML": lambda b: LAUGHS.encode() + b"\n---\n" + b,
    "a long line": lambda b: b + b"x" * 3_000_000 + b"\n",
    "nothing": lambda b: b"",
    "half of it": lambda b: b[: len(b) // 2],
}
PLACE = re.compile(r"^([^\s:]+(:\d+)*: )?(error|warning) [a-z-]+: ", re.MULTILINE)


@pytest.fixture
def whole(demo, l10n):
    l10n("extract", "-C", demo)
    l10n("build", "-C", demo)
    head = "term,locale,preferred,accepted,forbidden,note\n"
    (demo / "source/glossary.csv").write_text(head + "X-ray,de-DE,Röntgen,,,\n", "utf-8")
    return demo


def kept(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for top in ("source", "locales", "templates", "l10n.toml")
        for path in ([root / top] if (root / top).is_file() else (root / top).rglob("*"))
        if path.is_file() and path.stat().st_size < 10_000_000
    }


def judge(result, command):
    told = result.out + result.err
    assert "Traceback" not in told
    assert result.code in {0, 1, 2, 3, 4}, f"{command}: {told[-2000:]}"
    if result.code in {2, 3, 4}:
        assert PLACE.search(told), f"{command}: no place in {told[:500]!r}"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", HARM)
def test_a_harmed_file_is_told_and_loses_nothing(whole, l10n, name, harm):
    path = whole / name
    content = path.read_bytes() if path.exists() else b"x = 1\n"
    path.write_bytes(HARM[harm](content))
    before = kept(whole)
    for command in (["status"], ["check"], ["extract", "--check"], ["build", "--dry-run"]):
        judge(l10n(*command, "-C", whole), command)
    assert kept(whole) == before


@pytest.mark.parametrize("name", FILES)
def test_an_enormous_file_is_refused_before_it_is_read(whole, l10n, name):
    with (whole / name).open("ab") as file:
        file.truncate(70 * 2**20)
    command = {CATALOG: "check", "source/glossary.csv": "extract"}.get(name, "build")
    result = l10n(command, "-C", whole)
    judge(result, command)
    if not name.endswith(".pot"):
        law = name.startswith("locales/markets/") or name == "source/products.toml"
        assert result.code in ({4} if law else {2, 3})
        assert "MiB" in result.out + result.err


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_told(whole, l10n, name):
    (whole / name).unlink(missing_ok=True)
    (whole / name).mkdir()
    for command in ("status", "extract", "build"):
        judge(l10n(command, "-C", whole), command)


@pytest.mark.parametrize("harm", ["bad UTF-8", "a NUL", "half of it", "a merge conflict"])
def test_an_unreadable_catalog_is_never_written_over(whole, l10n, harm):
    path = whole / CATALOG
    content = path.read_bytes()
    path.write_bytes(content[:-3] if harm == "half of it" else HARM[harm](content))
    before = kept(whole)
    text = (whole / ARTICLE).read_text("utf-8")
    (whole / ARTICLE).write_text(text + "\nOne more sentence.\n", "utf-8")
    result = l10n("extract", "-C", whole)
    assert result.code == 3
    assert CATALOG + ":" in result.out
    assert {k: v for k, v in kept(whole).items() if k != ARTICLE} == {
        k: v for k, v in before.items() if k != ARTICLE
    }


@pytest.mark.parametrize("harm", HARM)
def test_any_file_can_be_examined_outside_a_workspace(tmp_path, l10n, harm):
    for ending in (".md", ".html"):
        path = tmp_path / f"article{ending}"
        path.write_bytes(HARM[harm](b"---\ntitle: A\n---\n\n# One\n\nTwo.\n"))
        for command in ("doctor", "segments"):
            judge(l10n(command, path), command)
    catalog = tmp_path / "a.po"
    catalog.write_bytes(HARM[harm](b'msgid "a"\nmsgstr "b"\n'))
    for command in ("check", "fmt"):
        judge(l10n(command, catalog), command)


def test_what_is_not_there_is_told(tmp_path, l10n):
    for words in (["doctor", "x.md"], ["segments", "x.md"], ["check", "x.po"], ["fmt", "x.po"]):
        result = l10n(words[0], tmp_path / words[1])
        assert result.code in {2, 3}
        assert "does not exist" in result.out + result.err


def test_a_command_outside_a_workspace_says_what_to_do(tmp_path, l10n):
    result = l10n("build", "-C", tmp_path)
    assert result.code == 2
    assert "l10n init" in result.err
