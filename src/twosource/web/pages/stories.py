"""A story, its statements and figures in full, and the story for paper."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.answers import kept_answer, made
from twosource.web.asking import told_at
from twosource.web.refused import Refused
from twosource.web.templating import render
from twosource.web.views.lists import all_figures, all_statements
from twosource.web.views.paper import contents as paper_contents
from twosource.web.views.statements import Wanted
from twosource.web.views.story import contents

router = APIRouter()


@router.get("/story/{story}")
def story(request: Request, story: str) -> Response:
    """Answer with the page of a story."""
    told = told_at(request, story)
    wanted = wanted_of(request)
    key = ("story", told.tag, *wanted)
    return kept_answer(request, key, lambda: made(render("story.html", **contents(told, wanted))))


def wanted_of(request: Request) -> Wanted:
    """Return the filter that a query asks for; what is none of ours filters nothing."""
    ask = request.query_params
    mode, rests = ask.get("mode", ""), ask.get("rests", "")
    return Wanted(
        ask.get("speaker", "")[:200],
        mode if mode in {"direct", "indirect", "mixed"} else "",
        rests if rests in {"several", "one", "conflict"} else "",
    )


@router.get("/story/{story}/print")
def paper(request: Request, story: str) -> Response:
    """Answer with a story for paper."""
    told = told_at(request, story)
    return kept_answer(request, ("paper", told.tag), lambda: made(render("paper.html", **paper_contents(told))))


@router.get("/story/{story}/statements")
def statements(request: Request, story: str) -> Response:
    """Answer with all statements of a story, or those of one report, in pages."""
    told = told_at(request, story)
    wanted, report = wanted_of(request), request.query_params.get("report", "")[:8]
    start = start_of(request)
    key = ("statements", told.tag, *wanted, report, start)
    return kept_answer(
        request, key, lambda: made(render("statements.html", **all_statements(told, wanted, report, start)))
    )


@router.get("/story/{story}/figures")
def figures(request: Request, story: str) -> Response:
    """Answer with all figures of a story, in pages."""
    told = told_at(request, story)
    start = start_of(request)
    key = ("figures", told.tag, start)
    return kept_answer(request, key, lambda: made(render("figures.html", **all_figures(told, start))))


def start_of(request: Request) -> int:
    """Return from which line on a list is asked for. Raises `Refused` for what is no number."""
    asked = request.query_params.get("from", "0")
    if not asked.isdecimal() or len(asked) > 7:
        raise Refused(400, "That is no place in this list.")
    return int(asked)
