"""Articles on disk → proof that no byte and no visible word of them is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.model import Finding, Format, SplitOptions
from pipeline.store.files import read_text
from pipeline.store.workspace import find_root, open_workspace
from pipeline.workflows.articles import format_of, formats, segmented


@dataclass(frozen=True, slots=True)
class Examined:
    """What the proofs say of one file."""

    path: str
    identical: bool
    complete: bool
    segments: int
    protected: dict[str, int]  # words by the rule that keeps them
    findings: tuple[Finding, ...]
    unreadable: bool = False


def examine(paths: tuple[Path, ...]) -> tuple[Examined, ...]:
    """Prove each file, and each article below a folder; without paths, the workspace's.

    Raises:
        UsageError: a path does not exist, or there is nothing to examine.
    """
    options = SplitOptions()
    if not paths:
        workspace = open_workspace(find_root(Path.cwd()))
        options, paths = workspace.options, workspace.sources
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UsageError("no articles found", None, "name files or folders with articles")
    return tuple(_examined(file, options) for file in files)


def _files(path: Path) -> list[Path]:
    """The articles below a folder, or the file itself."""
    if path.is_dir():
        endings = {suffix for fmt in formats() for suffix in fmt.suffixes}
        return sorted(
            file for file in path.rglob("*") if file.suffix.lower() in endings and file.is_file()
        )
    if not path.exists():
        raise UsageError(f"{path} does not exist", None, "check the path")
    return [path]


def _examined(file: Path, options: SplitOptions) -> Examined:
    """What the proofs say of one file; a file that cannot be read fails both."""
    shown = str(file)
    try:
        fmt = format_of(file)
        return _proved(read_text(file, shown), shown, fmt, options)
    except PipelineError as error:
        return Examined(shown, False, False, 0, {}, error.as_findings(), unreadable=True)  # noqa: FBT003


def _proved(text: str, shown: str, fmt: Format, options: SplitOptions) -> Examined:
    """Run both proofs on a text."""
    from pipeline.stages.prove import prove
    from pipeline.stages.segment import segments_of

    document = segmented(text, shown, fmt, options)
    proof = prove(document, fmt, text, shown)
    return Examined(
        path=shown,
        identical=proof.identical,
        complete=proof.complete,
        segments=sum(1 for _ in segments_of(document)),
        protected=dict(proof.protected),
        findings=proof.findings,
    )
