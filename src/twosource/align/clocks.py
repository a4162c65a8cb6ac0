"""Clocks: one thing that two reports put at different hours of one day.

Evidence: the words with content next to a clock time ("the door was opened shortly after 9 pm"): two of them, the
same in both reports, or in both a word for the alarm; and where each report names but one hour, two sentences that
share words. A report that gives the same words several hours is listing, and a named time zone is not converted, so
neither is a party to a conflict. Reports without a day of publication are taken to be of one day.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from twosource.account import Conflict, Place
from twosource.align.clauses import conflict
from twosource.align.contrast import alarming, calendar, nearby
from twosource.align.passages import Passage, story_weights, touching
from twosource.align.similarity import Vector, Weights, cosine
from twosource.align.words import Word
from twosource.facts import TimeExpression
from twosource.report import Report

EVENT = 2
"""Words with content that must be the same; one ("began") is said of many things."""

REACH = 8
"""Words on the near side of a time in which they must stand."""

LEAST = 30
"""Minutes from which on two times are not one, rounded."""

ALIKE = 0.25
"""Least cosine of two sentences that name the only hours of their reports. In 139 stories of four collections 2 pairs
with other hours reach it, both of one thing, and 8 do not, of which 4 are of that same thing, 2026-11-22.
"""

HALF_DAY = 720
"""Minutes; where "ten" is not told to be morning or night both are possible, so half days do not count."""

_ALARM = frozenset({"alarm"})
"""What stands for every way to say that the alarm was raised."""

_CLOCK = re.compile(r"T(\d\d):(\d\d)$")
_ZONE = re.compile(r"\b(?![AP]M\b)[A-Z]{2,4}\b")


@dataclass(frozen=True, slots=True)
class _Told:
    report: Report
    time: TimeExpression
    minutes: int
    vector: Vector


def other_hours(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield one conflict for each thing that reports put at other hours of one day: the two hours farthest apart."""
    told: dict[frozenset[str], dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    weights, lone = story_weights(reports), list[_Told]()
    for report in reports:
        found = list(_events(report, weights))
        for event, one in found:
            told[event][report.id].append(one)
        lone += [one for _, one in found[:1] if len({one.minutes for _, one in found}) == 1]
    for by_report in (by_report for event, by_report in told.items() if event):
        once = [found[0] for found in by_report.values() if len({one.minutes for one in found}) == 1]
        yield from _farthest(combinations(once, 2))
    alike = (pair for pair in combinations(lone, 2) if cosine(pair[0].vector, pair[1].vector) >= ALIKE)
    yield from _farthest(alike)


def _farthest(pairs: Iterable[tuple[_Told, _Told]]) -> Iterator[Conflict]:
    apart = [pair for pair in pairs if _one_day(*pair) and _minutes_apart(*pair) >= LEAST]
    if apart:
        yield _conflict(*max(apart, key=lambda pair: _minutes_apart(*pair)))


def _events(report: Report, weights: Weights) -> Iterator[tuple[frozenset[str], _Told]]:
    """Each clock time of the body with the words for what happened then, empty where they do not tell enough."""
    text = report.article.text
    for time in report.times:
        clock = _CLOCK.search(time.value or "")
        here = next(iter(touching(report, time.span)), None)
        if not clock or here is None or here.kind != "body" or _ZONE.search(time.span.of(text)):
            continue
        before = [word for word in here.words if word.span.end <= time.span.start][::-1]
        after = [word for word in here.words if word.span.start >= time.span.end]
        event = _event(before) or (_event(after) if not before[1:] else frozenset())
        yield event, _Told(report, time, int(clock[1]) * 60 + int(clock[2]), _vector(here, weights))


def _vector(here: Passage, weights: Weights) -> Vector:
    return weights.vector(tuple(word.key for word in here.words if word.key and not calendar(word)))


def _event(near: Sequence[Word]) -> frozenset[str]:
    """The keys of the nearest words with content, empty where there are too few."""
    known = list(takewhile(lambda word: not word.form[0].isdigit(), near[:REACH]))
    if alarming([word.form for word in known]):
        return _ALARM
    found = dict.fromkeys(word.key for word in known if word.key and not (calendar(word) or nearby(word.form)))
    return frozenset(list(found)[:EVENT]) if len(found) >= EVENT else frozenset()


def _one_day(left: _Told, right: _Told) -> bool:
    return left.time.start == right.time.start


def _minutes_apart(left: _Told, right: _Told) -> int:
    apart = abs(left.minutes - right.minutes) % HALF_DAY
    return min(apart, HALF_DAY - apart)


def _conflict(left: _Told, right: _Told) -> Conflict:
    said = [one.time.span.of(one.report.article.text) for one in (left, right)]
    why = f"the same is put at “{said[0]}” in one and at “{said[1]}” in the other"
    seen: Mapping[str, float] = {"minutes_apart": _minutes_apart(left, right)}
    places = [Place(one.report.id, one.time.span) for one in (left, right)]
    return conflict("time", "possible", why, places[0], places[1], seen)
