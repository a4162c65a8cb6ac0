"""Declares what the API does, and answers requests by it: path, query and body are checked before a handler is called.

A handler is a plain function over a `Call`; it runs in a thread, because stores wait for disks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, cast

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from twosource.render.json import dumps
from twosource.store.database import Database
from twosource.store.shelf import Story
from twosource.web import links
from twosource.web.answers import answer, made
from twosource.web.api.bodies import parsed, shaped
from twosource.web.api.problems import Problem, not_there, problem_of
from twosource.web.asking import LONGEST_ID, shelf_of

JSON = "application/json"
LINES = "application/x-ndjson"
BASE = "/api/v1"

Method = Literal["GET", "POST", "PATCH", "DELETE"]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
"""Methods that are answered, if only by saying which ones the path takes."""

_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}\"?([^\s;\"]{0,40})")

LARGEST_NUMBER = 2**53
"""Numbers in a path stay below."""


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """No query, or no body."""


Q = TypeVar("Q", bound=Struct)
B = TypeVar("B", bound=Struct)
S = TypeVar("S", bound=Struct)


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request that was checked. ``raw`` is the body where the operation reads it itself."""

    request: Request
    db: Database
    path: Mapping[str, str]
    query: Q
    body: B
    raw: bytes = b""

    def id(self, name: str) -> str:
        """Return the id that a part of the path stands for. Raises `Problem` where it cannot be one."""
        known = links.known_by(self.path[name])
        if len(known) > LONGEST_ID:
            raise not_there(name)
        return known

    def number(self) -> int:
        """Return the number in the path. Raises `Problem` where it is none."""
        digits = self.path["number"]
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 16 or not int(digits) < LARGEST_NUMBER:
            raise not_there("number")
        return int(digits)

    def story(self) -> Story:
        """Return the story in the path, or the one it was merged into. Raises `Problem` where there is none."""
        found = shelf_of(self.request).newsroom.story(self.id("story"))
        if found is None:
            raise not_there("story")
        return found


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path. ``takes`` are media types of a body that the handler reads itself; ``schema`` names a
    schema of the description where the answer is no struct of ours.
    """

    method: Method
    path: str
    summary: str
    tag: str
    query: type[Struct]
    body: type[Struct]
    answer: type[Struct] | None
    status: int
    run: Callable[[Call[Any, Any]], Struct | Response | None]
    schema: str | None = None
    takes: tuple[str, ...] = ()
    media: str = JSON
    doc: str = ""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.method != "GET"


@dataclass(slots=True)
class Operations:
    """The operations in the order they were declared."""

    all: list[Operation] = field(default_factory=list)

    def add(
        self,
        method: Method,
        path: str,
        summary: str,
        *,
        tag: str,
        query: type[Q] = cast("type[Any]", Nothing),  # noqa: B008 - a type, not a call that matters
        body: type[B] = cast("type[Any]", Nothing),  # noqa: B008
        answer: type[Struct] | None = None,
        status: int = 200,
        **more: Any,  # noqa: ANN401 - fields of Operation
    ) -> Callable[[Callable[[Call[Q, B]], Struct | Response | None]], Callable[[Call[Q, B]], Struct | Response | None]]:
        """Declare the handler that is decorated; its docstring describes it to those who call it."""

        def declared(run: Callable[[Call[Q, B]], Struct | Response | None]) -> Any:  # noqa: ANN401 - as it came
            doc = (run.__doc__ or "").strip()
            self.all.append(Operation(method, path, summary, tag, query, body, answer, status, run, doc=doc, **more))
            return run

        return declared

    def router(self) -> APIRouter:
        """Return the routes of all operations."""
        made_of = APIRouter()
        for path in dict.fromkeys(one.path for one in self.all):
            there: dict[str, Operation] = {one.method: one for one in self.all if one.path == path}
            made_of.add_route(BASE + path, _endpoint(there), methods=[*METHODS], include_in_schema=False)
        return made_of


def database_of(request: Request, *, writes: bool = False) -> Database:
    """Return the store behind this application.

    Raises:
        Problem: there is none, or it may not be written to.

    """
    db = getattr(shelf_of(request).newsroom, "database", None)
    if db is None:
        raise Problem(404, "no_store", "This server shows a story that no store holds.")
    if writes and db.readonly:
        raise Problem(403, "read_only", "This server only reads its store.")
    return cast("Database", db)


def _endpoint(there: Mapping[str, Operation]) -> Callable[[Request], Any]:
    """The handler of a path on which these methods are operations."""
    allowed = ", ".join([*there, *(["HEAD"] if "GET" in there else [])])

    async def endpoint(request: Request) -> Response:
        one = there.get(request.method)
        if one is None:
            refusal = Problem(405, "method_not_allowed", f"This path takes {allowed}.").response()
            refusal.headers["Allow"] = allowed
            return refusal
        raw = await request.body() if one.writes else b""
        return await run_in_threadpool(_answered, one, request, raw)

    return endpoint


def _answered(one: Operation, request: Request, raw: bytes) -> Response:
    try:
        return _response(one, request, one.run(_call(one, request, raw)))
    except Exception as wrong:
        problem = problem_of(wrong)
        if problem is None:
            raise
        return problem.response()


def _call(one: Operation, request: Request, raw: bytes) -> Call[Any, Any]:
    query = shaped(_query(request), one.query, strict=False)
    body = Nothing() if one.takes or one.body is Nothing else shaped(_json(request, raw), one.body)
    if one.takes:
        _media(request, one.takes)
    db = database_of(request, writes=one.writes)
    return Call(request, db, {k: str(v) for k, v in request.path_params.items()}, query, body, raw)


def _query(request: Request) -> dict[str, str]:
    given = request.query_params.multi_items()
    if len({name for name, _ in given}) != len(given):
        raise Problem(422, "bad_query", "A name stands in the query twice.")
    return dict(given)


def _json(request: Request, raw: bytes) -> object:
    _media(request, (JSON,))
    return parsed(raw)


def _media(request: Request, takes: tuple[str, ...]) -> str:
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() not in takes:
        raise Problem(415, "unsupported_media_type", f"The body has to be {' or '.join(takes)}.")
    if (charset := _CHARSET.search(parameters)) and charset[1] not in {"utf-8", "utf8"}:
        raise Problem(415, "unsupported_charset", "The body has to be UTF-8.")
    return kind.strip()


def _response(one: Operation, request: Request, told: Struct | Response | None) -> Response:
    if isinstance(told, Response):
        return told
    if told is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    at = getattr(told, "here", None)
    headers = {"Location": at} if one.status == 201 and isinstance(at, str) else None
    return answer(request, made(dumps(told).encode("ascii"), JSON), one.status, headers)
