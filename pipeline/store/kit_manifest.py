"""manifest.json of a kit ↔ what was exported; imports pydantic, so import it to read one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.errors import UnreadableError
from pipeline.model import Where

NAME = "manifest.json"
INSTRUCTIONS = "INSTRUCTIONS.md"
ENDINGS = {"po": "po", "xliff12": "xlf", "xliff21": "xlf"}  # of the files to work on
KITS = ".l10n/handoff"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
LocaleName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
ArticleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FileName = Annotated[str, StringConstraints(max_length=300)]
Count = Annotated[int, Field(ge=0, le=10**9)]
KitFormat = Literal["po", "xliff12", "xliff21"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class KitFile(_Part):
    """One file as it was exported."""

    sha256: Digest
    size: Count


class KitCatalog(_Part):
    """One article in one locale."""

    locale: LocaleName
    article: ArticleId
    file: FileName  # what the translator works on
    exported: FileName  # the same as it was, for the import
    source: Digest  # of the texts that it was made from
    entries: Count
    finished: Count
    fuzzy: Count
    missing: Count
    words: Count
    words_open: Count  # in entries that are not finished


class Manifest(_Part):
    """All that a kit holds."""

    kind: Literal["l10n-handoff"]
    version: Literal[1]
    kit: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$")]  # to name it in a mail
    tool: Annotated[str, StringConstraints(max_length=100)]
    format: KitFormat
    source_locale: LocaleName
    locales: list[LocaleName]
    catalogs: Annotated[list[KitCatalog], Field(min_length=1, max_length=2000)]
    files: dict[FileName, KitFile]


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in a kit."""
    return (manifest.model_dump_json(indent=2) + "\n").encode()


def read_manifest(content: bytes, where: Where) -> Manifest:
    """The manifest of a kit.

    Raises:
        UnreadableError: it is not one that this tool writes.
    """
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))[:100]
        problem = f"this manifest is not one that `l10n handoff export` wrote: {place}: "
        hint = "take manifest.json from the kit that was sent, and leave it as it is"
        raise UnreadableError(problem + first["msg"], where, hint, "handoff-manifest") from error


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, as a manifest has it."""
    return hashlib.sha256(content).hexdigest()


def remember_kit(root: Path, manifest: bytes) -> None:
    """Note that this workspace made a kit with this manifest."""
    from pipeline.store.files import write_atomic

    write_atomic(root / KITS / f"{digest(manifest)}.json", manifest)


def is_ours(root: Path, manifest: bytes) -> bool:
    """Whether this workspace made a kit with just this manifest."""
    return (root / KITS / f"{digest(manifest)}.json").is_file()
