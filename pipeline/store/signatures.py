"""Signs and verifies with the user's own `ssh-keygen` (OpenSSH, PROTOCOL.sshsig)."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PolicyError, UsageError
from pipeline.model import Where

SIGNERS = "locales/markets/allowed_signers"
PEOPLE = "locales/markets/people.toml"
ROOT_NAMESPACE = "l10n-root"
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


def root_fingerprint() -> str:
    """The fingerprint of the root key, from outside the workspace; "" if nobody gave one."""
    return os.environ.get("L10N_ROOT_KEY", "").strip()


def told_from_outside() -> tuple[str, str]:
    """All that the environment says of trust: a build that was told otherwise is another."""
    return root_fingerprint(), os.environ.get("L10N_LEDGER_HEADS", "").strip()


def namespace(role: str) -> str:
    """The namespace of a role's signatures: one made as translator is none as approver."""
    return f"l10n-{role}"


def sign(body: bytes, role: str, key: Path) -> str:
    """An SSH signature over a record's body, armoured.

    `key` is a private key, or the public half of one that an agent or a hardware key holds.

    Raises:
        UsageError: the key cannot be used.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record"
        file.write_bytes(body)
        done = _run("-Y", "sign", "-f", str(key), "-n", namespace(role), str(file))
        signature = file.with_suffix(".sig")
        if done.returncode or not signature.is_file():
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise UsageError(
                f"{key} cannot sign: {why[-1] if why else 'ssh-keygen failed'}",
                None,
                "name your SSH key with --key; for a key in an agent, name its .pub file",
            )
        return signature.read_text("ascii")


def verify(body: bytes, signature: str, person: str, role: str, time: datetime, root: Path) -> str:
    """The fingerprint of the key that signed a body, if allowed_signers lets it.

    Raises:
        PolicyError: it is no valid signature of that person in that role at that time.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "signature"
        file.write_text(signature, "ascii", "replace")
        when = time.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
        words = ("-I", person, "-n", namespace(role), "-s", str(file), f"-Overify-time={when}")
        done = _run("-Y", "verify", "-f", str(root / SIGNERS), *words, given=body)
    found = _FINGERPRINT.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or not found:
        raise PolicyError(f"its signature is not one of {person} as {role}", Where(SIGNERS))
    return found[0]


def signer_of(path: Path) -> str:
    """The fingerprint of the root key that signed a file, by the signature beside it.

    Raises:
        PolicyError: there is none, or it is not one of these bytes.
    """
    shown = Where(path.name)
    beside = path.with_name(path.name + ".sig")
    if not path.is_file() or not beside.is_file():
        raise PolicyError(f"{path.name} or {beside.name} is missing", shown)
    words = ("-Y", "check-novalidate", "-n", ROOT_NAMESPACE, "-s", str(beside))
    done = _run(*words, given=path.read_bytes())
    found = _FINGERPRINT.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or not found:
        raise PolicyError(f"{beside.name} is no signature of {path.name} as it is", shown)
    return found[0]


def _run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - no shell; the words are ours
            ["ssh-keygen", *words],  # noqa: S607 - the user's own OpenSSH
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise UsageError(
            "ssh-keygen was not found", None, "install the OpenSSH client: it makes signatures"
        ) from error
