"""The one tree of exceptions: what the user did, what we cannot go on with, what to do.

    PipelineError                exit
    ├── UsageError                2   a word or option of the command line
    ├── ConfigError               2   l10n.toml, a template, a links file
    ├── UnreadableError           3   content that cannot be read: encoding, syntax, size
    ├── PolicyError               4   a law or policy forbids it, or its file is wrong
    └── ConflictError             5   locked, or changed meanwhile

Bad content is a `Finding`; an exception means that the command cannot continue.
"""

from __future__ import annotations

from pipeline.model import Finding, Where


class PipelineError(Exception):
    """A problem that ends the command, with its place and what to do."""

    exit_code = 70

    def __init__(
        self, problem: str, where: Where | None = None, hint: str = "", code: str = ""
    ) -> None:
        """Keep the problem, the place, the hint and the code for `l10n explain`."""
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.hint = hint
        self.code = code or self.default_code
        self.findings: tuple[Finding, ...] = ()

    default_code = "internal"

    @classmethod
    def of(cls, findings: tuple[Finding, ...]) -> PipelineError:
        """One error for many findings, so that all problems are told at once."""
        first = findings[0]
        error = cls(first.message, first.where, first.hint, first.code)
        error.findings = findings
        return error

    def as_findings(self) -> tuple[Finding, ...]:
        """The problems as findings, for a command that gathers them."""
        if self.findings:
            return self.findings
        return (Finding(self.code, self.problem, self.where or Where(""), self.hint),)


class UsageError(PipelineError):
    """The command line asks for something that does not exist."""

    exit_code = 2
    default_code = "usage"


class ConfigError(PipelineError):
    """A configuration file is wrong; of a file of the law it becomes a `PolicyError`."""

    exit_code = 2
    default_code = "config"


class UnreadableError(PipelineError):
    """Content that cannot be read."""

    exit_code = 3
    default_code = "unreadable"


class PolicyError(PipelineError):
    """A law or the workspace's own policy forbids it; so does a law that cannot be read."""

    exit_code = 4
    default_code = "forbidden"


class ConflictError(PipelineError):
    """Somebody else holds the workspace, or changed a file meanwhile."""

    exit_code = 5
    default_code = "changed-meanwhile"
