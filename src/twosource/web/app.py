"""Puts the application together: one router a subject, the error pages, and the guard around all of it."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from twosource.version import VERSION
from twosource.web.answers import Kept
from twosource.web.asking import Moved, moved
from twosource.web.further import ROUTERS as FURTHER
from twosource.web.navigation import NAVIGATION
from twosource.web.pages import articles, evidence, files, home, keys, signin, stories
from twosource.web.problems import problem
from twosource.web.reading import Shelf
from twosource.web.refused import Refused
from twosource.web.safety import Safety, failed
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


def create_app(shelf: Shelf, settings: Settings | None = None) -> ASGIApp:
    """Return the application over ``shelf``; ``settings`` are those of a server for this machine alone by default."""
    chosen = settings or Settings()
    inner = FastAPI(title="twosource", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    inner.router.redirect_slashes = False
    for router in ROUTERS:
        inner.include_router(router)
    inner.state.shelf, inner.state.settings, inner.state.kept = shelf, chosen, Kept()
    inner.add_exception_handler(HTTPException, _refused)
    inner.add_exception_handler(RequestValidationError, _not_taken)
    inner.add_exception_handler(Exception, _failed)
    NAVIGATION.found(_paths())
    return Safety(inner, chosen)


def _paths() -> list[str]:
    return [getattr(route, "path", "") for router in ROUTERS for route in router.routes]


async def _refused(request: Request, wrong: Exception) -> Response:
    """A page or problem for what a handler refused; its words are ours only where a handler of ours chose them."""
    if isinstance(wrong, Moved):
        return moved(wrong)
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    why = wrong.why if isinstance(wrong, Refused) else ""
    return problem(request.scope, status, why)


async def _not_taken(request: Request, _wrong: Exception) -> Response:
    return problem(request.scope, 422)


async def _failed(request: Request, wrong: Exception) -> Response:
    return problem(request.scope, *failed(wrong))
