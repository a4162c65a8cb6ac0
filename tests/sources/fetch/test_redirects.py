"""Redirects: followed by hand, a few steps, never to where one may not go."""

import pytest

from tests.faulty import Faulty, ok, redirect, status
from tests.sources.fetch.near import HERE, fetcher
from twosource.sources.fetch import Fetcher, FetchError


@pytest.fixture
def server():
    with Faulty() as running:
        yield running


def asked(server, path="/", **more):
    with fetcher(resolve=server.resolve) as asking:
        return asking.get(server.url(path), **more)


def wrong(server, path="/"):
    with pytest.raises(FetchError) as caught:
        asked(server, path)
    return caught.value


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server, code):
    server.script("/", redirect("/there?a=b", code))
    server.script("/there?a=b", ok())
    came = asked(server)
    assert (came.body, came.asked, came.url) == (b"well", server.url(), server.url("/there?a=b"))
    assert "redirected" in dict(came.remarks)
    assert came.moved == (came.url if code in (301, 308) else None)


@pytest.mark.parametrize(
    ("codes", "moved"),
    [
        ((301, 308), "/2"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((308, 307, 301), "/1"),
    ],
)
def test_only_permanent_steps_from_the_start_move_an_address(server, codes, moved):
    for step, code in enumerate(codes):
        server.script(f"/{step}", redirect(f"/{step + 1}", code))
    server.script(f"/{len(codes)}", ok())
    assert asked(server, "/0").moved == (moved and server.url(moved))


def test_five_steps_are_followed_and_no_sixth(server):
    for step in range(30):
        server.script(f"/{step}", redirect(f"/{step + 1}"))
    server.script("/30", ok())
    server.script("/5", ok())
    assert asked(server, "/0").url == server.url("/5")
    server.script("/5", redirect("/6"))
    assert wrong(server, "/0").code == "too_many_redirects"
    assert server.asked("/6") == []


@pytest.mark.parametrize("circle", [["/0"], ["/1", "/0"], ["/1", "/2", "/1"]])
def test_circles_are_told(server, circle):
    for step, to in enumerate(circle):
        server.script(f"/{step}", redirect(to, 301))
    assert wrong(server, "/0").code == "redirect_loop"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://10.0.0.1/", "private_address"),
        ("http://[::1]:8000/", "private_address"),
        ("http://2130706433:8000/", "bad_url"),
        ("http://a@127.0.0.1:8000/", "bad_url"),
        ("\\\\127.0.0.1:8000\\", "bad_url"),
        ("file:///etc/passwd", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("http://127.0.0.1:22/", "bad_port"),
        ("http://127.0.0.1:8000/" + "a" * 5_000, "url_too_long"),
        (b"/caf\xe9\x00", "not_http"),
        ("", "redirect_nowhere"),
    ],
)
def test_nobody_is_led_where_he_may_not_go(server, to, code):
    for permanent in (301, 302):
        server.script("/", redirect(to, permanent))
        failed = wrong(server)
        assert failed.code == code
        assert failed.url == server.url()


def test_a_redirect_without_a_target(server):
    server.script("/", status(302))
    assert wrong(server).code == "redirect_nowhere"


def test_a_target_in_raw_letters_is_read_as_browsers_do(server):
    server.script("/", redirect("/caf\u00e9".encode()))
    server.script("/caf%C3%A9", ok())
    assert asked(server).body == b"well"


def test_a_redirect_is_not_read_for_its_body(server):
    server.script("/", [*redirect("/there")[:1], b"x" * 1_000, 5.0])
    server.script("/there", ok())
    assert asked(server).body == b"well"


def test_each_step_is_looked_at_where_it_is_dialled(server):
    """The guard lets the first host pass by its name; the second resolves to a number that nobody allowed."""
    with Faulty(address="127.0.0.3") as canary:
        numbers = {"first.example": [server.address], "second.example": [canary.address]}
        server.script("/", redirect(f"http://second.example:{canary.port}/", 301))
        with (
            Fetcher(allow_private=["first.example"], resolve=lambda host, _: numbers[host], robots=False) as asking,
            pytest.raises(FetchError) as caught,
        ):
            asking.get(server.url("/", "first.example"))
        assert caught.value.code == "private_address"
        assert canary.connections == 0


def test_another_host_is_not_told_what_the_first_said(server):
    server.script("first.example/", redirect(server.url("/", "second.example")))
    server.script("first.example/same", redirect("/there"))
    server.script("second.example/", ok())
    server.script("first.example/there", ok())
    with fetcher(resolve=server.resolve) as asking:
        asking.get(server.url("/", "first.example"), etag='"secret"', last_modified="yesterday")
        asking.get(server.url("/same", "first.example"), etag='"secret"')
    conditions = [(q.host, q.path, q.headers.get("if-none-match")) for q in server.questions]
    assert conditions == [
        ("first.example", "/", '"secret"'),
        ("second.example", "/", None),
        ("first.example", "/same", '"secret"'),
        ("first.example", "/there", '"secret"'),
    ]


def test_a_304_from_another_host_is_no_answer(server):
    server.script("first.example/", redirect(server.url("/", "second.example")))
    server.script("second.example/", status(304))
    with fetcher(resolve=server.resolve) as asking, pytest.raises(FetchError) as caught:
        asking.get(server.url("/", "first.example"), etag='"1"')
    assert caught.value.code == "unasked_304"


def test_no_connection_is_left_open(server):
    for step in range(5):
        server.script(f"/{step}", redirect(f"/{step + 1}"))
    server.script("/5", ok())
    with Fetcher(allow_private=HERE, robots=False, per_host_delay=0) as asking:
        asking.get(server.url("/0"))
        assert asking._visits._open == set()
