"""A signed workspace with one page that may be published: tests break one thing in it each."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Origin, StampRole
from pipeline.workflows.approve import approve
from pipeline.workflows.chosen import Asked

HERE = Path(__file__).parent
CASE = HERE / "cases" / "publishable"
TEMPLATES = HERE.parent / "templates"
PEOPLE = {
    "tess": "translator",
    "rita": "reviser",
    "alma": "approver",
    "olaf": "owner",
}
TRUST = ("locales/markets/people.toml", "locales/markets/allowed_signers")
POLICY_FILES = (
    "l10n.toml",
    "locales/markets/DE.toml",
    "locales/markets/EU.toml",
    "locales/markets/allowed_signers",
    "locales/markets/claims.toml",
    "locales/markets/people.toml",
    "locales/markets/statutory/de-fixed-warning.toml",
    "locales/markets/terms/ja.txt",
    "source/products.toml",
    *(f"templates/{name}.html" for name in ("base", "index", "page", "site", "switcher")),
    "templates/site.css",
)


@dataclass(frozen=True)
class Signed:
    """The workspace, where its keys are (outside it), and the root key's fingerprint."""

    root: Path
    keys: Path
    fingerprint: str

    def approve(self, person: str, role: str, **asked: object) -> None:
        """Approve as a person with their own key."""
        origin = Origin.HUMAN if role == "translator" else None
        words = {"origin": origin, "everything": True, "key": self.keys / person, **asked}
        approve(
            self.root,
            datetime.now(UTC),
            Asked(StampRole(role), f"{person}@orbit.example", **words),
            write=True,
        )

    def sign_people(self) -> None:
        """Let the root key sign who may approve."""
        for path in TRUST:
            sign_file(self.keys / "root", self.root / path)

    def change_people(self) -> None:
        """Let the root key sign who may approve, and their owner say that these are the newest."""
        self.sign_people()
        self.approve("olaf", "owner", files=TRUST, everything=False)


def make(folder: Path) -> Signed:
    """Make the workspace, its people and keys, and approve all of it."""
    root, keys = folder / "site", folder / "keys"
    shutil.copytree(CASE, root)
    shutil.copytree(TEMPLATES, root / "templates")
    keys.mkdir()
    for name in ("root", *PEOPLE):
        make_key(keys / name)
    (root / "locales/markets/people.toml").write_text(people_text(), "utf-8")
    (root / "locales/markets/allowed_signers").write_text(signers_text(keys), "utf-8")
    signed = Signed(root, keys, fingerprint(keys / "root"))
    signed.sign_people()
    for person, role in PEOPLE.items():
        signed.approve(person, role)
    return signed


def make_key(path: Path) -> None:
    """An SSH key without a passphrase."""
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.name, "-f", str(path))


def fingerprint(key: Path) -> str:
    return run("ssh-keygen", "-lf", str(key)).split()[1]


def sign_file(key: Path, path: Path) -> None:
    path.with_name(path.name + ".sig").unlink(missing_ok=True)
    run("ssh-keygen", "-Y", "sign", "-n", "l10n-root", "-f", str(key), str(path))


def people_text() -> str:
    """Who may approve what; olaf owns every policy file."""
    people = "".join(
        f'[people."{name}@orbit.example"]\nname = "{name.title()}"\nroles = ["{role}"]\n'
        f'markets = ["{"*" if role == "owner" else "DE"}"]\n\n'
        for name, role in PEOPLE.items()
    )
    owners = "".join(f'"{path}" = "olaf@orbit.example"\n' for path in POLICY_FILES)
    return f"{people}[owners]\n{owners}"


def signers_text(keys: Path) -> str:
    return "".join(
        f'{name}@orbit.example namespaces="l10n-{role}" '
        f"{(keys / f'{name}.pub').read_text('utf-8').strip()}\n"
        for name, role in PEOPLE.items()
    )


def run(*words: str) -> str:
    """Run a program; its failure is the test's."""
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
