"""robots.txt: what it says (RFC 9309), and that it is asked once a day, before anything else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faulty import Faulty, Slept, endless, ok, redirect, since, stall, status
from tests.sources.fetch.near import HASTY, fetcher
from twosource.sources.fetch import Clock, FetchError
from twosource.sources.fetch.robots import Rules


def allows(text, target, name="twosource"):
    return Rules(text, name).allows(target)


@pytest.mark.parametrize(
    ("text", "target", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent:*\nDISALLOW:/a", "/ab", False),
        ("User-agent: *\nDisallow: /a", "/A", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: twosource\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: TwoSource/2.0\nDisallow: /a", "/b", True),
        ("User-agent: twosourcebot\nDisallow: /", "/b", True),
        ("User-agent: a\nUser-agent: twosource\nDisallow: /b", "/b", False),
        ("User-agent: twosource\nDisallow: /a\nUser-agent: b\nDisallow: /c", "/c", True),
        ("User-agent: twosource\nDisallow: /a\n\nUser-agent: twosource\nDisallow: /c", "/a", False),
        ("User-agent: twosource\nSitemap: http://x/\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*?", "/a?b", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxcxx", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/abcbc", False),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: *", "/a", False),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("\ufeffUser-agent: * # all\rDisallow: /a # that\r", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html><body>Not found</body></html>", "/a", True),
    ],
)
def test_rules(text, target, allowed):
    assert allows(text, target) is allowed


@pytest.mark.parametrize(
    ("value", "delay"), [("10", 10), ("1.5", 1.5), ("-1", None), ("soon", None), ("9" * 50, None), ("nan", None)]
)
def test_a_wished_delay(value, delay):
    assert Rules(f"User-agent: *\nCrawl-delay: {value}", "twosource").delay == delay


@given(st.text(max_size=500), st.text(max_size=80))
def test_any_text_is_rules(text, target):
    assert allows(text + "\nUser-agent: *\nDisallow: " + text, "/" + target) in (True, False)


def test_patterns_made_to_be_slow_are_not():
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 200_000 + "b\n" + ("Disallow: " + "/*a" * 200 + "$\n") * 500
    rules = Rules(text, "twosource")
    begun = time.monotonic()
    assert rules.allows("/" + "a" * 2_000)
    assert since(begun) < 1.0


@pytest.fixture
def server():
    with Faulty() as running:
        running.script("/page", ok())
        yield running


@pytest.fixture
def clock():
    return Slept()


def obeying(server, clock, **more):
    return fetcher(robots=True, resolve=server.resolve, clock=Clock(clock.now, clock.wall), sleep=clock.sleep, **more)


def refused(asking, url):
    with pytest.raises(FetchError) as caught:
        asking.get(url)
    return caught.value


def test_a_page_that_is_not_for_programs_is_not_asked_for(server, clock):
    server.script("/robots.txt", ok(b"User-agent: *\nDisallow: /page", kind="text/plain"))
    server.script("/other", ok())
    with obeying(server, clock) as asking:
        failed = refused(asking, server.url("/page"))
        assert (failed.code, failed.permanent) == ("robots", True)
        assert asking.get(server.url("/other")).body == b"well"
        assert asking.get(server.url("/page"), robots=False).body == b"well"
    assert [q.path for q in server.questions] == ["/robots.txt", "/other", "/page"]


def test_the_rules_of_each_host_are_asked_once_a_day(server, clock):
    server.script("/robots.txt", ok(b"User-agent: *\nDisallow: /none"))
    with obeying(server, clock) as asking:
        for host in ("a.example", "b.example"):
            for _ in range(3):
                asking.get(server.url("/page", host))
        assert len(server.asked("/robots.txt")) == 2
        clock.at += 86_401
        asking.get(server.url("/page", "a.example"))
        assert len(server.asked("/robots.txt")) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_no_rules_allow_all(server, clock, code):
    server.script("/robots.txt", status(code))
    with obeying(server, clock) as asking:
        assert asking.get(server.url("/page")).body == b"well"


@pytest.mark.parametrize("code", [429, 500, 503])
def test_rules_that_cannot_be_had_forbid_all_for_a_while(server, clock, code):
    server.script("/robots.txt", status(code), ok(b""))
    with obeying(server, clock) as asking:
        failed = refused(asking, server.url("/page"))
        assert failed.code == "robots"
        assert 0 < failed.retry_after <= 86_400
        assert refused(asking, server.url("/page")).code == "robots"
        assert server.asked("/page") == []
        clock.at += failed.retry_after + 1
        assert asking.get(server.url("/page")).body == b"well"


def test_older_rules_stay_where_new_ones_cannot_be_had(server, clock):
    server.script("/robots.txt", ok(b"User-agent: *\nDisallow: /none"), status(503))
    with obeying(server, clock) as asking:
        asking.get(server.url("/page"))
        clock.at += 86_401
        assert asking.get(server.url("/page")).body == b"well"
        assert refused(asking, server.url("/none")).code == "robots"


def test_a_site_that_cannot_be_reached_says_what_went_wrong(server, clock):
    server.script("/robots.txt", stall())
    with obeying(server, clock, limits=HASTY) as asking:
        assert refused(asking, server.url("/page")).code == "timeout"
        assert server.asked("/page") == []


def test_a_site_that_is_silent_when_asked_for_its_rules_is_left_alone(server, clock):
    with obeying(server, clock) as asking:
        server.close()
        assert [refused(asking, server.url("/page")).code for _ in range(4)] == ["connect"] * 3 + ["resting"]


def test_asking_for_rules_begins_no_pause(server, clock):
    server.script("/robots.txt", ok(b""))
    with obeying(server, clock, per_host_delay=5.0) as asking:
        asking.get(server.url("/page"))
        assert clock.sleeps == []
        asking.get(server.url("/page"))
        assert clock.sleeps == [5.0]


@pytest.mark.parametrize("reply", [[b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"], redirect("file:///etc/passwd")])
def test_rules_that_are_broken_forbid_all_for_a_while(server, clock, reply):
    server.script("/robots.txt", reply)
    with obeying(server, clock) as asking:
        failed = refused(asking, server.url("/page"))
    assert (failed.code, failed.permanent) == ("robots", False)
    assert failed.retry_after > 0


def test_rules_may_have_moved(server, clock):
    server.script("a.example/robots.txt", redirect(server.url("/rules", "b.example"), 301))
    server.script("b.example/rules", ok(b"User-agent: *\nDisallow: /page"))
    with obeying(server, clock) as asking:
        assert refused(asking, server.url("/page", "a.example")).code == "robots"


def test_rules_that_move_in_circles_are_none(server, clock):
    server.script("/robots.txt", redirect("/robots.txt"))
    with obeying(server, clock) as asking:
        assert asking.get(server.url("/page")).body == b"well"


def test_rules_do_not_lead_into_private_networks(server, clock):
    server.script("/robots.txt", redirect("http://169.254.169.254/"))
    with obeying(server, clock) as asking:
        assert refused(asking, server.url("/page")).code == "private_address"


def test_long_rules_are_cut_and_those_before_count(server, clock):
    server.script("/robots.txt", lambda _: endless(b"User-agent: *\nDisallow: /none\n" * 2_000))
    with obeying(server, clock) as asking:
        assert asking.get(server.url("/page")).body == b"well"
        assert refused(asking, server.url("/none")).code == "robots"


def test_a_wished_delay_is_kept_up_to_a_limit(server, clock):
    server.script("a.example/robots.txt", ok(b"User-agent: *\nCrawl-delay: 7"))
    server.script("b.example/robots.txt", ok(b"User-agent: *\nCrawl-delay: 99999"))
    with obeying(server, clock) as asking:
        for host, delay in (("a.example", 7), ("b.example", 30)):
            for _ in range(2):
                asking.get(server.url("/page", host))
            assert clock.sleeps.pop() == delay


def test_where_a_redirect_leads_has_rules_of_its_own(server, clock):
    server.script("a.example/go", redirect(server.url("/page", "b.example")))
    server.script("b.example/robots.txt", ok(b"User-agent: *\nDisallow: /"))
    with obeying(server, clock) as asking:
        assert refused(asking, server.url("/go", "a.example")).code == "robots"
    assert server.asked("/page") == []


def test_our_own_name_is_what_counts(server, clock):
    server.script("/robots.txt", ok(b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nAllow: /"))
    with obeying(server, clock, user_agent="newsdesk/1") as asking:
        assert asking.get(server.url("/page")).body == b"well"
