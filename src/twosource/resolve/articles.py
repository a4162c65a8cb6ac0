"""Articles of one story: which inputs are one article seen twice, in what order, and the day of undated ones."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from twosource.extract.times import anchor_times
from twosource.facts import Note
from twosource.report import Report

_LINE = re.compile(r":[0-9]{1,12}\Z")
"""How sources number the articles of one input."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The distinct reports in account order; by id, how often each came in, its name, and the day it was given."""

    reports: tuple[Report, ...]
    sightings: dict[str, int]
    names: dict[str, str]
    inferred: dict[str, str]
    notes: tuple[Note, ...]


def gather(reports: Iterable[Report]) -> Gathered:
    """Join identical inputs, make ids unique, order by publication, outlet and id, and date what has no date."""
    distinct, times_seen, names, notes = _distinct(reports)
    ordered = tuple(sorted(distinct, key=_order))
    dated, inferred = _dated(ordered)
    notes += tuple(
        Note("published_inferred", f"no date of its own: taken as {day}, the day of its co-reports", article=article)
        for article, day in sorted(inferred.items())
    )
    return Gathered(dated, times_seen, names, inferred, notes)


def _order(report: Report) -> tuple[str, str, str, str]:
    article = report.article
    return article.published or "9999", article.outlet.name if article.outlet else "", article.id, article.sha256


def _distinct(
    reports: Iterable[Report],
) -> tuple[list[Report], dict[str, int], dict[str, str], tuple[Note, ...]]:
    """One article is one text from one outlet and address; an id that two articles share gets the digest added."""
    seen: dict[tuple[str, str, str], list[Report]] = {}
    for report in reports:
        article = report.article
        key = (article.sha256, article.outlet.name if article.outlet else "", article.url or "")
        seen.setdefault(key, []).append(report)
    firsts = [min(same, key=_order) for same in seen.values()]
    used = Counter(first.id for first in firsts)
    kept = [_unnumbered(first if used[first.id] == 1 else _renamed(first)) for first in firsts]
    sightings = {first.id: len(same) for first, same in zip(kept, seen.values(), strict=True)}
    notes = tuple(
        Note("same_article", f"given {n} times: one article, {n} sightings", article=article)
        for article, n in sorted(sightings.items())
        if n > 1
    )
    names = {first.id: min(_file_name(r) for r in same) for first, same in zip(kept, seen.values(), strict=True)}
    return kept, sightings, names, notes


def _file_name(report: Report) -> str:
    """The input's name without folder and line number."""
    return _LINE.sub("", PurePath(report.article.origin).name)


def _unnumbered(report: Report) -> Report:
    """The report without the number of its line, which names origins: their names then depend on no order of lines."""
    origin = _LINE.sub("", report.article.origin)
    return (
        report if origin == report.article.origin else replace(report, article=replace(report.article, origin=origin))
    )


def _renamed(report: Report) -> Report:
    article = report.article
    outlet = article.outlet.name if article.outlet else ""
    return replace(report, article=replace(article, id=f"{article.id}~{article.sha256[:8]}{outlet and '~' + outlet}"))


def _dated(reports: tuple[Report, ...]) -> tuple[tuple[Report, ...], dict[str, str]]:
    """Anchor the times of undated reports at the most frequent day of the dated ones, the earliest of equals."""
    days = Counter(r.article.published[:10] for r in reports if r.article.published)
    if not days:
        return reports, {}
    day = min(days, key=lambda d: (-days[d], d))
    inferred = {r.id: day for r in reports if not r.article.published}
    return tuple(replace(r, times=anchor_times(r.times, day)) if r.id in inferred else r for r in reports), inferred
