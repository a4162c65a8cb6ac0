"""The first page: stories by how many independent reports stand behind them, by how many tell them, or by time."""

from collections.abc import Mapping
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
from twosource.web.reading import Order, tag_of
from twosource.web.refused import Refused
from twosource.web.templating import render, short

router = APIRouter()

A_PAGE = 30
"""Stories on one page."""

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


@router.get("/")
def home(request: Request, order: str = "origins") -> Response:
    """Answer with the list of stories."""
    if order not in get_args(Order):
        raise Refused(400, "Stories are listed by origins, newest or coverage.")
    by = cast("Order", order)
    place = after(request.query_params.get("after"))
    newsroom = shelf_of(request).newsroom
    stories = newsroom.stories(by, limit=A_PAGE + 1, before=place)
    summaries = newsroom.summaries(stories)
    key = ("home", by, place, *((tag_of(s), s.title, repr(summaries.get(s.id))) for s in stories))
    return kept_answer(request, key, lambda: made(_page(stories, summaries, by, first=place is None)))


def _page(stories: list[Story], summaries: Mapping[str, Summary], order: Order, *, first: bool) -> str:
    shown = stories[:A_PAGE]
    further = f"/?order={order}&after={cursor_of(shown[-1].cursor(order))}" if len(stories) > A_PAGE else ""
    return render(
        "home.html",
        lines=[_line(s, summaries.get(s.id)) for s in shown],
        order=order,
        orders=ORDERS,
        further=further,
        first=first,
    )


def _line(story: Story, summary: Summary | None) -> Line:
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
    )


def days(first: float | None, last: float | None) -> str:
    """Return the days from the first to the last report in words; "" where they are unknown."""
    if first is None or last is None:
        return ""
    begin, end = (day(datetime.fromtimestamp(at, UTC).date().isoformat()) for at in (first, last))
    return begin if begin == end else f"{begin} to {end}"
