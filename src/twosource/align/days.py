"""Days: one thing that two reports put on different days.

Evidence: time expressions resolved with each report's own day of publication ("on Tuesday", "yesterday"), or, in
reports without one, weekdays and dates as written; and the words around them: sentences that are alike, with the same
words with content next to the day. Less likeness will do for two dates in numbers that are the only ones of their
reports. A report that gives the thing several days, or names both, is no party to a conflict. Always "possible": what
is alike in words may have happened twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from twosource.account import Conflict, Place
from twosource.align.clauses import conflict
from twosource.align.contrast import calendar, nearby, relative
from twosource.align.passages import Passage, story_weights, touching
from twosource.align.similarity import Vector, Weights, cosine, proposed, rarest
from twosource.align.words import keys, words
from twosource.facts import TimeExpression
from twosource.report import Report

NEAR = 8
"""Words on each side of a day that make its place."""

LEAST_NEAR = 2
"""Different words with content among them that both must have."""

ALIKE = 0.6
"""Least cosine of two sentences without their days (own judgement, read over 51 stories, 2026-11-22)."""

ALIKE_ALONE = 0.2
"""The same for two dates in numbers ("3 September") that are the only ones of their reports. Set on pairs of short
reports written for development; in 139 stories of four collections it shows nothing, right or wrong, 2026-11-22.
"""

RARE = 6
"""Rarest words by which a sentence is looked up."""


_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d(?=$|T[A-Z])")
_WEEKDAY = re.compile(r"XXXX-WXX-[1-7](?=$|T[A-Z])")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sentence with the one day it names; ``said`` are the words for it.

    ``day`` is an ISO date, or a TIMEX3 value without year ("XXXX-06-14") or week ("XXXX-WXX-2"); ``alone`` tells that
    it is the only date in numbers of its report.
    """

    report: Report
    time: TimeExpression
    day: str
    passage: Passage
    vector: Vector
    near: frozenset[str]
    said: tuple[str, ...]
    alone: bool


def other_days(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield one conflict for each two sentences that are alike and name two days, in order of the reports."""
    weights = story_weights(reports)
    told = [one for report in reports for one in _dated(report, weights)]
    days = {report.id: _days(report) for report in reports}
    shown: set[frozenset[str]] = set()
    for a, b in sorted(proposed(rarest(one.vector, RARE) for one in told)):
        one, other = told[a], told[b]
        if one.report.id == other.report.id or not _apart(one.day, other.day) or not _alike(one, other):
            continue
        both = _known(other.day, days[one.report.id]) or _known(one.day, days[other.report.id])
        if not both and (pair := frozenset((one.day, other.day))) not in shown:
            shown.add(pair)
            yield _conflict(one, other)


def _dated(report: Report, weights: Weights) -> Iterator[_Dated]:
    text = report.article.text
    by_sentence: dict[Passage, list[TimeExpression]] = {}
    for time in report.times:
        here = next(iter(touching(report, time.span)), None)
        if here is not None and here.kind == "body" and _names_day(time, text):
            by_sentence.setdefault(here, []).append(time)
    numbered = {_day(time) for times in by_sentence.values() for time in times if _in_numbers(time.span.of(text))}
    for passage, times in by_sentence.items():
        if len({_day(time) for time in times}) == 1 and (day := _day(times[0])):
            time = times[0]
            said = [w for w in passage.words if w.key and not (w.span.overlaps(time.span) or calendar(w))]
            before = [w for w in passage.words if w.span.end <= time.span.start][-NEAR:]
            after = [w for w in passage.words if w.span.start >= time.span.end][:NEAR]
            near = {w.key for w in (*before, *after) if w.key and not (calendar(w) or nearby(w.form))}
            words_for = tuple(word.form for word in words(text, (time.span,)))
            alone = numbered == {day}
            yield _Dated(report, time, day, passage, weights.vector(keys(said)), frozenset(near), words_for, alone)


def _in_numbers(said: str) -> bool:
    return any(c.isdigit() for c in said)


def _day(time: TimeExpression) -> str:
    """The one day an expression names: its date, or its value as written where that is no full date, or ""."""
    if time.start:
        return time.start if time.start == time.end and _DAY.match(time.start) else ""
    named = _DAY.match(time.value or "") or _WEEKDAY.match(time.value or "")
    return named.group() if named else ""


def _apart(one: str, other: str) -> bool:
    """Tell whether two days are certainly two, each as far as it is known."""
    return _comparable(one, other) and not _one_day(one, other)


def _comparable(one: str, other: str) -> bool:
    """Tell whether both are weekdays, or both dates, or one of them is a full date, which has a weekday."""
    return ("W" in one) == ("W" in other) or "X" not in one or "X" not in other


def _one_day(one: str, other: str) -> bool:
    if "W" in one or "W" in other:
        return _weekday(one) == _weekday(other)
    return one == other or ("X" in one + other and one[-5:] == other[-5:])


def _weekday(day: str) -> int:
    """The number of the weekday, 1 for Monday; 0 for what is no day of any calendar."""
    try:
        return int(day[-1]) if "W" in day else date.fromisoformat(day).isoweekday()
    except ValueError:
        return 0


def _names_day(time: TimeExpression, text: str) -> bool:
    """Tell whether an expression names one day: by weekday, date, or as seen from the day of publication."""
    said = words(text, (time.span,))
    whole = _DAY.match(time.value or "") if time.start else _day(time)
    return bool(whole) and any(calendar(word) or relative(word.form) for word in said)


def _days(report: Report) -> frozenset[str]:
    return frozenset(day for time in report.times if (day := _day(time)))


def _known(day: str, days: frozenset[str]) -> bool:
    return any(_comparable(day, other) and _one_day(day, other) for other in days)


def _alike(one: _Dated, other: _Dated) -> bool:
    """Tell whether two sentences tell the same thing with other words for the day: where the word is the same
    ("Saturday"), it is we who take it for two days.
    """
    if one.said == other.said:
        return False
    alike = cosine(one.vector, other.vector)
    if one.alone and other.alone and _in_numbers("".join(one.said)) and _in_numbers("".join(other.said)):
        return alike >= ALIKE_ALONE
    return alike >= ALIKE and len(one.near & other.near) >= LEAST_NEAR


def _conflict(left: _Dated, right: _Dated) -> Conflict:
    said = [one.time.span.of(one.report.article.text) for one in (left, right)]
    why = f"the same is put on “{said[0]}” ({left.day}) in one and on “{said[1]}” ({right.day}) in the other"
    places = [Place(one.report.id, one.time.span) for one in (left, right)]
    return conflict("time", "possible", why, places[0], places[1])
