"""Somebody who can write every file of a signed workspace, and has no key: nothing goes live."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import publishable
import pytest

from pipeline.model import Act, Moment, Origin, StampRole
from pipeline.stages.chain import heads
from pipeline.stages.entitled import entitled
from pipeline.stages.links import LinkMap
from pipeline.stages.media import images_named, media_of
from pipeline.store.approvals import load_ledgers, record_write
from pipeline.store.people import load_people
from pipeline.store.records import body_of
from pipeline.store.signatures import sign, told_from_outside
from pipeline.store.state import BuildState, signature, write_state
from pipeline.workflows.approve import withdraw
from pipeline.workflows.build import FOLDER, _inputs
from pipeline.workflows.chosen import Asked
from workspaces import replace as change

PAGE = "DE/de-DE/valve"
ALMA, OLAF = "alma@orbit.example", "olaf@orbit.example"
DE, TERMS = "locales/markets/DE.toml", "locales/markets/terms/ja.txt"
PEOPLE, SIGNERS = "locales/markets/people.toml", "locales/markets/allowed_signers"
RISK = "locales/de_DE/statements/valve-risk.txt"


@pytest.fixture
def codes(l10n):
    """Build for real, and give back the codes of what keeps the page back."""

    def run(site, *words):
        result = l10n("build", "--expect", PAGE, "--json", "-C", site.root, *words)
        told = json.loads(result.out)
        found = [*told["findings"], *(f for p in told.get("expected", ()) for f in p["findings"])]
        assert result.code == (4 if found else 0)
        return {f["code"] for f in found} - {"page-not-built"}

    return run


def forge(site, ledger, of, **changed):
    """Write a record like another, after all that stand in a ledger."""
    every = load_ledgers(site.root)[ledger].records
    like = next(r for r in every if r.id == of)
    _, file = record_write(replace(like, parents=heads(every), **changed))
    (site.root / file.path).write_bytes(file.content)


def page_file(site):
    (path,) = (site.root / "build/de-DE").glob("*/index.html")
    return path


def test_the_page_is_published_as_it_stands(site, codes):
    assert not codes(site)
    assert "Schlaganfall" in page_file(site).read_text("utf-8")


# --- what the tool keeps for itself proves nothing


def test_a_forged_note_of_the_last_build_proves_nothing(site, codes):
    assert not codes(site)
    page = page_file(site)
    page.write_text(page.read_text("utf-8").replace("Schlaganfall", "Wohlbefinden"), "utf-8")
    row = {"locale": "de-DE", "market": "DE", "article": "valve", "done": 1, "fuzzy": 0}
    row |= {"missing": 0, "page": "gated", "why": [], "blocks": []}
    words = ("strict=False", "review=False", *told_from_outside())
    days = {"Europe/Berlin": Moment(datetime.now(UTC)).day_in("Europe/Berlin").isoformat()}
    outputs = signature([site.root / FOLDER])
    inputs = _inputs(site.root, words)
    write_state(site.root, BuildState(inputs, outputs, (row,), 0, days))
    assert not codes(site)
    assert "Schlaganfall" in page.read_text("utf-8")


# --- settings


@pytest.mark.parametrize("lower", ["sample", "integrity"])
def test_less_assurance_than_the_builder_asks_for_is_seen(site, codes, lower):
    change(site.root / "l10n.toml", '"signed"', f'"{lower}"')
    change(site.root / DE, 'stamped_by = ["translator", "reviser", "approver", "owner"]\n', "")
    change(site.root / DE, 'different_people = ["translator", "reviser", "approver"]\n', "")
    change(site.root / RISK, "Schlaganfall", "Wohlbefinden")
    assert codes(site) == {"assurance-lowered"}


def test_a_sign_that_only_looks_the_same_changes_a_policy_file(site, codes):
    """Unicode says that the Greek question mark is a semicolon; a term list does not."""
    line = "orbit-valve: ORBITPRO; ORBIPRO\n"
    (site.root / TERMS).write_text(line, "utf-8")
    site.approve("olaf", "owner")
    assert not codes(site)
    (site.root / TERMS).write_text(line.replace(";", "\u037e"), "utf-8")
    assert codes(site) == {"policy-changed"}


# --- records


def test_a_withdrawal_that_nobody_signed_takes_no_policy_file_away(site, codes):
    (site.root / TERMS).unlink()
    (old,) = [r for r in load_ledgers(site.root)["policy"].records if r.subject.path == TERMS]
    back = {"act": Act.WITHDRAW, "withdraws": old.id, "reason": "Not needed."}
    forge(site, "policy", old.id, **back, time=datetime.now(UTC))
    assert codes(site) == {"policy-file-gone"}


def test_a_withdrawal_by_its_owner_lets_a_policy_file_go(site, codes):
    (old,) = [r for r in load_ledgers(site.root)["policy"].records if r.subject.path == TERMS]
    (site.root / TERMS).unlink()
    asked = Asked(StampRole.OWNER, OLAF, reason="Not needed.", key=site.keys / "olaf")
    withdraw(site.root, datetime.now(UTC), old.id, asked, write=True)
    assert not codes(site)


def test_an_approved_text_that_a_later_approval_replaced_counts_no_more(site, codes):
    """Somebody puts the file of an older approval back."""
    old = (site.root / RISK).read_text("utf-8")
    change(site.root / RISK, "Schlaganfall", "Tod")
    site.approve("alma", "approver")
    assert not codes(site)
    (site.root / RISK).write_text(old, "utf-8")
    assert codes(site) == {"stamp-outdated"}
    site.approve("alma", "approver")  # who looks at it again may say so
    assert not codes(site)


def test_an_older_market_file_that_was_approved_counts_no_more(site, codes):
    old = (site.root / DE).read_text("utf-8")
    change(site.root / DE, "Nobody may promise a cure.", "Nobody may promise a cure!")
    site.approve("olaf", "owner")
    site.approve("alma", "approver")
    (site.root / DE).write_text(old, "utf-8")
    assert codes(site) == {"policy-changed", "stamp-outdated"}


def test_an_older_list_of_signers_counts_no_more(site, codes):
    """Both files were signed by the root key, once: before a key was revoked."""
    folder = site.root / "locales/markets"
    old = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    key = publishable.fingerprint(site.keys / "alma")
    with (site.root / PEOPLE).open("a", encoding="utf-8") as file:
        file.write(f'\n[[revoked]]\nkey = "{key}"\nreason = "Her laptop was stolen."\n')
    site.change_people()
    assert codes(site) == {"stamp-signature"}
    for path, content in old.items():
        path.write_bytes(content)
    assert codes(site) == {"policy-changed"}


def test_a_deputy_who_has_left_stands_in_for_nobody(site):
    with (site.root / PEOPLE).open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[deputies]]\nperson = "rita@orbit.example"\nstands_in_for = "{ALMA}"\n'
            "starts = 2020-01-01\nends = 2099-01-01\n"
        )
    people = load_people(site.root)
    day = date(2026, 1, 1)
    assert not entitled(people, "rita@orbit.example", StampRole.APPROVER, "DE", day)
    change(site.root / PEOPLE, 'roles = ["reviser"]', 'roles = ["reviser"]\nends = 2025-12-31')
    people = load_people(site.root)
    why = entitled(people, "rita@orbit.example", StampRole.APPROVER, "DE", day)
    assert why == "rita@orbit.example could approve only until 2025-12-31"


def test_an_approver_cannot_say_that_raw_machine_words_were_post_edited(site, codes):
    site.approve("tess", "translator", origin=Origin.MACHINE)
    every = load_ledgers(site.root)["DE"].records
    human = next(r for r in every if r.origin is Origin.HUMAN)
    asked = Asked(StampRole.TRANSLATOR, "tess@orbit.example", reason="No.", key=site.keys / "tess")
    withdraw(site.root, datetime.now(UTC), human.id, asked, write=True)
    assert codes(site) == {"stamp-raw-machine"}
    said = {"role": StampRole.APPROVER, "person": ALMA, "origin": Origin.POST_EDITED}
    before = heads(load_ledgers(site.root)["DE"].records)
    made = replace(human, **said, parents=before, time=datetime.now(UTC))
    made = replace(made, signature=sign(body_of(made), "approver", site.keys / "alma"))
    _, file = record_write(made)
    (site.root / file.path).write_bytes(file.content)
    assert codes(site) == {"stamp-raw-machine"}


# --- what a reader sees


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<header class=\"hero\">", "<p>Ganz ohne Risiko.</p><header class=\"hero\">"),
        ("{{ body }}", "{% if lang != 'de-DE' %}{{ body }}{% endif %}"),
        ("{{ body }}", "{{ body|replace('23 mm', '29 mm') }}"),
        ("{{ body }}", '{{ body }}<script src="https://elsewhere.example/x.js"></script>'),
    ],
)  # fmt: skip
def test_a_template_that_says_something_else_is_seen(site, codes, old, new):
    change(site.root / "templates/page.html", old, new)
    assert codes(site) == {"policy-changed"}


def test_a_style_that_hides_a_warning_of_the_article_is_seen(site, codes):
    with (site.root / "templates/site.css").open("a", encoding="utf-8") as file:
        file.write("\n.body > p:nth-of-type(2) { display: none }\n")
    assert codes(site) == {"policy-changed"}


def test_a_template_that_nobody_owns_is_seen(site, codes):
    (site.root / "templates/more.html").write_text("more", "utf-8")
    assert codes(site) == {"policy-no-owner"}


def test_an_image_that_no_page_shows_is_not_published(site, codes):
    (site.root / "source/images").mkdir(exist_ok=True)
    (site.root / "source/images/cure.svg").write_text("<svg>Heilung garantiert</svg>", "utf-8")
    assert not codes(site)
    assert not (site.root / "build/images").exists()


@pytest.mark.parametrize(
    "written", ["images/a.png", "images/a.png,", "images/a&#46;png", "images/%61.png"]
)
def test_a_page_stamp_binds_an_image_however_its_name_is_written(written):
    page = SimpleNamespace(pieces=(f'<img src="{written}">',), article=SimpleNamespace(image=""))
    one, other = (media_of(page, "DE", LinkMap(), {"a.png": content}) for content in (b"1", b"2"))
    assert one != other
    assert images_named(page.pieces[0], {"a.png"}) == {"a.png"}


def test_a_page_stamp_binds_a_link_however_it_is_called():
    body = '<a href="link:ifu/de&amp;co#warnings">x</a>'
    page = SimpleNamespace(pieces=(body,), article=SimpleNamespace(image=""))
    links = LinkMap(links={"ifu/de&co": {"DE": "https://orbit.example/ifu"}})
    assert media_of(page, "DE", links, {}) == {"link:ifu/de&co": "https://orbit.example/ifu"}


def test_a_link_in_the_build_leads_no_page_elsewhere(site, codes, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (site.root / "build").mkdir()
    (site.root / "build/de-DE").symlink_to(tmp_path / "elsewhere")
    assert not codes(site)
    assert not (site.root / "build/de-DE").is_symlink()
    page = page_file(site)
    page.rename(tmp_path / "elsewhere/page.html")
    page.symlink_to(tmp_path / "elsewhere/page.html")
    assert not codes(site)
    assert not page.is_symlink()


# --- git remembers


@pytest.fixture
def git(site):
    def run(*words):
        who = ("-c", "user.name=x", "-c", "user.email=x@orbit.example", "-c", "commit.gpgsign=0")
        env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", *who, *words], cwd=site.root, check=True, env=env)

    return run


def taken_back(site):
    (old,) = [r for r in load_ledgers(site.root)["DE"].records if r.role is StampRole.APPROVER]
    asked = Asked(StampRole.APPROVER, ALMA, reason="Wrong.", key=site.keys / "alma")
    return withdraw(site.root, datetime.now(UTC), old.id, asked, write=True)


def test_a_record_that_a_merge_dropped_is_seen(site, codes, git):
    """Merging with `-s ours` takes the older branch's folder, and no commit deletes a file."""
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "Approved")
    git("branch", "older")
    record = taken_back(site)
    git("add", ".")
    git("commit", "-qm", "Take it back")
    git("checkout", "-q", "older")
    git("commit", "-qm", "Something else", "--allow-empty")
    git("merge", "-q", "-s", "ours", "-m", "Merge", "main")
    assert not (site.root / f"locales/markets/approvals/DE/{record.id}.json").exists()
    assert codes(site) == {"ledger-cut"}


def test_another_repository_in_the_environment_does_not_make_git_forget(
    site, codes, git, monkeypatch
):
    git("init", "-q", "-b", "main")
    record = taken_back(site)
    git("add", ".")
    git("commit", "-qm", "Take it back")
    (site.root / f"locales/markets/approvals/DE/{record.id}.json").unlink()
    monkeypatch.setenv("GIT_DIR", str(site.keys))
    assert codes(site) == {"ledger-cut"}


# --- days


def test_a_site_is_not_built_for_another_day(site, l10n, codes):
    """The law of a day that is gone, or to come, is no law to publish by."""
    for day in (date(2026, 1, 31), datetime.now(UTC).date() + timedelta(days=40)):
        result = l10n("build", "--expect", PAGE, "-C", site.root, "--as-of", day)
        assert result.code == 2
        assert not (site.root / "build").exists()
