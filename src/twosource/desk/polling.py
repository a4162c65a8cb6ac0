"""When a feed is asked again, decided from how it answered; no network and no transaction.

What stands here is policy: an answer moves the next poll nearer when it brought something new and further off when it
did not, a failure moves it off twofold each time, and no answer and no header can move it out of reach.
"""

import random
from collections.abc import Callable

from twosource.store.feeds import LONGEST_PAUSE, Feed, Poll

HOUR = 3600.0

SHORTEST = 300.0
"""Seconds between two polls of one feed at least: what most publishers' own caches allow."""

LONGEST = 6 * HOUR
"""Seconds between two polls of a feed that answers at most: a feed of the usual 20 to 50 entries loses none by then."""

SOONER, LATER = 0.5, 1.5
"""Factors of the interval after an answer with new entries, and after one without."""

DOUBLINGS = 12
"""Failures after which the wait grows no more: 5 minutes doubled 12 times is far beyond a day."""

JITTER = 0.1
"""Share by which a time is moved at random, so that feeds which failed together do not come back together."""

NONE_NOW = ""
"""A validator that says: forget the one you had."""

Chance = Callable[[], float]


def answered(
    feed: Feed,
    now: float,
    *,
    new: int,
    left: int = 0,
    asked_for: float | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    moved_to: str | None = None,
    title: str | None = None,
    site: str | None = None,
    chance: Chance = random.random,
) -> Poll:
    """Return what is noted of a feed that was read whole, ``now`` in seconds UTC; its validators replace the old ones.

    ``new`` entries were not known, ``left`` were beyond the limit of one poll: with some left it is asked again soon
    and without validators, so that they are not lost. ``asked_for`` is the pause in seconds that the feed wishes.
    """
    interval = min(LONGEST, max(SHORTEST, feed.interval * (SOONER if new else LATER), min(asked_for or 0.0, LONGEST)))
    if left:
        interval, etag, last_modified = SHORTEST, None, None
    return Poll(
        next_poll=now + _moved(interval, chance), interval=interval,
        etag=etag or NONE_NOW, last_modified=last_modified or NONE_NOW,
        title=title, site=site, moved_to=moved_to,
    )  # fmt: skip


def unchanged(feed: Feed, now: float, chance: Chance = random.random) -> Poll:
    """Return what is noted of a feed that said nothing changed (HTTP 304): its validators stay."""
    interval = min(LONGEST, max(SHORTEST, feed.interval * LATER))
    return Poll(next_poll=now + _moved(interval, chance), interval=interval)


def failed(
    feed: Feed,
    now: float,
    error: str,
    *,
    gone: bool = False,
    retry_after: float | None = None,
    chance: Chance = random.random,
) -> Poll:
    """Return what is noted of a poll that brought no feed; ``gone`` (HTTP 410) ends the polling, all else delays it.

    Even 404 only delays: active feeds do return it for a while (Media Cloud's experience with 404, 429 and 5xx).
    """
    wait = retry_at(now, feed.failures + 1, retry_after, chance)
    return Poll(next_poll=wait, interval=feed.interval, error=error, status="gone" if gone else "active")


def retry_at(now: float, tries: int, retry_after: float | None = None, chance: Chance = random.random) -> float:
    """Return when something that failed ``tries`` times is tried again: never later than in a day."""
    wait = min(LONGEST_PAUSE, max(SHORTEST * 2.0 ** min(tries, DOUBLINGS), retry_after or 0.0))
    return now + min(LONGEST_PAUSE, _moved(wait, chance))


def _moved(seconds: float, chance: Chance) -> float:
    return seconds * (1 - JITTER + 2 * JITTER * chance())
