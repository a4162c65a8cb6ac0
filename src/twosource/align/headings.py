"""Headings: numbers of a headline that the report's own body tells otherwise.

Evidence: the block each number stands in. A headline is often older than the text below it, or rounds it, so where the
two differ the body is what the report tells.
"""

from collections.abc import Sequence

from twosource.align.passages import touching
from twosource.align.quantities import Amount
from twosource.article import Span
from twosource.report import Report


def outdated(told: Sequence[tuple[Report, Span, Amount]]) -> frozenset[int]:
    """Return the indices of numbers that stand outside the body of a report whose body tells this quantity otherwise.

    ``told`` gives report, place and amount of each telling of one quantity.
    """
    bodies: dict[str, list[Amount]] = {}
    above = []
    for i, (report, span, meant) in enumerate(told):
        if in_body(report, span):
            bodies.setdefault(report.id, []).append(meant)
        else:
            above.append(i)
    return frozenset(i for i in above if _denied(told[i][2], bodies.get(told[i][0].id, ())))


def in_body(report: Report, span: Span) -> bool:
    """Tell whether the place lies in the body of the report, not in its headline, dek or a heading."""
    here = next(iter(touching(report, span)), None)
    return here is not None and here.kind == "body"


def _denied(meant: Amount, body: Sequence[Amount]) -> bool:
    return bool(body) and not any(meant.allows(own) for own in body)
