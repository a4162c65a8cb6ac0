"""What every request passes before a page is made, and every answer before it leaves.

Refused: a Host that is not ours (421: DNS rebinding), a change asked for by another site's page (403: Sec-Fetch-Site,
Origin, and forms without either), a change or page without the token where one is set (401), a change from elsewhere
where none is set (403), too many guesses of it (429), a body that is too large (413), too slow (408) or compressed
(415). Whatever fails inside becomes an answer without a trace; its number stands in the log.
"""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple, NoReturn

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twosource.web.guesses import LONG, Guesses, Verdict
from twosource.web.navigation import within
from twosource.web.problems import problem
from twosource.web.settings import Settings, on_loopback

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


FORWARDED = frozenset(
    {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip", b"via"}
)
"""Headers that only a request from elsewhere carries: a proxy adds them. They are believed in nothing else."""


PIECE = 64 * 1024
"""Bytes of an answer that are handed on at once, and wait for their reader."""


class Refusal(NamedTuple):
    """Why a request is not answered: status and a sentence for people."""

    status: int
    why: str


Headers = Mapping[bytes, bytes]


class TooLargeError(Exception):
    """A body went over its bound while it was read."""


class TooSlowError(Exception):
    """A body did not come in its time."""


class TooMuchError(Exception):
    """There is no room for a body beside those that are held."""


CUT_SHORT = (TooLargeError, TooSlowError, TooMuchError, ClientDisconnect)
"""Why a body was not read to its end. None is a fault of ours."""


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


def scheme_of(scope: Scope, headers: Headers, settings: Settings) -> str:
    """Return how the reader asks: as the connection says, or by https where the setup says so of the name."""
    return "https" if _host(headers.get(b"host", b"")) in settings.secure else str(scope["scheme"])


def origin_refused(method: str, scheme: str, headers: Headers) -> Refusal | None:
    """Refuse a change that a page of another site asks for, or may ask for."""
    if method in HARMLESS:
        return None
    foreign = Refusal(403, "Changes are taken from this server's own pages and from programs, not from other sites.")
    site = headers.get(b"sec-fetch-site")
    if site is not None and site not in (b"same-origin", b"none"):
        return foreign
    origin = headers.get(b"origin")
    if origin is not None:
        return None if _same(origin, scheme, headers.get(b"host", b"")) else foreign
    if site is not None or headers.get(b"authorization"):
        return None
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return None if kind in (b"application/json", b"application/x-ndjson") or method == "DELETE" else foreign


def _same(origin: bytes, scheme: str, host: bytes) -> bool:
    """Whether an origin is the one that we are asked as: scheme, name and port."""
    usual = {"http": ":80", "https": ":443"}[scheme]
    ours = f"{scheme}://{host.decode('latin-1').lower().removesuffix(usual)}"
    return origin.decode("latin-1").lower().removesuffix(usual) == ours


def from_elsewhere(headers: Headers) -> bool:
    """Tell whether a request was not made on this machine, as far as it shows."""
    return not on_loopback(_host(headers.get(b"host", b""))) or not FORWARDED.isdisjoint(headers)


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in who shows the token where one is asked for."""

    settings: Settings
    guesses: Guesses

    def refused(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Refuse who does not show the token, and changes from elsewhere where there is none."""
        path, harmless, settings = scope["path"], scope["method"] in HARMLESS, self.settings
        if path in OPEN or path.startswith("/static/"):
            return None
        if not settings.token:
            closed = not harmless and not settings.open_to_all and from_elsewhere(headers)
            return Refusal(403, "Changes from other machines need a token; this server has none.") if closed else None
        if harmless and not settings.private:
            return None
        shown = shown_in(headers)
        verdict = Verdict.WRONG if shown is None else self.judged(scope, shown)
        return REFUSED[verdict]

    def judged(self, scope: Scope, shown: bytes) -> Verdict:
        """Compare a mark that is shown with that of the token."""
        token = self.settings.token or ""
        peer = scope.get("client") or ("", 0)
        return self.guesses.judged(str(peer[0]), shown, mark_of(token).encode(), hard=len(token) >= LONG)


REFUSED: Mapping[Verdict, Refusal | None] = {
    Verdict.RIGHT: None,
    Verdict.WRONG: Refusal(401, "This needs the server's token."),
    Verdict.TOO_MANY: Refusal(429, "Too many wrong tokens came from there. Try again in a moment."),
}
"""What is said to who shows a token."""


def shown_in(headers: Headers) -> bytes | None:
    """Return the mark of the token that a request shows as a bearer or by the sign-in page's cookie, None for none."""
    scheme, _, given = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"bearer":
        return mark_of(given.strip().decode("utf-8", "replace")).encode()
    try:
        cookie = SimpleCookie(headers.get(b"cookie", b"")[:4096].decode("latin-1")).get(COOKIE)
    except CookieError:
        return None
    return None if cookie is None else cookie.value.encode("utf-8", "replace")


def coding_refused(headers: Headers) -> Refusal | None:
    """Refuse a compressed body: it may hold a thousand times what it says."""
    plain = headers.get(b"content-encoding", b"identity").strip().lower() == b"identity"
    return None if plain else Refusal(415, "A body has to come as it is, without Content-Encoding.")


def mark_of(token: str) -> str:
    """Return what the cookie holds for ``token``."""
    return hmac.new(token.encode(), b"twosource sign-in", sha256).hexdigest()


class Safety:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, door: Door, paths: frozenset[str] = frozenset()) -> None:
        """Guard ``app``, which answers ``paths``."""
        self.app = app
        self.settings = door.settings
        self.door = door
        self.paths = paths
        self.held = 0
        """Bytes of bodies whose requests are being answered."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            within(self.paths)
            await self._http(scope, receive, _Answer(send, head=scope["method"] == "HEAD"))

    async def _http(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        headers = dict(scope["headers"])
        scheme = scheme_of(scope, headers, self.settings)
        refusal = self._refusal(scope, scheme, headers)
        if refusal is None:
            refusal = await self._guarded({**scope, "scheme": scheme}, receive, answer)
        if refusal is not None and not answer.begun:
            answer.body = None
            await problem(scope, refusal.status, refusal.why)(scope, receive, answer)

    def _refusal(self, scope: Scope, scheme: str, headers: Headers) -> Refusal | None:
        single = sum(name == b"host" for name, _ in scope["headers"]) == 1
        return (
            (None if single else Refusal(400, "One Host header is needed."))
            or host_refused(headers, self.settings)
            or origin_refused(scope["method"], scheme, headers)
            or self.door.refused(scope, headers)
            or coding_refused(headers)
            or self._too_large(headers)
        )

    def _too_large(self, headers: Headers) -> Refusal | None:
        told = headers.get(b"content-length", b"0")
        if b"transfer-encoding" in headers and b"content-length" in headers:
            return Refusal(400, "The length of the body is told in two ways.")
        if not told.isdigit() or len(told) > 18:
            return Refusal(400, "The length of the body is no number.")
        return self._size() if int(told) > self.settings.most_body else None

    def _size(self) -> Refusal:
        return Refusal(413, f"At most {self.settings.most_body:,} bytes are read in one request.")

    async def _guarded(self, scope: Scope, receive: Receive, answer: "_Answer") -> Refusal | None:
        """Let the application answer; return what to say where it could not."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        body = answer.body = _Body(receive, self)
        try:
            await self.app({**scope, "method": method}, body, answer)
        except CUT_SHORT:
            pass
        except Exception as wrong:  # noqa: BLE001 - whatever fails in a page must not reach the reader
            if not answer.begun:
                return failed(wrong)
        finally:
            self.held -= body.read
        if body.failed is TooMuchError:
            return Refusal(503, "Too much is being sent at once. Try again in a moment.")
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
        elif message["type"] == "http.response.body":
            await self._pieces(message)
            return
        await self.send(message)

    async def _pieces(self, message: Message) -> None:
        """Send a body as fast as it is read, so that who reads nothing has a copy of a piece alone."""
        body, more = b"" if self.head else message.get("body", b""), message.get("more_body", False)
        for at in range(0, max(len(body), 1), PIECE):
            last = at + PIECE >= len(body)
            await self.send({**message, "body": body[at : at + PIECE], "more_body": more or not last})


class _Body:
    """Receives a body no larger and no slower than is bearable."""

    def __init__(self, receive: Receive, safety: Safety) -> None:
        self.receive = receive
        self.safety = safety
        self.read = 0
        self.whole = False
        self.failed: type[Exception] | None = None
        self.until: float | None = None

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()
        message = await self._in_time(self.receive)
        if message["type"] == "http.request":
            came, settings = len(message.get("body", b"")), self.safety.settings
            self.read += came
            self.safety.held += came
            self.whole = not message.get("more_body", False)
            if self.read > settings.most_body:
                self._fail(TooLargeError)
            if self.safety.held > settings.most_together:
                self._fail(TooMuchError)
        return message

    def _fail(self, why: type[Exception]) -> NoReturn:
        self.failed = why
        raise why

    async def _in_time(self, receive: Callable[[], Awaitable[Message]]) -> Message:
        now = asyncio.get_running_loop().time()
        self.until = self.until or now + self.safety.settings.body_seconds
        try:
            return await asyncio.wait_for(receive(), max(0.01, self.until - now))
        except TimeoutError:
            self._fail(TooSlowError)
