"""A server that breaks HTTP on purpose: raw sockets on loopback, each reply scripted, each question kept.

    with Faulty() as server:
        server.script("/feed", status(503, ("Retry-After", "5")), ok(b"<rss/>"))
        fetcher.get(server.url("/feed"))

Reply k goes to question k of a path; the last one is given again for ever. A reply is an iterator of bytes to send, of
seconds to wait (floats) and of `RESET`; it may also be a function of the question that returns one. Any host name may
lead here: give `Faulty.resolve` to a `Fetcher`, and each name is a host of its own on this one server.
"""

import gzip
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

RESET = object()
"""In a reply: break the connection off with a reset."""

Header = tuple[str, str | bytes]


@dataclass
class Question:
    """What a client asked: its words as they came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def host(self):
        return self.headers.get("host", "").rpartition(":")[0] or self.headers.get("host", "")


Reply = Iterable | Callable[[Question], Iterable]


@dataclass
class Faulty:
    """The server. ``questions`` holds every question in order; ``connections`` counts connections, asked or not."""

    tls: "object | None" = None
    address: str = "127.0.0.1"
    questions: list[Question] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self):
        self._replies: dict[str, list[Reply]] = {}
        self._given: dict[str, int] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listening = socket.create_server((self.address, 0), backlog=256)
        self.port = self._listening.getsockname()[1]
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._over.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listener.join(5)  # before its number is free for the next server, which it would answer for
        self._listening.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Every name leads here; for `Fetcher(resolve=...)`."""
        return [self.address]

    def script(self, where: str, *replies: Reply) -> None:
        """Give ``replies`` one after the other at a path, or at "host/path" for one host name alone."""
        with self._lock:
            self._replies[where] = list(replies)
            self._given[where] = 0

    def asked(self, path: str) -> list[Question]:
        return [one for one in self.questions if one.path == path]

    def _listen(self):
        while not self._over.is_set():
            try:
                opened, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(opened,), daemon=True).start()

    def _talk(self, opened):
        with suppress(OSError, ValueError), opened:
            opened.settimeout(30)
            if self.tls:
                opened = self.tls.wrap_socket(opened, server_side=True)
            question = _question(opened)
            if question is None:
                return
            for step in self._reply(question):
                if step is RESET:
                    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                if isinstance(step, float):
                    if self._over.wait(step):
                        return
                else:
                    opened.sendall(step)
            opened.shutdown(socket.SHUT_WR)
            opened.settimeout(0.2)
            while opened.recv(65_536):
                pass

    def _reply(self, question):
        with self._lock:
            self.questions.append(question)
            where = next((w for w in (question.host + question.path, question.path) if w in self._replies), None)
            if where is None:
                return status(404)
            k = self._given[where]
            self._given[where] += 1
            replies = self._replies[where]
            reply = replies[min(k, len(replies) - 1)]
        return reply(question) if callable(reply) else reply


def _question(opened) -> Question | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        came = opened.recv(65_536)
        if not came:
            return None
        raw += came
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += opened.recv(65_536)
    method, path, _ = first.split(" ", 2)
    return Question(method, path, headers, body, raw)


def head(status: int | str = 200, *headers: Header) -> bytes:
    """A status line and headers, as given, right or wrong."""
    lines = [f"HTTP/1.1 {status} Said".encode()]
    lines += [n.encode() + b": " + (v if isinstance(v, bytes) else v.encode("latin-1")) for n, v in headers]
    return b"\r\n".join([*lines, b"", b""])


def ok(body: bytes = b"well", *headers: Header, kind: str = "text/html") -> list[bytes]:
    """A sound answer."""
    return [head(200, ("Content-Type", kind), ("Content-Length", str(len(body))), *headers), body]


def status(code: int, *headers: Header, body: bytes = b"") -> list[bytes]:
    """An answer with another status."""
    length = () if code in (204, 304) else (("Content-Length", str(len(body))),)
    return [head(code, *length, *headers), body]


def redirect(to: str | bytes, code: int = 302) -> list[bytes]:
    return status(code, ("Location", to))


def to_the_end(body: bytes, *headers: Header) -> list[bytes]:
    """An answer whose end is that of the connection."""
    return [head(200, *headers), body]


def packed(body: bytes, *headers: Header) -> list[bytes]:
    return to_the_end(gzip.compress(body), ("Content-Encoding", "gzip"), *headers)


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> list[bytes]:
    return [head(200, ("Transfer-Encoding", "chunked")), *(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces), end]


def stall(*begun: bytes, seconds: float = 30.0) -> list:
    """Say this much, and no more."""
    return [*begun, seconds]


def trickle(whole: bytes, every: float = 0.05) -> Iterator:
    """One byte at a time."""
    for at in range(len(whole)):
        yield whole[at : at + 1]
        yield every


def endless(piece: bytes = b"x" * 65_536) -> Iterator[bytes]:
    """A body without end."""
    yield head(200, ("Content-Type", "text/html"))
    while True:
        yield piece


def streamed(size: int, piece: bytes = b"x" * 65_536) -> Iterator[bytes]:
    """A body of ``size`` bytes, made as it is sent."""
    yield head(200, ("Content-Type", "text/html"), ("Content-Length", str(size)))
    for _ in range(size // len(piece)):
        yield piece


def bomb(size: int, layers: int = 1) -> bytes:
    """gzip that unpacks to ``size`` spaces (millions) in as many ``layers``; its checksum is wrong, who gets there."""
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = made.compress(b" " * 1_000_000) + made.flush(zlib.Z_FULL_FLUSH)
    whole = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + million * (size // 1_000_000) + b"\x03\0" + b"\0" * 8
    for _ in range(layers - 1):
        whole = gzip.compress(whole, 9)
    return whole


def answers(*lists: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that gives one list after the other, the last for ever: a name whose server changes its mind."""
    given = list(lists)

    def resolve(host: str, port: int) -> Sequence[str]:
        return given.pop(0) if len(given) > 1 else given[0]

    return resolve


@dataclass
class Slept:
    """A clock that moves only when somebody sleeps or moves it; for `Clock(clock.now, clock.wall)`."""

    at: float = 1_000.0
    sleeps: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def wall(self) -> float:
        return 1_795_000_000.0 + self.at

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.at += seconds


def since(begun: float) -> float:
    return time.monotonic() - begun
