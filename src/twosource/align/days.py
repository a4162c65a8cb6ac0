"""Days: one thing that two reports put on different days.

Evidence: time expressions resolved with each report's own day of publication ("on Tuesday", "yesterday"), and the words
around them: sentences that are alike, with the same words with content next to the day. A report that gives the thing
several days, or names both, is no party to a conflict, and nor is one without a day of publication. Always "possible":
what is alike in words may have happened twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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

RARE = 6
"""Rarest words by which a sentence is looked up."""


_DAY = re.compile(r"\d{4}-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sentence with the one day it names; ``said`` are the words for it."""

    report: Report
    time: TimeExpression
    day: str
    passage: Passage
    vector: Vector
    near: frozenset[str]
    said: tuple[str, ...]


def other_days(reports: Sequence[Report]) -> Iterator[Conflict]:
    """Yield one conflict for each two sentences that are alike and name two days, in order of the reports."""
    weights = story_weights(reports)
    told = [one for report in reports for one in _dated(report, weights)]
    days = {report.id: _days(report) for report in reports}
    shown: set[frozenset[str]] = set()
    for a, b in sorted(proposed(rarest(one.vector, RARE) for one in told)):
        one, other = told[a], told[b]
        if one.report.id == other.report.id or one.day == other.day or not _alike(one, other):
            continue
        both = other.day in days[one.report.id] or one.day in days[other.report.id]
        if not both and (pair := frozenset((one.day, other.day))) not in shown:
            shown.add(pair)
            yield _conflict(one, other)


def _dated(report: Report, weights: Weights) -> Iterator[_Dated]:
    by_sentence: dict[Passage, list[TimeExpression]] = {}
    for time in report.times:
        here = next(iter(touching(report, time.span)), None)
        if here is not None and here.kind == "body" and _names_day(time, report.article.text):
            by_sentence.setdefault(here, []).append(time)
    for passage, times in by_sentence.items():
        if len({time.start for time in times}) == 1 and (time := times[0]).start and time.start == time.end:
            said = [w for w in passage.words if w.key and not (w.span.overlaps(time.span) or calendar(w))]
            before = [w for w in passage.words if w.span.end <= time.span.start][-NEAR:]
            after = [w for w in passage.words if w.span.start >= time.span.end][:NEAR]
            near = {w.key for w in (*before, *after) if w.key and not (calendar(w) or nearby(w.form))}
            words_for = tuple(word.form for word in words(report.article.text, (time.span,)))
            yield _Dated(report, time, time.start, passage, weights.vector(keys(said)), frozenset(near), words_for)


def _names_day(time: TimeExpression, text: str) -> bool:
    """Tell whether an expression names one day: by weekday, date, or as seen from the day of publication."""
    said = words(text, (time.span,))
    return bool(_DAY.match(time.value or "")) and any(calendar(word) or relative(word.form) for word in said)


def _days(report: Report) -> frozenset[str]:
    return frozenset(time.start for time in report.times if time.start and time.start == time.end)


def _alike(one: _Dated, other: _Dated) -> bool:
    """Tell whether two sentences tell the same thing with other words for the day: where the word is the same
    ("Saturday"), it is we who take it for two days.
    """
    if one.said == other.said:
        return False
    return len(one.near & other.near) >= LEAST_NEAR and cosine(one.vector, other.vector) >= ALIKE


def _conflict(left: _Dated, right: _Dated) -> Conflict:
    said = [one.time.span.of(one.report.article.text) for one in (left, right)]
    why = f"the same is put on “{said[0]}” ({left.day}) in one and on “{said[1]}” ({right.day}) in the other"
    places = [Place(one.report.id, one.time.span) for one in (left, right)]
    return conflict("time", "possible", why, places[0], places[1])
