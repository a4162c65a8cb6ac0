"""Puts the application together: one router a subject, the error pages, and the guard around all of it."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from twosource.errors import StoreError
from twosource.version import VERSION
from twosource.web.answers import Kept
from twosource.web.api.problems import problem_of
from twosource.web.asking import Moved, moved
from twosource.web.further import ROUTERS as FURTHER
from twosource.web.guesses import Guesses
from twosource.web.lately import Changes
from twosource.web.pages import articles, evidence, files, home, keys, signin, stories
from twosource.web.problems import problem
from twosource.web.reading import Shelf
from twosource.web.refused import Refused
from twosource.web.safety import CUT_SHORT, LOG, Door, Safety, failed
from twosource.web.settings import Settings

ROUTERS: Sequence[APIRouter] = (
    *FURTHER,
    home.router,
    stories.router,
    evidence.router,
    articles.router,
    keys.router,
    signin.router,
    files.router,
)
"""All routers, each of one subject; the first that knows a path answers it."""


def create_app(
    shelf: Shelf, settings: Settings | None = None, *, desk_runs: Callable[[], bool] = lambda: True
) -> ASGIApp:
    """Return the application over ``shelf``; ``settings`` are those of a server for this machine alone by default.

    ``desk_runs`` tells whether a desk works on the store, as far as the server has to do with that.
    """
    chosen = settings or Settings()
    inner = FastAPI(title="twosource", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    inner.router.redirect_slashes = False
    for router in ROUTERS:
        inner.include_router(router)
    inner.state.shelf, inner.state.settings, inner.state.kept = shelf, chosen, Kept(lately=shelf.lately)
    inner.add_middleware(Changes, told=shelf.lately.changed)
    inner.add_exception_handler(HTTPException, _refused)
    inner.add_exception_handler(RequestValidationError, _not_taken)
    inner.add_exception_handler(StoreError, _without_store)
    inner.add_exception_handler(Exception, _failed)
    inner.state.desk_runs = desk_runs
    for reason in CUT_SHORT:
        inner.add_exception_handler(reason, _left)
    inner.state.door = door = Door(chosen, Guesses())
    return Safety(inner, door, _paths())


def _paths() -> frozenset[str]:
    return frozenset(getattr(route, "path", "") for router in ROUTERS for route in router.routes)


async def _refused(request: Request, wrong: Exception) -> Response:
    """A page or problem for what a handler refused; its words are ours only where a handler of ours chose them."""
    if isinstance(wrong, Moved):
        return moved(wrong)
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    why = wrong.why if isinstance(wrong, Refused) else ""
    sent = problem(request.scope, status, why, wrong.near if isinstance(wrong, Refused) else ())
    sent.headers.update((wrong.headers if isinstance(wrong, HTTPException) else None) or {})
    return sent


async def _not_taken(request: Request, _wrong: Exception) -> Response:
    return problem(request.scope, 422)


async def _without_store(request: Request, wrong: Exception) -> Response:
    """What a page says while the store is busy, full or damaged; the log says which store and why."""
    LOG.warning("%s", wrong)
    why = problem_of(wrong)
    return problem(request.scope, why.status if why else 503, why.detail if why else "")


async def _failed(request: Request, wrong: Exception) -> Response:
    return problem(request.scope, *failed(wrong))


async def _left(_request: Request, _wrong: Exception) -> Response:
    """An answer that nobody gets, or that `Safety` replaces by why the body was not read."""
    return Response(status_code=400)
