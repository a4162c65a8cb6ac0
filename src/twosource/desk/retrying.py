"""What stands in the quarantine, tried again: pages are queued anew, files are read again where they lie."""

from collections.abc import Iterator, Sequence

from twosource.desk.intake import Clock, take_in
from twosource.errors import InputError
from twosource.sources.files import articles
from twosource.store import feeds, quarantine, runs
from twosource.store.database import Database
from twosource.store.quarantine import Quarantined

AT_ONCE = 500
"""Rejects that are looked at in one go."""


def retried(
    db: Database, numbers: Sequence[int], reason: str | None, *, run: int, clock: Clock
) -> Iterator[InputError]:
    """Try again the rejects of those numbers, of that reason, or all, and yield what still cannot be used."""
    for kept in _chosen(db, numbers, reason):
        waiting = feeds.waiting(db)
        files = quarantine.take_back(db, [one.number for one in kept], clock())
        queued = feeds.waiting(db) - waiting
        runs.noted(db, run, seen=queued, deferred=queued)
        for one in files:
            for batch in take_in(db, articles([one.reject.name]), run=run, clock=clock):
                yield from batch.rejected
            quarantine.settle(db, [one.number])


def _chosen(db: Database, numbers: Sequence[int], reason: str | None) -> Iterator[list[Quarantined]]:
    """The rejects to try, some at a time; those that come in meanwhile are left for another time."""
    last = db.one("SELECT max(number) FROM quarantine")
    end, after = (last[0] or 0) if last else 0, 0
    while some := [one for one in quarantine.all(db, reason=reason, limit=AT_ONCE, after=after) if one.number <= end]:
        after = some[-1].number
        yield [one for one in some if not numbers or one.number in numbers]
