"""What came in and could not be used, kept with its reason, so that it can be tried again when more can be read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twosource.store import runs
from twosource.store.database import Database, Reading, Row, Value, Writing, json_text, listing
from twosource.store.packed import packed_bytes, unpacked_bytes

MOST_BYTES = 2_000_000
"""Bytes of one rejected thing that are kept; of what is longer, none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One thing that could not be used. ``source`` is the kind of source (feed, page, file, mail, warc), ``name`` what
    people call it, ``reason`` a short code, ``message`` a sentence, ``claimed`` what is needed to try again (JSON).
    """

    source: str
    name: str
    reason: str
    message: str
    url: str | None = None
    media_type: str | None = None
    body: bytes | None = None
    claimed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A reject as it is kept, with its number, when it came (seconds in UTC) and how often it was tried."""

    number: int
    at: float
    tries: int
    reject: Reject


def put(db: Database, rejects: Iterable[Reject], *, run: int | None = None, now: float) -> None:
    """Keep rejects, and count them in the run, in one transaction."""
    with db.writing() as w:
        put_within(w, [(reject, None) for reject in rejects], run=run, now=now)


def put_within(w: Writing, rejects: Sequence[tuple[Reject, int | None]], *, run: int | None, now: float) -> None:
    """As `put`, in a transaction that is open; each with the number of the feed's page that it came from, if any."""
    w.run_many(
        "INSERT INTO quarantine (run, entry, source, name, url, reason, message, at, media_type, bytes, claimed) "
        "VALUES (:run, :entry, :source, :name, :url, :reason, :message, :at, :media_type, :bytes, :claimed)",
        (_row(reject, entry, run, now) for reject, entry in rejects),
    )
    if run is not None:
        reasons = [reject.reason for reject, _ in rejects]
        runs.count(w, run, rejected={reason: reasons.count(reason) for reason in dict.fromkeys(reasons)})


def _row(reject: Reject, entry: int | None, run: int | None, now: float) -> dict[str, Value]:
    kept = reject.body is not None and len(reject.body) <= MOST_BYTES
    return {
        "run": run,
        "entry": entry,
        "source": reject.source,
        "name": reject.name,
        "url": reject.url,
        "reason": reject.reason,
        "message": reject.message,
        "at": now,
        "media_type": reject.media_type,
        "bytes": packed_bytes(reject.body) if kept and reject.body is not None else None,
        "claimed": json_text(dict(reject.claimed)),
    }


def all(  # noqa: A001 - quarantine.all(db) is how it is called
    db: Database | Reading, *, reason: str | None = None, limit: int = 100, after: int = 0
) -> list[Quarantined]:
    """Return what is kept in the order it came, from the number after ``after``; of one reason, if it is named."""
    sql = (
        "SELECT * FROM quarantine WHERE number > :after AND (:reason IS NULL OR reason = :reason) "
        "ORDER BY number LIMIT :limit"
    )
    return [_quarantined(row) for row in db.rows(sql, after=after, reason=reason, limit=limit)]


def reasons(db: Database | Reading) -> dict[str, int]:
    """Return how many are kept for each reason, the most frequent first."""
    rows = db.rows("SELECT reason, count(*) AS many FROM quarantine GROUP BY reason ORDER BY many DESC, reason")
    return {row["reason"]: row["many"] for row in rows}


def take_back(db: Database, numbers: Iterable[int], now: float) -> list[Quarantined]:
    """Try again: what a feed named is queued anew and leaves the quarantine; the rest is returned, and stays until
    `settle` says what became of it, so that a stop in between loses nothing.
    """
    among = listing(numbers)
    here = f"WHERE number IN {among.sql}"
    with db.writing() as w:
        w.run(
            "UPDATE entry SET state = 'pending', next_try = :now WHERE state = 'rejected' AND number IN "
            f"(SELECT entry FROM quarantine {here})",
            now=now,
            **among.values,
        )
        w.run(f"DELETE FROM quarantine {here} AND entry IS NOT NULL", **among.values)
        w.run(f"UPDATE quarantine SET tries = tries + 1 {here}", **among.values)
        return [_quarantined(row) for row in w.rows(f"SELECT * FROM quarantine {here} ORDER BY number", **among.values)]


def settle(db: Database, numbers: Iterable[int]) -> None:
    """Take out what could be used at last, or is not wanted any more."""
    among = listing(numbers)
    with db.writing() as w:
        w.run(f"DELETE FROM quarantine WHERE number IN {among.sql}", **among.values)


def _quarantined(row: Row) -> Quarantined:
    named = {name: row[name] for name in ("source", "name", "reason", "message", "url", "media_type")}
    body = None if row["bytes"] is None else unpacked_bytes(row["bytes"])
    reject = Reject(**named, body=body, claimed=json.loads(row["claimed"]))
    return Quarantined(number=row["number"], at=row["at"], tries=row["tries"], reject=reject)
