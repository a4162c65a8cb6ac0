"""Feeds that are followed, and runs: where all that they saw has gone."""

import time

from twosource.clean.address import web_address
from twosource.store import feeds, runs
from twosource.store.feeds import Feed
from twosource.version import VERSION
from twosource.web.api.asked import Few, NewFeed, Paused
from twosource.web.api.operations import BASE, Call, Nothing, Operations
from twosource.web.api.problems import Problem, not_there
from twosource.web.api.shapes import Feeds, FeedShape, Index, Runs
from twosource.web.api.shaping import feed_shape, ledger_shape

OPERATIONS = Operations()
operation = OPERATIONS.add


@operation("GET", "", "Begin here", tag="server", answer=Index)
def index(_call: Call[Nothing, Nothing]) -> Index:
    """What there is."""
    paths = [f"{BASE}/{name}" for name in ("stories", "articles", "speakers", "conflicts", "corrections", "feeds")]
    return Index(version=VERSION, documentation="/docs", description="/openapi.json", paths=paths)


@operation("GET", "/feeds", "List feeds", tag="feeds", answer=Feeds)
def listed(call: Call[Nothing, Nothing]) -> Feeds:
    """All feeds in the order they were added."""
    return Feeds(feeds=[feed_shape(f) for f in feeds.all(call.db)])


@operation("POST", "/feeds", "Follow a feed", tag="feeds", body=NewFeed, answer=FeedShape, status=201)
def add(call: Call[Nothing, NewFeed]) -> FeedShape:
    """Follow a feed or sitemap. Nothing is fetched now: the desk asks for it next, and never on private networks
    unless it was told to.
    """
    told = call.body
    address = web_address(told.url)
    if address is None:
        raise Problem(422, "bad_address", "That is no http or https address.")
    number = feeds.add(call.db, address, now=time.time(), kind=told.kind, outlet=told.outlet or None)
    return feed_shape(_feed(call, number))


def _feed(call: Call[Nothing, NewFeed] | Call[Nothing, Nothing] | Call[Nothing, Paused], number: int) -> Feed:
    found = feeds.get(call.db, number)
    if found is None:
        raise not_there("feed")
    return found


@operation("GET", "/feeds/{number}", "Show a feed", tag="feeds", answer=FeedShape)
def feed(call: Call[Nothing, Nothing]) -> FeedShape:
    """One feed."""
    return feed_shape(_feed(call, call.number()))


@operation("PATCH", "/feeds/{number}", "Pause a feed, or go on", tag="feeds", body=Paused, answer=FeedShape)
def pause(call: Call[Nothing, Paused]) -> FeedShape:
    """A paused feed is not called."""
    feeds.pause(call.db, _feed(call, call.number()).url, paused=call.body.paused)
    return feed_shape(_feed(call, call.number()))


@operation("DELETE", "/feeds/{number}", "Stop following a feed", tag="feeds", status=204)
def remove(call: Call[Nothing, Nothing]) -> None:
    """Forget a feed and its queue; its articles stay."""
    feeds.remove(call.db, _feed(call, call.number()).url)


@operation("GET", "/runs", "List runs", tag="server", query=Few, answer=Runs)
def ledgers(call: Call[Few, Nothing]) -> Runs:
    """The latest runs with their ledgers, the newest first."""
    return Runs(runs=[ledger_shape(r) for r in runs.listed(call.db, call.query.limit)])
