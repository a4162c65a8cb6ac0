"""What the program does and does not do, in words for those who have to trust it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.answers import kept_answer, made
from twosource.web.templating import render

router = APIRouter()


@router.get("/method")
def method(request: Request) -> Response:
    """Answer with the page."""
    return kept_answer(request, ("method",), lambda: made(render("method.html")))
