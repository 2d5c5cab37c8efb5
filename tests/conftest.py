"""What every test may use: Hypothesis profiles and a small workspace to break."""

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import publishable
import pytest
from hypothesis import HealthCheck, settings

from pipeline.cli.main import main
from pipeline.workflows.init import init

EXAMPLES = int(os.environ.get("L10N_EXAMPLES") or (2000 if os.environ.get("CI") else 200))
# For properties that are no laws of the design and go through files, XML or whole commands.
COSTLY = max(100, EXAMPLES // 10)
settings.register_profile(
    "l10n",
    max_examples=EXAMPLES,
    deadline=None,  # no timing is asserted in a test
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("l10n")


@dataclass
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def l10n(monkeypatch, capsys):
    """Run the `l10n` command as a user would, and give back what came of it."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["l10n", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        told = capsys.readouterr()
        return Result(code, told.out, told.err)

    return run


@pytest.fixture
def demo(tmp_path) -> Path:
    """The workspace that `l10n init --demo` makes."""
    init(tmp_path / "demo", demo=True)
    return tmp_path / "demo"


@pytest.fixture(scope="session")
def signed_once(tmp_path_factory) -> publishable.Signed:
    """A signed workspace with one page that may be published; `site` is a copy to break."""
    return publishable.make(tmp_path_factory.mktemp("publishable"))


@pytest.fixture
def site(signed_once, tmp_path, monkeypatch) -> publishable.Signed:
    """A copy of the signed workspace, with the root key's fingerprint as its officer has it."""
    shutil.copytree(signed_once.root, tmp_path / "site")
    monkeypatch.setenv("L10N_ROOT_KEY", signed_once.fingerprint)
    monkeypatch.delenv("L10N_LEDGER_HEADS", raising=False)
    return replace(signed_once, root=tmp_path / "site")
