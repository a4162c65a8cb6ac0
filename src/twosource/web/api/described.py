"""All operations together: their routes, ``/openapi.json``, and ``/docs`` for people, without anything from outside."""

import json
from functools import cache
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.answers import kept_answer, made
from twosource.web.api import articles, corrections, feeds, notes, searching, stories
from twosource.web.api.document import document
from twosource.web.api.operations import JSON, Operations
from twosource.web.templating import render

OPERATIONS = Operations(
    [one for part in (feeds, stories, articles, searching, notes, corrections) for one in part.OPERATIONS.all]
)
"""All that the API does."""

router = APIRouter()
"""``/openapi.json`` and ``/docs``; `OPERATIONS.router` has the rest."""


@cache
def description() -> dict[str, Any]:
    """Return the description of the API."""
    return document(tuple(OPERATIONS.all))


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Answer with the description."""
    return kept_answer(request, ("openapi",), lambda: made(json.dumps(description()), JSON))


@router.get("/docs")
def docs(request: Request) -> Response:
    """Answer with the description for people."""
    return kept_answer(request, ("docs",), lambda: made(_page()))


def _page() -> str:
    told = description()
    groups: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in told["tags"]}
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            groups[one["tags"][0]].append({"method": method.upper(), "path": path, **one})
    schemas = {name: json.dumps(schema, indent=1) for name, schema in sorted(told["components"]["schemas"].items())}
    return render("docs.html", tags=told["tags"], groups=groups, schemas=schemas)
