"""Answers that say no: a page for people, ``application/problem+json`` (RFC 9457) for programs.

Neither echoes what was asked for, nor shows where in the program something failed.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Scope

from twosource.web.templating import render

NO_STORE: Mapping[str, str] = {"Cache-Control": "no-store"}

FURTHER: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": "2"},
    503: {"Retry-After": "5"},
}
"""Headers that a status asks for."""

WORDS = {
    404: "There is nothing at this address. It may have been deleted, or never have been.",
    405: "That cannot be done at this address.",
    422: "Something that was sent is not what this address takes.",
}
"""What is said where whoever refused gave no reason of their own."""


def problem(scope: Scope, status: int, why: str = "", near: Sequence[tuple[str, str]] = ()) -> Response:
    """Return the answer for ``status`` in the form that suits who asks; ``why`` must be words of ours.

    A page offers ``near``: names with addresses, that may have been meant.
    """
    title = HTTPStatus(status).phrase
    words = why or WORDS.get(status, title)
    extra = {**NO_STORE, **FURTHER.get(status, {})}
    if scope["path"].startswith("/api/") or _wants_json(scope):
        told = {"type": "about:blank", "title": title, "status": status, "detail": words}
        return Response(json.dumps(told), status, extra, "application/problem+json")
    body = render("problem.html", title=title, status=status, why=words, near=near)
    return Response(body.encode("utf-8", "replace"), status, extra, "text/html; charset=utf-8")


def _wants_json(scope: Scope) -> bool:
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return b"json" in accept and b"html" not in accept
