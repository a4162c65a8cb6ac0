"""A story, its statements and figures in full, and the story for paper."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.store.shelf import Story
from twosource.web.answers import answer, kept_answer, made
from twosource.web.asking import AGAIN, EMPTY, peopled_at, shelf_of, told_at
from twosource.web.moments import visited
from twosource.web.outgoing.noted import asked_for, note_lines, wanted
from twosource.web.refused import Refused
from twosource.web.templating import render, short
from twosource.web.views.gaps import all_only
from twosource.web.views.lists import all_figures, all_statements
from twosource.web.views.paper import contents as paper_contents
from twosource.web.views.statements import Wanted
from twosource.web.views.story import contents
from twosource.web.writing.desks import desk_works

router = APIRouter()


@router.get("/story/{story}")
def story(request: Request, story: str) -> Response:
    """Answer with the page of a story; while its account is being made, with what there is of it."""
    found, shelf = peopled_at(request, story), shelf_of(request)
    told = shelf.told(found)
    if told is None:
        return _being_read(request, found) if found.size > 1 else _unread(request, found)
    wanted, since = wanted_of(request), visited(request.query_params.get("since", ""))
    related = shelf.related(found)
    key = ("story", told.tag, *wanted, since, repr(related))
    return kept_answer(request, key, lambda: made(render("story.html", **contents(told, wanted, related, since))))


def _being_read(request: Request, story: Story) -> Response:
    """A story without an account: its reports as far as they are read, asked for again by itself."""
    _, reports = shelf_of(request).newsroom.told(story)
    title, desk = short(story.title) or "A new story", desk_works(request)
    page = render("reading.html", story=story, reports=reports, title=title, desk=desk)
    return answer(request, made(page), 202, {"Refresh": AGAIN})


def _unread(request: Request, story: Story) -> Response:
    """A story of one report, which is not read before a second one joins, or of none. Raises `Refused`."""
    there = list(shelf_of(request).newsroom.seen(story))
    if not there:
        raise Refused(410, EMPTY)
    page = render("alone.html", story=story, title=short(story.title) or "A new story", articles=there)
    return answer(request, made(page))


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
    """Answer with a story for paper, with the notes of readers where they are asked for."""
    told = told_at(request, story)
    if wanted(request):
        written = note_lines(told, asked_for(request, told))
        return answer(request, made(render("paper.html", **paper_contents(told), user_notes=written)))
    page = lambda: made(render("paper.html", **paper_contents(told), user_notes=()))  # noqa: E731
    return kept_answer(request, ("paper", told.tag), page)


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


@router.get("/story/{story}/only")
def only(request: Request, story: str) -> Response:
    """Answer with everything that one report alone tells."""
    told = told_at(request, story)
    return kept_answer(request, ("only", told.tag), lambda: made(render("only.html", **all_only(told))))


def start_of(request: Request) -> int:
    """Return from which line on a list is asked for. Raises `Refused` for what is no number."""
    asked = request.query_params.get("from", "0")
    if not asked.isdecimal() or len(asked) > 7:
        raise Refused(400, "That is no place in this list.")
    return int(asked)
