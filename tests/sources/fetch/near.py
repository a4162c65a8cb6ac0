"""A fetcher that may ask this machine, in little time: what the tests of this folder begin with."""

import pytest

from tests.faulty import Faulty
from twosource.sources.fetch import Fetcher, FetchError, Limits

HERE = ["127.0.0.0/8"]
QUICK = Limits(connect=3.0, total=6.0, post=6.0)
HASTY = Limits(connect=0.5, total=0.7, post=0.7, slow_after=0.3)
"""For tests of what ends too late: little time is lost on them."""

LATE = HASTY.total + 0.9
"""Seconds within which a hasty visit is over; a busy machine takes its share."""


def fetcher(**more):
    defaults = {"allow_private": HERE, "limits": QUICK, "per_host_delay": 0.0, "robots": False}
    return Fetcher(**{**defaults, **more})


def fetched(*replies, path="/page", **more):
    """What a page comes to that is answered so."""
    with Faulty() as server, fetcher(**more) as asking:
        server.script(path, *replies)
        return asking.get(server.url(path))


def wrong(*replies, **more):
    """Why a page that is answered so is not fetched."""
    with pytest.raises(FetchError) as caught:
        fetched(*replies, **more)
    return caught.value
