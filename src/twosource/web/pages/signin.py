"""Where a browser shows the server's token once, and gets a cookie for it."""

from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from twosource.web.guesses import Verdict
from twosource.web.refused import Refused, missing
from twosource.web.safety import COOKIE, REFUSED, SIGN_IN, Door, mark_of
from twosource.web.settings import Settings
from twosource.web.templating import render

router = APIRouter()

YEAR = 365 * 24 * 3600


@router.get(SIGN_IN)
def ask(request: Request) -> Response:
    """Answer with the form."""
    _token(request)
    return _form(wrong=False)


@router.post(SIGN_IN)
async def take(request: Request) -> Response:
    """Take the token from the form; a right one gets the cookie."""
    token = _token(request)
    told = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=5)
    door: Door = request.app.state.door
    verdict = door.judged(request.scope, mark_of(told.get("token", [""])[0].strip()).encode())
    if verdict is Verdict.TOO_MANY and (refusal := REFUSED[verdict]):
        raise Refused(refusal.status, refusal.why)
    if verdict is not Verdict.RIGHT:
        return await run_in_threadpool(_form, wrong=True)
    back = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    back.set_cookie(COOKIE, mark_of(token), max_age=YEAR, httponly=True, samesite="strict", secure=secure)
    return back


def _token(request: Request) -> str:
    settings: Settings = request.app.state.settings
    if not settings.token:
        raise missing("This server asks nobody for a token.")
    return settings.token


def _form(*, wrong: bool) -> Response:
    return HTMLResponse(render("signin.html", wrong=wrong), 403 if wrong else 200, {"Cache-Control": "no-store"})
