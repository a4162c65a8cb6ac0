"""The evidence behind a line: a statement, one telling of it, a figure, a conflict, an origin, a pair of reports.

A page of its own under an address that stays; with JavaScript the same is shown in a dialog over the story.
"""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import LONGEST_ID, peopled_at, shelf_of
from twosource.web.lasting import unlinked, without
from twosource.web.reading import Told
from twosource.web.templating import render
from twosource.web.views import evidence

router = APIRouter()

Shown = dict[str, Any]


@router.get("/story/{story}/statement/{name}")
def statement(request: Request, story: str, name: str) -> Response:
    """Answer with a statement: its own id, or that of any quotation it holds, names it."""
    return _answer(request, story, "statement", name, evidence.statement)


@router.get("/story/{story}/telling/{name}")
def telling(request: Request, story: str, name: str) -> Response:
    """Answer with one report's telling of a statement."""
    return _answer(request, story, "telling", name, evidence.telling)


@router.get("/story/{story}/figure/{name}")
def figure(request: Request, story: str, name: str) -> Response:
    """Answer with a figure: the line's id, or that of any of its places, names it; that place stands first."""
    return _answer(request, story, "figure", name, evidence.figure)


@router.get("/story/{story}/conflict/{name}")
def conflict(request: Request, story: str, name: str) -> Response:
    """Answer with a conflict."""
    return _answer(request, story, "conflict", name, evidence.conflict)


@router.get("/story/{story}/origin/{name}")
def origin(request: Request, story: str, name: str) -> Response:
    """Answer with what several reports rest on."""
    return _answer(request, story, "origin", name, evidence.origin)


@router.get("/story/{story}/pair/{left}/{right}")
def pair(request: Request, story: str, left: str, right: str) -> Response:
    """Answer with two reports side by side, and what they have in common."""
    at, one, other = peopled_at(request, story), links.known_by(left)[:LONGEST_ID], links.known_by(right)[:LONGEST_ID]
    told = shelf_of(request).told(at)
    shown = evidence.pair(told, one, other) if told else None
    if told is None or shown is None:
        return unlinked(request, at, one, other)
    return kept_answer(request, ("pair", told.tag, one, other), lambda: made(_page(told, shown)))


def _answer(request: Request, story: str, kind: str, part: str, show: Callable[[Told, str], Shown | None]) -> Response:
    at, name = peopled_at(request, story), links.known_by(part)[:LONGEST_ID]
    told = shelf_of(request).told(at)
    shown = show(told, name) if told else None
    if told is None or shown is None:
        return without(request, at, kind, name)
    return kept_answer(request, (kind, told.tag, name), lambda: made(_page(told, shown)))


def _page(told: Told, shown: Shown) -> str:
    return render("evidence.html", story=told.story, story_title=told.page.view.title, **shown)
