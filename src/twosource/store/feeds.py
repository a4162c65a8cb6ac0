"""Feeds and what they gave: when each is called next, and the queue of pages that are still to be fetched.

What a feed gave is remembered by its key, so that nothing is queued twice, and it is written in the same transaction as
the feed's new state (ETag): a stop between the two loses nothing. No clock is trusted: whatever is due later than the
longest pause allows is due now, so that a clock that ran ahead and came back freezes no feed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from twosource.errors import InputError
from twosource.store import quarantine
from twosource.store.article_rows import bounded, page_of
from twosource.store.database import FIELD_BYTES, Database, Reading, Row, Value, Writing, json_text, listing
from twosource.store.quarantine import Reject

Kind = Literal["feed", "sitemap", "page", "folder"]
Status = Literal["active", "paused", "gone"]

LONGEST_PAUSE = 24 * 3600.0
"""Seconds after which a feed is called, or a page tried again, at the latest."""

INTERVAL = 1800.0
"""Seconds between two calls of a feed, until its own pace is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as the store knows it. Times are seconds in UTC, ``interval`` in seconds; ``outlet`` is the name that its
    articles get where they name none.
    """

    number: int
    url: str
    kind: Kind
    title: str | None
    site: str | None
    outlet: str | None
    etag: str | None
    last_modified: str | None
    added: float
    next_poll: float
    interval: float
    failures: int
    last_polled: float | None
    last_ok: float | None
    last_error: str | None
    status: Status
    moved_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How a call of a feed went, and when the next is due (at most `LONGEST_PAUSE` ahead).

    ``error`` is None where it answered, also with "not modified". ``etag`` and ``last_modified`` replace what is known;
    None leaves it. ``moved_to`` is an address it moved to for good; ``status`` is "gone" where it said so.
    """

    next_poll: float
    interval: float
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    site: str | None = None
    status: Status = "active"
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page that a feed names: its key in the feed, its address, and what the feed claims of it (JSON)."""

    key: str
    url: str | None = None
    claimed: Mapping[str, Any] = field(default_factory=dict)


class Polled(NamedTuple):
    """How many of a feed's pages were queued, and how many were known already."""

    queued: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A page to be fetched: its number in the queue, the feed that named it, and how often it was tried."""

    number: int
    feed: int
    feed_url: str
    outlet: str | None
    key: str
    url: str | None
    claimed: Mapping[str, Any]
    seen: float
    tries: int


def add(
    db: Database,
    url: str,
    *,
    now: float,
    kind: Kind = "feed",
    title: str | None = None,
    outlet: str | None = None,
    interval: float = INTERVAL,
) -> int:
    """Begin to follow a feed, due at once, and return its number. One that is known is followed again as it is.

    Raises:
        InputError: the address is too long.

    """
    if len(url.encode("utf-8", "surrogatepass")) > 2 * FIELD_BYTES:
        raise InputError(url[:80], f"the address is longer than {2 * FIELD_BYTES} bytes")
    with db.writing() as w:
        return w.insert(
            "INSERT INTO feed (url, kind, title, outlet, added, next_poll, interval) "
            "VALUES (:url, :kind, :title, :outlet, :now, :now, :interval) ON CONFLICT (url) DO UPDATE SET "
            "status = 'active', moved_to = NULL, failures = 0, next_poll = excluded.next_poll, "
            "outlet = coalesce(excluded.outlet, feed.outlet) RETURNING number",
            url=url,
            kind=kind,
            title=title,
            outlet=outlet,
            now=now,
            interval=interval,
        )


def remove(db: Database, url: str) -> bool:
    """Forget a feed and its queue; its articles stay. Tell whether it was there."""
    with db.writing() as w:
        return w.run("DELETE FROM feed WHERE url = :url", url=url) > 0


def pause(db: Database, url: str, *, paused: bool) -> bool:
    """Stop calling a feed, or go on; tell whether it was there."""
    status = "paused" if paused else "active"
    with db.writing() as w:
        return w.run("UPDATE feed SET status = :status WHERE url = :url", status=status, url=url) > 0


def all(db: Database | Reading) -> list[Feed]:  # noqa: A001 - feeds.all(db) is how it is called
    """Return all feeds in the order they were added."""
    return [_feed(row) for row in db.rows("SELECT * FROM feed ORDER BY number")]


def get(db: Database | Reading, number: int) -> Feed | None:
    """Return the feed of that number."""
    return next((_feed(row) for row in db.rows("SELECT * FROM feed WHERE number = :number", number=number)), None)


def due(db: Database | Reading, now: float, limit: int) -> list[Feed]:
    """Return the feeds to be called, the longest due first."""
    sql = (
        "SELECT * FROM feed WHERE status = 'active' AND (next_poll <= :now OR next_poll > :latest) "
        "ORDER BY next_poll, number LIMIT :limit"
    )
    return [_feed(row) for row in db.rows(sql, now=now, latest=now + LONGEST_PAUSE, limit=limit)]


def next_due(db: Database | Reading, now: float) -> float | None:
    """Return when the next feed or page is due, at the earliest ``now``; None if nothing is ever due."""
    row = db.one(
        "SELECT min(at) AS at FROM (SELECT min(next_poll) AS at FROM feed WHERE status = 'active' "
        "UNION ALL SELECT min(next_try) FROM entry WHERE state = 'pending') AS t"
    )
    return None if row is None or row["at"] is None else min(max(row["at"], now), now + LONGEST_PAUSE)


def _feed(row: Row) -> Feed:
    return Feed(**{name: row[name] for name in row.keys()})  # noqa: SIM118 - a row is no mapping


def polled(db: Database, feed: int, poll: Poll, entries: Sequence[Found], now: float) -> Polled:
    """Write down how a call went, and queue the pages that were not known, in one transaction.

    A page that stands in the store already, under another feed, is known too, and is not fetched again.
    """
    with db.writing() as w:
        _write_state(w, feed, poll, now)
        fresh = _unknown(w, feed, entries)
        held = _stored(w, fresh.values())
        w.run_many(
            "INSERT INTO entry (feed, key, url, claimed, seen, state, next_try, article) "
            "VALUES (:feed, :key, :url, :claimed, :seen, :state, :next_try, :article) ON CONFLICT DO NOTHING",
            (_entry_row(feed, key, found, held.get(key), now) for key, found in fresh.items()),
        )
    queued = len(fresh) - len(held)
    return Polled(queued, len(entries) - queued)


def fresh(db: Database | Reading, feed: int, entries: Sequence[Found]) -> int:
    """Return how many of the pages this feed has not named before."""
    return len(_unknown(db, feed, entries))


def _entry_row(feed: int, key: str, found: Found, article: int | None, now: float) -> dict[str, Value]:
    return {
        "feed": feed,
        "key": key,
        "url": found.url,
        "claimed": json_text(dict(found.claimed)),
        "seen": now,
        "state": "pending" if article is None else "known",
        "next_try": now if article is None else None,
        "article": article,
    }


def _unknown(w: Database | Reading, feed: int, entries: Sequence[Found]) -> dict[str, Found]:
    """The pages that this feed did not name before, by their keys; of two with one key the first."""
    given: dict[str, Found] = {}
    for found in entries:
        given.setdefault(bounded(found.key), found)
    among = listing(given)
    rows = w.rows(f"SELECT key FROM entry WHERE feed = :feed AND key IN {among.sql}", feed=feed, **among.values)
    for row in rows:
        given.pop(row["key"], None)
    return given


def _stored(w: Reading, entries: Iterable[Found]) -> dict[str, int]:
    """Which of the pages are in the store, by their keys in the feed: the latest version's number."""
    pages = {bounded(found.key): page_of(found.url) for found in entries}
    among = listing({page for page in pages.values() if page})
    sql = f"SELECT key, max(number) AS number FROM article WHERE key IN {among.sql} GROUP BY key"
    numbers = {row["key"]: row["number"] for row in w.rows(sql, **among.values)}
    return {key: numbers[page] for key, page in pages.items() if page in numbers}


_STATE = (
    "UPDATE feed SET last_polled = :now, next_poll = :next_poll, interval = :interval, status = :status, "
    "failures = CASE WHEN :error IS NULL THEN 0 ELSE failures + 1 END, last_error = :error, "
    "last_ok = CASE WHEN :error IS NULL THEN :now ELSE last_ok END, etag = coalesce(:etag, etag), "
    "last_modified = coalesce(:last_modified, last_modified), title = coalesce(:title, title), "
    "site = coalesce(:site, site) WHERE number = :feed"
)


def _write_state(w: Writing, feed: int, poll: Poll, now: float) -> None:
    w.run(
        _STATE,
        feed=feed,
        now=now,
        next_poll=min(poll.next_poll, now + LONGEST_PAUSE),
        interval=min(poll.interval, LONGEST_PAUSE),
        status=poll.status,
        error=poll.error,
        etag=poll.etag,
        last_modified=poll.last_modified,
        title=poll.title,
        site=poll.site,
    )
    if poll.moved_to is not None:
        _move(w, feed, poll.moved_to)


def _move(w: Writing, feed: int, to: str) -> None:
    """Follow a feed to its new address, unless that is followed already: then this one has gone there."""
    if w.rows("SELECT 1 FROM feed WHERE url = :to AND number <> :feed", to=to, feed=feed):
        w.run("UPDATE feed SET status = 'gone', moved_to = :to WHERE number = :feed", to=to, feed=feed)
    else:
        w.run("UPDATE feed SET url = :to WHERE number = :feed", to=to, feed=feed)


def pending(db: Database | Reading, now: float, limit: int) -> list[Pending]:
    """Return pages to be fetched, the longest due first."""
    sql = (
        "SELECT e.number, e.feed, f.url AS feed_url, f.outlet, e.key, e.url, e.claimed, e.seen, e.tries "
        "FROM entry e JOIN feed f ON f.number = e.feed "
        "WHERE e.state = 'pending' AND (e.next_try <= :now OR e.next_try > :latest) "
        "ORDER BY e.next_try, e.number LIMIT :limit"
    )
    rows = db.rows(sql, now=now, latest=now + LONGEST_PAUSE, limit=limit)
    return [Pending(**{n: row[n] for n in row.keys()} | {"claimed": json.loads(row["claimed"])}) for row in rows]  # noqa: SIM118


def waiting(db: Database | Reading) -> int:
    """Return how many pages are still to be fetched."""
    row = db.one("SELECT count(*) FROM entry WHERE state = 'pending'")
    return int(row[0]) if row else 0


def put_off(db: Database, feed: int, *, next_poll: float, now: float) -> None:
    """Call a feed later, at most `LONGEST_PAUSE` ahead, because its site rests: that is no failure of the feed."""
    with db.writing() as w:
        at = min(next_poll, now + LONGEST_PAUSE)
        w.run("UPDATE feed SET next_poll = :at WHERE number = :feed", feed=feed, at=at)


def postponed(db: Database, entry: int, *, next_try: float, now: float, tried: bool = True) -> None:
    """Try a page again later, at most `LONGEST_PAUSE` ahead; count the try, unless it was not ``tried`` at all."""
    with db.writing() as w:
        w.run(
            "UPDATE entry SET tries = tries + :tried, next_try = :at WHERE number = :entry AND state = 'pending'",
            entry=entry,
            tried=int(tried),
            at=min(next_try, now + LONGEST_PAUSE),
        )


def rejected(db: Database, entry: int, reject: Reject, *, run: int | None = None, now: float) -> None:
    """Give a page up and put it into quarantine, from where it can be taken back, in one transaction."""
    with db.writing() as w:
        w.run("UPDATE entry SET state = 'rejected', next_try = NULL WHERE number = :entry", entry=entry)
        quarantine.put_within(w, [(reject, entry)], run=run, now=now)
