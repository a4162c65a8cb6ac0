"""TLS: always checked, by name and by authority."""

import time

import pytest

from tests.faulty import Faulty, ok, redirect, since, stall, trickle
from tests.sources.fetch import papers
from tests.sources.fetch.near import HASTY, LATE, fetcher
from twosource.sources.fetch import FetchError
from twosource.sources.fetch import dial as dialling


@pytest.fixture
def server(tmp_path):
    with Faulty(tls=papers.server_side(tmp_path)) as running:
        running.script("/", ok())
        yield running


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(dialling, "trust", lambda: papers.trusting(tmp_path))


def refused(server, host, path="/"):
    with fetcher(resolve=server.resolve) as asking, pytest.raises(FetchError) as caught:
        asking.get(server.url(path, host))
    return caught.value


def test_a_certificate_that_nobody_signed_is_refused(server):
    failed = refused(server, "press.example")
    assert failed.code == "tls"
    assert "certificate" in str(failed)
    assert server.questions == []


def test_a_certificate_for_another_name_is_refused(server, trusted):
    assert refused(server, "other.example").code == "tls"
    assert refused(server, "127.0.0.1").code == "tls"
    assert server.questions == []


def test_a_certificate_that_fits_is_taken(server, trusted):
    with fetcher(resolve=server.resolve) as asking:
        assert asking.get(server.url("/", "press.example")).body == b"well"


def test_a_secure_page_leads_to_no_insecure_one(server, trusted):
    with Faulty() as plain:
        server.script("/down", redirect(plain.url("/", "press.example")))
        assert refused(server, "press.example", "/down").code == "downgrade"
        assert plain.connections == 0


@pytest.mark.parametrize("reply", [stall(b"HTTP/1.1 200 OK\r\n\r\nwe"), lambda _: trickle(b"HTTP/1.1 200 OK\r\n" * 99)])
def test_whoever_dawdles_behind_tls_is_left(server, trusted, reply):
    server.script("/", reply)
    begun = time.monotonic()
    with fetcher(resolve=server.resolve, limits=HASTY) as asking, pytest.raises(FetchError) as caught:
        asking.get(server.url("/", "press.example"))
    assert caught.value.code in ("timeout", "too_slow")
    assert since(begun) < LATE


def test_a_large_page_comes_whole_through_tls(server, trusted):
    server.script("/", ok(bytes(range(256)) * 20_000))
    with fetcher(resolve=server.resolve) as asking:
        assert asking.get(server.url("/", "press.example")).body == bytes(range(256)) * 20_000


def test_an_insecure_page_may_lead_to_a_secure_one(server, trusted):
    with Faulty() as plain, fetcher(resolve=server.resolve) as asking:
        plain.script("/", redirect(server.url("/", "press.example"), 301))
        came = asking.get(plain.url("/", "press.example"))
    assert came.moved == server.url("/", "press.example")


def test_a_plain_server_asked_securely_is_a_failure():
    with Faulty() as plain, fetcher(limits=HASTY) as asking, pytest.raises(FetchError) as caught:
        asking.get(plain.url().replace("http:", "https:"))
    assert caught.value.code in ("tls", "timeout")
    assert plain.questions == []


def test_a_secure_server_asked_plainly_is_a_failure(server):
    with fetcher() as asking, pytest.raises(FetchError) as caught:
        asking.get(server.url().replace("https:", "http:"))
    assert caught.value.code in ("not_http", "reset", "truncated")


def test_what_is_trusted_by_default_is_the_systems_list():
    context = dialling.trust()
    assert context.check_hostname
    assert context.verify_mode == dialling.ssl.CERT_REQUIRED
