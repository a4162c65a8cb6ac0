"""Manners: pauses between visits, longer ones after failures, none over a day. The clock moves only when told to."""

import threading

import pytest

from tests.faulty import Faulty, Slept, ok, redirect, status
from tests.sources.fetch.near import HASTY, fetcher
from twosource.sources.fetch import Clock, FetchError, Request, backoff
from twosource.sources.fetch.headers import DAY, retry_after
from twosource.sources.fetch.hosts import Hosts


@pytest.fixture
def server():
    with Faulty() as running:
        yield running


@pytest.fixture
def clock():
    return Slept()


def polite(server, clock, **more):
    return fetcher(
        resolve=server.resolve, clock=Clock(clock.now, clock.wall), sleep=clock.sleep, **{"per_host_delay": 1.0, **more}
    )


def test_visits_to_one_host_are_a_pause_apart_and_others_are_not(server, clock):
    server.script("/", ok())
    with polite(server, clock) as asking:
        asking.get(server.url("/", "a.example"))
        asking.get(server.url("/", "b.example"))
        assert clock.sleeps == []
        asking.get(server.url("/", "a.example"))
        assert clock.sleeps == [1.0]
        clock.at += 0.75
        asking.get(server.url("/", "a.example"))
        assert clock.sleeps == [1.0, 0.25]


def test_a_redirect_is_a_visit_too(server, clock):
    server.script("/", redirect("/there"))
    server.script("/there", ok())
    with polite(server, clock) as asking:
        asking.get(server.url("/", "a.example"))
    assert clock.sleeps == [1.0]


def test_waiting_out_of_politeness_does_not_use_up_the_time_of_a_visit(server):
    server.script("/", ok())
    with fetcher(resolve=server.resolve, per_host_delay=0.9, limits=HASTY) as asking:
        asking.get(server.url())
        assert asking.get(server.url()).body == b"well"


def test_one_host_has_one_visitor_at_a_time():
    now = []
    most = []

    def reply(_):
        now.append(1)
        most.append(len(now))
        yield 0.02
        now.pop()
        yield from ok()

    with Faulty() as server, fetcher() as asking:
        server.script("/", reply)
        threads = [threading.Thread(target=asking.get, args=(server.url(),)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(5)
    assert len(most) == 8
    assert max(most) == 1


def test_whoever_is_led_to_a_busy_host_does_not_wait_for_ever():
    with Faulty() as server, fetcher(resolve=server.resolve, limits=HASTY, per_host_delay=60.0) as asking:
        server.script("/", ok())
        server.script("/go", redirect(server.url("/", "busy.example")))
        asking.get(server.url("/", "busy.example"))
        with pytest.raises(FetchError) as caught:
            asking.get(server.url("/go", "a.example"))
    assert (caught.value.code, caught.value.permanent) == ("busy", False)
    assert caught.value.retry_after > 0


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_that_asks_for_a_pause_gets_it(server, clock, code):
    server.script("a.example/", status(code, ("Retry-After", "120")), ok())
    server.script("b.example/", ok())
    with polite(server, clock) as asking:
        with pytest.raises(FetchError) as caught:
            asking.get(server.url("/", "a.example"))
        assert caught.value.retry_after == 120
        with pytest.raises(FetchError) as caught:
            asking.get(server.url("/", "a.example"))
        assert (caught.value.code, caught.value.retry_after) == ("resting", 120)
        assert asking.get(server.url("/", "b.example")).status == 200
        assert len(server.questions) == 2
        clock.at += 121
        assert asking.get(server.url("/", "a.example")).status == 200


def test_pauses_that_nobody_named_are_doubled_and_end_at_a_day(server, clock):
    server.script("/", status(503))
    pauses = []
    with polite(server, clock) as asking:
        for _ in range(20):
            with pytest.raises(FetchError) as caught:
                asking.get(server.url("/", "a.example"))
            assert caught.value.code == "http_5xx"
            pauses.append(caught.value.retry_after)
            clock.at += pauses[-1]
    assert 30 <= pauses[0] <= 60
    assert all(30 * 2**n <= pause <= 60 * 2**n for n, pause in enumerate(pauses[:8]))
    assert all(DAY / 2 <= pause <= DAY for pause in pauses[12:])


def test_a_host_that_hangs_up_is_left_alone_after_three_times_and_forgiven_when_it_answers(server, clock):
    server.script("/", [], [], ok(), [], [], [])
    codes = []
    with polite(server, clock) as asking:
        for _ in range(7):
            try:
                codes.append(asking.get(server.url("/", "a.example")).status)
            except FetchError as failed:
                codes.append(failed.code)
    assert codes == ["reset", "reset", 200, "reset", "reset", "reset", "resting"]


def test_a_host_that_cannot_be_reached_is_left_alone_after_a_few_times(server, clock):
    with polite(server, clock) as asking:
        server.close()
        codes = []
        for _ in range(4):
            with pytest.raises(FetchError) as caught:
                asking.get(server.url("/", "a.example"))
            codes.append(caught.value.code)
    assert codes == ["connect", "connect", "connect", "resting"]


def test_an_answer_forgives_earlier_failures(clock):
    hosts = Hosts(Clock(clock.now, clock.wall), clock.sleep, delay=0, connections=1)
    for _ in range(5):
        hosts.failed("a")
        hosts.failed("a")
        hosts.answered("a")
    with hosts.visit("a"):
        pass


def test_a_clock_that_is_set_back_freezes_no_host_for_over_a_day(clock):
    hosts = Hosts(Clock(clock.now, clock.wall), clock.sleep, delay=0, connections=1)
    hosts.paused("a", DAY)
    clock.at -= 10 * 365 * DAY
    with pytest.raises(Exception, match="seconds") as caught, hosts.visit("a"):
        pass
    assert caught.value.retry_after <= DAY


def test_hosts_that_wait_for_nothing_are_forgotten(clock):
    hosts = Hosts(Clock(clock.now, clock.wall), clock.sleep, delay=1.0, connections=1)
    for number in range(25_000):
        clock.at += 1
        with hosts.visit(f"host{number}"):
            pass
    assert len(hosts._known) <= 10_000


@pytest.mark.parametrize("failures", [-5, 0, 1, 2, 10, 1_000, 10**9])
def test_back_off_is_bounded_for_any_count(failures):
    assert 30 <= backoff(failures, share=0.0) <= backoff(failures, share=1.0) <= DAY


def test_back_off_can_be_told_where_to_begin_and_end():
    assert [backoff(n, first=10, most=60, share=1.0) for n in (1, 2, 3, 4, 5)] == [10, 20, 40, 60, 60]


NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        (b"", None),
        (b"120", 120),
        (b" 0 ", 0),
        (b"1000000000000", DAY),
        (b"9" * 5_000, DAY),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"\xff\x00", None),
        (b"\xc2\xb2", None),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        (b"Fri, 31 Dec 99999 23:59:59 GMT", None),
        (b"Thu, 01 Jan 1970 00:00:00 GMT", 0),
        (b"Wed, 18 Nov 2026 11:06:40 GMT", 0),
        (b"Wed, 18 Nov 2026 11:06:40 +9999", None),
    ],
)
def test_a_wished_pause_is_read_and_never_over_a_day(value, seconds):
    assert retry_after(value, NOW) == seconds or (value or b"").startswith(b"Wed")
    found = retry_after(value, NOW)
    assert found is None or 0 <= found <= DAY


def test_a_wished_pause_may_be_a_date():
    from email.utils import formatdate

    assert retry_after(formatdate(NOW + 90, usegmt=True).encode(), NOW) == 90


def test_resting_hosts_hold_up_nobody_among_many(server, clock):
    server.script("a.example/", status(429, ("Retry-After", "3600")))
    server.script("/", ok())
    asked = [Request(url=server.url("/", host)) for host in ["a.example"] * 5 + ["b.example"] * 3]
    with polite(server, clock) as asking:
        came = list(asking.get_all(asked))
    codes = [getattr(outcome, "code", "ok") for request, outcome in came if "a.example" in request.url]
    assert codes == ["rate_limited"] + ["resting"] * 4
    assert sum(getattr(outcome, "status", 0) == 200 for _, outcome in came) == 3
    assert sum(clock.sleeps) < 10
