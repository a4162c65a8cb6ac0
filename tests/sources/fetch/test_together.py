"""Many addresses at once: each answered once, slow hosts hold up nobody, and no host is asked by two."""

import threading
import time
from itertools import count

import pytest

from tests.faulty import Faulty, Slept, ok, since, stall, status
from tests.sources.fetch.near import fetcher
from twosource.sources.fetch import Clock, Fetched, FetchError, Limits, Request
from twosource.sources.fetch.together import AHEAD


@pytest.fixture
def server():
    with Faulty() as running:
        yield running


def test_every_request_is_answered_once(server):
    server.script("/good", ok())
    asked = [Request(url=server.url("/good", f"h{n % 7}.example"), key=str(n)) for n in range(60)]
    asked += [Request(url=server.url("/none", f"h{n}.example"), key=f"none{n}") for n in range(5)]
    asked += [Request(url=odd, key=f"odd{n}") for n, odd in enumerate(["", "file:///x", "http://127.1/", "\x00"])]
    with fetcher(resolve=server.resolve) as asking:
        came = list(asking.get_all(asked))
    assert sorted(request.key for request, _ in came) == sorted(request.key for request in asked)
    assert sum(isinstance(outcome, Fetched) for _, outcome in came) == 60
    assert sum(isinstance(outcome, FetchError) for _, outcome in came) == 9
    assert all(outcome.url == request.url for request, outcome in came if isinstance(outcome, FetchError))


def test_nothing_asked_is_nothing_answered():
    with fetcher() as asking:
        assert list(asking.get_all([])) == []


def test_what_is_known_goes_with_the_question(server):
    server.script("/", status(304))
    with fetcher(resolve=server.resolve) as asking:
        [(_, came)] = asking.get_all([Request(url=server.url(), etag='"1"', accept="application/rss+xml")])
    assert came.not_modified
    assert server.questions[0].headers["accept"] == "application/rss+xml"


def test_slow_hosts_hold_up_nobody(server):
    """50 hosts that say nothing, each before one that answers: those are all done before the first slow one is."""
    for n in range(50):
        server.script(f"slow{n}.example/", stall())
    server.script("/", ok())
    hosts = [f"{kind}{n}.example" for n in range(50) for kind in ("slow", "good")]
    limits = Limits(total=6.0)
    with fetcher(resolve=server.resolve, limits=limits) as asking:
        begun = time.monotonic()
        done = {}
        for request, outcome in asking.get_all([Request(url=server.url("/", host)) for host in hosts]):
            done[request.url] = (since(begun), outcome)
            if sum(isinstance(o, Fetched) for _, o in done.values()) == 50:
                break
        good = max(at for at, outcome in done.values() if isinstance(outcome, Fetched))
    assert good < 5.9


def test_a_host_that_fails_quickly_does_not_use_up_the_others_time(server):
    server.script("/", ok())
    with fetcher(resolve=server.resolve, per_host_delay=0.2) as asking:
        begun = time.monotonic()
        asked = [Request(url=server.url("/", "one.example"))] * 4
        asked += [Request(url=server.url("/", f"h{n}.example")) for n in range(10)]
        order = [request.url for request, _ in asking.get_all(asked)]
    assert "one.example" in order[-1]
    assert 0.6 <= since(begun) < 2.0


@pytest.mark.parametrize("connections", [1, 2])
def test_no_host_is_asked_by_more_at_once_than_said(connections):
    lock, now, most = threading.Lock(), {}, []

    def reply(question):
        with lock:
            now[question.host] = now.get(question.host, 0) + 1
            most.append(now[question.host])
        yield 0.01
        with lock:
            now[question.host] -= 1
        yield from ok()

    with Faulty() as server, fetcher(resolve=server.resolve, per_host_connections=connections) as asking:
        server.script("/", reply)
        asked = [Request(url=server.url("/", f"h{n % 3}.example")) for n in range(30)]
        assert len(list(asking.get_all(asked, workers=6))) == 30
    assert max(most) <= connections


def test_requests_are_read_a_bounded_way_ahead(server):
    server.script("/", ok())
    read = count()

    def endless():
        for n in read:
            yield Request(url=server.url("/", f"h{n % 5}.example"))

    with fetcher(resolve=server.resolve) as asking:
        coming = asking.get_all(endless())
        for _ in range(20):
            next(coming)
        coming.close()
    assert next(read) <= AHEAD + 100


def test_pauses_are_slept_only_where_nothing_else_is_to_be_done(server):
    clock = Slept()
    server.script("/", ok())
    asked = [Request(url=server.url("/", "one.example"))] * 5
    with fetcher(
        resolve=server.resolve, per_host_delay=10.0, clock=Clock(clock.now, clock.wall), sleep=clock.sleep
    ) as asking:
        assert len(list(asking.get_all(asked))) == 5
    assert sum(clock.sleeps) == pytest.approx(40.0)


def test_threads_end_when_the_last_answer_is_taken(server):
    server.script("/", ok())
    before = threading.active_count()
    with fetcher(resolve=server.resolve) as asking:
        list(asking.get_all([Request(url=server.url("/", f"h{n}.example")) for n in range(40)]))
    server.close()
    begun = time.monotonic()
    while threading.active_count() > before and since(begun) < 3:
        time.sleep(0.02)
    assert threading.active_count() <= before
