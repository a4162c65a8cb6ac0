"""The map of keys, as a page for readers without JavaScript and as what the dialog shows."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.answers import kept_answer, made
from twosource.web.navigation import NAVIGATION
from twosource.web.templating import render

router = APIRouter()

KEYS: tuple[tuple[str, str], ...] = (
    ("j  k", "next and previous line"),
    ("o  Enter", "evidence of the line"),
    ("v", "the outlet's own page, at the words"),
    ("c", "copy a citation of the line"),
    ("[  ]", "previous and next section"),
    ("1 … 9", "section of that number"),
    ("/", "search"),
    ("p", "for paper, evidence as footnotes"),
    ("d", "dark, light, as the system"),
    ("?", "this map"),
    ("Esc", "close"),
)
"""Keys and what they do on every page."""


@router.get("/keys")
def keys(request: Request) -> Response:
    """Answer with the map."""
    return kept_answer(request, ("keys",), lambda: made(render("keys.html", keys=KEYS, stops=NAVIGATION.stops)))
