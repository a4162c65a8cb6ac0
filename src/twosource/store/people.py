"""Who is quoted: speakers by name, how often and where, and everything one of them said over time.

A speaker here is a name as reports write it in full, and its kind; that two names are one person is told by an account,
within its story. It is an index for finding, not a judgement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from twosource.store.database import Database, Reading, Row, Value, listing
from twosource.store.search import DEADLINE, QUOTED, Cursor, Quoted, quoted
from twosource.store.wording import Phrase, keys

KINDS = ("person", "organisation")
"""Kinds of speakers that are listed unless others are asked for."""

MOST_WORDS = 16
"""Words of a name that are looked for."""

COUNTED = 100_000
"""Quotations of one speaker that are counted over time: the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker: how many quotations there are, in how many outlets, and the times of the first and last article."""

    number: int
    name: str
    kind: str
    quotations: int
    outlets: int
    first: float
    last: float

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the next page begins."""
        return self.quotations, self.number


_SPEAKER = (
    "SELECT p.number, p.name, p.kind, p.quotations, "
    "(SELECT count(*) FROM speaker_outlet o WHERE o.speaker = p.number AND o.outlet <> '' AND o.quotations > 0) "
    "AS outlets, (SELECT min(q.at) FROM quotation q WHERE q.speaker = p.number) AS first, "
    "(SELECT max(q.at) FROM quotation q WHERE q.speaker = p.number) AS last FROM speaker p"
)


def people(
    db: Database,
    name: str = "",
    *,
    kinds: Sequence[str] = KINDS,
    limit: int = 20,
    before: tuple[int, int] | None = None,
    deadline: float = DEADLINE,
) -> list[Speaker]:
    """Return speakers whose name has all words of ``name``, the last of which may be only begun; the most quoted first.

    Case and accents do not count; no words find everybody. ``before`` is the cursor of the last one seen.
    """
    among = listing(kinds, "kind")
    where = ["p.quotations > 0", f"p.kind IN {among.sql}"]
    values: dict[str, Value] = {**among.values, "limit": limit}
    words = keys(name[:1000])[:MOST_WORDS]
    if words:
        last = not name[-1:].isspace()
        clauses = tuple((Phrase((word,), prefix=last and i == len(words) - 1),) for i, word in enumerate(words))
        sought = db.words("speaker_words", "p.number", clauses, name="name")
        where.append(sought.sql)
        values |= sought.values
    if before is not None:
        where.append("(p.quotations, p.number) < (:before_count, :before_number)")
        values |= {"before_count": before[0], "before_number": before[1]}
    sql = f"{_SPEAKER} WHERE {' AND '.join(where)} ORDER BY p.quotations DESC, p.number DESC LIMIT :limit"
    with db.reading(deadline=deadline) as r:
        return [_speaker(row) for row in r.rows(sql, **values)]


def speaker(db: Database | Reading, number: int) -> Speaker | None:
    """Return the speaker of that number."""
    row = db.one(f"{_SPEAKER} WHERE p.number = :number AND p.quotations > 0", number=number)
    return _speaker(row) if row else None


def said(db: Database | Reading, number: int, *, limit: int = 50, before: Cursor | None = None) -> list[Quoted]:
    """Return what a speaker said, the newest first; ``before`` is the cursor of the last one seen."""
    after = "AND (q.at, q.number) < (:before_at, :before_number) " if before else ""
    values: dict[str, Value] = {"speaker": number, "limit": limit}
    if before:
        values |= {"before_at": before[0], "before_number": before[1]}
    sql = f"{QUOTED} WHERE q.speaker = :speaker {after}ORDER BY q.at DESC, q.number DESC LIMIT :limit"
    return list(quoted(db.rows(sql, **values)))


def outlets(db: Database | Reading, number: int) -> dict[str, int]:
    """Return how often each outlet (by its folded name; "" where none is known) quotes a speaker, the most first."""
    sql = (
        "SELECT outlet, quotations FROM speaker_outlet WHERE speaker = :number AND quotations > 0 "
        "ORDER BY quotations DESC, outlet"
    )
    return {row[0]: row[1] for row in db.rows(sql, number=number)}


def months(db: Database | Reading, number: int) -> dict[str, int]:
    """Return how often a speaker was quoted in each month ("2026-11", UTC) in which they were, in order."""
    sql = "SELECT q.at FROM quotation q WHERE q.speaker = :number ORDER BY q.at DESC LIMIT :most"
    counts: dict[str, int] = {}
    for row in reversed(db.rows(sql, number=number, most=COUNTED)):
        month = datetime.fromtimestamp(row[0], UTC).strftime("%Y-%m")
        counts[month] = counts.get(month, 0) + 1
    return counts


def _speaker(row: Row) -> Speaker:
    return Speaker(**{name: row[name] for name in row.keys()})  # noqa: SIM118 - a row is no mapping
