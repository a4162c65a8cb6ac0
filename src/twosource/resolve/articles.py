"""Articles of one story: which inputs are one article seen twice or in an older version, in what order, and the day of
undated ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from twosource.account import Version
from twosource.extract.times import anchor_times
from twosource.facts import Note
from twosource.report import Report
from twosource.resolve.versions import newest_of, told_changes

_LINE = re.compile(r":[0-9]{1,12}\Z")
"""How sources number the articles of one input."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The distinct reports in account order; by id, how often each came in, its name, the day it was given, and its
    older versions, which are no reports.
    """

    reports: tuple[Report, ...]
    sightings: dict[str, int]
    names: dict[str, str]
    inferred: dict[str, str]
    notes: tuple[Note, ...]
    versions: dict[str, tuple[Version, ...]]


def gather(reports: Iterable[Report]) -> Gathered:
    """Join identical inputs, make ids unique, keep the newest version of each article, order by publication, outlet
    and id, and date what has no date.
    """
    distinct, times_seen, names = _distinct(reports)
    newest, versions = newest_of(distinct)
    ordered = tuple(sorted(newest, key=_order))
    dated, inferred = _dated(ordered)
    notes = (*_seen_twice(ordered, times_seen), *_older(ordered, versions), *_day_given(inferred))
    return Gathered(dated, times_seen, names, inferred, notes, versions)


def _seen_twice(reports: Iterable[Report], sightings: dict[str, int]) -> Iterator[Note]:
    for article in sorted(report.id for report in reports):
        if (n := sightings[article]) > 1:
            yield Note("same_article", f"given {n} times: one article, {n} sightings", article=article)


def _older(reports: Iterable[Report], versions: dict[str, tuple[Version, ...]]) -> Iterator[Note]:
    """A note on each older version, at the place of the first change."""
    for report in reports:
        for version in versions.get(report.id, ()):
            at = next((revision.now for revision in version.revisions if revision.now), None)
            yield Note("older_version", told_changes(version, report.article), at, report.id)


def _day_given(inferred: dict[str, str]) -> Iterator[Note]:
    for article, day in sorted(inferred.items()):
        said = f"no date of its own: taken as {day}, the day of its co-reports"
        yield Note("published_inferred", said, article=article)


def _order(report: Report) -> tuple[str, str, str, str]:
    article = report.article
    return article.published or "9999", article.outlet.name if article.outlet else "", article.id, article.sha256


def _distinct(reports: Iterable[Report]) -> tuple[list[Report], dict[str, int], dict[str, str]]:
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
    names = {first.id: min(_file_name(r) for r in same) for first, same in zip(kept, seen.values(), strict=True)}
    return kept, sightings, names


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
