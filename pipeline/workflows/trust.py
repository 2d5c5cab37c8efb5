"""The signers of a workspace → whose signatures can be believed, and which one is good."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Finding, People, Record, Where
from pipeline.store.records import body_of
from pipeline.store.signatures import PEOPLE, SIGNERS, root_fingerprint, signer_of, verify


@dataclass(frozen=True)
class SignatureBook:
    """Verifies the signatures of records, each once."""

    root: Path
    people: People
    _known: dict[str, str] = field(default_factory=dict)

    def trouble(self, record: Record) -> str:
        """What is wrong with a record's signature; "" if it is good."""
        if record.id not in self._known:
            self._known[record.id] = self._verify(record)
        return self._known[record.id]

    def _verify(self, record: Record) -> str:
        if not record.signature:
            return "without a signature, which is integrity only"
        try:
            role = record.role.value
            body, signature = body_of(record), record.signature
            key = verify(body, signature, record.person, role, record.time, self.root)
        except PipelineError as error:
            return error.problem
        reason = self.people.revoked.get(key)
        return f"the key {key} is revoked: {reason}" if reason else ""


def lowered_assurance(assurance: str) -> tuple[Finding, ...]:
    """Why the assurance of l10n.toml cannot be believed.

    Whoever builds with a root key wants signed approvals; a file of the workspace cannot say
    that fewer will do.
    """
    if assurance == "signed" or not root_fingerprint():
        return ()
    problem = f"the assurance is {assurance!r}, and whoever builds asks for signed approvals"
    hint = 'set assurance = "signed" in l10n.toml, or build without L10N_ROOT_KEY; ask its owner'
    return (Finding("assurance-lowered", problem, Where("l10n.toml", 1), hint),)


def trusted(root: Path) -> tuple[Finding, ...]:
    """Why nobody's signature can be believed; nothing if the root key vouches for the signers.

    The fingerprint of the root key comes from outside the workspace: whoever can write the
    files here could write it, too.
    """
    outside = root_fingerprint()
    if not outside:
        problem = "the fingerprint of the root key is not known, so no signature can be believed"
        hint = "set L10N_ROOT_KEY=SHA256:… to what regulatory affairs gave you on paper"
        return (Finding("signers-unproven", problem, Where(SIGNERS), hint),)
    found = []
    for path in (SIGNERS, PEOPLE):
        try:
            key = signer_of(root / path)
            problem = "" if key == outside else f"{path} is signed by {key}, not by the root key"
        except PipelineError as error:
            problem = error.problem
        if problem:
            hint = (
                "look at what changed, then sign it with the root key: "
                f"ssh-keygen -Y sign -n l10n-root -f ROOT_KEY {path}"
            )
            found.append(Finding("signers-unproven", problem, Where(path), hint))
    return tuple(found)
