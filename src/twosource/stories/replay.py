"""A set of articles as if they arrived one after the other, and the stories that stand at the end.

Order: by the time of publication. An undated article comes right behind the article before it in the input, and has no
time: it may join a story of any time. Articles of one time keep input order. A time without a zone is taken as UTC.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf

from twosource.article import Article
from twosource.lang import ENGLISH, Language
from twosource.stories.features import Features, features
from twosource.stories.stream import Stream

PERIOD = 64
"""Articles between two looks of repair."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story at the end of a stream; ``first`` and ``last`` are the days (ISO 8601) of its dated articles."""

    id: str
    articles: tuple[str, ...]
    first: str | None
    last: str | None
    title: str | None


@dataclass(slots=True)
class _Arrival:
    """What is kept of an article: not its text."""

    id: str
    found: Features
    published: str | None
    title: str | None
    at: float | None


def seconds(published: str | None) -> float | None:
    """Return a date or date-time (ISO 8601) in seconds since 1970, UTC; None where it is none."""
    try:
        when = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def replay(articles: Iterable[Article], lang: Language = ENGLISH) -> tuple[StoryLine, ...]:
    """Return the stories of ``articles``, in the order of their first articles.

    An id that comes twice is one article, the first.
    """
    stream, placed = Stream(), dict[str, str]()
    ordered = _ordered(_arrivals(articles, lang))
    for number, arrival in enumerate(ordered, 1):
        stream.assign(arrival.id, arrival.found, arrival.at)
        if number % PERIOD == 0 or number == len(ordered):
            stream.repair(arrival.at or 0.0)
        if number % (16 * PERIOD) == 0:
            placed |= _leaving(stream, arrival.at)
    members: dict[str, list[_Arrival]] = {}
    for arrival in ordered:
        story = placed.get(arrival.id) or stream.story(arrival.id)
        members.setdefault(story, []).append(arrival)
    return tuple(_line(story, found) for story, found in members.items())


def _leaving(stream: Stream, now: float | None) -> dict[str, str]:
    """The articles of the stories that leave the window, with their stories."""
    return {article: gone.story for gone in stream.expire(-inf if now is None else now) for article in gone.articles}


def _arrivals(articles: Iterable[Article], lang: Language) -> Iterator[_Arrival]:
    seen = set[str]()
    for article in articles:
        if article.id not in seen:
            seen.add(article.id)
            at = seconds(article.published)
            yield _Arrival(article.id, features(article, lang), article.published, article.title, at)


def _ordered(arrivals: Iterable[_Arrival]) -> list[_Arrival]:
    """Sort dated articles by time, each with the undated ones behind it; those before any date come first."""
    runs: list[list[_Arrival]] = [[]]
    for arrival in arrivals:
        if arrival.at is not None:
            runs.append([])
        runs[-1].append(arrival)
    dated = sorted(runs[1:], key=lambda run: run[0].at or 0.0)
    return [arrival for run in (runs[0], *dated) for arrival in run]


def _line(story: str, found: list[_Arrival]) -> StoryLine:
    days = sorted((a.at, a.published[:10]) for a in found if a.published and a.at is not None)
    title = next((a.title for a in found if a.title), None)
    first, last = (days[0][1], days[-1][1]) if days else (None, None)
    return StoryLine(story, tuple(a.id for a in found), first, last, title)
