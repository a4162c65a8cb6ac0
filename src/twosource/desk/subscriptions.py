"""Feeds: asked for when due; what they announce is queued in the transaction that notes the poll.

So the program may die at any point, and every entry that a feed once gave whole is still fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from twosource.clean.address import domain_of
from twosource.desk.intake import Clock
from twosource.desk.polling import SHORTEST, answered, failed, unchanged
from twosource.errors import FetchError, InputError
from twosource.sources.feeds import Entry, Feed, parse_feed
from twosource.sources.fetch import FEEDS, Fetched, Fetcher, Request
from twosource.sources.sitemaps import Announced, parse_sitemap
from twosource.store import feeds, runs
from twosource.store.database import Database
from twosource.store.feeds import Feed as Known
from twosource.store.feeds import Found, Kind, Poll, Polled

WORKERS = 8
"""Visits at a time; no host is asked by two at once."""

UNTRIED = frozenset({"resting", "busy", "closed"})
"""Codes of `FetchError` that say nothing of what was asked for: its site rests, or the fetcher was closed."""

AT_ONCE = 200
"""Feeds that one round polls."""

CHUNK = 25_000
"""Entries of one feed that are read and queued at a time."""

MOST_CHUNKS = 8
"""Chunks of one feed that one poll reads: 200,000 entries, more than 20 MiB of feed can hold."""

MOST_SITEMAPS = 50
"""Sitemaps of one index that are followed: the last ones named, which are the newest where indexes are in order."""


def poll(
    db: Database, fetcher: Fetcher, *, run: int, clock: Clock
) -> Iterator[tuple[Known, Polled | FetchError | InputError]]:
    """Poll the feeds that are due and yield each with what came of it, as they answer."""
    due = {str(feed.number): feed for feed in feeds.due(db, clock(), AT_ONCE) if feed.kind != "folder"}
    asked = (_request(feed) for feed in due.values())
    for request, got in fetcher.get_all(asked, workers=WORKERS):
        feed = due[request.key]
        yield feed, _took(db, fetcher, feed, got, run, clock)


def subscribe(
    db: Database, fetcher: Fetcher, got: Fetched, kind: Kind, *, outlet: str | None, run: int, clock: Clock
) -> Polled | FetchError | InputError:
    """Follow the feed or sitemap that ``got`` brought, and take what it announces at once."""
    url = got.moved or got.asked
    feed = feeds.get(db, feeds.add(db, url, now=clock(), kind=kind, outlet=outlet))
    if feed is None:
        return InputError(url, "was removed again at the same moment")
    return _took(db, fetcher, feed, got, run, clock)


def _request(feed: Known) -> Request:
    return Request(
        url=feed.url, etag=feed.etag or None, last_modified=feed.last_modified or None,
        accept=FEEDS, robots=False, key=str(feed.number),
    )  # fmt: skip


def _took(
    db: Database, fetcher: Fetcher, feed: Known, got: Fetched | FetchError, run: int, clock: Clock
) -> Polled | FetchError | InputError:
    """Note how a feed answered, and queue what it announced."""
    now = clock()
    if isinstance(got, FetchError) and got.code in UNTRIED:
        feeds.put_off(db, feed.number, next_poll=now + (got.retry_after or SHORTEST), now=now)
        return got
    if isinstance(got, FetchError):
        gone = got.code == "gone"
        feeds.polled(db, feed.number, failed(feed, now, got.reason, gone=gone, retry_after=got.retry_after), (), now)
        return got
    if got.not_modified:
        return feeds.polled(db, feed.number, unchanged(feed, now), (), now)
    try:
        read = _sitemap if feed.kind == "sitemap" else _feed
        return _counted(db, run, read(db, fetcher, feed, got, now))
    except InputError as wrong:
        feeds.polled(db, feed.number, failed(feed, now, wrong.reason), (), now)
        return wrong


def _counted(db: Database, run: int, polled: Polled) -> Polled:
    """Enter what a poll found in the run's ledger: known, or deferred until its page is fetched."""
    with db.writing() as w:
        runs.count(w, run, seen=sum(polled), known=polled.known, deferred=polled.queued)
    return polled


def _feed(db: Database, _fetcher: Fetcher, feed: Known, got: Fetched, now: float) -> Polled:
    """Queue a feed's entries, chunk by chunk; the validators are kept with the last one."""
    queued = known = start = new = 0
    for number in range(1, MOST_CHUNKS + 1):
        told = parse_feed(got.body, got.url, charset=got.charset, now=_when(now), start=start, most=CHUNK)
        found = [announced(entry) for entry in told.entries]
        new += feeds.fresh(db, feed.number, found)
        last = not told.left or number == MOST_CHUNKS
        state = _state(feed, got, told, new, told.left, now) if last else unchanged(feed, now)
        part = feeds.polled(db, feed.number, state, found, now)
        queued, known = queued + part.queued, known + part.known
        if last:
            break
        start = told.seen - told.left
    return Polled(queued, known)


def _state(feed: Known, got: Fetched, told: Feed, new: int, left: int, now: float) -> Poll:
    return answered(
        feed, now, new=new, left=left, asked_for=told.poll_after,
        etag=got.etag, last_modified=got.last_modified, moved_to=got.moved,
        title=told.title, site=told.site,
    )  # fmt: skip


def announced(entry: Entry) -> Found:
    """Return a feed's entry as the queue keeps it."""
    return Found(key=entry.key, url=entry.url, claimed=msgspec.to_builtins(entry))


def entry_of(claimed: Mapping[str, Any]) -> Entry:
    """Return the entry that the queue kept."""
    return msgspec.convert(claimed, Entry)


def _sitemap(db: Database, fetcher: Fetcher, feed: Known, got: Fetched, now: float) -> Polled:
    """Queue the pages of a sitemap, or of those that an index names; one that fails leaves the others."""
    told = parse_sitemap(got.body, got.url, got.charset, now=_when(now))
    pages = list(told.pages)
    for request, answer in fetcher.get_all(_named(told.sitemaps), workers=WORKERS):
        if isinstance(answer, Fetched):
            try:
                pages += parse_sitemap(answer.body, request.url, answer.charset, now=_when(now)).pages
            except InputError:
                continue
    found = [_page(page) for page in pages]
    state = answered(
        feed, now, new=feeds.fresh(db, feed.number, found),
        etag=None if told.sitemaps else got.etag, last_modified=None if told.sitemaps else got.last_modified,
        moved_to=got.moved, site=domain_of(got.url),
    )  # fmt: skip
    return feeds.polled(db, feed.number, state, found, now)


def _named(sitemaps: Sequence[str]) -> Iterator[Request]:
    return (Request(url=url, accept=FEEDS) for url in sitemaps[-MOST_SITEMAPS:])


def _page(page: Announced) -> Found:
    """A sitemap's page in the form of a feed's entry, so that both are fetched alike."""
    entry = Entry(
        key=page.url, url=page.url, title=page.title, published=page.published, updated=page.changed,
        claimed_published=page.claimed_published, source_name=page.outlet,
    )  # fmt: skip
    return announced(entry)


def _when(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC)
