"""Words on a command line → one workflow, its results, and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the `l10n` command; every problem becomes a readable line and an exit code."""
    from pipeline.cli.app import app
    from pipeline.errors import PipelineError

    try:
        app(prog_name="l10n")
    except PipelineError as error:
        from pipeline.cli.show import SCHEMA, finding_json, show_findings, show_json

        show_findings(error.as_findings(), sys.stderr)
        if "--json" in sys.argv:  # a script reads what went wrong the way it reads results
            found = [finding_json(finding) for finding in error.as_findings()]
            show_json({"schema": SCHEMA, "findings": found})
        sys.exit(error.exit_code)
    except RecursionError as error:
        sys.exit(_our_bug(error))
    except Exception as error:  # noqa: BLE001 - the last net: a user never sees a traceback
        sys.exit(_our_bug(error))


def _our_bug(error: Exception) -> int:
    """Keep the traceback for us in a file, and tell the user where it is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="l10n-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    sys.stderr.write(
        f"error internal: {type(error).__name__}: {error}\n"
        "help: this is a mistake in l10n, not in your files, and no file was left half "
        f"written; please report it with {Path(file.name)}\n"
    )
    return 70


if __name__ == "__main__":
    main()
