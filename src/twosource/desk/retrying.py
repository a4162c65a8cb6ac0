"""What stands in the quarantine, tried again: pages are queued anew, files are read again where they lie."""

from collections.abc import Iterator, Sequence

from twosource.desk.intake import Clock, take_in
from twosource.desk.places import file_of
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
    """Try again the rejects of those numbers, of that reason, or all, and yield what still cannot be used.

    A file is read once however many places in it were rejected; what is wrong with it still is rejected anew.
    """
    read: set[str] = set()
    for kept in _chosen(db, numbers, reason):
        waiting = feeds.waiting(db)
        held = quarantine.take_back(db, [one.number for one in kept], clock())
        queued = feeds.waiting(db) - waiting
        runs.noted(db, run, seen=queued, deferred=queued)
        for one in held:
            file = file_of(one.reject.name)
            if file is None:
                yield InputError(one.reject.name, "is not there any more: give it again")
                continue
            if file not in read:
                read.add(file)
                for batch in take_in(db, articles([file], versions=True), run=run, clock=clock):
                    yield from (*batch.rejected, *batch.notices)
            quarantine.settle(db, [one.number])


def _chosen(db: Database, numbers: Sequence[int], reason: str | None) -> Iterator[list[Quarantined]]:
    """The rejects to try, some at a time; those that come in meanwhile are left for another time."""
    last = db.one("SELECT max(number) FROM quarantine")
    end, after = (last[0] or 0) if last else 0, 0
    while some := [one for one in quarantine.all(db, reason=reason, limit=AT_ONCE, after=after) if one.number <= end]:
        after = some[-1].number
        yield [one for one in some if not numbers or one.number in numbers]
