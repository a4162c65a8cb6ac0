"""Quantities: when two figures can be told apart at all: units made one, and the interval that a figure's words
allow.

Evidence: the figure's unit, hedge and the number of digits it was written with. "3 million" allows 2.96 million,
"more than 100" allows 112; "24" does not allow 25, because small whole numbers are counted, not rounded.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from twosource.extract.units import units
from twosource.facts import Figure
from twosource.lang import ENGLISH

OPEN = 1.5
"""How far "more than" and "at least" reach above the number (below it, for "at most"), as a factor: beyond, the two
are no longer one count.
"""

NEARLY = 0.15
"""How far "nearly" reaches below the number and "about" to both sides, as a share of it."""

ROUNDED = 0.05
"""Most that a number of 1,000 or more, or a unit's conversion, is off by rounding, as a share of it."""

FRACTION = 0.025
"""How far a fraction in words ("a third") may be off, as a share of the whole: a fifth is told from a quarter."""

_SHARES = {"%": 1.0, "fraction": 100.0}
"""Shares in per cent: "a third" and "33 per cent" are one measure."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a figure can mean: an interval in the base unit of its family ("" where the unit is a counted noun or
    unknown).
    """

    family: str
    low: float
    high: float
    exact: float | None

    def allows(self, other: "Amount") -> bool:
        """Tell whether one number (or one range) can be meant by both; bounds that only touch do not count."""
        if self.exact is None and other.exact is None:
            return math.isclose(self.low, other.low, rel_tol=ROUNDED) and math.isclose(
                self.high, other.high, rel_tol=ROUNDED
            )
        if self.exact is not None and other.exact is not None and math.isclose(self.exact, other.exact, rel_tol=1e-6):
            return True
        shared = min(self.high, other.high) - max(self.low, other.low)
        return shared > 1e-9 * max(abs(self.high), abs(other.high), 1e-9)


def opposed(told: Sequence[tuple[str, Amount]]) -> list[tuple[int, int]]:
    """Return the pairs (low, high) of indices of what two reports tell that cannot both be right.

    ``told`` gives the article of each. Where a report has the other one's number too, it knows both, and nothing is
    opposed.
    """
    by_article: dict[str, list[Amount]] = defaultdict(list)
    for article, meant in told:
        by_article[article].append(meant)
    return [
        (i, j)
        for (i, (left, a)), (j, (right, b)) in combinations(enumerate(told), 2)
        if left != right
        and not any(b.allows(own) for own in by_article[left])
        and not any(a.allows(own) for own in by_article[right])
    ]


def amount(figure: Figure) -> Amount | None:
    """Return what the figure can mean, or None where it has no number or one that is no quantity."""
    factor, family = _measure(figure.unit)
    ends = [v for v in (figure.low, figure.high, figure.value) if v is not None and math.isfinite(v)]
    if not ends:
        return None
    if figure.low is not None or figure.high is not None:
        low, high = (min(ends), max(ends)) if len(ends) > 1 else (ends[0], ends[0])
        return Amount(family, low * factor, high * factor, None)
    if family == "share" and figure.unit != "%" and not figure.hedge:
        low, high = ends[0] - FRACTION, ends[0] + FRACTION
    else:
        low, high = _around(ends[0], figure.hedge)
    return Amount(family, low * factor, high * factor, ends[0] * factor)


def _measure(unit: str) -> tuple[float, str]:
    """The factor to the base unit of what ``unit`` measures, and that; 1 and "" where it converts to nothing."""
    if unit in _SHARES:
        return _SHARES[unit], "share"
    known = units(ENGLISH).measures.get(unit)
    return (known.factor, known.kind) if known and known.factor else (1.0, "")


def _around(value: float, hedge: str | None) -> tuple[float, float]:
    """The interval a number allows with its hedge."""
    loose = _loose(value)
    match hedge:
        case "at_least" | "over":
            return value - loose / 2, max(value * OPEN, value + loose)
        case "at_most":
            return min(value / OPEN, value - loose), value + loose / 2
        case "under":
            return value - max(abs(value) * NEARLY, loose), value + loose / 2
        case "about":
            wide = max(abs(value) * NEARLY, loose)
            return value - wide, value + wide
    return value - loose, value + loose


def _loose(value: float) -> float:
    """How far a number may be off by rounding: half its last digit, from 1,000 on its last digit but zeros, at most
    `ROUNDED`.
    """
    size = abs(value)
    if size < 1000:
        return _last_digit(size) / 2
    whole = round(size)
    zeros = len(str(whole)) - len(str(whole).rstrip("0")) if whole < 1e15 else 12
    return min(10.0**zeros, ROUNDED * size) if zeros else 0.5


def _last_digit(size: float) -> float:
    """The place value of the last digit written: 1 for 24, 0.1 for 2.5."""
    decimals = f"{size:.4f}".rstrip("0").partition(".")[2]
    return 10.0 ** -len(decimals)


def specific(figure: Figure) -> int:
    """Return how much the number alone says: 0 for "100" or "24", 1 for three digits ("284"), 2 for more ("$28,156").

    Zeros at the end do not count, so that "30,000" says no more than "30".
    """
    if figure.value is None or not math.isfinite(figure.value):
        return 0
    digits = f"{abs(figure.value):.6e}".partition("e")[0].replace(".", "").rstrip("0")
    return min(max(len(digits) - 2, 0), 2)
