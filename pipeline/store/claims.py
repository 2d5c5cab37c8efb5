"""locales/markets/claims.toml → the claims that articles may make, and where."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import Claim, Finding, Where
from pipeline.store.files import read_text
from pipeline.store.market_names import FOLDER, market_codes, unknown_market

CLAIMS = f"{FOLDER}/claims.toml"


def load_claims(root: Path) -> tuple[Claim, ...]:
    """The claims of a workspace in the order of the file; none without a file.

    Raises:
        ConfigError: with a finding for every problem of the file.
    """
    path = root / CLAIMS
    if not path.exists():
        return ()
    from pipeline.store.market_schema import ClaimsFile
    from pipeline.store.toml import line_of, read_toml

    tables = read_toml(path, ClaimsFile, CLAIMS).claims
    text = read_text(path, CLAIMS)
    known = market_codes(root)
    claims: list[Claim] = []
    findings: list[Finding] = []
    for key, table in tables.items():
        where = Where(CLAIMS, line_of(text, ("claims", key)))
        unknown = [code for code in table.markets if code not in known]
        findings += [unknown_market(code, known, where) for code in unknown]
        claims.append(
            Claim(
                id=key,
                says=table.says,
                references=tuple(table.references),
                markets=tuple(table.markets),
                where=where,
                review_by=table.review_by,
            )
        )
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(claims)
