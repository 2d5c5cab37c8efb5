"""A kit that came back → the files that may be opened, or all that speaks against it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import UnreadableError
from pipeline.model import Finding, Severity
from pipeline.store.kit import Kit
from pipeline.store.kit_manifest import ENDINGS, INSTRUCTIONS, NAME, Manifest, digest
from pipeline.store.workspace import Workspace, folder_of
from pipeline.workflows.words import catalog_path


def accept(workspace: Workspace, kit: Kit, manifest: Manifest) -> Iterator[Finding]:
    """Refuse a kit with files that do not belong to it; tell what is only odd.

    Raises:
        UnreadableError: with every such file.
    """
    faults = [*_strange_names(workspace, kit, manifest), *_changed_files(kit, manifest)]
    if faults:
        raise UnreadableError.of(tuple(faults))
    for name in kit.litter:
        hint = "it was left behind by a desktop or an editor; nothing is lost"
        note = "this file is no part of the kit and was not opened"
        yield Finding("handoff-litter", note, kit.where(name), hint, Severity.NOTE)
    for name in sorted(manifest.files):
        if name in kit.members and _is_reference(name) and not _same(kit, manifest, name):
            note = "this file was changed; nothing in it is read"
            hint = "if a term or a page is wrong, tell the person who keeps it"
            yield Finding("handoff-reference", note, kit.where(name), hint, Severity.NOTE)


def _is_reference(name: str) -> bool:
    return name.startswith("reference/") or name == INSTRUCTIONS


def _same(kit: Kit, manifest: Manifest, name: str) -> bool:
    told = manifest.files[name]
    member = kit.members[name]
    return member.file_size == told.size and digest(kit.read(name)) == told.sha256


def _strange_names(workspace: Workspace, kit: Kit, manifest: Manifest) -> Iterator[Finding]:
    """Files that the manifest does not name, and a manifest that names what no kit has."""
    for name in sorted(set(kit.members) - set(manifest.files) - {NAME}):
        hint = "send the files under the names that they had, and nothing else"
        problem = "the kit that was sent has no such file"
        yield Finding("handoff-name", problem, kit.where(name), hint)
    for told in manifest.catalogs:
        name = f"{folder_of(told.locale)}/{told.article}"
        names = (f"{name}.{ENDINGS[manifest.format]}", f"do-not-edit/{name}.po")
        if names != (told.file, told.exported) or not set(names) <= set(manifest.files):
            problem = f"the manifest names {told.file[:60]!r} for {told.locale} {told.article}"
            hint = "take manifest.json from the kit that was sent"
            yield Finding("handoff-manifest", problem, kit.where(NAME), hint)
        elif not (workspace.root / catalog_path(told.locale, told.article)).is_file():
            problem = f"this workspace has no catalog of {told.article} in {told.locale}"
            hint = "import it where it was exported; is an article's id another one now?"
            yield Finding("handoff-source", problem, kit.where(NAME), hint)


def _changed_files(kit: Kit, manifest: Manifest) -> Iterator[Finding]:
    """What must come back as it was sent, and did not."""
    for told in manifest.catalogs:
        name = told.exported
        if told.file not in kit.members or name not in manifest.files:
            continue
        if name not in kit.members or not _same(kit, manifest, name):
            lost = name not in kit.members
            problem = "this file is missing" if lost else "this file is not as it was sent"
            hint = "put do-not-edit/ and manifest.json of the kit that was sent back into the zip"
            yield Finding("handoff-manifest", problem, kit.where(name), hint)


def unknown_kit(kit: Kit) -> Finding:
    """A note that nobody here remembers this kit."""
    note = "this checkout did not make this kit, or its manifest was changed"
    hint = (
        "finished translations of yours that differ are therefore kept, and the kit's are put "
        "beside them; import it where it was exported to have them replaced"
    )
    return Finding("handoff-unknown", note, kit.where(NAME), hint, Severity.NOTE)
