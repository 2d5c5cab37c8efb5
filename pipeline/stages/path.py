"""Two sequences and what it costs to pair their members → the cheapest way through both.

Dynamic programming with the length model of Gale and Church, "A program for aligning
sentences in bilingual corpora" (Computational Linguistics 19:1, 1993).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

Step: TypeAlias = tuple[int, int]  # how many members of each side belong together
Cost: TypeAlias = Callable[[int, int, int, int], float]  # the ranges [a, b) and [c, d)

# How often a sentence has so many for it; Gale and Church, table 5, 2-2 left out.
PRIORS: dict[Step, float] = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.045,
    (1, 2): 0.045,
}
_VARIANCE = 6.8  # of the length of a translation, for each character of the source
_DEAREST = 14.0


def length_cost(source: float, target: float) -> float:
    """How unlikely it is that texts of these lengths are translations, as -log of a probability.

    The target's length is given in characters of the source's language.
    """
    mean = (source + target) / 2
    if mean <= 0:
        return 0.0
    delta = abs(target - source) / math.sqrt(mean * _VARIANCE)
    return min(-math.log(max(math.erfc(delta / math.sqrt(2)), 1e-12)), _DEAREST)


def cheapest(
    one: int, other: int, cost: Cost, steps: Sequence[Step] = tuple(PRIORS)
) -> list[tuple[int, int, int, int]]:
    """The cheapest way through two sequences of these lengths, as ranges [a, b) and [c, d)."""
    best = [[math.inf] * (other + 1) for _ in range(one + 1)]
    came: list[list[Step]] = [[(0, 0)] * (other + 1) for _ in range(one + 1)]
    best[0][0] = 0.0
    for i in range(one + 1):
        for j in range(other + 1):
            for step in steps:
                a, c = i - step[0], j - step[1]
                if a < 0 or c < 0 or best[a][c] == math.inf:
                    continue
                total = best[a][c] + cost(a, i, c, j)
                if total < best[i][j]:
                    best[i][j], came[i][j] = total, step
    way = []
    i, j = one, other
    while i or j:
        step = came[i][j]
        way.append((i - step[0], i, j - step[1], j))
        i, j = i - step[0], j - step[1]
    return way[::-1]
