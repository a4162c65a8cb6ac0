"""What every request passes before a page is made, and every answer before it leaves.

Refused: a Host that is not ours (421: DNS rebinding), a change asked for by another site's page (403: Sec-Fetch-Site,
Origin, and forms without either), a change or page without the token where one is set (401), a body that is too large
(413) or too slow (408). Whatever fails inside becomes an answer without a trace; its number stands in the log.
"""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twosource.web.problems import problem
from twosource.web.settings import Settings

LOG = logging.getLogger("twosource.web")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""connect-src: the script fetches evidence from this server alone."""

# referrer-policy is not no-referrer: browsers then send "Origin: null" with our own forms too (Fetch, "append a request
# Origin header"), and these could not be told from those of a page that hides where it is from.

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

COOKIE = "twosource"
"""Name of the cookie that a browser gets for the token. It holds a digest of it, never the token."""

SIGN_IN = "/sign-in"
"""Where a browser is asked for the token; always open."""

OPEN = frozenset({SIGN_IN, "/healthz"})
"""Paths that need no token even where reading does, besides the style sheet and scripts."""


class Refusal(NamedTuple):
    """Why a request is not answered: status and a sentence for people."""

    status: int
    why: str


Headers = Mapping[bytes, bytes]


class TooLargeError(Exception):
    """A body went over its bound while it was read."""


class TooSlowError(Exception):
    """A body did not come in its time."""


def host_refused(headers: Headers, settings: Settings) -> Refusal | None:
    """Refuse a request to a name that is not ours."""
    host = _host(headers.get(b"host", b""))
    return None if host in settings.hosts else Refusal(421, "This server does not answer to that host name.")


def _host(raw: bytes) -> str:
    """The name in a Host header in lower case, without the port; "" for what is none."""
    host = raw.decode("latin-1").lower()
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name:
        name, port = host, ""
    return name if not port or port.isdecimal() else ""


def origin_refused(method: str, headers: Headers) -> Refusal | None:
    """Refuse a change that a page of another site asks for, or may ask for."""
    if method in HARMLESS:
        return None
    foreign = Refusal(403, "Changes are taken from this server's own pages and from programs, not from other sites.")
    site = headers.get(b"sec-fetch-site")
    if site is not None and site not in (b"same-origin", b"none"):
        return foreign
    origin = headers.get(b"origin")
    if origin is not None:
        return None if _same(origin, headers.get(b"host", b"")) else foreign
    if site is not None or headers.get(b"authorization"):
        return None
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return None if kind in (b"application/json", b"application/x-ndjson") or method == "DELETE" else foreign


def _same(origin: bytes, host: bytes) -> bool:
    try:
        split = urlsplit(origin.decode("latin-1"))
    except ValueError:
        return False
    return split.scheme in {"http", "https"} and split.netloc.lower() == host.decode("latin-1").lower()


def access_refused(method: str, path: str, headers: Headers, settings: Settings) -> Refusal | None:
    """Refuse who does not show the token where one is asked for."""
    asked = settings.token and (settings.private or method not in HARMLESS)
    if not asked or path in OPEN or path.startswith("/static/") or signed_in(headers, settings):
        return None
    return Refusal(401, "This needs the server's token.")


def signed_in(headers: Headers, settings: Settings) -> bool:
    """Tell whether a request shows the token, as a bearer or by the cookie of the sign-in page."""
    if not settings.token:
        return True
    scheme, _, given = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"bearer":
        return hmac.compare_digest(given.strip(), settings.token.encode())
    try:
        cookie = SimpleCookie(headers.get(b"cookie", b"")[:4096].decode("latin-1")).get(COOKIE)
    except CookieError:
        return False
    return cookie is not None and hmac.compare_digest(cookie.value.encode(), mark_of(settings.token).encode())


def mark_of(token: str) -> str:
    """Return what the cookie holds for ``token``."""
    return hmac.new(token.encode(), b"twosource sign-in", sha256).hexdigest()


class Safety:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Guard ``app``."""
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _Answer(send, head=scope["method"] == "HEAD"))

    async def _http(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        refusal = self._refusal(scope)
        if refusal is None:
            refusal = await self._guarded(scope, receive, answer)
        if refusal is not None and not answer.begun:
            answer.body = None
            await problem(scope, refusal.status, refusal.why)(scope, receive, answer)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = dict(scope["headers"])
        single = sum(name == b"host" for name, _ in scope["headers"]) == 1
        return (
            (None if single else Refusal(400, "One Host header is needed."))
            or host_refused(headers, self.settings)
            or origin_refused(scope["method"], headers)
            or access_refused(scope["method"], scope["path"], headers, self.settings)
            or self._too_large(headers)
        )

    def _too_large(self, headers: Headers) -> Refusal | None:
        told = headers.get(b"content-length", b"0")
        if not told.isdigit() or len(told) > 18:
            return Refusal(400, "The length of the body is no number.")
        return self._size() if int(told) > self.settings.most_body else None

    def _size(self) -> Refusal:
        return Refusal(413, f"At most {self.settings.most_body:,} bytes are read in one request.")

    async def _guarded(self, scope: Scope, receive: Receive, answer: "_Answer") -> Refusal | None:
        """Let the application answer; return what to say where it could not."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        body = answer.body = _Body(receive, self.settings)
        try:
            await self.app({**scope, "method": method}, body, answer)
        except Exception as wrong:  # noqa: BLE001 - whatever fails in a page must not reach the reader
            if not answer.begun and body.failed is None and not isinstance(wrong, ClientDisconnect):
                return failed(wrong)
        if body.failed is TooLargeError:
            return self._size()
        return Refusal(408, "The body took too long to come.") if body.failed else None


def failed(wrong: Exception) -> Refusal:
    """Write to the log what failed inside, and return what the reader is told: its number there."""
    number = secrets.token_hex(6)
    LOG.error("error %s", number, exc_info=wrong)
    return Refusal(500, f"Something went wrong here. The server's log has it under {number}.")


class _Answer:
    """Sends an answer with our headers; to HEAD without its body, and none that was made of half a request."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self.send = send
        self.head = head
        self.begun = False
        self.body: _Body | None = None

    async def __call__(self, message: Message) -> None:
        if not self.begun and self.body is not None and self.body.failed:
            return
        if message["type"] == "http.response.start":
            self.begun = True
            named = {name.lower() for name, _ in message.get("headers", ())}
            ours = [pair for pair in HEADERS if pair[0] not in named]
            message = {**message, "headers": [*message.get("headers", ()), *ours]}
        elif message["type"] == "http.response.body" and self.head:
            message = {**message, "body": b""}
        await self.send(message)


class _Body:
    """Receives a body no larger and no slower than is bearable."""

    def __init__(self, receive: Receive, settings: Settings) -> None:
        self.receive = receive
        self.settings = settings
        self.read = 0
        self.whole = False
        self.failed: type[Exception] | None = None
        self.until: float | None = None

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()
        message = await self._in_time(self.receive)
        if message["type"] == "http.request":
            self.read += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            if self.read > self.settings.most_body:
                self.failed = TooLargeError
                raise TooLargeError
        return message

    async def _in_time(self, receive: Callable[[], Awaitable[Message]]) -> Message:
        now = asyncio.get_running_loop().time()
        self.until = self.until or now + self.settings.body_seconds
        try:
            return await asyncio.wait_for(receive(), max(0.01, self.until - now))
        except TimeoutError:
            self.failed = TooSlowError
            raise TooSlowError from None
