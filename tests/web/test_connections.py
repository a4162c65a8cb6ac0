"""Clients that behave badly, over real sockets: they get no more than their share, and others are served."""

import contextlib
import signal
import socket
import threading
import time

import pytest
from tests.web.apart import everything, request, served_apart, status

SOON = 2.0
"""Seconds in which a page comes whatever others do; it takes 10 ms on an idle machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for clients that do no lasting harm."""
    with served_apart(tmp_path_factory.mktemp("served"), HEAD_SECONDS=1.5, READ_SECONDS=1.5, LOOK_SECONDS=0.2) as apart:
        assert apart.get("/")[0] == 200
        yield apart


def meanwhile(server, path="/"):
    """Assert that somebody else gets a page soon."""
    code, took = server.get(path)
    assert (code, took < SOON) == (200, True), (code, took)


BLANKS = b" " * 250_000


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (request("/", b"X: " + b"x" * 1_000_000), 431),
        (request("/", b"X: " + BLANKS + b"\x00"), 431),
        (request("/", b"X: " + BLANKS[:20_000] + b"\x00"), 400),
        (request("/", *[b"X%d: 1" % n for n in range(20_000)]), 431),
        (request("/", *[b"X%d: 1" % n for n in range(2_000)]), 200),
        (request("/" + "a" * 100_000), 431),
        (request("/" + "a" * 20_000), 404),
        (request("/?" + "&".join(f"a{n}=1" for n in range(10_000))), 431),
        (request("/?" + "&".join(f"a{n}" for n in range(4_000))), 200),
        (request("/?" + "&" * 30_000), 200),
        (request("/", b"Cookie: " + b"a=b; " * 6_000), 200),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500, 400),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        (request("/", b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Key: AAAA"), 200),
        (request("/", b"Content-Length: 5", b"Transfer-Encoding: chunked"), 400),
        (request("/", b"Content-Length: 1", b"Content-Length: 2"), 400),
        (request("/", b"Transfer-Encoding: gzip"), 400),
        (b"\r\n" * 50_000, 400),
    ],
)
def test_requests_of_any_size_and_shape_are_answered_or_refused_at_once(server, sent, expected):
    begun = time.monotonic()
    with server.open() as link:
        sending = threading.Thread(target=pushed, args=(link, sent))
        sending.start()
        came = b"" if not (first := received(link)) else first
        assert status(came) in {expected, 0 if expected == 431 else expected}
        assert time.monotonic() - begun < SOON
        meanwhile(server)
    sending.join()


def pushed(link, sent):
    """Send all, as far as the other side takes it."""
    with contextlib.suppress(OSError):
        link.sendall(sent)


def received(link):
    """The beginning of an answer, nothing where the connection was broken off."""
    try:
        return link.recv(65_536)
    except ConnectionResetError:
        return b""


def test_blanks_in_a_trailer_keep_nobody_waiting(server):
    head = request("/api/v1/try", b"Content-Type: application/json", b"Transfer-Encoding: chunked", method=b"POST")
    with server.open() as link:
        begun = time.monotonic()
        pushed(link, head + b"0\r\nX: " + BLANKS + b"\x00\r\n\r\n")
        meanwhile(server)
        assert time.monotonic() - begun < SOON


def test_requests_in_one_piece_are_answered_in_their_order(server):
    paths = ["/", "/nothing", "/static/none", "/healthz"] * 10
    sent = b"".join(request(path) for path in paths) + request("/", b"Connection: close")
    came = server.ask(sent)
    found = [int(part[:3]) for part in came.split(b"HTTP/1.1 ")[1:]]
    assert found == [200, 404, 404, 200] * 10 + [200]


def test_who_does_not_end_a_head_is_let_go(server):
    with server.open(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n") as link:
        begun = time.monotonic()
        while time.monotonic() - begun < 5:
            try:
                link.sendall(b"X: y\r\n")
            except OSError:
                break
            time.sleep(0.1)
        assert time.monotonic() - begun < 4


def test_who_says_nothing_is_let_go(server):
    with server.open() as link:
        begun = time.monotonic()
        assert everything(link) == b""
        assert time.monotonic() - begun < 4


def test_who_does_not_read_an_answer_is_let_go(server):
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        link.settimeout(10)
        link.connect(("127.0.0.1", server.port))
        link.sendall(request("/large"))
        time.sleep(4)
        assert len(everything(link)) < 8_000_000
    meanwhile(server)


def test_who_reads_slowly_but_steadily_gets_all(server):
    with server.open(request("/large", b"Connection: close")) as link:
        came = 0
        while piece := link.recv(400_000):
            came += len(piece)
            time.sleep(0.05)
    assert came > 8_000_000


def test_five_hundred_idle_connections_keep_nobody_out(server):
    before = server.memory
    idle = [server.open(b"GET /") for _ in range(520)]
    try:
        for _ in range(5):
            meanwhile(server)
        assert server.memory - before < 30
    finally:
        for link in idle:
            link.close()


def test_bodies_that_trickle_keep_nobody_out(server):
    head = request("/api/v1/try", b"Content-Type: application/json", b"Content-Length: 1000000", method=b"POST")
    slow = [server.open(head + b"x" * 100) for _ in range(100)]
    try:
        meanwhile(server)
    finally:
        for link in slow:
            link.close()
    meanwhile(server)


def test_a_client_that_leaves_in_the_middle_leaves_no_trace(server):
    head = request("/api/v1/try", b"Content-Type: application/json", b"Content-Length: 1000000", method=b"POST")
    for sent in (head + b"{", request("/large"), request("/slow/0.2"), b"GET / HT", head):
        for _ in range(5):
            server.open(sent).close()
        meanwhile(server)
    time.sleep(0.5)
    assert "Traceback" not in server.log.read_text()
    assert "Error" not in server.log.read_text()


def test_memory_stays_flat_over_many_refused_requests(server):
    def refused(times):
        for _ in range(times):
            with server.open() as link:
                pushed(link, request("/", b"X: " + b"x" * 200_000))
                received(link)

    refused(50)
    before = server.memory
    refused(300)
    assert server.memory - before < 15


def test_all_that_was_asked_before_the_end_is_answered_and_nothing_after(tmp_path):
    with served_apart(tmp_path) as apart:
        apart.get("/")
        links = [apart.open(request("/queued/0.3")) for _ in range(6)]
        links += [apart.open(request("/slow/1")) for _ in range(6)]
        links += [apart.open(request("/healthz", b"Connection: keep-alive")) for _ in range(20)]
        apart.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        found = [status(everything(link)) for link in links]
        assert found == [200] * 32
        with pytest.raises(OSError, match="refused"):
            apart.open()
        apart.process.wait(5)
        assert time.monotonic() - begun < 6
        assert "Traceback" not in apart.log.read_text()


def test_the_end_comes_in_bounded_time_whatever_is_under_way(tmp_path):
    with served_apart(tmp_path, DRAIN=1) as apart:
        apart.get("/")
        link = apart.open(request("/slow/60"))
        time.sleep(0.3)
        apart.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        apart.process.wait(8)
        assert time.monotonic() - begun < 5
        link.close()
