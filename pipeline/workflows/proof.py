"""A page as it will be written → what is wrong with it, judged on its very bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Demand, Finding, Gate, Statement
from pipeline.stages.css_match import Path
from pipeline.stages.css_rules import Sheet, read_sheet
from pipeline.stages.invisible import invisible_findings
from pipeline.stages.stylesheet import (
    document_findings,
    sheet_findings,
    style_findings,
    text_paths,
)
from pipeline.stages.verify_page import statement_findings
from pipeline.stages.visible import look


@dataclass(frozen=True, slots=True)
class Style:
    """The stylesheet of a build, read once, and what is known of it so far."""

    address: str  # of the file that pages load
    sheet: Sheet
    faults: tuple[Finding, ...]  # wherever a legal text stands
    judged: dict[Path, tuple[Finding, ...]] = field(default_factory=dict)  # grows with new places


def read_style(css: str, path: str, address: str) -> Style:
    """Read the stylesheet of a build."""
    sheet = read_sheet(css, path)
    return Style(address, sheet, sheet_findings(sheet))


def page_findings(
    html: str,
    statements: Sequence[tuple[Demand, Statement]],
    gate: Gate,
    path: str,
    names: tuple[str, ...],
    style: Style,
) -> tuple[Finding, ...]:
    """Everything that keeps a page from being written, the law's texts first."""
    seen = look(html)
    demands, texts = [demand for demand, _ in statements], [text for _, text in statements]
    found = statement_findings(seen, demands, texts, gate, path, names)
    found += invisible_findings(seen, path)
    places = text_paths(seen, style.sheet)
    if not places:
        return found
    style.judged.update(style_findings(style.sheet, places - style.judged.keys()))
    hiding = {finding for place in places for finding in style.judged[place]}
    found += style.faults + tuple(sorted(hiding, key=lambda one: (one.where.line, one.message)))
    return found + document_findings(seen, style.address, path)
