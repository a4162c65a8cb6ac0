"""Figures: which numbers count the same thing, and whether the reports agree on it.

Evidence: `counted` says how likely two figures are one; here they are grouped. Reports of one day that cannot both be
right conflict; a later and higher count is an update; sentences that name different dates tell of different times.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from twosource.account import Agreement, FigureLine, FigureTelling
from twosource.align.clusters import Link, cluster
from twosource.align.counted import Counted, counted, log_odds
from twosource.align.evidence import EXPLAINED
from twosource.align.headings import outdated
from twosource.align.quantities import opposed, specific
from twosource.align.similarity import proposed
from twosource.article import stable_id
from twosource.facts import Features
from twosource.report import Report

if TYPE_CHECKING:
    from twosource.lineage import Traced


def align_figures(reports: Sequence[Report], traced: "Traced") -> tuple[FigureLine, ...]:
    """Group the figures of all reports into lines, ordered by their first telling in the order of ``reports``."""
    found = counted(reports)
    return tuple(_line([found[i] for i in group], traced) for group in _groups(found))


def _groups(found: Sequence[Counted]) -> list[list[int]]:
    """Cluster figures; those with one number in the same sentence (copies) are one node."""
    nodes: dict[tuple[tuple[str, ...], tuple[str, ...], str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        nodes[one.same].append(i)
    members = [nodes[same] for same in sorted(nodes)]
    # by id, so that the order of the reports plays no part
    firsts = [
        min((found[i] for i in m), key=lambda one: (one.report.id, one.figure.span, one.figure.id)) for m in members
    ]
    links: dict[Link, float] = {(a, b): log_odds(firsts[a], firsts[b]) for a, b in _candidates(firsts)}

    def apart(a: int, b: int) -> float:
        return links[a, b] if (a, b) in links else log_odds(firsts[a], firsts[b])

    groups = cluster(len(members), links, apart)
    return sorted(sorted(i for node in group for i in members[node]) for group in groups)


def _candidates(firsts: Sequence[Counted]) -> Iterable[Link]:
    """Pairs of one kind that share a content word or a telling number."""
    return sorted(proposed({(one.kind, shared) for shared in _held(one)} for one in firsts))


def _held(one: Counted) -> set[str]:
    number = {f"#{one.figure.value}"} if specific(one.figure) else set()
    return one.sentence.weighted.keys() | one.noun | number


def _line(members: Sequence[Counted], traced: "Traced") -> FigureLine:
    first = members[0]
    shown = first.figure.subject or first.figure.span
    return FigureLine(
        id=stable_id("f", *sorted(f"{m.report.id}/{m.figure.id}" for m in members)),
        unit=first.figure.unit,
        subject=shown.of(first.report.article.text),
        agreement=agreement(members),
        tellings=tuple(_telling(member, traced) for member in members),
        features=_strongest(members),
    )


def _strongest(members: Sequence[Counted]) -> Features:
    """For `why`: the log-odds of the likeliest pair of two reports, if any, and the headlines left aside."""
    pairs = (log_odds(a, b) for a, b in combinations(members[:EXPLAINED], 2) if a.report.id != b.report.id)
    best = max(pairs, default=None)
    seen = {} if best is None else {"log_odds": round(best, 2)}
    aside = [members[i] for i in sorted(_outdated(members))]
    shown = ", ".join(one.figure.span.of(one.report.article.text) for one in aside)
    return {**seen, **({"headline_left_aside": shown} if aside else {})}


def _telling(one: Counted, traced: "Traced") -> FigureTelling:
    figure = one.figure
    return FigureTelling(
        article=one.report.id,
        figure=figure.id,
        span=figure.span,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        of=figure.of,
        hedge=figure.hedge,
        origin=traced.origin(one.report.id),
    )


def agreement(members: Sequence[Counted]) -> Agreement:
    """Return how the tellings of one figure stand to each other across reports."""
    aside = _outdated(members)
    members = [member for i, member in enumerate(members) if i not in aside]
    told = [(member.report.id, member.amount) for member in members]
    if len({article for article, _ in told}) < 2:
        return "single"
    differ = [(members[i], members[j]) for i, j in opposed(told)]
    if not differ:
        one = all(a.allows(b) for _, a in told for _, b in told)
        return "agree" if one else "updated"
    if all(_grown(*pair) for pair in differ):
        return "updated"
    return "different_scope" if all(_other_time(*pair) or _other_names(*pair) for pair in differ) else "conflict"


def _outdated(members: Sequence[Counted]) -> frozenset[int]:
    return outdated([(one.report, one.figure.span, one.amount) for one in members])


def _grown(left: Counted, right: Counted) -> bool:
    """Tell whether the later report has the larger number, so that the count rather than the telling changed.

    How many people were at a place when it happened does not grow.
    """
    if left.where and left.where == right.where:
        return False
    one, other = left.report.article.published, right.report.article.published
    if not one or not other or one[:10] == other[:10]:
        return False
    early, late = (left, right) if one < other else (right, left)
    return early.amount.high <= late.amount.low


def _other_time(left: Counted, right: Counted) -> bool:
    """Tell whether both sentences name dates and none of them is shared."""
    dates, others = _dates(left), _dates(right)
    return bool(dates and others) and not any(a[0] <= b[1] and b[0] <= a[1] for a in dates for b in others)


def _other_names(left: Counted, right: Counted) -> bool:
    """Tell whether each number stands beside a name that the other one lacks: then they are of two things."""
    return bool(left.names - right.names and right.names - left.names)


def _dates(one: Counted) -> list[tuple[str, str]]:
    times = (t for t in one.report.times if t.start and t.type in {"DATE", "TIME"})
    return [(t.start, t.end or t.start) for t in times if t.start and t.span.overlaps(one.passage.span)]
