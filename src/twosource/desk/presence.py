"""Whether a desk works on the store now, and whether it asks feeds: nobody must be promised what nobody does."""

from twosource.errors import Busy
from twosource.store import runs
from twosource.store.database import Database

LOCK = "desk"
"""The lock that a desk holds (`twosource.desk.newsroom`)."""

FETCHES, OFFLINE = "watch", "desk"
"""What a desk that asks feeds calls its run, and one without the network."""

LOOKED_AT = 50
"""Runs among which the desk's is looked for, the latest first."""


def held(db: Database) -> bool:
    """Tell whether a process holds the desk of this store."""
    if db.readonly:
        return True
    try:
        with db.holding(LOCK):
            return False
    except Busy:
        return True


def feeds_asked(db: Database) -> bool:
    """Tell whether the desk that works on the store asks the followed feeds."""
    if not held(db):
        return False
    running = (r.command for r in runs.listed(db, LOOKED_AT) if r.ended is None and r.command in (FETCHES, OFFLINE))
    return next(running, "") == FETCHES
