"""Time expressions: TIMEX3 type and value, resolved to dates.

What an expression says by itself comes from `timerules`; this module decides what open ones count from. In news that
is the day of publication, with the tense around the expression as direction; in a history (many far years, few days of
the week) the date named before. Where neither is known, the value stays open and the dates empty. Conventions of
extent: TimeML (TempEval-3), no prepositions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from twosource.anchor import fold
from twosource.article import Article, Block, Span
from twosource.extract.calendar import Dated, day_of, days_of, duration, unit_of
from twosource.extract.hedges import hedge_before, hedges
from twosource.extract.lexemes import Lexeme
from twosource.extract.readings import Reading, unit_in
from twosource.extract.relative import Direction, Relative, resolve, told
from twosource.extract.sentences import Paragraph
from twosource.extract.tense import Tenses
from twosource.extract.timegrammar import Grammar, Sighting, grammar, sighted
from twosource.extract.timerules import read_sighting
from twosource.facts import TimeAnchor, TimeExpression
from twosource.lang import Language

FAR_YEARS = 2
"""A year this far from publication is far: news names them one by one, histories all the time."""

MIN_FAR = 6
"""Least number of far years in a history, and …"""

FAR_SHARE = 3.0
"""… how many of them there must be for each expression that counts from publication. Set on WikiWars (11 histories)
and news stories of the development sets, 2026-11-22; between 2 and 5 no document changes sides."""

REACH = 400
"""Code points within which news refers back to a date named before ("three days later")."""

MAX_JOINT = 12
"""Most code points between the two ends of a range ("2008 to 2012")."""

LATE_MONTH, EARLY_MONTH = 12, 2
"""After a day in December a bare month up to February is of the next year (WikiWars, value F1: 83.9, without 83.8,
from October on 83.2; 2026-11-22)."""

MAX_DATELINE = 120
"""Most code points of the place and date that open a paragraph."""

NEAR = 120
"""Code points within which a clock time belongs to the day named before ("on May 3 … at 8 p.m.")."""

_TENSED = frozenset(("weekday", "weekend", "month-day", "month-name", "quarter-no", "half-no", "season", "feast"))
_HEDGED = frozenset(("duration", "offset", "half"))
_YEARS = frozenset(("year", "decade", "century"))


TODAY = Relative("day")
"""The day of publication, for "today"."""


@dataclass(frozen=True, slots=True)
class _Sighted:
    """A time expression with its place in the article, before it is resolved."""

    span: Span
    reading: Reading
    direction: Direction | None


def find_times(
    article: Article, paragraphs: tuple[Paragraph, ...], lang: Language, blocks: tuple[Block, ...] = ()
) -> tuple[TimeExpression, ...]:
    """Return the time expressions in order of place, resolved against ``article.published`` where that is known.

    Captions among ``blocks``, which date what a picture shows, and the places and dates that open a paragraph
    ("LONDON, March 22") are read too, by patterns alone.
    """
    gram = grammar(lang)
    found = [s for paragraph in paragraphs for s in _in_paragraph(paragraph, gram, lang)]
    for span in _unparsed(paragraphs, blocks):
        found += _sighted(fold(span.of(article.text)), span.start, gram, lang, _always_past)
    found.sort(key=lambda s: s.span)
    published = day_of(article.published)
    context = _Context(published, history=_is_history(found, published))
    return _with_ranges(fold(article.text), [context.resolved(s) for s in found], gram)


def _unparsed(paragraphs: tuple[Paragraph, ...], blocks: tuple[Block, ...]) -> Iterator[Span]:
    """Yield the captions, and what was cut off the beginning of a block before it was parsed."""
    yield from (block.span for block in blocks if block.kind == "caption")
    opened: set[int] = set()
    for paragraph in paragraphs:
        block = paragraph.block
        if block.start not in opened and paragraph.start > block.start:
            yield Span(block.start, min(paragraph.start, block.start + MAX_DATELINE))
        opened.add(block.start)


def anchor_times(times: tuple[TimeExpression, ...], published: str) -> tuple[TimeExpression, ...]:
    """Resolve the times of an undated article against ``published``, a day inferred from reports of the same event.

    Only times without dates change; they are marked ``anchor="inferred"``. An unreadable day changes nothing.
    """
    day = day_of(published)
    return tuple(_anchored(t, day) for t in times) if day else times


def _anchored(time: TimeExpression, day: date) -> TimeExpression:
    relative = told(time.relative) if time.relative else None
    if relative is None or time.start or time.end:
        return time
    dated = resolve(relative, day, time.direction)
    if dated.value is None:
        return time
    return replace(time, value=dated.value, start=dated.start, end=dated.end, anchor="inferred")


class _Directions(Protocol):
    """Tells the tense around a stretch of a text."""

    def __call__(self, start: int, end: int, *, loosely: bool) -> Direction | None: ...


def _always_past(start: int, end: int, *, loosely: bool) -> Direction | None:  # noqa: ARG001 - captions say what has happened
    return "past"


def _in_paragraph(paragraph: Paragraph, gram: Grammar, lang: Language) -> Iterator[_Sighted]:
    tenses: Tenses | None = None

    def direction_at(start: int, end: int, *, loosely: bool) -> Direction | None:
        nonlocal tenses
        tenses = tenses or Tenses(paragraph, gram.words.context)
        return tenses.at(start, end, loosely=loosely)

    for time in _sighted(paragraph.doc.text, paragraph.start, gram, lang, direction_at):
        extent = time.span.start - paragraph.start, time.span.end - paragraph.start
        today = time.reading.relative == TODAY and time.reading.type == "DATE"
        if today and (tenses or Tenses(paragraph, gram.words.context)).lasting(*extent):
            yield replace(time, reading=Reading("DATE", Dated("PRESENT_REF")))
        else:
            yield time


def _sighted(text: str, start: int, gram: Grammar, lang: Language, direction_at: _Directions) -> Iterator[_Sighted]:
    """Yield the expressions of one stretch of text, which begins at ``start`` of the article."""
    words, found = sighted(text, lang)
    for sighting in found:
        reading = read_sighting(sighting, gram.words.table)
        if reading is None:
            continue
        if sighting.rule == "current":
            reading = _bounded(reading, sighting, words, gram)
        loosely = reading.relative is None or reading.relative.unit != "month-day"
        extent = words[sighting.first].start, words[sighting.last - 1].end
        direction = direction_at(*extent, loosely=loosely) if _needs_tense(reading) else None
        if direction == "past" and reading.dated.value == "FUTURE_REF" and sighting.rule == "vague":
            continue  # "soon" in a story of the past names no time
        first = words[_with_hedge(sighting, words, lang)].start
        yield _Sighted(Span(start + first, start + extent[1]), reading, direction)


def _bounded(reading: Reading, sighting: Sighting, words: list[Lexeme], gram: Grammar) -> Reading:
    """Leave open which year or week is meant where the next word begins to say so ("the year Russia invaded"); "the
    quarter ended June 30" is so long.
    """
    at = sighting.last
    if at >= len(words) or (sighting.has("unit_weekend") and words[at].low not in gram.words.context["part_of"]):
        return reading
    after = words[at]
    if after.low in gram.words.context["ends_span"]:
        return Reading("DURATION", Dated(duration("1", unit_in(sighting) or "")))
    said = after.capital or after.is_number or after.low in gram.words.context["opens_clause"]
    return Reading("DATE") if said else reading


def _needs_tense(reading: Reading) -> bool:
    return reading.dated.value == "FUTURE_REF" or (reading.relative is not None and reading.relative.unit in _TENSED)


def _with_hedge(sighting: Sighting, words: list[Lexeme], lang: Language) -> int:
    """Index of the first word, or of "nearly" or "more than" before a length of time (TIMEX3 ``mod``)."""
    if sighting.rule not in _HEDGED or sighting.tokens[0].kind == "the":
        return sighting.first
    hedge = hedge_before(words, sighting.first, hedges(lang), lasting=sighting.rule != "offset")
    return hedge[0] if hedge else sighting.first


def _is_history(found: list[_Sighted], published: date | None) -> bool:
    """Tell whether the text tells of far years rather than of the days around its publication."""
    near = sum(s.reading.origin == "published" and s.reading.relative is not None for s in found)
    years = [
        int(v[:4])
        for s in found
        if (v := s.reading.dated.value) and v[:4].isdecimal() and s.reading.origin == "explicit"
    ]
    far = sum(published is None or abs(y - published.year) >= FAR_YEARS for y in years)
    far += sum((s.reading.dated.value or "").startswith("BC") for s in found)
    return far >= MIN_FAR and far > FAR_SHARE * near


@dataclass(slots=True)
class _Context:
    """What open expressions count from, while an article is read from its beginning to its end."""

    published: date | None
    history: bool
    last: str | None = None
    """Value of the latest date named."""
    last_end: int = 0

    def resolved(self, sighted: _Sighted) -> TimeExpression:
        """Resolve one expression and remember the date it names."""
        dated, anchor = self._dated(sighted)
        if (
            sighted.reading.type in ("DATE", "TIME")
            and dated.value
            and (unit_of(dated.value) or dated.value.startswith("BC"))
        ):
            self.last, self.last_end = dated.value.split("T", 1)[0], sighted.span.end
        relative = sighted.reading.relative if sighted.reading.origin in ("published", "context", "near") else None
        return TimeExpression(
            span=sighted.span,
            type=sighted.reading.type,
            value=dated.value,
            start=dated.start,
            end=dated.end,
            anchor=anchor,
            direction=sighted.direction,
            relative=relative.described() if relative else None,
        )

    def _dated(self, sighted: _Sighted) -> tuple[Dated, TimeAnchor]:
        reading = sighted.reading
        if reading.relative is None:
            return reading.dated, "explicit" if reading.origin == "explicit" else "published"
        if reading.origin == "text" or (reading.origin == "context" and self.history):
            return self._from_text(reading, reading.relative, sighted.span.start)
        close = self.history or sighted.span.start - self.last_end <= NEAR
        if reading.origin == "near" and self.last is not None and close:
            return self._from_text(reading, reading.relative, sighted.span.start)
        if self.published is None:
            return reading.dated, "published"
        dated = resolve(reading.relative, self.published, sighted.direction)
        return (dated if dated.value else reading.dated), "published"

    def _from_text(self, reading: Reading, relative: Relative, start: int) -> tuple[Dated, TimeAnchor]:
        """Count from the date named before, if it is near enough and exact enough.

        News that names none compares with its own day: "profit rose from a year earlier".
        """
        if self.last is None or (not self.history and start - self.last_end > REACH):
            if self.published and not self.history and relative.by < 0 and relative.unit in _YEARS:
                return resolve(relative, self.published, None), "published"
            return reading.dated, "explicit"
        value = from_named(relative, self.last)
        return (Dated(value, *days_of(value)) if value else reading.dated), "explicit"


def _with_ranges(text: str, times: list[TimeExpression], gram: Grammar) -> tuple[TimeExpression, ...]:
    """Give both ends of "from 2008 to 2012" the days of the whole: neither end alone is when it was."""
    for i in range(1, len(times)):
        left, right = times[i - 1], times[i]
        if left.anchor == right.anchor == "explicit" and _bounds_of_range(text, left, right, gram):
            times[i - 1], times[i] = replace(left, end=right.end), replace(right, start=left.start)
    return tuple(times)


def _bounds_of_range(text: str, left: TimeExpression, right: TimeExpression, gram: Grammar) -> bool:
    between = text[left.span.end : right.span.start]
    if len(between) > MAX_JOINT or not (left.start and right.end and right.start and left.start < right.start):
        return False
    joint = between.strip().lower()
    before = text[max(0, left.span.start - MAX_JOINT) : left.span.start].split()
    return joint in gram.words.context["joins"] or (
        joint in gram.words.context["joins_between"] and before[-1:] == list(gram.words.context["between"])
    )


_FINENESS = {
    "day": 0,
    "week": 1,
    "weekend": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
}


def from_named(relative: Relative, last: str) -> str | None:
    """Return the value of ``relative`` counted from the TIMEX3 date ``last``, None where that is not exact enough."""
    here = unit_of(last)
    start = day_of(days_of(last)[0])
    if here is None or start is None:
        return None
    if relative.which:
        return _named_in_year(relative, start, turned=here in ("day", "month") and start.month >= LATE_MONTH)
    if _FINENESS.get(relative.unit, 9) < _FINENESS[here]:
        return None
    dated = resolve(replace(relative, side=""), start, None)
    return dated.value


def _named_in_year(relative: Relative, start: date, *, turned: bool) -> str | None:
    """A month, season or day in a story that goes on: of the year named last, or of the next where December is past."""
    year = start.year + (relative.by if relative.side == "of-year" else 0)
    if turned and relative.unit in ("month-name", "month-day") and int(relative.which[:2]) <= EARLY_MONTH:
        year += 1
    sign = {"quarter-no": "Q", "half-no": "H"}.get(relative.unit, "")
    value = f"{year:04}-{sign}{relative.which}"
    part = f"T{relative.part}" if relative.part else ""
    return value + part if days_of(value)[0] else None
