"""Why the API says no: RFC 9457 problems with a code that never changes, whatever the words say."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from twosource.errors import Busy, Full, InputError, StoreError, TooSlow
from twosource.store.lines import Refused
from twosource.store.notes import NoteRefused
from twosource.store.query import QuerySyntax
from twosource.web.refused import Refused as Refusal

MEDIA = "application/problem+json"

URN = "urn:twosource:problem:"
"""What a problem's ``type`` begins with; its code follows."""

LONGEST = 500
"""Code points of the words of a problem: the store's may quote what was sent."""


class Problem(Exception):
    """A request that is not done. ``status`` is HTTP's, ``code`` the stable name, ``detail`` a sentence for people;
    ``more`` are further members of the answer.
    """

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.more: Mapping[str, Any] = more

    def response(self) -> Response:
        """Return the answer."""
        told = {
            "type": URN + self.code,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail[:LONGEST],
            "code": self.code,
            **self.more,
        }
        wait = {"Retry-After": "5"} if self.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        return Response(json.dumps(told), self.status, {"Cache-Control": "no-store"} | wait, MEDIA)


def refused(problem: Problem) -> Refusal:
    """Return a problem of the API as the refusal that a page shows."""
    return Refusal(problem.status, problem.detail[:LONGEST])


def not_there(what: str) -> Problem:
    """Return the problem for a ``what`` ("story") that does not exist."""
    return Problem(404, "not_found", f"There is no such {what} here. It may have been deleted.")


def problem_of(wrong: Exception) -> Problem | None:
    """Return what an error of the store means to who asked; None where it is a fault of ours."""
    if isinstance(wrong, Problem):
        return wrong
    if isinstance(wrong, QuerySyntax):
        return Problem(400, "query_syntax", f"The query cannot be read: {wrong.reason}.", position=wrong.position)
    if isinstance(wrong, TooSlow):
        return Problem(400, "too_slow", "The search took too long and was given up. Ask for less.")
    if isinstance(wrong, NoteRefused):
        return Problem(400, "note_refused", str(wrong))
    if isinstance(wrong, InputError):
        return Problem(400, "unusable", wrong.reason)
    if isinstance(wrong, Refused):
        return Problem(409, "refused", str(wrong))
    return _of_the_store(wrong)


def _of_the_store(wrong: Exception) -> Problem | None:
    if isinstance(wrong, Busy):
        return Problem(503, "busy", "Another process is writing. Try again.")
    if isinstance(wrong, Full):
        return Problem(507, "full", "There is no room left on the disk. Nothing was changed.")
    if isinstance(wrong, StoreError):
        return Problem(503, "store", "The store cannot be used now. 'twosource doctor' says why.")
    return None
