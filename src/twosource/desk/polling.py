"""When a feed is asked again, decided from how it answered; no network and no store.

What stands here is policy: an answer moves the next poll nearer when it brought something new and further off when it
did not, a failure moves it off twofold each time, and no answer, clock or header can move it out of reach.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

HOUR = 3600.0
DAY = 24 * HOUR

SHORTEST = 300.0
"""Seconds between two polls of one feed at least: what most publishers' own caches allow."""

LONGEST = 6 * HOUR
"""Seconds between two polls of a feed that answers at most: a feed of the usual 20 to 50 entries loses none by then."""

FIRST = 1800.0
"""Seconds until a new feed's second poll."""

SOONER, LATER = 0.5, 1.5
"""Factors of the interval after an answer with new entries, and after one without."""

FAILED_AT_MOST = DAY
"""Seconds that a feed in trouble waits at most: it may come back, as active feeds do return 404 for a while."""

DOUBLINGS = 12
"""Failures after which the wait grows no more: 5 minutes doubled 12 times is far beyond a day."""

JITTER = 0.1
"""Share by which a time is moved at random, so that feeds which failed together do not come back together."""

Status = Literal["active", "paused", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls. Times are seconds UTC, ``interval`` is seconds.

    ``moved_to`` is where the last answer said for good that the feed is now; it is believed when the next poll
    finds a feed there.
    """

    etag: str | None = None
    last_modified: str | None = None
    next_poll: float = 0.0
    interval: float = FIRST
    failures: int = 0
    last_polled: float | None = None
    last_ok: float | None = None
    last_error: str | None = None
    status: Status = "active"
    moved_to: str | None = None


def is_due(state: FeedState, now: float) -> bool:
    """Tell whether a feed is to be polled; one whose next poll lies absurdly far off (a clock was set back) is due."""
    return state.status == "active" and not now < state.next_poll <= now + FAILED_AT_MOST * (1 + 2 * JITTER)


def answered(
    state: FeedState,
    now: float,
    *,
    new: int,
    left: int = 0,
    asked_for: float | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    moved_to: str | None = None,
    chance: Callable[[], float] = random.random,
) -> FeedState:
    """Return the state after a feed was read whole (or said that nothing changed: then pass the old validators).

    ``new`` entries were not known, ``left`` were beyond the limit of one poll: with some left it is asked again soon
    and without validators, so that they are not lost. ``asked_for`` is the pause in seconds that the feed wishes.
    """
    interval = min(LONGEST, max(SHORTEST, state.interval * (SOONER if new else LATER), min(asked_for or 0.0, LONGEST)))
    if left:
        interval, etag, last_modified = SHORTEST, None, None
    return replace(
        state,
        etag=etag, last_modified=last_modified, moved_to=moved_to,
        next_poll=now + _moved(interval, chance), interval=interval,
        failures=0, last_polled=now, last_ok=now, last_error=None, status="active",
    )  # fmt: skip


def failed(
    state: FeedState,
    now: float,
    error: str,
    *,
    gone: bool = False,
    retry_after: float | None = None,
    chance: Callable[[], float] = random.random,
) -> FeedState:
    """Return the state after a poll that brought no feed; ``gone`` (HTTP 410) ends the polling, all else delays it."""
    failures = state.failures + 1
    wait = min(FAILED_AT_MOST, SHORTEST * 2.0 ** min(failures, DOUBLINGS))
    if retry_after is not None:
        wait = min(FAILED_AT_MOST, max(wait, retry_after))
    return replace(
        state,
        next_poll=now + _moved(wait, chance), failures=failures, last_polled=now, last_error=error,
        status="gone" if gone else "active",
    )  # fmt: skip


def retry_at(now: float, tries: int, retry_after: float | None, chance: Callable[[], float] = random.random) -> float:
    """Return when a page that could not be fetched the ``tries``-th time is asked for again."""
    wait = min(FAILED_AT_MOST, SHORTEST * 2.0 ** min(tries, DOUBLINGS))
    return now + _moved(min(FAILED_AT_MOST, max(wait, retry_after or 0.0)), chance)


def _moved(seconds: float, chance: Callable[[], float]) -> float:
    return seconds * (1 - JITTER + 2 * JITTER * chance())
