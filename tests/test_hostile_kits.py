"""A zip from outside can be hostile: it is refused with its place, at once, and nothing changes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.store.kit import MAX_FILES, zip_bytes

ARTICLE = "after-an-x-ray"
XLIFF = f"de_DE/{ARTICLE}.xlf"
KEPT = f"do-not-edit/de_DE/{ARTICLE}.po"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> tuple[Path, Files]:
    """A demo workspace that has handed off a kit, and the files of the kit."""
    root = tmp_path_factory.mktemp("hostile") / "demo"
    for words in (["init", "--demo", str(root)], ["extract", "-C", str(root)],
                  ["handoff", "export", "-C", str(root), "--locale", "de-DE", "--format",
                   "xliff12", "--out", str(root / "k.zip")]):  # fmt: skip
        subprocess.run([sys.executable, "-m", "pipeline.cli.main", *words], check=True)
    with zipfile.ZipFile(root / "k.zip") as kit:
        return root, {name: kit.read(name) for name in kit.namelist()}


def zipped(
    files: Files, compression: int = zipfile.ZIP_DEFLATED, **more: Callable[[zipfile.ZipInfo], None]
) -> bytes:
    """A zip in which `more` may spoil the entry of a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            for spoil in more.values():
                spoil(info)
            archive.writestr(info, content)
    return out.getvalue()


def a_link(info: zipfile.ZipInfo) -> None:
    if info.filename == XLIFF:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16


def encrypted(files: Files) -> bytes:
    content = bytearray(zipped(files))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


def lying_about_sizes(files: Files) -> bytes:
    """The list of names promises ten bytes where a hundred megabytes follow."""
    content = bytearray(zipped({**files, XLIFF: bytes(100 * 2**20)}))
    at = content.rfind(XLIFF.encode()) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def of_many_names(files: Files) -> bytes:
    """A million lines in the list of names, all of them for one file."""
    content = zipped({"manifest.json": b"{}"})
    start, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    line = content[start:end]
    size = len(line) * 700_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, size, start, 0)
    return content[:start] + line * 700_000 + tail


def overlapping(files: Files) -> bytes:
    """One body of zeros that four thousand names share."""
    content = zipped({"a0000.po": bytes(15 * 2**20)})
    start, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    line = content[start:end]
    lines = b"".join(line.replace(b"a0000", b"a%04d" % n) for n in range(4000))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 4000, 4000, len(lines), start, 0)
    return content[:start] + lines + tail


LAUGHS = b"".join(
    b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"ha" * 50) for n in range(10)
)


def xliff(files: Files, old: bytes, new: bytes) -> bytes:
    assert old in files[XLIFF]
    return zipped({**files, XLIFF: files[XLIFF].replace(old, new, 1)})


def manifest(files: Files, /, **change: object) -> bytes:
    told = {**json.loads(files["manifest.json"]), **change}
    return zipped({**files, "manifest.json": json.dumps(told).encode()})


def catalogs(files: Files, /, **change: object) -> bytes:
    told = json.loads(files["manifest.json"])["catalogs"]
    return manifest(files, catalogs=[{**told[0], **change}, *told[1:]])


HEAD = b"<xliff "
HOSTILE: dict[str, tuple[str, Callable[[Files], bytes]]] = {
    "no zip at all": ("handoff-zip", lambda f: b"Dear customer, please find enclosed"),
    "nothing": ("handoff-zip", lambda f: b""),
    "cut off": ("handoff-zip", lambda f: zipped(f)[:-500]),
    "a bomb of zeros": ("handoff-zip", lambda f: zipped({**f, XLIFF: bytes(15 * 2**20)})),
    "a bomb of a gigabyte": (
        "handoff-zip",
        lambda f: zipped({**f, **{f"de_DE/{n}.xlf": bytes(15 * 2**20) for n in range(70)}}),
    ),
    "a lie about sizes": ("handoff-zip", lying_about_sizes),
    "a million names": ("handoff-zip", of_many_names),
    "names that share a body": ("handoff-zip", overlapping),
    "many files": (
        "handoff-zip",
        lambda f: zipped({**f, **{f"x{n}": b"" for n in range(MAX_FILES)}}),
    ),
    "a name that leads out": ("handoff-zip", lambda f: zipped({**f, "../evil.po": b"x"})),
    "a name that leads out further in": (
        "handoff-zip",
        lambda f: zipped({**f, "de_DE/../../evil.po": b"x"}),
    ),
    "an absolute name": ("handoff-zip", lambda f: zipped({**f, "/etc/evil": b"x"})),
    "a name for Windows": ("handoff-zip", lambda f: zipped({**f, "de_DE\\..\\evil": b"x"})),
    "a drive": ("handoff-zip", lambda f: zipped({**f, "C:evil": b"x"})),
    "a hidden name": ("handoff-zip", lambda f: zipped({**f, ".git/config": b"x"})),
    "a name with a line end": ("handoff-zip", lambda f: zipped({**f, "a\nb": b"x"})),
    "a name in two cases": (
        "handoff-zip",
        lambda f: zipped({**f, XLIFF.replace("after", "AFTER"): b"x"}),
    ),
    "a link": ("handoff-zip", lambda f: zipped(f, link=a_link)),
    "encryption": ("handoff-zip", encrypted),
    "unusual compression": ("handoff-zip", lambda f: zipped(f, zipfile.ZIP_LZMA)),
    "no manifest": (
        "handoff-manifest",
        lambda f: zipped({n: c for n, c in f.items() if n != "manifest.json"}),
    ),
    "a manifest of another kind": ("handoff-manifest", lambda f: manifest(f, kind="other")),
    "a manifest with more": ("handoff-manifest", lambda f: manifest(f, more=1)),
    "a manifest that is no JSON": (
        "handoff-manifest",
        lambda f: zipped({**f, "manifest.json": b"{"}),
    ),
    "a manifest without end": (
        "handoff-manifest",
        lambda f: zipped({**f, "manifest.json": b"[" * 60_000}),
    ),
    "a manifest that writes elsewhere": (
        "handoff-manifest",
        lambda f: catalogs(f, locale="../../x", file="l10n.toml"),
    ),
    "a manifest with other names": (
        "handoff-manifest",
        lambda f: catalogs(f, file="manifest.json"),
    ),
    "a locale that is not here": (
        "handoff-source",
        lambda f: manifest(
            {**f, "fr_FR/site.xlf": b"", "do-not-edit/fr_FR/site.po": b""},
            catalogs=[
                {
                    **json.loads(f["manifest.json"])["catalogs"][0],
                    "locale": "fr-FR",
                    "article": "site",
                    "file": "fr_FR/site.xlf",
                    "exported": "do-not-edit/fr_FR/site.po",
                }
            ],
            files={
                **json.loads(f["manifest.json"])["files"],
                "fr_FR/site.xlf": {"sha256": "0" * 64, "size": 0},
                "do-not-edit/fr_FR/site.po": {"sha256": "0" * 64, "size": 0},
            },
        ),
    ),
    "a changed export": ("handoff-manifest", lambda f: zipped({**f, KEPT: f[KEPT] + b"\n"})),
    "an export that is gone": (
        "handoff-manifest",
        lambda f: zipped({n: c for n, c in f.items() if n != KEPT}),
    ),
    "a file too many": ("handoff-name", lambda f: zipped({**f, "de_DE/more.xlf": b"x"})),
    "a renamed file": (
        "handoff-name",
        lambda f: zipped({n.replace("x-ray.xlf", "x-ray-final.xlf"): c for n, c in f.items()}),
    ),
    "another language": (
        "handoff-name",
        lambda f: xliff(f, b'target-language="de-DE"', b'target-language="fr-FR"'),
    ),
    "another article's file": (
        "handoff-name",
        lambda f: zipped({**f, XLIFF: f["de_DE/site.xlf"]}),
    ),
    "a laugh of entities": (
        "xml-refused",
        lambda f: xliff(f, HEAD, b"<!DOCTYPE x [" + LAUGHS + b"]>" + HEAD),
    ),
    "a file from this machine": (
        "xml-refused",
        lambda f: xliff(f, HEAD, b'<!DOCTYPE x [<!ENTITY a SYSTEM "/etc/passwd">]>' + HEAD),
    ),
    "a laugh in another encoding": (
        "xml-refused",
        lambda f: zipped(
            {**f, XLIFF: ("<!DOCTYPE x [<!ENTITY a 'b'>]><xliff/>").encode("utf-16-be")}
        ),
    ),
    "elements without end": (
        "xml-refused",
        lambda f: xliff(f, b"<body>", b"<body>" + b"<group>" * 9_000),
    ),
    "a file that stops": ("xml-refused", lambda f: zipped({**f, XLIFF: f[XLIFF][:-30]})),
    "another format": ("xliff-format", lambda f: zipped({**f, XLIFF: b"<html/>"})),
    "a code of its own": (
        "xliff-code",
        lambda f: xliff(f, b"</source>", b'</source><target><g id="x">!</g></target>'),
    ),
    "an override of direction": (
        "xliff-character",
        lambda f: xliff(f, b"</source>", "</source><target>\u202e</target>".encode()),
    ),
    "a NUL that is spelled": (
        "xliff-character",
        lambda f: xliff(f, b"</source>", b"</source><target>a\\u{0}</target>"),
    ),
}


def limited() -> None:
    """Two seconds of work, and 256 MiB of memory that a program can write to."""
    resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
    resource.setrlimit(resource.RLIMIT_DATA, (256 * 2**20, 256 * 2**20))


def state(root: Path) -> dict[str, bytes]:
    """Every file of the workspace but its lock."""
    found = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path): path.read_bytes() for path in found if path.name != "back.zip"}


# What asks for time or memory; each of these has a process of its own.
BOMBS = (
    "a bomb of a gigabyte", "a bomb of zeros", "a laugh of entities", "a lie about sizes",
    "a million names", "a manifest without end", "elements without end", "many files",
    "names that share a body",
)  # fmt: skip


def in_a_process(root: Path, limits: Callable[[], None] | None = limited):
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli.main", "handoff", "import", "back.zip"],
        cwd=root,
        capture_output=True,
        text=True,
        preexec_fn=limits,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


@pytest.mark.parametrize("what", sorted(set(HOSTILE) - set(BOMBS)))
def test_it_is_refused_with_its_place_and_nothing_changes(sent, l10n, what: str, monkeypatch):
    root, files = sent
    code, make = HOSTILE[what]
    (root / "back.zip").write_bytes(make(dict(files)))
    before = state(root)
    monkeypatch.chdir(root)
    done = l10n("handoff", "import", "back.zip")
    assert done.code == 3, done.out + done.err
    assert f"error {code}: " in done.err
    assert done.err.startswith("back.zip")
    assert state(root) == before


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_within_two_seconds_and_256_mib(sent, what: str) -> None:
    root, files = sent
    code, make = HOSTILE[what]
    (root / "back.zip").write_bytes(make(dict(files)))
    before = state(root)
    done = in_a_process(root)
    assert done.returncode == 3, done.stdout + done.stderr
    assert f"error {code}: " in done.stderr
    assert done.stderr.startswith("back.zip")
    assert state(root) == before


def test_the_kit_as_it_was_sent_is_taken_within_the_same_limits(sent) -> None:
    root, files = sent
    (root / "back.zip").write_bytes(zip_bytes(files))
    done = in_a_process(root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_hostile_manifest_and_export_together_overwrite_nothing_finished(sent) -> None:
    """Who changes what was exported, and the hash of it, gets what nobody here vouches for."""
    root, files = sent
    catalog = root / f"locales/de_DE/LC_MESSAGES/{ARTICLE}.po"
    kept = catalog.read_bytes()
    old, newer = b'get the result?"\nmsgstr ""', b'get the result?"\nmsgstr "Neuer"'
    try:
        catalog.write_bytes(kept.replace(old, newer, 1))
        assert newer in catalog.read_bytes()
        told = json.loads(files["manifest.json"])
        forged = files[KEPT].replace(old, newer, 1)
        digest = hashlib.sha256(forged).hexdigest()
        told["files"][KEPT] = {"sha256": digest, "size": len(forged)}
        target = b"get the result?</source>"
        content = files[XLIFF].replace(target, target + b"<target>Fremd</target>", 1)
        spoiled = {**files, KEPT: forged, XLIFF: content}
        (root / "back.zip").write_bytes(manifest(spoiled, files=told["files"]))
        done = in_a_process(root, None)
        assert done.returncode == 1, done.stderr
        assert newer in catalog.read_bytes()
        assert b": Fremd" in catalog.read_bytes()
    finally:
        catalog.write_bytes(kept)
