"""A dialogue about a market's law → questions and answers on a terminal, and a file."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.moment import moment
from pipeline.cli.options import AsOf, Directory, DryRun, root_of
from pipeline.cli.show import note, out, show_findings, table
from pipeline.cli.show_law import MARKS

if TYPE_CHECKING:
    from pipeline.model.edit import Edit
    from pipeline.stages.questions import Answer, Question
    from pipeline.workflows.edit_market import Opened, Proposal

STOPPED = 130  # as a shell says it: ended by the person at the terminal


def edit(
    market: Annotated[str, typer.Argument(help="The market, such as DE.")],
    directory: Directory = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    """Change a market's law by answering questions."""
    from pipeline.errors import PipelineError
    from pipeline.workflows.edit_market import open_market, propose, write_proposal

    opened = open_market(root_of(directory), market, moment(as_of))
    show_findings(opened.findings)
    try:
        _introduce(opened)
        edits = _ask_all(opened)
        note("Looking at what this does …")
        try:
            proposal = propose(opened, edits)
        except PipelineError:
            out("This would be no valid law, so nothing is written. What is wrong with it:")
            sys.stdout.flush()
            raise
        if not proposal.writes:
            out("That is what the file says already; nothing is written.")
            return
        _show(proposal)
        if dry_run:
            out("Nothing is written, because of --dry-run.")
            return
        if not _agreed():
            out("Nothing is written.")
            return
    except (EOFError, KeyboardInterrupt):
        out()
        sys.stderr.write("Stopped before the end; nothing is written.\n")
        raise typer.Exit(STOPPED) from None
    for path in write_proposal(proposal):
        out(f"wrote {path}")
    _remind(opened, proposal)


def _introduce(opened: Opened) -> None:
    """Whose law it is, and how to answer."""
    known = opened.known
    above = [rule.market for rule in known.market.rules if rule.market != known.market.code]
    parents = " and ".join(dict.fromkeys(above))
    inherited = f", {len(above)} from {parents}, which are changed there" if above else ""
    own = f"{len(known.own)} rule{'' if len(known.own) == 1 else 's'} of its own"
    _wrapped(f"{known.market.code}: {own}{inherited}; owner {known.market.owner}.")
    if known.children:
        _wrapped(f"These markets inherit from it: {', '.join(known.children)}.")
    out("Nothing is written before you say so at the end. Ctrl+C stops.")


def _ask_all(opened: Opened) -> tuple[Edit, ...]:
    """Ask until the dialogue has come to its edits; a wrong answer is asked for again."""
    from pipeline.stages.edit_market import edit_market
    from pipeline.stages.questions import Question, Refused, ask, read

    answers: dict[str, Answer] = {}
    while isinstance(step := ask(edit_market(opened.known), answers), Question):
        _show_question(step)
        answer = read(step, _typed(step))
        while isinstance(answer, Refused):
            out(f"  {answer.why}")
            answer = read(step, _typed(step))
        answers[step.id] = answer
    return step


def _show_question(question: Question) -> None:
    """A question with its choices, and what an empty answer means."""
    from pipeline.stages.questions import NOTHING, Kind

    out()
    _wrapped(question.prompt)
    for number, choice in enumerate(question.choices, 1):
        told = f"{choice.value}: {choice.words}" if choice.words else choice.value
        # The acts of the menu have names that only the program needs.
        _wrapped(choice.words if question.id == "act" else told, f"{number:>3}  ", "     ")
    for told in filter(None, [question.note, _standing(question)]):
        _wrapped(told, "  ", "  ")
    if question.kind is Kind.LINES:
        out("  An empty line ends the list.")
    if question.optional and question.default is not None:
        out(f"  Type {NOTHING} to take it away.")


def _standing(question: Question) -> str:
    """What an empty answer means."""
    default = question.default
    if default is None:
        return ""
    if isinstance(default, tuple):
        return f"Now: {' '.join(default)}"
    return f"Nothing typed: {default}"


def _typed(question: Question) -> str:
    """What the person types: a line, or lines up to an empty one."""
    from pipeline.stages.questions import Kind

    if question.kind is not Kind.LINES:
        return _line("> ")
    lines: list[str] = []
    while line := _line("> ").strip():
        lines.append(line)
    return "\n".join(lines)


def _line(prompt: str) -> str:
    """One line of input; where nobody types, it is written out, so that a record reads well."""
    from pipeline.errors import UnreadableError

    try:
        line = input(prompt)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "the answers are not UTF-8", None, "set the input to UTF-8"
        ) from error
    if not sys.stdin.isatty():
        out(line)
    return line


def _agreed() -> bool:
    """Whether the person wants it written; anything but a yes is a no."""
    out()
    return _line("Write it? [y/N] ").strip().casefold() in ("y", "yes")


def _show(proposal: Proposal) -> None:
    """The change in words, the difference in the files, and what it does."""
    out()
    for sentence in proposal.sentences:
        _wrapped(sentence)
    out()
    for line in proposal.diff:
        out(line)
    out()
    _show_shifts(proposal)


def _show_shifts(proposal: Proposal) -> None:
    """What becomes of the market's pages, on the days that matter."""
    changed = [shift for shift in proposal.shifts if shift.changed]
    same = len(proposal.shifts) - len(changed)
    if not proposal.shifts:
        out("There are no articles yet, so it changes no page.")
        return
    if not changed:
        days = ", ".join(dict.fromkeys(shift.day.isoformat() for shift in proposal.shifts))
        _wrapped(f"What it does: the law says of every article what it said before (on {days}).")
        return
    out("What it does:")
    rows = [(s.day.isoformat(), s.market, s.article, s.before, s.after) for s in changed]
    table(("day", "market", "article", "before", "after"), rows)
    used = {word[1:] for row in rows for cell in row[3:] for word in cell.split() if word[0] == "+"}
    for mark in sorted(used):
        out(f"+{mark}: {MARKS[mark]}")
    if same:
        out(f"Answers that stay as they are: {same}.")


def _remind(opened: Opened, proposal: Proposal) -> None:
    """Whose approval the written files need before pages are published with them."""
    if any(write.path == opened.path for write in proposal.writes):
        out()
        out("The file now needs the approval of the person who owns it in people.toml:")
        out(f"l10n approve --role owner --file {opened.path} --as {_owner(opened)}")
    if any(write.path != opened.path for write in proposal.writes):
        out()
        out("Where pages need approval, those that carry the text now need the approver's again:")
        out(f"l10n approvals --stale --market {opened.known.market.code}")


def _owner(opened: Opened) -> str:
    """Who owns the market file; a people.toml that cannot be read undoes nothing here."""
    from pipeline.errors import PolicyError
    from pipeline.store.people import load_people

    try:
        return load_people(opened.root).owners.get(opened.path, "PERSON")
    except PolicyError:
        return "PERSON"


def _wrapped(text: str, first: str = "", then: str = "") -> None:
    """Write a text in lines of 96, the way `status` writes reasons."""
    out(fill(text, 96, initial_indent=first, subsequent_indent=then, break_on_hyphens=False))
