"""When a feed is asked again: nothing it answers, and no clock, puts it out of reach."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.desk.polling import (
    DAY,
    FAILED_AT_MOST,
    LONGEST,
    SHORTEST,
    FeedState,
    answered,
    failed,
    is_due,
    retry_at,
)

NOW = 1_780_000_000.0


def middle():
    return 0.5


def test_a_feed_with_news_is_asked_sooner_and_one_without_later_within_bounds():
    state = FeedState()
    busy = answered(state, NOW, new=3, chance=middle)
    idle = answered(state, NOW, new=0, chance=middle)
    assert busy.interval < state.interval < idle.interval
    for _ in range(40):
        busy, idle = answered(busy, NOW, new=1, chance=middle), answered(idle, NOW, new=0, chance=middle)
    assert (busy.interval, idle.interval) == (SHORTEST, LONGEST)
    assert busy.next_poll == NOW + SHORTEST


def test_entries_left_unread_bring_the_next_poll_near_and_drop_the_validators():
    state = answered(FeedState(), NOW, new=5_000, left=95_000, etag='"a"', last_modified="x", chance=middle)
    assert (state.etag, state.last_modified) == (None, None)
    assert state.next_poll == NOW + SHORTEST


def test_a_feed_may_ask_for_a_longer_pause_but_not_for_an_endless_one():
    assert answered(FeedState(), NOW, new=1, asked_for=7200.0, chance=middle).interval == 7200
    assert answered(FeedState(), NOW, new=1, asked_for=1e12, chance=middle).interval == LONGEST


def test_each_failure_doubles_the_wait_up_to_a_day_and_a_good_answer_ends_it():
    state, waits = FeedState(etag='"kept"'), []
    for _ in range(20):
        state = failed(state, NOW, "timeout", chance=middle)
        waits.append(state.next_poll - NOW)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == FAILED_AT_MOST
    assert state.etag == '"kept"'
    assert state.status == "active"
    back = answered(state, NOW, new=0, etag='"new"', chance=middle)
    assert (back.failures, back.last_error, back.last_ok) == (0, None, NOW)


@pytest.mark.parametrize("asked", [0.0, -5.0, 90.0, 10.0**12, float("inf")])
def test_retry_after_is_kept_within_a_day(asked):
    state = failed(FeedState(), NOW, "429", retry_after=asked, chance=middle)
    assert SHORTEST <= state.next_poll - NOW <= FAILED_AT_MOST
    assert state.next_poll - NOW >= min(asked, FAILED_AT_MOST)
    assert SHORTEST <= retry_at(NOW, 1, asked, middle) - NOW <= FAILED_AT_MOST


def test_410_ends_the_polling():
    state = failed(FeedState(), NOW, "410", gone=True, chance=middle)
    assert state.status == "gone"
    assert not is_due(state, NOW + 10 * DAY)


@given(
    st.floats(0, 4e9), st.lists(st.sampled_from(["new", "same", "left", "fail", "429"]), max_size=30), st.floats(0, 1)
)
def test_whatever_happened_a_feed_is_due_again_within_the_longest_wait_on_any_clock(start, story, chance):
    state = FeedState()
    for step in story:
        if step in {"fail", "429"}:
            state = failed(state, start, step, retry_after=1e9 if step == "429" else None, chance=lambda: chance)
        else:
            state = answered(state, start, new=step == "new", left=step == "left", chance=lambda: chance)
    assert is_due(state, start + FAILED_AT_MOST * 1.2)
    assert is_due(state, start - 10 * 365 * DAY)  # the clock was set back by ten years
    assert is_due(replace(state, next_poll=start + 20 * 365 * DAY), start)


def test_a_paused_feed_is_never_due():
    assert not is_due(FeedState(status="paused"), NOW)
