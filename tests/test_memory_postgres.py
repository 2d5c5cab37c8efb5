"""The memory on a PostgreSQL server gives the answers that the file gives.

The server is started for these tests, in a folder of its own and behind a socket only.
"""

from __future__ import annotations

import os
import pwd
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.model.memory import Unit
from pipeline.stages.remember import Asked, Rows, asked_by, digest, matches, scored
from pipeline.store.memory import open_memory
from pipeline.store.memory_postgres import connect
from pipeline.store.workspace import open_workspace
from pipeline.workflows.memory import remember, search

pytestmark = pytest.mark.postgres
PLACES = ("/usr/lib/postgresql/*/bin/pg_ctl", "/usr/local/pgsql/bin/pg_ctl")
STEMS = (
    "stent artery vessel lesion balloon catheter heart narrow tissue drug polymer strut lumen",
    "scan symptom chest breath visit tablet day week risk smoke kidney contrast dye pressure",
    "walk rest wound site bleed swell",
)
ENDS = ("", "s", "ed", "ing", "less", "ful", "like", "er")
WORDS = [stem + end for stem in " ".join(STEMS).split() for end in ENDS]


def tool(name):
    """A program of the server: on the path, or where Debian puts it."""
    found = [Path(place).with_name(name) for place in map(str, _installed())]
    return shutil.which(name) or next((str(path) for path in found if path.exists()), "")


def _installed():
    for place in PLACES:
        yield from sorted(Path("/").glob(place.lstrip("/")), reverse=True)


def as_nobody(*command):
    """The command as somebody who is not root: the server refuses to be root's."""
    if os.getuid() != 0:
        return list(command)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def run(*command):
    done = subprocess.run(as_nobody(*command), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def server():
    """The address of a server that runs while these tests do."""
    if not tool("initdb"):
        missing = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="l10n-pg-"))
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    base = folder / "base"
    run(tool("initdb"), "-D", str(base), "-U", "l10n", "-A", "trust", "-E", "UTF8", "--no-sync",
        "--locale=C.UTF-8")  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    log = str(folder / "log")
    run(tool("pg_ctl"), "-D", str(base), "-l", log, "-o", options, "-w", "start")
    try:
        yield f"postgresql:///postgres?host={folder}&user=l10n"
    finally:
        run(tool("pg_ctl"), "-D", str(base), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def texts(count):
    """Sentences of 3 to 14 words, many of them like others."""
    rng = random.Random(20260101)
    made = {}
    while len(made) < count:
        words = rng.choices(WORDS, k=rng.randint(3, 14))
        made[" ".join(words).capitalize() + "."] = None
        words[rng.randrange(len(words))] = rng.choice(WORDS)
        made[f"{' '.join(words).capitalize()} in {rng.randint(2, 90)} days."] = None
    return list(made)


def changed(rng, text):
    words = text.split()
    words[rng.randrange(len(words))] = rng.choice(WORDS)
    return " ".join(words)


def answers(memory, queries):
    """What a memory says to each query: all that it offers with the best score."""
    told = []
    for query in queries:
        same = memory.same(query, digest(query))
        found = scored(query, (*((same,) if same else ()), *memory.candidates(*asked_by(query))))
        targets = memory.targets([candidate.id for _, candidate in found], ("de-DE", "de"))
        hits = matches(Asked(query, article="3"), found, targets, lambda _: frozenset())
        told.append([hit for hit in hits if hit.score == hits[0].score])
    return told


def test_both_give_the_same_best_answers_on_the_same_4000_texts(server, tmp_path):
    rows = Rows()
    known = texts(4000)
    files = [
        (
            f"{n}.po",
            "1",
            rows.of(
                [
                    Unit(text, f"{text}!", "de-DE", article=str(n), notes=("x",), changed=str(n))
                    for text in known[n * 500 : (n + 1) * 500]
                ]
            ),
        )
        for n in range(8)
    ]
    file, shared = open_memory(tmp_path), connect(server)
    try:
        shared.forget(tuple(shared.files()))
        assert file.replace(files) == shared.replace(files) == len(known)
        assert file.counts() == shared.counts()
        assert file.files() == shared.files()
        assert list(file.units(())) == list(shared.units(()))
        rng = random.Random(7)
        queries = [changed(rng, text) for text in rng.sample(known, 300)] + known[:50]
        pairs = zip(answers(file, queries), answers(shared, queries), strict=True)
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        assert differing == []
        for memory in (file, shared):
            memory.forget(["0.po", "1.po"])
            memory.replace([("2.po", "2", files[2][2][:3])])
        assert file.counts() == shared.counts()
        assert list(file.units(("de-DE",))) == list(shared.units(("de-DE",)))
    finally:
        file.close()
        shared.close()


def test_a_workspace_that_names_a_server_keeps_its_memory_there(server, demo, l10n):
    settings = demo / "l10n.toml"
    settings.write_text(f'{settings.read_text()}\n[memory]\nurl = "{server}"\n')
    l10n("extract", "-C", demo)
    with remember(open_workspace(demo)) as first:
        assert first.rows
    with remember(open_workspace(demo)) as second:
        assert second.rows == 0
    found, findings = search(demo, "Drink enough water.", "en-US")
    assert not findings
    assert all(match.locale == "en-US" for match in found)
    assert not (demo / ".l10n/memory.sqlite").exists()


def test_a_server_that_cannot_be_reached_is_told_without_a_password():
    with pytest.raises(ConfigError) as caught:
        connect("postgresql://u:secret@/x?host=/nowhere")
    assert "secret" not in caught.value.problem
