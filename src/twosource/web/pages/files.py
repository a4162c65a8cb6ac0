"""Style sheet, scripts and icon under addresses that change with their content; health of the process."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from twosource.web.answers import answer, made
from twosource.web.refused import missing
from twosource.web.templating import STATIC, static_file

router = APIRouter()

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/static/{mark}/{name}")
def static(request: Request, mark: str, name: str) -> Response:  # noqa: ARG001 - the mark only makes addresses differ
    """Answer with one of our own files."""
    if name not in STATIC:
        raise missing()
    return answer(request, made(static_file(name), STATIC[name]), headers=FOREVER)


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """Answer browsers that ask for an icon at its old place."""
    return answer(request, made(static_file("twosource.svg"), STATIC["twosource.svg"]))


@router.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out: the texts belong to others."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
