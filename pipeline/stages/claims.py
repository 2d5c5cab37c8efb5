"""The claims of an article and a market → the blocks for those that may not be made there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.effects._rules import ask
from pipeline.model import Claim, Finding, Market, PageFacts, Where

CLAIMS = "locales/markets/claims.toml"


def claim_blocks(market: Market, facts: PageFacts) -> Iterator[Finding]:
    """A block for each claim that is unknown, unsupported, overdue or not accepted there."""
    known = {claim.id: claim for claim in facts.known_claims}
    for name in facts.claims:
        claim = known.get(name)
        if claim is None:
            problem = f"the article makes the claim {name!r}, which {CLAIMS} does not have"
            yield _refusal("law-claim-unknown", problem, market, Where(CLAIMS))
            continue
        if not claim.references:
            problem = f"the claim {_told(claim)} has no reference that supports it"
            yield _refusal("law-claim-unsupported", problem, market, claim.where)
        if market.code not in claim.markets:
            where = ", ".join(claim.markets) or "nowhere"
            problem = f"the claim {_told(claim)} is not accepted there; it is accepted in: {where}"
            yield _refusal("law-claim-not-accepted", problem, market, claim.where)
        if claim.review_by and facts.as_of > claim.review_by:
            problem = f"the claim {_told(claim)} had to be reviewed by {claim.review_by}"
            yield _refusal("law-review-overdue", problem, market, claim.where)


def claims_until(facts: PageFacts) -> date | None:
    """The last day for which somebody vouches for every claim of a page."""
    days = (c.review_by for c in facts.known_claims if c.id in facts.claims and c.review_by)
    return min(days, default=None)


def _told(claim: Claim) -> str:
    return f"{claim.id!r} ({claim.says})"


def _refusal(code: str, problem: str, market: Market, where: Where) -> Finding:
    """A block because of a claim."""
    return Finding(code, f"{market.code}: {problem}", where, ask(market))
