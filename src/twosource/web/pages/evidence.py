"""The evidence behind a line: a statement, one telling of it, a figure, a conflict, an origin, a pair of reports.

A page of its own under an address that stays; with JavaScript the same is shown in a dialog over the story.
"""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.web import links
from twosource.web.answers import kept_answer, made
from twosource.web.asking import LONGEST_ID, shelf_of, told_at
from twosource.web.reading import PART, Told
from twosource.web.refused import missing
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
    told = told_at(request, story)
    one, other = links.known_by(left), links.known_by(right)
    key = ("pair", told.tag, one[:LONGEST_ID], other[:LONGEST_ID])
    return kept_answer(request, key, lambda: made(_page(told, evidence.pair(told, one, other))))


def _answer(request: Request, story: str, kind: str, part: str, show: Callable[[Told, str], Shown | None]) -> Response:
    told = told_at(request, story)
    name = links.known_by(part)[:LONGEST_ID]
    shown = show(told, name)
    if shown is None:
        return _elsewhere(request, told, kind, name)
    return kept_answer(request, (kind, told.tag, name), lambda: made(_page(told, shown)))


def _elsewhere(request: Request, told: Told, kind: str, name: str) -> Response:
    """Lead to the story that a quotation or figure stands in today, if its report was moved."""
    fact = name.partition(PART)[0]
    home = shelf_of(request).newsroom.home_of(fact) if kind in {"statement", "telling", "figure"} else None
    if home is None or home == told.story.id:
        raise missing("The account of this story has no such line now. It may have been told differently before.")
    return RedirectResponse(f"{links.story(home)}/{kind}/{links.token(name)}", 307)


def _page(told: Told, shown: Shown | None) -> str:
    if shown is None:
        raise missing("The account of this story has no such line now. It may have been told differently before.")
    return render("evidence.html", story=told.story, story_title=told.page.view.title, **shown)
