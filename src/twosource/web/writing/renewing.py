"""Accounts made anew while a person waits for them, and the stories that this concerns."""

import time
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from twosource import state
from twosource.errors import InputError
from twosource.store import lines, shelf
from twosource.store.database import Database, listing, parts
from twosource.store.lines import Judgement

if TYPE_CHECKING:
    from twosource.lineage.owners import Owners

_TURN = Lock()
"""Accounts that people wait for are made one after the other: each takes all of a core."""

_SEATS = (
    "SELECT a.id, s.id AS story FROM article a JOIN membership m ON m.article = a.number "
    "JOIN story s ON s.number = m.story WHERE a.id IN "
)


def seats(db: Database, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield articles with the stories they are in, in the order given."""
    found: dict[str, str] = {}
    for some in parts(names):
        among = listing(some)
        sql = _SEATS + among.sql
        found |= {row["id"]: row["story"] for row in db.rows(sql, **among.values)}
    return ((name, found[name]) for name in names if name in found)


def stories_of(db: Database, names: Sequence[str]) -> tuple[str, ...]:
    """Return the stories that articles are in, each once, in the order of the articles."""
    return tuple(dict.fromkeys(story for _, story in seats(db, names)))


def owners() -> "Owners | None":
    """Return the user's list of who owns which outlets, None without one or where it cannot be read."""
    try:
        return state.owners()
    except InputError:
        return None


def renew(db: Database, story: str) -> None:
    """Make the account of a story anew, if it is due, while a person waits for it."""
    from twosource.desk.accounting import Accounting  # all that reads: not before somebody waits for it

    found = shelf.get(db, story)
    if found is not None and found.size and (found.stale or found.size == 1):
        with _TURN:
            Accounting(db, time.time, owners=owners()).one(found)


def renew_about(db: Database, line: Judgement) -> None:
    """Make the accounts anew that a line of the log, or the line that it takes back, concerns."""
    touched = line
    while touched.undoes is not None:
        touched = lines.read(db, after=touched.undoes - 1, before=touched.undoes + 1, limit=1)[0]
    named = [str(touched.payload[part]) for part in ("story", "into") if part in touched.payload]
    article = touched.payload.get("article")
    named += stories_of(db, [article]) if isinstance(article, str) else ()
    for story in dict.fromkeys(named):
        renew(db, story)
