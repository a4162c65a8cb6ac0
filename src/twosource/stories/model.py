"""How alike two articles must be to tell one event: log-odds from their likeness and from how crowded their field is.

Evidence: the product of the two vectors (`features`), less what either has in common with stories it does not belong
to. The second part tells look-alike events apart: where many stories share an article's words, sharing them says
little.

The five numbers `LIKENESS`, `CROWD`, `BASE`, `ARRIVE` and `JOIN` are learned from pairs of articles of known events by
`bench/stories_weights.py`, which also judges each of five story sets with numbers learned from the other four: BCubed
and pair F1 are 92.9 and 88.2 then on the mean of the sets, 92.9 and 88.3 with the numbers below, which were learned
when the field was taken from articles instead of stories (2026-11-22). Learn them again when `features` changes.
"""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

LIKENESS = 26.3
"""Log-odds for a product of one."""

CROWD = 25.0
"""Log-odds taken for each unit of crowding, of each of the two articles."""

BASE = -3.2
"""Log-odds of two articles with nothing in common and alone in their fields."""

ARRIVE = 0.1
"""Least mean log-odds at which an article that arrives joins a story."""

JOIN = -0.4
"""Least mean log-odds at which a look back leaves articles in one story, or brings them there."""

SLACK = 1.5
"""Log-odds under `JOIN` at which another story is still laid out beside an article's own. The story sets come out the
same with 1.5 to 2.5, ecbplus 1 BCubed F1 lower with 1 (2026-11-22).
"""

OTHERS = (2, 22)
"""Ranks of the stories around an article (nearest first, from 0) whose likeness is its crowding: not the
first two, for its own story, perhaps still in two parts, is among them.
"""

Number = TypeVar("Number", float, npt.NDArray[np.float64])


def crowding(best: Iterable[float]) -> float:
    """Return how crowded an article's field is, from its likeness with the best article of each story around it."""
    first, end = OTHERS
    return sum(sorted(best, reverse=True)[first:end]) / (end - first)


def log_odds(product: Number, crowds: Number) -> Number:
    """Return the log-odds that two articles tell one event; ``crowds`` is the sum of both crowdings."""
    return BASE + LIKENESS * product - CROWD * crowds
