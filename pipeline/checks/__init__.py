"""QA checks: a segment and its translation → findings, each file ending with `CHECK`."""
