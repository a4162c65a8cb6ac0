"""When a feed is asked again: nothing it answers puts it out of reach."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.desk.polling import LONGEST, NONE_NOW, SHORTEST, answered, failed, retry_at, unchanged
from twosource.store.feeds import INTERVAL, LONGEST_PAUSE, Feed

NOW = 1_780_000_000.0


def feed(**more):
    empty = dict.fromkeys(
        ["title", "site", "outlet", "etag", "last_modified", "last_polled", "last_ok", "last_error", "moved_to"]
    )
    told = {"number": 1, "url": "https://gazette.example/feed", "kind": "feed", "added": NOW, "next_poll": NOW}
    return Feed(**empty | told | {"interval": INTERVAL, "failures": 0, "status": "active"} | more)


def middle():
    return 0.5


def test_a_feed_with_news_is_asked_sooner_and_one_without_later_within_bounds():
    busy = answered(feed(), NOW, new=3, chance=middle)
    idle = answered(feed(), NOW, new=0, chance=middle)
    assert busy.interval < INTERVAL < idle.interval
    assert answered(feed(interval=1.0), NOW, new=1, chance=middle).next_poll == NOW + SHORTEST
    assert unchanged(feed(interval=1e9), NOW, middle).interval == LONGEST


def test_a_feed_that_says_nothing_changed_keeps_its_validators_and_one_that_gives_none_loses_them():
    assert unchanged(feed(etag="a"), NOW).etag is None
    assert answered(feed(etag="a"), NOW, new=0).etag == NONE_NOW
    assert answered(feed(etag="a"), NOW, new=0, etag="b").etag == "b"


def test_entries_left_unread_bring_the_next_poll_near_and_drop_the_validators():
    poll = answered(feed(), NOW, new=5_000, left=95_000, etag='"a"', last_modified="x", chance=middle)
    assert (poll.etag, poll.last_modified) == (NONE_NOW, NONE_NOW)
    assert poll.next_poll == NOW + SHORTEST


def test_a_feed_may_ask_for_a_longer_pause_but_not_for_an_endless_one():
    assert answered(feed(), NOW, new=1, asked_for=7200.0, chance=middle).interval == 7200
    assert answered(feed(), NOW, new=1, asked_for=1e12, chance=middle).interval == LONGEST


def test_each_failure_doubles_the_wait_up_to_a_day():
    waits = [failed(feed(failures=n), NOW, "timeout", chance=middle).next_poll - NOW for n in range(20)]
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == LONGEST_PAUSE
    assert waits == sorted(waits)


@pytest.mark.parametrize("asked", [0.0, -5.0, 90.0, 10.0**12, float("inf")])
def test_retry_after_is_kept_within_a_day(asked):
    wait = failed(feed(), NOW, "429", retry_after=asked, chance=middle).next_poll - NOW
    assert SHORTEST <= wait <= LONGEST_PAUSE
    assert wait >= min(asked, LONGEST_PAUSE)


def test_410_alone_ends_the_polling():
    assert failed(feed(), NOW, "410", gone=True).status == "gone"
    assert failed(feed(), NOW, "404").status == "active"


@given(st.integers(0, 10**6), st.floats(0, 1e300), st.floats(0, 1e300) | st.none(), st.floats(0, 1))
def test_whatever_happened_the_next_try_lies_within_a_day(tries, interval, asked, chance):
    known = replace(feed(), failures=tries, interval=interval)
    polls = [
        failed(known, NOW, "no", retry_after=asked, chance=lambda: chance).next_poll,
        answered(known, NOW, new=tries, asked_for=asked, chance=lambda: chance).next_poll,
        unchanged(known, NOW, lambda: chance).next_poll,
        retry_at(NOW, tries, asked, lambda: chance),
    ]
    assert all(NOW < at <= NOW + LONGEST_PAUSE for at in polls)
