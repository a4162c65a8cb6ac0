"""The running newsroom: poll -> fetch -> store -> group -> account -> alert, over and over.

Every step keeps its own place in the store, in the transaction of its work, so that the process may be killed at any
point and the next one goes on from there. One process at a time runs the desk of a store; others may read, add and
correct meanwhile.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from twosource.desk.accounting import Accounting
from twosource.desk.alerting import alert_hits
from twosource.desk.delivery import Channels
from twosource.desk.grouping import Grouping
from twosource.desk.intake import Clock
from twosource.desk.pages import fetch_pages
from twosource.desk.subscriptions import poll
from twosource.errors import FetchError, InputError
from twosource.lineage.owners import Owners
from twosource.sources.fetch import Fetcher
from twosource.store import feeds, runs
from twosource.store.database import Database
from twosource.store.runs import Run

LOCK = "desk"
"""The lock that the desk of a store holds."""

LONGEST_SLEEP = 30.0
"""Seconds between two rounds at most: what other processes add is grouped by then."""

STORIES_AT_ONCE = 20
"""Accounts that one round makes, so that feeds are polled in between."""

Tell = Callable[[str], None]
"""Takes a line for people: what could not be had, what is new."""


@dataclass(slots=True)
class Round:
    """What one round did."""

    polled: int = 0
    fetched: int = 0
    grouped: int = 0
    accounted: int = 0
    alerts: int = 0

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.polled or self.fetched or self.grouped or self.accounted or self.alerts)


class Desk:
    """The desk of one store. ``tell`` gets lines for people; ``fetcher`` is None where nothing may be fetched."""

    def __init__(
        self,
        db: Database,
        *,
        clock: Clock,
        tell: Tell,
        fetcher: Fetcher | None = None,
        channels: Channels | None = None,
        owners: Owners | None = None,
        jobs: int = 1,
        fast: bool = False,
    ) -> None:
        """Take the store; nothing is read or fetched yet."""
        self._db = db
        self._clock = clock
        self._tell = tell
        self._fetcher = fetcher
        self._channels = channels
        self._grouping = Grouping(db, clock)
        self._accounting = Accounting(db, clock, owners=owners, jobs=jobs, fast=fast)

    @contextmanager
    def open(self, command: str) -> Iterator[int]:
        """Hold the desk and keep a ledger for as long as the block lasts; pages that wait from before are in it.

        Raises:
            Busy: another process holds the desk of this store.
            StoreError: the ledger did not balance.

        """
        with self._db.holding(LOCK):
            run = runs.begin(self._db, command, self._clock())
            waiting = feeds.waiting(self._db)
            runs.noted(self._db, run, seen=waiting, deferred=waiting)
            yield run

    def close_run(self, run: int) -> Run:
        """End the run's ledger and return it."""
        return runs.end(self._db, run, self._clock())

    def round(self, run: int, *, stories: int = STORIES_AT_ONCE) -> Round:
        """Do all that is due, once; at most ``stories`` accounts are made."""
        done = Round()
        if self._fetcher is not None:
            done.polled, done.fetched = self._poll(self._fetcher, run), self._fetch(self._fetcher, run)
        done.grouped = self._grouping.group()
        for made in self._accounting.account(stories):
            done.accounted += 1
            done.alerts += made.alerts
        done.alerts += alert_hits(self._db, self._clock())
        if self._channels is not None:
            self._channels.deliver(self._db, self._clock())
        return done

    def gather(self, run: int, *, accounts: bool = False) -> None:
        """Do rounds until nothing is due: fetch, store and group, and with ``accounts`` make every account."""
        while not self.round(run, stories=STORIES_AT_ONCE if accounts else 0).idle:
            pass

    def watch(self, run: int, stop: threading.Event) -> None:
        """Do rounds until ``stop`` is set, sleeping while nothing is due."""
        while not stop.is_set():
            if self.round(run).idle:
                now = self._clock()
                due = feeds.next_due(self._db, now)
                stop.wait(LONGEST_SLEEP if due is None else min(LONGEST_SLEEP, max(1.0, due - now)))

    def _poll(self, fetcher: Fetcher, run: int) -> int:
        count = 0
        for feed, got in poll(self._db, fetcher, run=run, clock=self._clock):
            count += 1
            if isinstance(got, FetchError | InputError):
                self._tell(f"{feed.url}: {got.reason}")
        return count

    def _fetch(self, fetcher: Fetcher, run: int) -> int:
        count = 0
        for page, got in fetch_pages(self._db, fetcher, run=run, clock=self._clock):
            count += 1
            if isinstance(got, InputError):
                self._tell(f"{page.url or page.feed_url}: {got.reason}")
        return count
