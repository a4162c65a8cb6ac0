"""Articles as received: put in once each however often they come, and given back exactly.

An article is what stands under one key (its address, else its id); another text under the same key is its next
version, in a row of its own. The same text under the same key is known, and only the sighting is kept. Two addresses
are one key where `page_key` finds the same page, a page's own ``canonical`` counts where it stays on the same domain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal, NamedTuple

from twosource.article import Article, Original, digest, stable_id
from twosource.errors import Damaged
from twosource.store import runs
from twosource.store.article_rows import (
    ARTICLE,
    INSERT,
    INSERT_ORIGINAL,
    Incoming,
    article_from,
    article_row,
    bounded,
    key_of,
    original_key,
    original_row,
    outlet_key,
)
from twosource.store.crashing import point
from twosource.store.database import Database, Indexed, Reading, Row, Value, Writing, listing, parts
from twosource.store.packed import unpacked, unpacked_bytes

Kind = Literal["stored", "new_version", "known"]

LONGEST_ID = 200
"""Code points of an id that is taken as given."""


class Outcome(NamedTuple):
    """What became of one incoming article, and under which id and number it stands."""

    kind: Kind
    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One article in a list, without its text. Times are seconds in UTC; ``at`` is the published time, if believable,
    else when it came. ``characters`` is the length of its text.
    """

    number: int
    id: str
    version: int
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    at: float
    first_seen: float
    characters: int
    feed: int | None
    story: str | None


class _Placed(NamedTuple):
    """An incoming article with its key and digest."""

    given: Incoming
    key: str
    sha256: str
    made_id: str


class _New(NamedTuple):
    """An article that is not stored yet, and as what it will be."""

    placed: _Placed
    outcome: Outcome
    version: int


@dataclass(slots=True)
class _State:
    """What is known while a batch is written: the rows under its keys, their versions, and the ids that are taken."""

    known: dict[tuple[str, str], Outcome]
    versions: dict[str, int]
    taken: set[str]


def add(db: Database, batch: Sequence[Incoming], *, run: int | None = None, now: float) -> tuple[Outcome, ...]:
    """Store the batch in one transaction and return what became of each, in order.

    An article keeps its own id where that is free and at most `LONGEST_ID` long; else, and for a next version, it gets
    one from key and text. The entry of its feed turns to stored, and ``run`` counts, in the same transaction.

    Raises:
        StoreError: nothing of the batch was stored.

    """
    placed = [_placed(given) for given in batch]
    with db.writing() as w:
        outcomes, new = _sorted(w, placed)
        _write(w, new, now)
        point("mid_batch")
        _write_sightings(w, placed, outcomes, now)
        if run is not None:
            runs.count(w, run, stored=len(new), known=len(placed) - len(new))
    return tuple(outcomes)


def _placed(given: Incoming) -> _Placed:
    key, sha256 = key_of(given), given.article.sha256
    return _Placed(given, key, sha256, stable_id("art", key, sha256))


def _sorted(w: Writing, placed: Sequence[_Placed]) -> tuple[list[Outcome], list[_New]]:
    """Tell what becomes of each, and which are new."""
    state = _state(w, placed)
    fresh = {(p.key, p.sha256) for p in placed} - state.known.keys()
    numbers = iter(w.numbers("article", len(fresh)))
    outcomes: list[Outcome] = []
    new: list[_New] = []
    for p in placed:
        outcome = state.known.get((p.key, p.sha256))
        if outcome is None:
            new.append(_named(p, state, next(numbers)))
            outcome = new[-1].outcome
            state.known[p.key, p.sha256] = outcome._replace(kind="known")
        outcomes.append(outcome)
    return outcomes, new


def _state(w: Reading, placed: Sequence[_Placed]) -> _State:
    sql = "SELECT key, sha256, id, number, version FROM article WHERE key IN "
    rows = list(_among(w, sql, {p.key for p in placed}))
    versions: dict[str, int] = {}
    for row in rows:
        versions[row["key"]] = max(row["version"], versions.get(row["key"], 0))
    wished = {name for p in placed for name in (p.given.article.id, p.made_id) if name}
    taken = {row["id"] for row in _among(w, "SELECT id FROM article WHERE id IN ", wished)}
    return _State({(r["key"], r["sha256"]): Outcome("known", r["id"], r["number"]) for r in rows}, versions, taken)


def _named(p: _Placed, state: _State, number: int) -> _New:
    """Give a new article its version, and an id that is free."""
    own, made = p.given.article.id, p.made_id
    version = state.versions[p.key] = state.versions.get(p.key, 0) + 1
    name = own if 0 < len(own) <= LONGEST_ID and own not in state.taken else made
    if name in state.taken:  # someone's own id, or 48 bits met twice
        name = next(n for i in count(2) if (n := f"{made}-{i}") not in state.taken)
    state.taken.add(name)
    return _New(p, Outcome("new_version" if version > 1 else "stored", name, number), version)


def _write(w: Writing, new: Sequence[_New], now: float) -> None:
    keys = [original_key(n.placed.given) for n in new]
    w.run_many(INSERT_ORIGINAL, (original_row(n.placed.given, key) for n, key in zip(new, keys, strict=True) if key))
    w.run_many(INSERT, (_row(n, key, now) for n, key in zip(new, keys, strict=True)))
    point("mid_rows")
    w.run_many(
        "INSERT INTO ungrouped (article, first_seen) VALUES (:article, :seen)",
        ({"article": n.outcome.number, "seen": now} for n in new),
    )
    w.index_words("article_words", (_indexed(n.outcome.number, n.placed.given.article) for n in new))


def _row(n: _New, original: str | None, now: float) -> dict[str, Value]:
    placed: dict[str, Value] = {
        "number": n.outcome.number,
        "id": n.outcome.id,
        "key": n.placed.key,
        "version": n.version,
        "sha256": n.placed.sha256,
        "original": original,
    }
    return article_row(n.placed.given, placed, now)


def _indexed(number: int, article: Article) -> Indexed:
    return Indexed(number, article.title or "", article.text)


_SIGHTING = (
    "INSERT INTO sighting (article, mark, feed, guid, url, seen) VALUES (:article, :mark, :feed, :guid, :url, :seen) "
    "ON CONFLICT DO NOTHING"
)
_ENTRY = (
    "UPDATE entry SET state = 'stored', article = :article, next_try = NULL WHERE feed = :feed AND key = :key "
    "AND state <> 'stored'"
)


def _write_sightings(w: Writing, placed: Sequence[_Placed], outcomes: Sequence[Outcome], now: float) -> None:
    w.run_many(_SIGHTING, (_sighting(p.given, o.number, now) for p, o in zip(placed, outcomes, strict=True)))
    w.run_many(
        _ENTRY,
        (
            {"article": o.number, "feed": p.given.feed, "key": bounded(p.given.entry_key)}
            for p, o in zip(placed, outcomes, strict=True)
            if p.given.feed is not None and p.given.entry_key is not None
        ),
    )


def _sighting(given: Incoming, number: int, now: float) -> dict[str, Value]:
    """One place where an article was met; the mark is what makes it one, short enough for an index."""
    where = {"feed": given.feed, "guid": given.guid, "url": given.article.url}
    mark = digest(f"{given.feed}\x1f{given.guid}\x1f{given.article.url}")[:32]
    return {"article": number, "mark": mark, "seen": now, **where}


_ALL = ", ".join(f"a.{column}" for column in ARTICLE)


def get(db: Database | Reading, ids: Iterable[str]) -> list[Article]:
    """Return the articles of those ids in their order, texts in full; ids that are not there are left out.

    Raises:
        Damaged: the store's file was changed, so that an id leads to another article.

    """
    wanted = list(ids)
    found: dict[str, Article] = {}
    for some in parts(dict.fromkeys(wanted)):
        among = listing(some)
        # Rows by number: their ids are then read from the rows themselves, not from the index that led there.
        sql = f"SELECT {_ALL} FROM article a WHERE a.number IN (SELECT number FROM article WHERE id IN {among.sql})"
        found |= {row["id"]: article_from(row) for row in db.rows(sql, **among.values)}
    if astray := found.keys() - set(wanted):
        raise Damaged(f"the index of ids is damaged ({', '.join(astray)}); restore the store from a backup")
    return [found[name] for name in wanted if name in found]


def numbered(db: Database | Reading, numbers: Iterable[int]) -> dict[int, Article]:
    """Return the articles of those numbers."""
    rows = _among(db, f"SELECT {_ALL} FROM article a WHERE a.number IN ", dict.fromkeys(numbers))
    return {row["number"]: article_from(row) for row in rows}


def _among(db: Database | Reading, sql: str, values: Iterable[Value]) -> Iterator[Row]:
    """Yield the rows of a statement that ends with IN, for as many values as there are."""
    for some in parts(values):
        among = listing(some)
        yield from db.rows(sql + among.sql, **among.values)


_LISTED = (
    "SELECT a.number, a.id, a.version, a.outlet, a.title, a.url, a.published, a.at, a.first_seen, a.characters, "
    "a.feed, s.id AS story FROM article a "
    "LEFT JOIN membership m ON m.article = a.number LEFT JOIN story s ON s.number = m.story"
)


def listed(
    db: Database | Reading,
    *,
    outlet: str | None = None,
    feed: int | None = None,
    since: float | None = None,
    until: float | None = None,
    story: str | None = None,
    limit: int = 50,
    before: tuple[float, int] | None = None,
) -> list[Listed]:
    """Return articles, the newest first by (``at``, ``number``); a next page is what is ``before`` the last one's.

    ``outlet`` is a name, whatever its case and accents; ``since`` (included) and ``until`` (not) bound ``at``.
    """
    asked: dict[str, tuple[str, Value]] = {
        "outlet": ("a.outlet_key = :outlet", None if outlet is None else outlet_key(outlet)),
        "feed": ("a.feed = :feed", feed),
        "since": ("a.at >= :since", since),
        "until": ("a.at < :until", until),
        "story": ("s.id = :story", story),
        "before": ("(a.at, a.number) < (:before, :number)", before and before[0]),
    }
    given = {name: value for name, (_, value) in asked.items() if value is not None}
    where = " AND ".join(asked[name][0] for name in given) or "1 = 1"
    sql = f"{_LISTED} WHERE {where} ORDER BY a.at DESC, a.number DESC LIMIT :limit"
    return [_listed(row) for row in db.rows(sql, **given, number=before and before[1], limit=limit)]


def versions(db: Database | Reading, name: str) -> list[Listed]:
    """Return all versions of the article of that id, the first one first; none if it is not there."""
    sql = f"{_LISTED} WHERE a.key = (SELECT key FROM article WHERE id = :id) ORDER BY a.version"
    return [_listed(row) for row in db.rows(sql, id=name)]


def _listed(row: Row) -> Listed:
    return Listed(**{name: row[name] for name in row.keys()})  # noqa: SIM118 - a row is no mapping


def indexed_words(db: Database | Reading, numbers: Iterable[int]) -> Iterator[Indexed]:
    """Yield what the full-text index holds of the articles of those numbers."""
    for row in _among(db, "SELECT number, title, text FROM article WHERE number IN ", numbers):
        yield Indexed(row["number"], row["title"] or "", unpacked(row["text"]))


def all_indexed_words(db: Reading) -> Iterator[Indexed]:
    """Yield what the full-text index holds of all articles."""
    for row in db.each("SELECT number, title, text FROM article ORDER BY number"):
        yield Indexed(row["number"], row["title"] or "", unpacked(row["text"]))


def unassigned(db: Database | Reading, limit: int) -> list[tuple[int, Article]]:
    """Return articles that no story has, with their numbers, in the order they came."""
    sql = (
        f"SELECT {_ALL} FROM ungrouped u JOIN article a ON a.number = u.article "
        "WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.article = u.article) "
        "ORDER BY u.first_seen, u.article LIMIT :limit"
    )
    return [(row["number"], article_from(row)) for row in db.rows(sql, limit=limit)]


def grouped(w: Writing, numbers: Iterable[int]) -> None:
    """Strike articles that a story has now from those that none has; to be called where memberships are written."""
    w.run_many("DELETE FROM ungrouped WHERE article = :article", ({"article": number} for number in numbers))


def original(db: Database | Reading, name: str) -> Original | None:
    """Return the bytes that the article of that id came as, or None where none were kept."""
    row = db.one(
        "SELECT o.bytes, o.media_type, o.charset FROM article a JOIN original o ON o.sha256 = a.original "
        "WHERE a.id = :id",
        id=name,
    )
    return Original(unpacked_bytes(row["bytes"]), row["media_type"], row["charset"]) if row else None
