"""Articles that are older than a newsroom keeps them, forgotten once a day.

A clock that runs ahead makes everything look old: where more than half of the store would go, nothing does, and people
are told.
"""

from collections.abc import Callable
from dataclasses import dataclass

from twosource.store import forget
from twosource.store.database import Database

DAY = 86_400.0
"""Seconds between two looks."""

MOST = 0.5
"""Share of all articles that may be forgotten unasked."""


@dataclass(slots=True)
class Retention:
    """What is older than ``keep`` seconds goes; None keeps everything. ``tell`` gets a line where nothing may go."""

    keep: float | None
    tell: Callable[[str], None]
    looked: float | None = None

    def forget(self, db: Database, now: float) -> int:
        """Forget what is too old, unless that was looked at within a day; return how many articles went."""
        if self.keep is None or (self.looked is not None and abs(now - self.looked) < DAY):
            return 0
        self.looked = now
        before = now - self.keep
        row = db.one(
            "SELECT count(*) AS every, sum(CASE WHEN at < :at THEN 1 ELSE 0 END) AS old FROM article", at=before
        )
        every, old = (row["every"], row["old"] or 0) if row else (0, 0)
        if old > every * MOST:
            self.tell(
                f"{old:,} of {every:,} articles are older than is kept, and that many are not forgotten unasked: "
                "see that the clock is right, then run 'twosource forget --older-than'"
            )
            return 0
        return forget.older_than(db, before).articles if old else 0
