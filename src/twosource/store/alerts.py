"""Saved searches, and the outbox of alerts: what is to be told to whom, until it was told or given up.

An alert has a key that says what it is about; the same key is queued once for each channel, so that work which was cut
off may be done again. ``waiting`` turns to ``sent``, or after `TRIES` tries to ``failed``; between tries it waits
longer each time, a day at most.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from twosource.article import digest
from twosource.store.database import Database, Reading, Row, Value, Writing, json_text
from twosource.store.lines import Refused
from twosource.store.query import parse

Kind = Literal["new_story", "new_conflict", "speaker", "sources_passing_two", "search_hit"]
State = Literal["waiting", "sent", "failed"]

FIRST_WAIT, LONGEST_WAIT = 60.0, 86_400.0
"""Seconds before the second try, doubled with each further one, and at most."""

TRIES = 6
"""Tries before an alert is given up: the last about half an hour after the first."""

MOST_WAITING = 10_000
"""Alerts that may wait in one channel; what comes when it is full is refused and counted."""

MOST_SEARCHES, NAME = 1_000, 200
"""Saved searches, and code points of a name or a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query with a name. ``channels`` say where its hits go, ``kinds`` which (none: all of them); ``seen`` is the
    number of the last article told of.
    """

    number: int
    name: str
    query: str
    created: float
    channels: tuple[str, ...]
    seen: int
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What is to be told: ``key`` makes it one, such as a conflict's id; ``payload`` is JSON for the channel.

    ``story`` and ``article`` (by id) let it go with them when they are forgotten.
    """

    kind: Kind
    key: str
    channel: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    story: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An alert in the outbox. Times are seconds of UTC; ``done`` is when it was sent or given up."""

    number: int
    alert: Alert
    at: float
    state: State
    tries: int
    next_try: float
    done: float | None
    error: str | None


class Count(NamedTuple):
    """How many alerts were queued, were queued before, and found no room."""

    new: int
    known: int
    refused: int


def save(
    db: Database, name: str, query: str, channels: Sequence[str], now: float, *, kinds: Sequence[Kind] = ()
) -> SavedSearch:
    """Keep a search under a name, in place of one of that name; an empty query is one for everything.

    Raises:
        QuerySyntax: the query cannot be understood.
        Refused: no name, too long a one, or too many searches.

    """
    if query.strip():
        parse(query)
    if not name.strip() or len(name) > NAME or any(len(c) > NAME for c in channels):
        raise Refused(f"a saved search needs a name of at most {NAME} characters")
    with db.writing() as w:
        last = w.one("SELECT max(number) FROM article")
        seen = last[0] if last and last[0] is not None else 0
        count = w.one("SELECT count(*) FROM saved_search WHERE name <> :name", name=name)
        if count and count[0] >= MOST_SEARCHES:
            raise Refused(f"there are {MOST_SEARCHES:,} saved searches already")
        w.run(
            "INSERT INTO saved_search (name, query, created, channels, kinds, seen) "
            "VALUES (:name, :query, :now, :channels, :kinds, :seen) ON CONFLICT (name) DO UPDATE SET "
            "query = excluded.query, channels = excluded.channels, kinds = excluded.kinds",
            name=name,
            query=query,
            now=now,
            channels=json_text(list(channels)),
            kinds=json_text(list(kinds)),
            seen=seen,
        )
        return _search(w.rows("SELECT * FROM saved_search WHERE name = :name", name=name)[0])


def all(db: Database | Reading) -> list[SavedSearch]:  # noqa: A001 - the seam's name for it
    """Return the saved searches by name."""
    return [_search(row) for row in db.rows("SELECT * FROM saved_search ORDER BY name")]


def remove(db: Database, name: str) -> bool:
    """Remove a saved search; tell whether there was one."""
    with db.writing() as w:
        return w.run("DELETE FROM saved_search WHERE name = :name", name=name) > 0


def told_up_to(db: Database, name: str, article: int) -> None:
    """Remember that a saved search was told of all articles up to that number; it never goes back."""
    with db.writing() as w:
        w.run("UPDATE saved_search SET seen = :n WHERE name = :name AND seen < :n", name=name, n=article)


def _search(row: Row) -> SavedSearch:
    lists = {name: tuple(json.loads(row[name])) for name in ("channels", "kinds")}
    return SavedSearch(**{name: row[name] for name in row.keys()} | lists)  # noqa: SIM118 - a row is no mapping


def queue(db: Database, alerts: Iterable[Alert], now: float) -> Count:
    """Put alerts into the outbox, in one transaction; those whose key and channel are there stay as they are."""
    with db.writing() as w:
        return queue_within(w, alerts, now)


def queue_within(w: Writing, alerts: Iterable[Alert], now: float) -> Count:
    """As `queue`, inside a transaction that is open already."""
    room: dict[str, int] = {}
    new = known = refused = 0
    for alert in alerts:
        if alert.channel not in room:
            sql = "SELECT count(*) FROM alert WHERE state = 'waiting' AND channel = :channel"
            room[alert.channel] = MOST_WAITING - w.rows(sql, channel=_channel(alert))[0][0]
        if _there(w, alert):
            known += 1
        elif room[alert.channel] <= 0:
            refused += 1
        else:
            _insert(w, alert, now)
            room[alert.channel] -= 1
            new += 1
    return Count(new, known, refused)


def _key(alert: Alert) -> str:
    """What makes an alert one, short enough for an index."""
    key = f"{alert.kind}:{alert.key}"
    return key if len(key) <= NAME else f"{alert.kind}:{digest(key)}"


def _channel(alert: Alert) -> str:
    return alert.channel[:NAME]


def _there(w: Writing, alert: Alert) -> bool:
    sql = "SELECT 1 FROM alert WHERE key = :key AND channel = :channel"
    return w.one(sql, key=_key(alert), channel=_channel(alert)) is not None


def _insert(w: Writing, alert: Alert, now: float) -> None:
    w.run(
        "INSERT INTO alert (kind, key, channel, at, story, article, payload, next_try) VALUES (:kind, :key, :channel, "
        ":now, (SELECT number FROM story WHERE id = :story), (SELECT number FROM article WHERE id = :article), "
        ":payload, :now)",
        kind=alert.kind,
        key=_key(alert),
        channel=_channel(alert),
        now=now,
        story=alert.story,
        article=alert.article,
        payload=json_text({**alert.payload, "key": alert.key}),
    )


_QUEUED = (
    "SELECT l.*, s.id AS story_id, a.id AS article_id FROM alert l LEFT JOIN story s ON s.number = l.story "
    "LEFT JOIN article a ON a.number = l.article"
)


def waiting(db: Database | Reading, now: float, limit: int = 100, *, channel: str | None = None) -> list[Queued]:
    """Return alerts that are due, the longest due first. A time further ahead than the longest wait comes from a clock
    that was set back since, and counts as due.
    """
    where = "l.state = 'waiting' AND (l.next_try <= :now OR l.next_try > :ahead)"
    values: dict[str, Value] = {"now": now, "ahead": now + LONGEST_WAIT, "limit": limit}
    if channel is not None:
        where += " AND l.channel = :channel"
        values["channel"] = channel
    rows = db.rows(f"{_QUEUED} WHERE {where} ORDER BY l.next_try, l.number LIMIT :limit", **values)
    return [_queued(row) for row in rows]


def listed(
    db: Database | Reading, *, state: State | None = None, limit: int = 100, before: int | None = None
) -> list[Queued]:
    """Return alerts, the latest first; ``before`` is the number of the last one seen."""
    where, values = ["1 = 1"], dict[str, Value](limit=limit)
    if state is not None:
        where.append("l.state = :state")
        values["state"] = state
    if before is not None:
        where.append("l.number < :before")
        values["before"] = before
    rows = db.rows(f"{_QUEUED} WHERE {' AND '.join(where)} ORDER BY l.number DESC LIMIT :limit", **values)
    return [_queued(row) for row in rows]


def sent(db: Database, number: int, now: float) -> bool:
    """Say that a waiting alert was told; tell whether it was still waiting."""
    with db.writing() as w:
        sql = (
            "UPDATE alert SET state = 'sent', tries = tries + 1, done = :now, error = NULL "
            "WHERE number = :number AND state = 'waiting'"
        )
        return w.run(sql, number=number, now=now) > 0


def failed(db: Database, number: int, now: float, error: str, *, final: bool = False) -> State | None:
    """Say that a waiting alert could not be told, and why; return its state now, None if it was not waiting.

    It is tried again later, unless that was its last try or ``final`` says that trying is no use.
    """
    with db.writing() as w:
        row = w.one("SELECT tries FROM alert WHERE number = :number AND state = 'waiting'", number=number)
        if row is None:
            return None
        tries = row["tries"] + 1
        state: State = "failed" if final or tries >= TRIES else "waiting"
        w.run(
            "UPDATE alert SET state = :state, tries = :tries, next_try = :next, done = :done, error = :error "
            "WHERE number = :number",
            number=number,
            state=state,
            tries=tries,
            next=now + backoff(tries),
            done=now if state == "failed" else None,
            error=error[:1_000],
        )
        return state


def backoff(tries: int) -> float:
    """Return the seconds to wait after that many tries: twice as long each time, a day at most."""
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(max(tries - 1, 0), 30)))


def retry(db: Database, number: int, now: float) -> bool:
    """Let an alert that was given up be tried again from now on; tell whether there was one."""
    with db.writing() as w:
        sql = (
            "UPDATE alert SET state = 'waiting', tries = 0, next_try = :now, done = NULL "
            "WHERE number = :number AND state = 'failed'"
        )
        return w.run(sql, number=number, now=now) > 0


def clear(db: Database, before: float) -> int:
    """Remove alerts that were sent or given up before that time; return how many. Their keys may be queued again."""
    with db.writing() as w:
        return w.run("DELETE FROM alert WHERE state <> 'waiting' AND done < :before", before=before)


def _queued(row: Row) -> Queued:
    payload = json.loads(row["payload"])
    alert = Alert(
        kind=row["kind"],
        key=payload.pop("key"),
        channel=row["channel"],
        payload=payload,
        story=row["story_id"],
        article=row["article_id"],
    )
    return Queued(
        number=row["number"],
        alert=alert,
        at=row["at"],
        state=row["state"],
        tries=row["tries"],
        next_try=row["next_try"],
        done=row["done"],
        error=row["error"],
    )
