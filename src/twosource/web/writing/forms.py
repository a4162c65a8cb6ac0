"""Forms as browsers send them: fields and files, bounded; what is wrong with them becomes a page that says so.

The body's size and where it may come from are checked before (`twosource.web.safety`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.store.database import Database
from twosource.web.api.operations import database_of
from twosource.web.api.problems import Problem, problem_of, refused
from twosource.web.refused import Refused
from twosource.web.settings import MOST_BODY
from twosource.web.writing.corrections import SOMEONE

MOST_FILES, MOST_FIELDS = 20, 600
"""Files and fields of one form; a story's has a box to tick for each of up to 500 reports."""

NAME_COOKIE = "twosource-name"
"""Holds the name a person gave last, so that it need not be typed again."""

YEAR = 365 * 24 * 3600
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent, and the store it is for. Line ends are those that were typed, not HTTP's CR LF."""

    request: Request
    db: Database
    fields: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, bytes], ...] = ()

    def one(self, name: str, most: int = 2_000) -> str:
        """Return a field on one line without spaces around it, "" where it was left empty. Raises `Refused`."""
        told = " ".join((self.fields.get(name) or ("",))[0].split())
        if len(told) > most:
            raise Refused(400, f"A field of more than {most:,} characters is not taken.")
        return told

    def text(self, name: str) -> str:
        """Return a field of several lines as it was typed."""
        return (self.fields.get(name) or ("",))[0]

    def many(self, name: str) -> tuple[str, ...]:
        """Return all fields of that name."""
        return self.fields.get(name, ())

    @property
    def by(self) -> str:
        """Who sent it, as they call themselves."""
        return self.one("by", LONGEST_NAME) or SOMEONE


Work = Callable[[Form], Response]


def posted(work: Work) -> Callable[[Request], Any]:
    """Return the endpoint that reads a form and lets ``work`` answer it in a thread."""

    async def endpoint(request: Request) -> Response:
        fields, files = await _read(request)
        return await run_in_threadpool(_worked, work, request, fields, files)

    return endpoint


async def _read(request: Request) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, bytes]]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise Refused(415, "A form is wanted here.")
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_BODY)
    except HTTPException:
        raise Refused(400, "This form cannot be read.") from None
    fields: dict[str, tuple[str, ...]] = {}
    files: list[tuple[str, bytes]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            body = await value.read()
            files += [(value.filename or "a file", body)] if body or value.filename else []
        else:
            fields[name] = (*fields.get(name, ()), value.replace("\r\n", "\n"))
    await form.close()
    return fields, files


def _worked(
    work: Work, request: Request, fields: dict[str, tuple[str, ...]], files: list[tuple[str, bytes]]
) -> Response:
    try:
        form = Form(request, database_of(request, writes=True), fields, tuple(files))
        answered = work(form)
    except Refused:
        raise
    except Exception as wrong:
        problem = problem_of(wrong)
        if problem is None:
            raise
        raise refused(problem) from wrong
    _remember(form, answered)
    return answered


def _remember(form: Form, answered: Response) -> None:
    """Keep the name that was given, in this browser alone."""
    name = form.one("by", LONGEST_NAME)
    if name:
        secure = form.request.url.scheme == "https"
        told = name.encode("utf-8", "replace").hex()
        answered.set_cookie(NAME_COOKIE, told, max_age=YEAR, httponly=True, samesite="strict", secure=secure)


def name_of(request: Request) -> str:
    """Return the name that this browser's person gave last, "" where none is known."""
    try:
        return bytes.fromhex(request.cookies.get(NAME_COOKIE, "")[: 8 * LONGEST_NAME]).decode("utf-8")[:LONGEST_NAME]
    except ValueError:
        return ""


def see(address: str) -> Response:
    """Return the answer that leads to a page of ours after a form was sent; ``address`` is made of ids."""
    return RedirectResponse(address, 303)


def kept_in(request: Request) -> Database | None:
    """Return the store, None where this server shows a story that none holds."""
    try:
        return database_of(request)
    except Problem:
        return None
