"""The ledger of a run: everything seen was stored, was known, was rejected for a reason, or waits for another time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from twosource.errors import StoreError
from twosource.store.database import Database, Reading, Row, Writing, json_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a command and its ledger. Times are seconds in UTC; ``ended`` is None while it runs, or was killed.

    ``rejected`` counts by reason.
    """

    number: int
    command: str
    started: float
    ended: float | None = None
    seen: int = 0
    stored: int = 0
    known: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    deferred: int = 0
    note: str | None = None

    @property
    def balances(self) -> bool:
        """Whether all that was seen went somewhere."""
        return self.seen == self.stored + self.known + sum(self.rejected.values()) + self.deferred


def begin(db: Database, command: str, now: float) -> int:
    """Begin a run and return its number."""
    with db.writing() as w:
        return w.insert(
            "INSERT INTO run (command, started) VALUES (:command, :started) RETURNING number",
            command=command,
            started=now,
        )


def count(
    w: Writing,
    run: int,
    *,
    seen: int = 0,
    stored: int = 0,
    known: int = 0,
    rejected: Mapping[str, int] | None = None,
    deferred: int = 0,
) -> None:
    """Add to the run's counts, in the transaction of what is counted.

    What sources find is ``seen``; `articles.add` counts stored and known, `quarantine.put` rejected.
    """
    w.run(
        "UPDATE run SET seen = seen + :seen, stored = stored + :stored, known = known + :known, "
        "deferred = deferred + :deferred WHERE number = :run",
        run=run,
        seen=seen,
        stored=stored,
        known=known,
        deferred=deferred,
    )
    if rejected:
        _reject(w, run, rejected)


def _reject(w: Writing, run: int, rejected: Mapping[str, int]) -> None:
    row = w.one("SELECT rejected FROM run WHERE number = :run", run=run)
    counts: dict[str, int] = json.loads(row["rejected"] or "{}") if row else {}
    for reason, many in rejected.items():
        counts[reason] = counts.get(reason, 0) + many
    w.run("UPDATE run SET rejected = :rejected WHERE number = :run", run=run, rejected=json_text(counts))


def noted(db: Database, run: int, *, seen: int = 0, deferred: int = 0) -> None:
    """Count what was seen, or is left for another time, in a transaction of its own."""
    with db.writing() as w:
        count(w, run, seen=seen, deferred=deferred)


def end(db: Database, run: int, now: float, *, note: str | None = None) -> Run:
    """End the run and return it.

    Raises:
        StoreError: the ledger does not balance; the run stays without an end, with its counts.

    """
    with db.writing() as w:
        found = _run(w.one("SELECT * FROM run WHERE number = :run", run=run))
        if found is None:
            raise StoreError(f"{db.address}: there is no run {run}")
        if not found.balances:
            raise StoreError(
                f"{db.address}: run {run} lost count: {found.seen} seen, but {found.stored} stored, "
                f"{found.known} known, {sum(found.rejected.values())} rejected and {found.deferred} deferred"
            )
        w.run("UPDATE run SET ended = :now, note = :note WHERE number = :run", now=now, note=note, run=run)
    last_one = _run(db.one("SELECT * FROM run WHERE number = :run", run=run))
    return last_one or found


def last(db: Database | Reading, command: str | None = None) -> Run | None:
    """Return the latest run, of that command if one is named."""
    return _run(
        db.one(
            "SELECT * FROM run WHERE (:command IS NULL OR command = :command) ORDER BY number DESC LIMIT 1",
            command=command,
        )
    )


def listed(db: Database | Reading, limit: int) -> list[Run]:
    """Return the latest runs, the newest first."""
    rows = db.rows("SELECT * FROM run ORDER BY number DESC LIMIT :limit", limit=limit)
    return [run for row in rows if (run := _run(row))]


def _run(row: Row | None) -> Run | None:
    if row is None:
        return None
    counts = {name: row[name] for name in ("number", "seen", "stored", "known", "deferred")}
    return Run(
        **counts,
        command=row["command"],
        started=row["started"],
        ended=row["ended"],
        rejected=json.loads(row["rejected"] or "{}"),
        note=row["note"],
    )
