"""PO files in any layout → the same entries in ours."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model import Finding, Plan, Write
from pipeline.store.files import apply, locked, read_bytes
from pipeline.workflows.check import catalogs


def fmt(root: Path, paths: tuple[Path, ...], *, write: bool) -> Plan:
    """Lay out the files at `paths`, or every catalog and template of a workspace.

    A file that cannot be read whole is left as it is, and told as a finding.
    """
    from pipeline.po.scan import scan
    from pipeline.po.write import write as write_po

    files = paths or (*catalogs(root), *sorted((root / "locales" / "templates").glob("*.pot")))
    writes: list[Write] = []
    findings: list[Finding] = []
    before: dict[str, bytes | None] = {}
    for path in files:
        shown = str(path) if paths else path.relative_to(root).as_posix()
        try:
            content = read_bytes(path, shown)
            laid_out = write_po(scan(content, shown))
        except PipelineError as error:
            findings += error.as_findings()
            continue
        if laid_out != content:
            before[shown] = content
            writes.append(Write(shown, laid_out))
    plan = Plan(tuple(writes), tuple(findings))
    if write and paths:
        apply(root, plan.writes, before)
    elif write:
        with locked(root):
            apply(root, plan.writes, before)
    return plan
