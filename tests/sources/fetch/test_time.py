"""Time and size: a visit ends when it must, whatever the server does."""

import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from tests.faulty import RESET, Faulty, endless, head, ok, packed, redirect, since, stall, status, streamed, trickle
from tests.sources.fetch.near import HASTY, LATE, fetcher
from twosource.sources.fetch import FetchError, Limits, Request


def wrong(reply, url=None, limits=HASTY):
    with Faulty() as server, fetcher(limits=limits) as asking:
        server.script("/", reply)
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            asking.get(url or server.url())
    return caught.value, since(begun)


@pytest.mark.parametrize(
    ("reply", "codes"),
    [
        (stall(), {"timeout"}),
        (stall(b"HTTP/1.1 200 OK\r\nContent-"), {"timeout", "too_slow"}),
        (stall(head(200, ("Content-Length", "10")), b"wel"), {"timeout", "too_slow"}),
        (stall(head(200), b"wel"), {"timeout", "too_slow"}),
        (lambda _: trickle(head(200, ("A", "b" * 10_000))), {"timeout", "too_slow"}),
        (lambda _: trickle(head(200, ("Content-Length", "100000")) + b"x" * 100_000), {"timeout", "too_slow"}),
        (lambda _: trickle(head(100) * 1_000), {"timeout", "too_slow", "not_http"}),
        (
            lambda _: trickle(head(200, ("Transfer-Encoding", "chunked")) + b"1\r\nx\r\n" * 9_000),
            {"timeout", "too_slow"},
        ),
    ],
    ids=["silence", "in a header", "in a body", "open end", "headers", "body", "interim", "chunks"],
)
def test_whoever_dawdles_is_left(reply, codes):
    failed, took = wrong(reply)
    assert failed.code in codes
    assert took < LATE


def test_a_deadline_holds_where_no_rate_does():
    failed, took = wrong(lambda _: trickle(head(200) + b"x" * 10_000), limits=Limits(total=0.8, min_rate=0))
    assert failed.code == "timeout"
    assert 0.7 < took < 1.7
    assert "0.8 seconds" in str(failed)


def test_one_deadline_is_for_all_redirects():
    def later(question):
        step = int(question.path[1:] or 0)
        return [0.4, *redirect(f"/{step + 1}")]

    with Faulty() as server, fetcher(limits=Limits(total=1.0)) as asking:
        for step in range(6):
            server.script(f"/{step}", later)
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            asking.get(server.url("/0"))
        assert caught.value.code == "timeout"
        assert since(begun) < 1.7


def test_a_page_that_comes_slowly_but_comes_is_read():
    body = b"x" * 4_000
    with Faulty() as server, fetcher(limits=Limits(total=5, slow_after=0.2, min_rate=1_000)) as asking:
        server.script("/", [head(200), *([body, 0.1] * 5)])
        assert len(asking.get(server.url()).body) == 20_000


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_a_host_that_takes_connections_and_says_nothing(tls):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, fetcher(limits=HASTY) as asking:
        url = f"http{'s' * tls}://127.0.0.1:{silent.getsockname()[1]}/"
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            asking.get(url)
        assert caught.value.code in ("timeout", "tls")
        assert since(begun) < LATE


def test_a_handshake_in_single_bytes_ends():
    """A record of TLS that grows by a byte now and then renews no deadline."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, fetcher(limits=HASTY) as asking:
        over = threading.Event()

        def dawdle():
            opened, _ = silent.accept()
            with opened:
                for byte in b"\x16\x03\x03\x3f\xff" + b"\x02" * 1_000:
                    if over.wait(0.05):
                        return
                    try:
                        opened.sendall(bytes([byte]))
                    except OSError:
                        return

        threading.Thread(target=dawdle, daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(FetchError) as caught:
            asking.get(f"https://127.0.0.1:{silent.getsockname()[1]}/")
        over.set()
        assert caught.value.code in ("timeout", "tls")
        assert since(begun) < LATE


@pytest.mark.parametrize(
    "reply",
    [
        lambda _: endless(),
        lambda _: streamed(100_000_000),
        lambda _: endless(b"1;" + b"x" * 900 + b"\r\n\n\r\n"),
        lambda _: [head(200, ("Transfer-Encoding", "chunked")), *[b"1\r\nx\r\n" * 100_000] * 30],
    ],
    ids=["endless", "100 MB", "framing", "single bytes"],
)
def test_bodies_without_measure_cost_a_bounded_sum(reply):
    tracemalloc.start()
    try:
        failed, took = wrong(reply, limits=Limits(total=8, wire=250_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert failed.code == "too_large"
    assert took < 8
    assert peak < 60_000_000


def test_the_default_limits_are_those_of_the_house():
    assert (Limits().total, Limits().connect, Limits().wire, Limits().decoded) == (20, 5, 10 << 20, 20 << 20)


def test_a_good_page_takes_no_time():
    with Faulty() as server, fetcher() as asking:
        server.script("/", ok(b"x" * 1_000_000))
        begun = time.monotonic()
        for _ in range(5):
            asking.get(server.url())
        assert since(begun) < 1.0


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files as Linux shows them")
def test_no_visit_leaves_a_file_open():
    replies = [
        ok(),
        status(404),
        redirect("/x"),
        [],
        [b"junk"],
        [packed(b"well")[0], packed(b"well")[1][:12]],
        [RESET],
        stall(head(200)),
    ]
    with fetcher(limits=Limits(connect=0.5, total=0.3)) as asking:
        before = len(list(Path("/proc/self/fd").iterdir()))
        with Faulty() as server:
            for n in range(80):
                server.script(f"/{n}", replies[n % 8])
            asked = [Request(url=server.url(f"/{n}", host=f"h{n}.example")) for n in range(80)]
            asking._dialer._resolve = server.resolve
            codes = {getattr(came, "code", "well") for _, came in asking.get_all(asked)}
        begun = time.monotonic()
        while len(list(Path("/proc/self/fd").iterdir())) > before and since(begun) < 3:
            time.sleep(0.02)
        assert len(list(Path("/proc/self/fd").iterdir())) <= before
    assert codes >= {"well", "not_found", "not_http", "timeout", "reset", "truncated"}
