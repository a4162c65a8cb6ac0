"""The running newsroom: poll -> fetch -> store -> group -> account -> alert, over and over.

Every step keeps its own place in the store, in the transaction of its work, so that the process may be killed at any
point and the next one goes on from there. One process at a time runs the desk of a store; others may read, add and
correct meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields

from twosource.desk.accounting import Accounting
from twosource.desk.alerting import alert_hits
from twosource.desk.delivery import Channels
from twosource.desk.grouping import Grouping
from twosource.desk.intake import Clock
from twosource.desk.pace import Pace
from twosource.desk.pages import fetch_pages
from twosource.desk.retention import Retention
from twosource.desk.subscriptions import poll
from twosource.errors import Busy, FetchError, InputError
from twosource.lineage.owners import Owners
from twosource.sources.fetch import Fetcher
from twosource.store import feeds, runs
from twosource.store.database import Database
from twosource.store.runs import Run

LOCK = "desk"
"""The lock that the desk of a store holds."""

LONGEST_SLEEP = 30.0
"""Seconds between two rounds at most."""

LOOK = 1.0
"""Seconds between two looks whether other processes added or decided anything: a look takes 0.1 ms of a processor, also
with a million articles (2026-11-22)."""

PULSE = (
    "SELECT (SELECT max(number) FROM article), (SELECT max(number) FROM judgement), (SELECT max(number) FROM feed), "
    "(SELECT max(number) FROM saved_search)"
)
"""What changes when anything comes that a round would take up; every one of these stands at the end of an index."""

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
    forgotten: int = 0

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.polled or self.fetched or self.grouped or self.accounted or self.alerts)

    def __add__(self, other: "Round") -> "Round":
        """Return what two rounds did together."""
        return Round(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


class Desk:
    """The desk of one store. ``tell`` gets lines for people; ``fetcher`` is None where nothing may be fetched.

    ``pace`` is shown how far a piece of work is, and may end it after the step it is at. Articles older than ``keep``
    seconds are forgotten, once a day. ``done`` is what all rounds did so far, ``leads`` whether this process holds the
    desk of the store.
    """

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
        keep: float | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Take the store; nothing is read or fetched yet."""
        self.done = Round()
        self.leads = False
        self._db = db
        self._clock = clock
        self._tell = tell
        self._fetcher = fetcher
        self._channels = channels
        self._pace = pace or Pace()
        self._retention = Retention(keep, tell)
        self._grouping = Grouping(db, clock, self._pace)
        self._accounting = Accounting(db, clock, owners=owners, jobs=jobs, fast=fast, pace=self._pace)

    @contextmanager
    def open(self, command: str, *, alone: bool = True) -> Iterator[int]:
        """Hold the desk and keep a ledger for as long as the block lasts; pages that wait from before are in it.

        Where another process holds the desk and ``alone`` is off, what comes in is left to that one: `gather` does
        nothing, and `leads` is False.

        Raises:
            Busy: another process holds the desk of this store.

        """
        with ExitStack() as held:
            try:
                held.enter_context(self._db.holding(LOCK))
                self.leads = True
            except Busy:
                if alone:
                    raise
                self.leads = False
            run = runs.begin(self._db, command, self._clock())
            self._level(run)
            yield run

    def _level(self, run: int) -> None:
        """Take pages into the ledger that other processes queued, or took away, since it was last level."""
        if not self.leads:
            return
        row = self._db.one("SELECT deferred FROM run WHERE number = :run", run=run)
        more = feeds.waiting(self._db) - (row["deferred"] if row else 0)
        if more:
            runs.noted(self._db, run, seen=more, deferred=more)

    def close_run(self, run: int) -> Run:
        """End the run's ledger and return it.

        Raises:
            StoreError: it does not balance.

        """
        self._level(run)
        return runs.end(self._db, run, self._clock())

    def round(self, run: int, *, stories: int = STORIES_AT_ONCE) -> Round:
        """Do all that is due, once; at most ``stories`` accounts are made."""
        done = Round()
        self._level(run)
        done.polled = self._poll(run)
        done.fetched = self._fetch(run)
        done.grouped = self._grouping.group()
        for made in self._accounting.account(stories):
            done.accounted += 1
            done.alerts += made.alerts
        done.alerts += alert_hits(self._db, self._clock())
        if self._channels is not None:
            self._channels.deliver(self._db, self._clock())
        done.forgotten = self._retention.forget(self._db, self._clock())
        self.done += done
        return done

    def gather(self, run: int, *, accounts: bool = False) -> None:
        """Do rounds until nothing is due: fetch, store and group, and with ``accounts`` make every account."""
        while (
            self.leads
            and not self.round(run, stories=STORIES_AT_ONCE if accounts else 0).idle
            and not self._pace.stopped()
        ):
            pass

    def watch(self, run: int) -> None:
        """Do rounds until it is to end, sleeping while nothing is due."""
        while not self._pace.stopped():
            pulse = self._pulse()
            if self.round(run).idle:
                self._rest(pulse)

    def _rest(self, pulse: tuple[object, ...]) -> None:
        """Sleep until a feed or page is due, or anything came since ``pulse`` was taken."""
        now = self._clock()
        due = feeds.next_due(self._db, now) if self._fetcher else None
        self._pace.show("waiting" if due is None else f"waiting: a feed or page is due in {due - now:,.0f} s")
        longest = LONGEST_SLEEP if due is None else min(LONGEST_SLEEP, max(LOOK, due - now))
        for _ in range(round(longest / LOOK)):
            if self._pace.stop.wait(LOOK) or self._pulse() != pulse:
                return

    def _pulse(self) -> tuple[object, ...]:
        row = self._db.one(PULSE)
        return tuple(row) if row else ()

    def _poll(self, run: int) -> int:
        count = 0
        came = poll(self._db, self._fetcher, run=run, clock=self._clock) if self._fetcher else iter(())
        for count, (feed, got) in enumerate(came, 1):
            self._pace.show(f"asking feeds: {count:,}")
            if isinstance(got, FetchError | InputError):
                self._tell(f"{feed.url}: {got.reason}")
            if self._pace.stopped():
                break
        return count

    def _fetch(self, run: int) -> int:
        count = 0
        came = fetch_pages(self._db, self._fetcher, run=run, clock=self._clock) if self._fetcher else iter(())
        for count, (page, got) in enumerate(came, 1):
            self._pace.show(f"fetching pages: {count:,}")
            if isinstance(got, InputError):
                self._tell(f"{page.url or page.feed_url}: {got.reason}")
            if self._pace.stopped():
                break
        return count
