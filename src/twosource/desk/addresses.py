"""A web address that a person adds: a feed or sitemap is followed, a list of feeds too, and anything else is read.

What reads addresses is imported when one is there: it takes 60 ms, and the pages that follow a list of feeds are part
of a server that is to answer at once (2026-11-22).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.desk.intake import Clock, Found, take_in
from twosource.errors import FetchError, InputError
from twosource.store import feeds
from twosource.store.database import Database
from twosource.store.feeds import Polled

if TYPE_CHECKING:
    from twosource.sources.fetch import Fetcher
    from twosource.sources.given import Given
    from twosource.sources.web import FromWeb

SHOWN = 3
"""Feeds of a page that are named when it is no article."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an address was: the feeds that are followed now, and what could not be had."""

    followed: tuple[str, ...] = ()
    wrong: tuple[InputError, ...] = ()


def add_address(
    db: Database, fetcher: "Fetcher", url: str, *, given: "Given", run: int, clock: Clock, follow: bool = True
) -> Added:
    """Fetch ``url`` and take what it holds; with ``follow`` off a feed's entries are taken once, as they stand in it.

    Nothing is raised for what the address answers: what went wrong is in the result.
    """
    from twosource.desk.subscriptions import subscribe
    from twosource.sources.contents import from_web
    from twosource.sources.given import stated
    from twosource.sources.web import received

    try:
        came = received(url, fetcher)
    except FetchError as wrong:
        return Added(wrong=(InputError(wrong.url, wrong.reason),))
    if came.kind == "opml":
        return _listed(db, came, clock)
    if follow and (came.kind == "feed" or came.kind == "sitemap"):
        polled = subscribe(db, fetcher, came.fetched, came.kind, outlet=given.outlet, run=run, clock=clock)
        return Added((url,), () if isinstance(polled, Polled) else (InputError(url, polled.reason),))
    found: list[Found] = [_hinted(one, came) for one in from_web(came, stated(given))]
    batches = list(take_in(db, found, run=run, clock=clock))
    return Added(wrong=tuple(bad for batch in batches for bad in (*batch.rejected, *batch.notices)))


def follow_list(db: Database, body: bytes, name: str, clock: Clock) -> Added:
    """Follow all feeds of an OPML list; they are polled when they are next due, which is at once.

    Raises:
        InputError: it is no such list.

    """
    from twosource.sources.opml import read_opml

    listed = read_opml(body, name)
    for feed in listed.feeds:
        feeds.add(db, feed.url, now=clock(), title=feed.title)
    return Added(tuple(feed.url for feed in listed.feeds))


def add_list(db: Database, name: str, *, run: int, clock: Clock) -> Added:
    """Follow all feeds of the OPML file of that name; what is no such file is rejected like any other input."""
    from twosource.sources.received import MAX_BYTES

    file = Path(name)
    try:
        if file.exists() and not file.is_file():
            raise InputError(name, "is no file")
        if file.exists() and file.stat().st_size > MAX_BYTES:
            raise InputError(name, f"is over {MAX_BYTES // 1_000_000} MB")
        return follow_list(db, file.read_bytes(), name, clock)
    except InputError as wrong:
        found = wrong
    except FileNotFoundError:
        found = InputError(name, "there is no such file")
    except (OSError, ValueError) as wrong:
        found = InputError(name, f"cannot be read ({getattr(wrong, 'strerror', None) or wrong})")
    return Added(wrong=tuple(bad for batch in take_in(db, [found], run=run, clock=clock) for bad in batch.rejected))


def _listed(db: Database, came: "FromWeb", clock: Clock) -> Added:
    try:
        return follow_list(db, came.fetched.body, came.name, clock)
    except InputError as wrong:
        return Added(wrong=(wrong,))


def _hinted(found: Found, came: "FromWeb") -> Found:
    """Name the feeds that a page links where the page itself is no article."""
    if not isinstance(found, InputError) or came.kind != "page":
        return found
    from twosource.sources.feeds import feed_links

    links = feed_links(came.fetched.body.decode(came.fetched.charset or "utf-8", "replace"), came.name)
    if not links:
        return found
    named = ", ".join(link.url for link in links[:SHOWN])
    return type(found)(found.name, f"{found.reason}; it links the feeds {named}")
