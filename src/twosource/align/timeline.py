"""Timeline: the dated places of all reports in order of time.

Evidence: the resolved time expressions. Durations and repeated times have no place in it.
"""

from collections.abc import Sequence

from twosource.account import TimelinePoint
from twosource.report import Report


def timeline(reports: Sequence[Report]) -> tuple[TimelinePoint, ...]:
    """Return one point for each date that a report gives, at its first place there, ordered by start, end and the
    order of reports.
    """
    found: dict[tuple[str, str, int], TimelinePoint] = {}
    for rank, report in enumerate(reports):
        for time in report.times:
            if time.start and time.type in {"DATE", "TIME"}:
                point = TimelinePoint(start=time.start, end=time.end, article=report.id, span=time.span)
                found.setdefault((time.start, time.end or time.start, rank), point)
    return tuple(found[at] for at in sorted(found))
