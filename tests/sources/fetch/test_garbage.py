"""Whatever a server sends, the visit ends in time, with an answer or a failure of its kind."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faulty import Faulty, chunked, ok, packed, redirect, since, status
from tests.sources.fetch.near import QUICK, fetcher
from twosource.sources.fetch import Fetched, FetchError, Request

SOUND = [b"".join(one) for one in (ok(b"well" * 50), packed(b"well" * 50), chunked(b"well", b"done"))]
SOUND += [b"".join(one) for one in (redirect("/page"), status(304), status(503, ("Retry-After", "9")))]


@pytest.fixture(scope="module")
def server():
    with Faulty() as running:
        yield running


def check(server, sent):
    server.script("/", [sent])
    begun = time.monotonic()
    with fetcher() as asking:
        [(_, came)] = asking.get_all([Request(url=server.url(), etag='"1"')])
    assert isinstance(came, Fetched | FetchError)
    assert since(begun) < QUICK.total + 0.9


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(sent=st.binary(max_size=400))
def test_any_bytes(server, sent):
    check(server, sent)


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(fields=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=8), body=st.binary(max_size=99))
def test_any_headers(server, fields, body):
    lines = "\r\n".join(f"{name}: {value}" for name, value in fields)
    check(server, f"HTTP/1.1 200 OK\r\n{lines}\r\n\r\n".encode("utf-8", "replace") + body)


def test_sound_answers_with_damage(server):
    """Bytes flipped, cut out, doubled and cut off, in 300 answers."""
    chance = random.Random(20261122)
    for _ in range(300):
        sent = bytearray(chance.choice(SOUND))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(sent) + 1)
            kind = chance.randrange(4)
            if kind == 0 and at < len(sent):
                sent[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del sent[at : at + chance.randint(1, 9)]
            elif kind == 2:
                sent[at:at] = sent[at : at + chance.randint(1, 30)]
            else:
                del sent[at:]
        check(server, bytes(sent))
