"""One question to one host: connects, asks, reads the answer, hangs up. Redirects and manners are the caller's.

Each question has a connection of its own. Desks ask a host seldom and one at a time, so that one kept open would save
little, and an answer can never be taken for that of another question.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from twosource.sources.fetch.address import Address
from twosource.sources.fetch.deadline import Deadline
from twosource.sources.fetch.decode import Unpacked
from twosource.sources.fetch.dial import Dialer, hang_up
from twosource.sources.fetch.failure import Failure
from twosource.sources.fetch.limits import Limits
from twosource.sources.fetch.wire import Answer, Head

UNWANTED = range(300, 600)
"""Statuses whose bodies are not read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: method, where, headers and body. ``cut`` leaves away what comes after so many bytes of the answer."""

    address: Address
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""
    cut: int | None = None

    def written(self) -> bytes:
        """The question as it is sent; raises `Failure` where a header would end its line."""
        lines = [f"{self.method} {self.address.target} HTTP/1.1", f"Host: {self.address.authority}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if not all(line.isascii() and line.isprintable() for line in lines):
            raise Failure("bad_request", "is not asked: a header holds what no header may", permanent=True)
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("ascii") + self.body


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: its head, its body unpacked (empty where it is not read), and the bytes that came."""

    head: Head
    body: bytes
    received: int


class Visits:
    """Asks questions through a ``dialer``; `close` breaks off those that run, in whatever thread."""

    def __init__(self, dialer: Dialer, limits: Limits) -> None:
        self._dialer = dialer
        self._limits = limits
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False

    def ask(self, asked: Asked, deadline: Deadline, *, plain_to_allowed: bool = False) -> Told:
        """Return the answer to one question; raises `Failure`. Redirects are answers."""
        question = asked.written()
        try:
            with self._connection(asked.address, deadline, plain_to_allowed=plain_to_allowed) as opened:
                told = self._told(opened, asked, question, deadline)
                self._check_open()  # a connection that was broken off looks like one that ended
                return told
        except Failure:
            self._check_open()  # or like one that the other side reset
            raise

    def _told(self, opened: socket.socket, asked: Asked, question: bytes, deadline: Deadline) -> Told:
        try:
            opened.settimeout(deadline.left())
            opened.sendall(question)
        except TimeoutError:
            deadline.left()
            raise Failure("timeout", "does not take the question") from None
        except OSError as wrong:
            raise Failure("reset", "broke the connection off") from wrong
        answer = Answer(opened, self._limits, deadline)
        head = answer.head()
        wanted = head.status not in UNWANTED and asked.method == "GET"
        body = _body(answer, head, self._limits, asked.cut) if wanted else b""
        return Told(head, body, answer.received)

    def close(self) -> None:
        """Break off every visit and begin no more."""
        with self._lock:
            self._closed = True
            for opened in self._open:
                with contextlib.suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)

    def _check_open(self) -> None:
        if self._closed:
            raise Failure("closed", "was not asked to the end: the fetcher was closed")

    @contextlib.contextmanager
    def _connection(self, address: Address, deadline: Deadline, *, plain_to_allowed: bool) -> Iterator[socket.socket]:
        self._check_open()
        opened = self._dialer.dial(address, deadline, plain_to_allowed=plain_to_allowed)
        try:
            with self._lock:
                self._open.add(opened)
            yield opened
        finally:
            with self._lock:
                self._open.discard(opened)
            hang_up(opened)


def _body(answer: Answer, head: Head, limits: Limits, cut: int | None) -> bytes:
    unpacked = Unpacked(head.listed("content-encoding"), limits, cut)
    for piece in answer.body(head):
        if not unpacked.feed(piece):
            break
    return unpacked.whole()
