"""The first page: stories by how many independent reports stand behind them, by how many tell them, or by time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.render.phrases import day
from twosource.store.accounts import Summary
from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import after, cursor_of, shelf_of
from twosource.web.moments import minute, visit, visited
from twosource.web.reading import Newsroom, Order, marks_tag, tag_of
from twosource.web.refused import Refused
from twosource.web.templating import render, short

router = APIRouter()

A_PAGE = 30
"""Stories on one page."""

MOST_CHANGED = 200
"""Stories that are listed as new or changed."""

MOST_OUTLETS = 5
"""Outlets that are named for each story."""

AGAIN = "3"
"""Seconds after which a browser asks again, while nothing is read yet."""

ORDERS: dict[Order, str] = {
    "origins": "most independent reports",
    "newest": "newest",
    "coverage": "most reports",
}
"""What each order is called."""


@dataclass(frozen=True, slots=True)
class Line:
    """One story in the list."""

    id: str
    address: str
    title: str
    when: str
    reports: int
    origins: int | None
    conflicts: int
    possible: int
    solid: int
    one_origin: int
    changes: int
    stale: bool
    apart: bool
    outlets: tuple[tuple[str, str], ...]
    more: int
    mark: str


@router.get("/")
def home(request: Request, order: str = "origins") -> Response:
    """Answer with the list of stories."""
    if order not in get_args(Order):
        raise Refused(400, "Stories are listed by origins, newest or coverage.")
    found = _listed(request, cast("Order", order))
    key = ("home", found.order, found.place, found.since, found.latest, found.waiting, marks_tag(found.marks))
    lines = ((tag_of(s), s.title, s.made, s.changed, repr(found.summaries.get(s.id))) for s in found.stories)
    sent = kept_answer(request, (*key, *lines), lambda: made(_page(shelf_of(request).newsroom, found)))
    if found.unread:
        sent.headers["Refresh"] = AGAIN
    return sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the list is made from. ``latest`` is the last change of any story, ``waiting`` articles without a story."""

    order: Order
    place: tuple[float, int] | None
    since: float | None
    stories: list[Story]
    summaries: Mapping[str, Summary]
    marks: Mapping[str, str]
    latest: float
    waiting: int

    @property
    def unread(self) -> bool:
        """Whether there is nothing to read yet, but soon will be."""
        return (
            self.place is None
            and all(s.stale and s.origins is None for s in self.stories)
            and (self.waiting > 0 or bool(self.stories))
        )


def _listed(request: Request, order: Order) -> Listed:
    newsroom = shelf_of(request).newsroom
    place, since = after(request.query_params.get("after")), visited(request.query_params.get("since", ""))
    if since is None:
        stories = newsroom.stories(order, limit=A_PAGE + 1, before=place)
    else:
        stories = newsroom.changed(since, limit=MOST_CHANGED)
    latest = newsroom.changed(0.0, limit=1)
    return Listed(
        order=order,
        place=place,
        since=since,
        stories=stories,
        summaries=newsroom.summaries(stories),
        marks=newsroom.marks(),
        latest=latest[0].changed if latest else 0.0,
        waiting=newsroom.waiting(),
    )


def _page(newsroom: Newsroom, found: Listed) -> str:
    shown = found.stories[:A_PAGE] if found.since is None else found.stories
    going_on = len(found.stories) > len(shown)
    outlets = newsroom.outlets(shown)
    return render(
        "home.html",
        lines=[_line(s, found, outlets.get(s.number, ())) for s in shown],
        order=found.order,
        orders=ORDERS,
        further=f"/?order={found.order}&after={cursor_of(shown[-1].cursor(found.order))}" if going_on else "",
        first=found.place is None,
        since=f"{minute(found.since)} UTC" if found.since is not None else "",
        visit=visit(found.latest),
        waiting=found.waiting,
        unread=found.unread,
    )


def _line(story: Story, found: Listed, outlets: Sequence[str]) -> Line:
    summary = found.summaries.get(story.id)
    return Line(
        story.id,
        links.story(story.id),
        short(story.title) or "a story without a headline",
        days(story.first, story.last),
        story.size,
        story.origins,
        summary.conflicts if summary else 0,
        summary.possible if summary else 0,
        summary.solid if summary else 0,
        summary.one_origin if summary else 0,
        story.changes,
        story.stale,
        summary is not None and summary.apart,
        tuple((short(name, 60), found.marks.get(name, "")) for name in outlets[:MOST_OUTLETS]),
        max(0, len(outlets) - MOST_OUTLETS),
        "" if found.since is None else "new" if story.made > found.since else "changed",
    )


def days(first: float | None, last: float | None) -> str:
    """Return the days from the first to the last report in words; "" where they are unknown."""
    if first is None or last is None:
        return ""
    begin, end = (day(datetime.fromtimestamp(at, UTC).date().isoformat()) for at in (first, last))
    return begin if begin == end else f"{begin} to {end}"
