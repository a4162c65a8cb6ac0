"""Asks the network politely, follows redirects by hand, and says in one kind of error what did not come.

Every step of a redirect is a new visit: its address is parsed, its numbers looked at, its host's manners and robots.txt
observed. What a page itself asks for (a meta refresh, a Refresh header) is not followed.
"""

import contextlib
import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from twosource.errors import FetchError
from twosource.sources.fetch import headers as said
from twosource.sources.fetch.address import Address, address, joined
from twosource.sources.fetch.deadline import Clock, Deadline
from twosource.sources.fetch.dial import Dialer, Resolve, resolve
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.fetched import ANY, Fetched, Remark, Request
from twosource.sources.fetch.guard import Guard
from twosource.sources.fetch.hosts import Hosts
from twosource.sources.fetch.limits import Limits
from twosource.sources.fetch.mail import MailServer, hand_in, letter
from twosource.sources.fetch.permission import Permission
from twosource.sources.fetch.statuses import PAUSES, PERMANENT, REDIRECTS, failure
from twosource.sources.fetch.together import together
from twosource.sources.fetch.visit import Asked, Told, Visits
from twosource.version import VERSION

USER_AGENT = f"twosource/{VERSION}"
"""The name under which robots.txt files know the program is what stands before the slash."""

SILENT = frozenset(("dns", "connect", "timeout", "reset", "tls", "too_slow", "not_http"))
"""Failures that are the host's, not the page's: a few in a row, and it is left alone for a while."""

SIGNATURE = "X-Twosource-Signature-256"
"""Header of a message that is posted: "sha256=" and the HMAC-SHA-256 of its body in hexadecimal digits."""


class Fetcher:
    """Fetches addresses; may be used from any thread, and is a context manager that hangs up at its end.

    ``allow_private``: networks ("10.1.0.0/16"), numbers and host names that may be asked although they are private.
    ``ports`` replaces those of ``limits``. Visits to one host are ``per_host_delay`` seconds apart, and at most
    ``per_host_connections`` run at a time. ``robots=False`` asks no site for its robots.txt. ``resolve``, ``clock``
    and ``sleep`` are for tests: they replace the system's names, and the clock and the waiting of pauses between
    visits, not the deadlines of sockets. ValueError for a network in ``allow_private`` that is written wrong.
    """

    def __init__(
        self,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        allow_private: Sequence[str] = (),
        ports: Sequence[range] | None = None,
        user_agent: str = USER_AGENT,
        resolve: Resolve = resolve,
        clock: Clock = Clock(),  # noqa: B008 - frozen
        sleep: Callable[[float], None] = time.sleep,
        robots: bool = True,
        per_host_delay: float = 1.0,
        per_host_connections: int = 1,
    ) -> None:
        self.limits = limits if ports is None else replace(limits, ports=ports)
        self.hosts = Hosts(clock, sleep, delay=per_host_delay, connections=per_host_connections)
        self._dialer = Dialer(Guard(allow_private), limits.connect, resolve)
        self._visits = Visits(self._dialer, self.limits)
        self._clock = clock
        self._sleep = sleep
        self._user_agent = user_agent
        self._robots = robots
        self._permission = Permission(user_agent.partition("/")[0], clock)
        self._connections = per_host_connections

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Break off what runs; from then on every address fails with the code ``closed``."""
        self._visits.close()

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = ANY,
        robots: bool = True,
    ) -> Fetched:
        """Return what ``url`` holds, whole; raises `FetchError`.

        With ``etag`` or ``last_modified`` of an earlier answer, the site may say that nothing changed
        (``not_modified``). Waits its turn at the host; from then on it takes ``limits.total`` seconds at most.
        """
        conditions = {"If-None-Match": said.validator(etag), "If-Modified-Since": said.validator(last_modified)}
        wanted = {"User-Agent": self._user_agent, "Accept": accept, "Accept-Encoding": "gzip"}
        deadline = Deadline(self.limits.total)
        with _told_of(url):
            path = _Path([address(url, self.limits)], {k: v for k, v in conditions.items() if v})
            while (told := self._step(path, wanted, deadline, robots=robots)) is None:
                pass
            return _fetched(url, path, told)

    def get_all(
        self, requests: Iterable[Request], *, workers: int = 8
    ) -> Iterator[tuple[Request, Fetched | FetchError]]:
        """Yield each request with its answer or error, as they come in.

        About ``workers`` visits run at a time; one that is slow does not count as one, so that slow hosts hold up
        nobody. ``requests`` is read a bounded way ahead. Answers wait for whoever takes them: at most as many as may
        run, each of ``limits.decoded`` bytes at most.
        """
        return together(self, requests, workers, self._connections, self._clock, self._sleep)

    def site_of(self, url: str) -> str | None:
        """Return the site of an address, or None where it is not asked."""
        try:
            return address(url, self.limits).site
        except Failure:
            return None

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str] | None = None, *, secret: bytes | None = None
    ) -> int:
        """Send ``body`` (JSON, unless a header says otherwise) and return the status of the answer, whatever it is.

        Only to https, or to http where the host was allowed as private. Redirects are not followed. With a
        ``secret`` the body is signed (`SIGNATURE`). Raises `FetchError`, which names the site alone: addresses of this
        kind are secrets often enough.
        """
        deadline = Deadline(self.limits.post)
        sent = {"user-agent": self._user_agent, "content-type": "application/json"}
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        sent["content-length"] = str(len(body))
        if secret is not None:
            sent[SIGNATURE] = signature(body, secret)
        with _told_of(self.site_of(url) or "an address to send to"):
            asked = Asked(address(url, self.limits), sent, "POST", body)
            return self._visits.ask(asked, deadline, plain_to_allowed=True).head.status

    def send_mail(self, server: MailServer, *, sender: str, to: Sequence[str], subject: str, text: str) -> None:
        """Hand in a message at ``server`` within ``limits.total`` seconds; raises `FetchError` that names the server
        alone, and ValueError for a sender or receiver that is no address.
        """
        message = letter(sender, to, subject, text)
        with _told_of(f"smtp://{server.host}:{server.port}"):
            hand_in(server, message, self._dialer, Deadline(self.limits.total))

    def _step(self, path: "_Path", wanted: Mapping[str, str], deadline: Deadline, *, robots: bool) -> Told | None:
        """Ask the last address of a path: the answer, or None where the path goes on."""
        here = path.steps[-1]
        if robots and self._robots:
            self._permission.check(here, lambda a: self._robots_of(a, deadline), self.hosts, self.limits.crawl_delay)
        patience = deadline.left() if len(path.steps) > 1 else None
        told = self._ask(Asked(here, {**wanted, **path.conditions}), deadline, patience)
        if told.head.status not in REDIRECTS:
            return told
        path.follow(told, self.limits)
        return None

    def _robots_of(self, where: Address, deadline: Deadline) -> Told:
        """The answer for the robots.txt at an address, or where it moved to, whatever its status."""
        path = _Path([where], {})
        while True:
            asked = Asked(path.steps[-1], {"User-Agent": self._user_agent, "Accept": "text/plain,*/*;q=0.5"})
            with self._manners(path.steps[-1].site, deadline, deadline.left(), counts=False):
                told = self._visits.ask(replace(asked, cut=self.limits.robots), deadline)
            if told.head.status not in REDIRECTS:
                return told
            path.follow(told, self.limits)

    def _ask(self, asked: Asked, deadline: Deadline, patience: float | None) -> Told:
        """One visit with all manners; a status that is no answer is a failure."""
        site = asked.address.site
        with self._manners(site, deadline, patience):
            told = self._visits.ask(asked, deadline)
        status = told.head.status
        pause = said.retry_after(told.head.one("retry-after"), self._clock.wall())
        if status in PAUSES:
            pause = self.hosts.paused(site, pause)
        else:
            self.hosts.answered(site)
        refused = None if status in REDIRECTS else failure(status, pause)
        if refused:
            raise refused
        return told

    @contextlib.contextmanager
    def _manners(self, site: str, deadline: Deadline, patience: float | None, *, counts: bool = True) -> Iterator[None]:
        """Wait for one's turn at a site, which is not part of a visit's time, and note where the site is silent."""
        asked_at = time.monotonic()
        with self.hosts.visit(site, patience=patience, counts=counts):
            deadline.put_off(time.monotonic() - asked_at)
            try:
                yield
            except Failure as wrong:
                if wrong.code in SILENT:
                    self.hosts.failed(site)
                raise


@dataclass
class _Path:
    """The addresses that a fetch was led through, the first first, and what is asked of them beside their pages.

    ``moved`` is where permanent redirects alone led so far.
    """

    steps: list[Address]
    conditions: dict[str, str]
    moved: Address | None = None
    firm: bool = field(default=True)

    def follow(self, told: Told, limits: Limits) -> None:
        """Go on to where an answer points; raises `Failure` where that is nowhere, a circle, too far or less safe."""
        here = self.steps[-1]
        location = told.head.one("location")
        if not location:
            raise Failure("redirect_nowhere", "redirects to nowhere", told.head.status)
        there = joined(here, location.decode("utf-8", "replace"), limits)
        if here.scheme == "https" and there.scheme == "http":
            raise Failure("downgrade", "redirects from https to http, which is not followed", told.head.status)
        if there in self.steps:
            raise Failure("redirect_loop", "redirects in a circle", told.head.status)
        if len(self.steps) > limits.redirects:
            raise Failure("too_many_redirects", f"redirects more than {limits.redirects} times", told.head.status)
        if there.host != here.host:
            self.conditions = {}
        self.firm = self.firm and told.head.status in PERMANENT
        self.moved = there if self.firm else self.moved
        self.steps.append(there)


def signature(body: bytes, secret: bytes) -> str:
    """Return the value of `SIGNATURE` for a body, by which whoever has the secret knows that it is ours."""
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


@contextlib.contextmanager
def _told_of(url: str) -> Iterator[None]:
    """Tell a failure of the address that was asked for."""
    try:
        yield
    except Failure as wrong:
        raise FetchError(
            url,
            wrong.code,
            wrong.reason,
            status=wrong.status,
            permanent=wrong.permanent,
            retry_after=wrong.retry_after,
        ) from None


def _fetched(asked: str, path: _Path, told: Told) -> Fetched:
    head = told.head
    if head.status == 304 and not path.conditions:
        raise Failure("unasked_304", "says that nothing changed, to whom it has told nothing", 304)
    media, charset, unknown = said.content_type(head.one("content-type"))
    shown = {name: head.one(name) for name in ("etag", "last-modified")}
    kept = {name: said.validator(value.decode("latin-1")) for name, value in shown.items() if value}
    remarks: list[Remark] = []
    if len(path.steps) > 1:
        remarks.append(("redirected", f"redirected to {path.steps[-1].text}"))
    if "xn--" in path.steps[-1].host:
        remarks.append(("international_host", f"the host's name is written {path.steps[-1].host} in plain letters"))
    if unknown:
        remarks.append(("charset_unknown", f"the server names an encoding that is not known: {unknown!a}"))
    if any(value is None for value in kept.values()):
        remarks.append(("validator_dropped", "the server's ETag or date is not kept: it could not be sent back"))
    if head.status != 304 and not told.body:
        remarks.append(("empty_body", "the answer is empty"))
    return Fetched(
        asked=asked,
        url=path.steps[-1].text,
        status=head.status,
        body=told.body,
        media_type=media,
        charset=charset,
        etag=kept.get("etag"),
        last_modified=kept.get("last-modified"),
        not_modified=head.status == 304,
        moved=path.moved.text if path.moved else None,
        wire_bytes=told.received,
        remarks=tuple(remarks),
    )
