"""The ledger in a real workspace: attacks on it, lost keys, deputies, branches, and reading it."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import publishable
import pytest

from pipeline.errors import PolicyError, UsageError
from pipeline.model import Moment, Origin, StampRole
from pipeline.store.records import name_of
from pipeline.workflows.approve import approve, withdraw
from pipeline.workflows.chosen import Asked
from pipeline.workflows.standing import standings
from workspaces import replace as change

LEDGERS = "locales/markets/approvals"
SIGNERS = "locales/markets/allowed_signers"
PEOPLE = "locales/markets/people.toml"
PAGE = "DE/de-DE/valve"
ALMA = "alma@orbit.example"


@pytest.fixture
def codes(l10n):
    """The codes of what keeps the page back; none when readers get it."""

    def run(site, *words):
        result = l10n("build", "--dry-run", "--expect", PAGE, "--json", "-C", site.root, *words)
        told = json.loads(result.out)
        found = [*told["findings"], *(f for p in told.get("expected", ()) for f in p["findings"])]
        assert result.code == (4 if found else 0)
        return {f["code"] for f in found}

    return run


def records(site, ledger="DE", **having):
    found = []
    for path in sorted((site.root / LEDGERS / ledger).glob("*.json")):
        told = json.loads(path.read_bytes())
        if all(told.get(key) == value for key, value in having.items()):
            found.append(path)
    return found


def rewritten(path, **changed):
    """A record with other values under the name that fits them, as a forger would write it."""
    told = json.loads(path.read_bytes()) | changed
    told = {key: value for key, value in told.items() if value is not None}
    content = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
    path.unlink()
    path.with_name(f"{name_of(content)}.json").write_bytes(content)


def take_back(site, **having):
    (path, *_) = records(site, **having)
    told = json.loads(path.read_bytes())
    person = told["person"].partition("@")[0]
    asked = Asked(
        StampRole(told["role"]), told["person"], reason="A mistake.", key=site.keys / person
    )
    return withdraw(site.root, datetime.now(UTC), path.stem, asked, write=True)


def git(root, *words):
    who = ("-c", "user.name=x", "-c", "user.email=x@orbit.example", "-c", "commit.gpgsign=false")
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *who, *words], cwd=root, check=True, capture_output=True, text=True, env=env
    )
    return done.stdout


# --- attacks: all of them keep the page back


def test_a_key_added_to_the_allowed_signers_is_seen(site, codes):
    publishable.make_key(site.root.parent / "mallory")
    public = (site.root.parent / "mallory.pub").read_text("utf-8").strip()
    with (site.root / SIGNERS).open("a", encoding="utf-8") as file:
        file.write(f'{ALMA} namespaces="l10n-approver" {public}\n')
    assert codes(site) == {"signers-unproven", "policy-changed"}


def test_a_role_added_to_a_person_is_seen(site, codes):
    change(site.root / PEOPLE, 'roles = ["reviser"]', 'roles = ["reviser", "approver"]')
    assert "signers-unproven" in codes(site)


def test_signers_signed_by_another_key_than_the_root_are_seen(site, codes):
    publishable.sign_file(site.keys / "alma", site.root / SIGNERS)
    assert codes(site) == {"signers-unproven"}


def test_without_the_root_keys_fingerprint_nobody_is_believed(site, codes, monkeypatch):
    monkeypatch.delenv("L10N_ROOT_KEY")
    assert codes(site) == {"signers-unproven"}


def test_an_edited_products_file_is_seen(site, codes):
    change(site.root / "source/products.toml", "[[facts]]", "# harmless?\n\n[[facts]]")
    assert codes(site) == {"policy-changed"}


def test_an_edited_term_list_is_seen(site, codes):
    (site.root / "locales/markets/terms/ja.txt").write_text("# nothing to look for\n", "utf-8")
    assert codes(site) == {"policy-changed"}


def test_a_new_policy_file_that_nobody_owns_is_seen(site, codes):
    (site.root / "locales/markets/terms/de.txt").write_text("# nothing to look for\n", "utf-8")
    assert codes(site) == {"policy-no-owner"}


def test_a_deleted_rule_is_seen(site, codes):
    text = (site.root / "locales/markets/DE.toml").read_text("utf-8")
    start = text.index('[[rules]]\nid = "de-no-cure"')
    end = text.index('[[rules]]\nid = "de-host"')
    (site.root / "locales/markets/DE.toml").write_text(text[:start] + text[end:], "utf-8")
    assert codes(site) == {"policy-changed", "stamp-outdated"}


def test_restamping_without_the_key_is_seen(site, codes):
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Kopfweh")
    asked = Asked(StampRole.APPROVER, ALMA, everything=True)
    approve(site.root, datetime.now(UTC), asked, write=True)
    assert codes(site) == {"stamp-signature"}


def test_restamping_with_somebody_elses_key_is_seen(site, codes):
    """Somebody adds their key as hers, approves in her name, and puts the file back."""
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Kopfweh")
    before = (site.root / SIGNERS).read_bytes()
    with (site.root / SIGNERS).open("a", encoding="utf-8") as file:
        file.write(f'{ALMA} namespaces="l10n-approver" {(site.keys / "rita.pub").read_text()}\n')
    asked = Asked(StampRole.APPROVER, ALMA, everything=True, key=site.keys / "rita")
    approve(site.root, datetime.now(UTC), asked, write=True)
    (site.root / SIGNERS).write_bytes(before)
    assert codes(site) == {"stamp-signature"}


def test_a_signature_as_translator_is_none_as_approver(site, codes):
    """The same key in another role: the namespace belongs to what is signed."""
    (path,) = records(site, role="translator")
    signature = json.loads(path.read_bytes())["signature"]
    (approval,) = records(site, role="approver")
    rewritten(approval, signature=signature)
    assert codes(site) == {"stamp-signature"}


def test_a_redated_newest_record_is_seen(site, codes):
    (path,) = records(site, role="approver")
    later = (datetime.now(UTC) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    rewritten(path, time=later)
    assert codes(site) <= {"stamp-signature", "stamp-not-yet"}
    assert codes(site)


def test_a_stamp_that_lasts_longer_than_it_was_signed_for_is_seen(site, codes):
    take_back(site, role="approver")
    site.approve("alma", "approver", valid_until=datetime.now(UTC).date() + timedelta(days=30))
    assert not codes(site)
    (path,) = [p for p in records(site, role="approver") if b"valid_until" in p.read_bytes()]
    rewritten(path, valid_until="2099-12-31")
    assert codes(site) == {"stamp-signature"}


def test_a_withdrawal_that_was_cut_off_is_seen_by_git(site, codes):
    git(site.root, "init", "-q")
    take_back(site, role="approver")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "Take it back")
    assert codes(site) == {"stamp-withdrawn"}
    (newest,) = records(site, act="withdraw")
    newest.unlink()
    assert codes(site) == {"ledger-cut"}
    git(site.root, "commit", "-qam", "Nothing happened")
    assert codes(site) == {"ledger-cut"}


def test_a_withdrawal_that_was_cut_off_is_seen_by_the_heads_of_a_release(
    site, codes, l10n, tmp_path, monkeypatch
):
    take_back(site, role="approver")
    heads = tmp_path / "heads.json"
    heads.write_text(l10n("approvals", "--json", "-C", site.root).out, "utf-8")
    (newest,) = records(site, act="withdraw")
    newest.unlink()
    assert not codes(site)  # nothing inside the workspace can tell
    monkeypatch.setenv("L10N_LEDGER_HEADS", str(heads))
    assert codes(site) == {"ledger-cut"}


def test_a_whole_ledger_that_was_taken_away_is_seen_by_git(site, codes):
    git(site.root, "init", "-q")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "All")
    shutil.rmtree(site.root / LEDGERS / "DE")
    assert "ledger-cut" in codes(site)


def test_a_file_among_the_records_that_is_none_is_seen(site, codes):
    (site.root / LEDGERS / "DE" / "notes.txt").write_text("approved, trust me\n", "utf-8")
    assert codes(site) == {"ledger-altered"}


def test_a_record_with_a_key_more_is_seen(site, codes):
    (path,) = records(site, role="approver")
    rewritten(path, note="and everything else")
    assert "ledger-altered" in codes(site)


def test_a_record_in_another_layout_is_seen(site, codes):
    (path,) = records(site, role="approver")
    content = json.dumps(json.loads(path.read_bytes())).encode()
    path.unlink()
    path.with_name(f"{name_of(content)}.json").write_bytes(content)
    assert "ledger-altered" in codes(site)


def test_a_sample_stamp_counts_in_a_sample_only(site, codes):
    take_back(site, role="approver")
    site.approve("alma", "approver", sample=True)
    assert codes(site) == {"stamp-sample"}


# --- keys and people come and go


def test_a_revoked_key_counts_no_more_whenever_it_signed(site, codes):
    key = publishable.fingerprint(site.keys / "alma")
    with (site.root / PEOPLE).open("a", encoding="utf-8") as file:
        file.write(f'\n[[revoked]]\nkey = "{key}"\nreason = "Her laptop was stolen."\n')
    site.change_people()
    assert codes(site) == {"stamp-signature"}


def test_who_lost_a_key_to_a_thief_approves_the_same_bytes_with_a_new_one(site, codes):
    key, new = publishable.fingerprint(site.keys / "alma"), site.root.parent / "alma-new"
    with (site.root / PEOPLE).open("a", encoding="utf-8") as file:
        file.write(f'\n[[revoked]]\nkey = "{key}"\nreason = "Her laptop was stolen."\n')
    publishable.make_key(new)
    with (site.root / SIGNERS).open("a", encoding="utf-8") as file:
        file.write(f'{ALMA} namespaces="l10n-approver" {new.with_suffix(".pub").read_text()}\n')
    site.change_people()
    site.approve("alma", "approver", key=new)
    assert not codes(site)


def test_a_key_that_is_not_the_persons_own_is_refused_before_anything_is_written(site):
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Blutung")
    before = records(site)
    with pytest.raises(PolicyError, match="not one of alma") as refused:
        site.approve("alma", "approver", key=site.keys / "rita")
    assert 'namespaces="l10n-approver"' in str(refused.value.as_findings()[0].hint)
    assert records(site) == before


def test_a_key_that_ends_keeps_what_it_signed_before(site, codes):
    """A lost key: its line ends, a new line begins, and older approvals stand."""
    publishable.make_key(site.root.parent / "alma-new")
    new = (site.root.parent / "alma-new.pub").read_text("utf-8").strip()
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y%m%d")
    change(
        site.root / SIGNERS,
        f'{ALMA} namespaces="l10n-approver"',
        f'{ALMA} namespaces="l10n-approver",valid-before="{tomorrow}"',
    )
    with (site.root / SIGNERS).open("a", encoding="utf-8") as file:
        file.write(f'{ALMA} namespaces="l10n-approver" {new}\n')
    site.change_people()
    assert not codes(site)
    take_back(site, role="approver")
    site.approve("alma", "approver", key=site.root.parent / "alma-new")
    assert not codes(site)


def test_a_key_that_had_ended_when_it_signed_is_refused(site, codes):
    change(
        site.root / SIGNERS,
        f'{ALMA} namespaces="l10n-approver"',
        f'{ALMA} namespaces="l10n-approver",valid-before="20200101"',
    )
    site.change_people()
    assert codes(site) == {"stamp-signature"}


def test_a_person_who_left_keeps_what_they_approved_before(site, codes):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    change(site.root / PEOPLE, 'roles = ["approver"]', f'roles = ["approver"]\nends = {tomorrow}')
    site.change_people()
    assert not codes(site)
    change(site.root / PEOPLE, f"ends = {tomorrow}", "ends = 2020-01-01")
    site.change_people()
    assert codes(site) == {"stamp-not-entitled"}


def test_a_deputy_may_approve_on_the_days_that_are_agreed(site, codes):
    take_back(site, role="approver")
    change(site.root / SIGNERS, 'rita@orbit.example namespaces="l10n-reviser"',
           'rita@orbit.example namespaces="l10n-reviser,l10n-approver"')  # fmt: skip
    change(site.root / "locales/markets/DE.toml",
           'different_people = ["translator", "reviser", "approver"]\n', "")  # fmt: skip
    site.change_people()
    site.approve("olaf", "owner")
    with pytest.raises(PolicyError, match="is no approver"):
        site.approve("rita", "approver")
    with (site.root / PEOPLE).open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[deputies]]\nperson = "rita@orbit.example"\nstands_in_for = "{ALMA}"\n'
            f"starts = {datetime.now(UTC).date() - timedelta(days=1)}\n"
            f"ends = {datetime.now(UTC).date() + timedelta(days=1)}\n"
        )
    site.change_people()
    site.approve("rita", "approver")
    assert not codes(site)


def test_another_owners_stamp_does_not_count_for_a_file(site):
    change(site.root / PEOPLE, 'roles = ["approver"]', 'roles = ["approver", "owner"]')
    asked = Asked(StampRole.OWNER, ALMA, files=("l10n.toml",))
    with pytest.raises(PolicyError, match="does not own this file"):
        approve(site.root, datetime.now(UTC), asked, write=True)


# --- branches


def test_two_branches_that_both_approve_merge_with_plain_git(site, codes):
    git(site.root, "init", "-q", "-b", "main")
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Blutung")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "Start")
    git(site.root, "checkout", "-qb", "one")
    take_back(site, role="reviser")
    site.approve("rita", "reviser")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "Rita")
    git(site.root, "checkout", "-q", "main")
    site.approve("alma", "approver")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "Alma")
    git(site.root, "merge", "-q", "-m", "Merge", "one")
    assert not codes(site)
    report = standings(site.root, Moment(datetime.now(UTC)))
    assert len(report.heads["DE"]) == 2
    site.approve("tess", "translator", origin=Origin.POST_EDITED)
    report = standings(site.root, Moment(datetime.now(UTC)))
    assert len(report.heads["DE"]) == 1  # the next record names both heads
    assert not codes(site)


# --- reading it


def test_the_calendar_tells_when_stamps_facts_claims_and_wordings_end(site, l10n):
    take_back(site, role="approver")
    last = datetime.now(UTC).date() + timedelta(days=30)
    site.approve("alma", "approver", valid_until=last)
    result = l10n("regulate", "calendar", "--days", "3650", "--json", "-C", site.root)
    events = json.loads(result.out)["events"]
    told = {(event["kind"], event["id"], event["date"], event["happening"]) for event in events}
    assert ("stamp", "page de-DE/valve (approver)", str(last), "ends") in told
    assert ("fact", "registration-number (orbit-valve)", "2028-06-30", "ends") in told
    assert ("claim", "lower-leak", "2027-06-30", "review") in told
    assert ("wording", "de-fixed-warning", "2027-06-30", "review") in told
    assert len([event for event in events if event["kind"] == "stamp"]) == 1
    (stamp,) = [event for event in events if event["kind"] == "stamp"]
    assert (stamp["owner"], stamp["reaches"]) == ("regulatory-de@orbit.example", ["DE"])


def test_a_second_approval_of_the_same_bytes_adds_nothing(site, l10n):
    before = records(site)
    site.approve("alma", "approver")
    assert records(site) == before


def test_what_no_longer_matches_is_told_with_its_byte_and_a_diff(site, l10n):
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Blutung")
    result = l10n("approvals", "--stale", "--json", "-C", site.root)
    assert result.code == 1
    (stale,) = json.loads(result.out)["approvals"]
    assert (stale["kind"], stale["role"], stale["state"]) == ("page", "approver", "stamp-outdated")
    (changed,) = stale["changed"]
    assert changed["part"] == "statements"
    minus, plus = changed["diff"]
    assert minus.startswith("-")
    assert "Schlaganfall" in minus
    assert plus.startswith("+")
    assert "Blutung" in plus
    evidence = json.loads(records(site, role="approver")[0].read_bytes())["evidence"]["statements"]
    then = (site.root / LEDGERS / "evidence" / f"{evidence}.txt").read_bytes()
    assert then[changed["byte"] :].startswith(b"Schlaganfall")
    text = l10n("approvals", "--stale", "-C", site.root).out
    assert f"from byte {changed['byte']} on" in text
    assert "Blutung" in text


def test_an_unsigned_stamp_is_called_integrity_only_and_never_approved(site, l10n):
    change(site.root / "l10n.toml", '"signed"', '"integrity"')
    asked = Asked(StampRole.OWNER, "olaf@orbit.example", everything=True)
    made = approve(site.root, datetime.now(UTC), asked, write=True).made
    assert {record.subject.path for record in made} == {"l10n.toml"}
    result = l10n("approvals", "-C", site.root)
    (line,) = [one for one in result.out.splitlines() if "l10n.toml" in one]
    assert "integrity only" in line
    assert "approved" not in line


def test_nothing_is_approved_by_leaving_everything_out(site):
    with pytest.raises(UsageError, match="nothing is named"):
        approve(site.root, datetime.now(UTC), Asked(StampRole.APPROVER, ALMA), write=True)


def test_a_translator_must_say_where_the_words_come_from(site):
    asked = Asked(StampRole.TRANSLATOR, "tess@orbit.example", everything=True)
    with pytest.raises(UsageError, match="where the words come from"):
        approve(site.root, datetime.now(UTC), asked, write=True)


def test_a_dry_run_writes_nothing(site, l10n):
    change(site.root / "locales/de_DE/statements/valve-risk.txt", "Schlaganfall", "Blutung")
    before = records(site)
    words = ("--role", "approver", "--as", ALMA, "--all", "--dry-run")
    assert l10n("approve", *words, "-C", site.root).code == 0
    assert records(site) == before


def test_a_page_that_the_law_forbids_cannot_be_approved(site, l10n):
    change(site.root / "locales/markets/DE.toml", '"heart-valve"]\n\n[[rules]]\nid = "de-gate',
           '"none"]\n\n[[rules]]\nid = "de-gate')  # fmt: skip
    result = l10n("approve", "--role", "approver", "--as", ALMA, "--all", "-C", site.root)
    assert result.code == 1
    assert "the law keeps it out" in result.out


def test_a_taken_back_approval_needs_a_reason(site, l10n):
    (path,) = records(site, role="approver")
    result = l10n("approve", "--as", ALMA, "--withdraw", path.stem, "-C", site.root)
    assert result.code == 2
    assert "needs a reason" in result.err


def test_nobody_takes_back_what_they_may_not_approve(site, l10n):
    (path,) = records(site, role="approver")
    words = ("--withdraw", path.stem, "--reason", "I do not like it.")
    result = l10n("approve", "--as", "rita@orbit.example", *words, "-C", site.root)
    assert result.code == 4
    assert "stamp-not-entitled" in result.err
