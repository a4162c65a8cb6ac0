"""Stories as they stand: one, its members, lists in three orders, those whose account is stale, those that are live."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from twosource.store.conditions import numbered
from twosource.store.database import Condition, Database, Reading, Row, Value
from twosource.store.features import unpacked_features
from twosource.store.finding import Finder
from twosource.store.lines import MACHINE
from twosource.store.settle import resolved

if TYPE_CHECKING:
    from twosource.store.query import Query
    from twosource.stories import Features

Order = Literal["newest", "origins", "coverage", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story in a list. Times are seconds of UTC: ``first`` and ``last`` of its reports, ``changed`` of its make-up.

    ``origins`` and ``conflicts`` are those of its account, None without one; ``stale`` says that a newer one is due.
    ``changes`` counts what happened to it: give it to `accounts.put` with the account made from what was read.
    """

    number: int
    id: str
    title: str | None
    first: float | None
    last: float | None
    size: int
    locked: bool
    made: float
    changed: float
    changes: int
    origins: int | None
    conflicts: int | None
    stale: bool

    def cursor(self, order: Order) -> tuple[float, int]:
        """Return where a list in that order goes on after this story."""
        value = {
            "newest": self.last or 0.0,
            "origins": 1 if self.origins is None else self.origins,
            "coverage": self.size,
            "changed": self.changed,
        }[order]
        return value, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article in a story: the machine's first score, margin and reasons, and the line that put it where it is."""

    article: str
    number: int
    story: str
    at: float
    score: float | None
    margin: float | None
    why: tuple[tuple[str, str], ...]
    line: int
    by: str


@dataclass(frozen=True, slots=True)
class Seated:
    """An article of a live story, as the stream takes it up again; ``person`` says that a person placed it, or
    left it there when moving others; ``line`` is the line of the log that placed it.
    """

    article: str
    story: str
    at: float
    found: "Features | None"
    person: bool
    line: int


_COLUMNS = (
    "s.number, s.id, s.title, s.first, s.last, s.size, s.locked, s.made, s.changed, s.changes, s.origins, s.conflicts, "
    "s.accounted"
)
_ORDER: dict[Order, str] = {
    "newest": "s.last",
    "origins": "coalesce(s.origins, 1)",
    "coverage": "s.size",
    "changed": "s.changed",
}


def get(db: Database | Reading, story: str) -> Story | None:
    """Return the story of that id, or the one it was merged into (then with that one's id)."""
    row = db.one("SELECT number FROM story WHERE id = :id", id=story)
    if row is None:
        return None
    found = db.one(f"SELECT {_COLUMNS} FROM story s WHERE s.number = :number", number=resolved(db, row[0]))
    return _story(found) if found else None


def resolve(db: Database | Reading, story: str) -> str | None:
    """Return the id that a story's id leads to, itself where it was not merged, None where there is none."""
    found = get(db, story)
    return found.id if found else None


def listed(
    db: Database,
    *,
    order: Order = "newest",
    since: float | None = None,
    limit: int = 50,
    before: tuple[float, int] | None = None,
    query: "Query | None" = None,
    least: int = 1,
) -> list[Story]:
    """Return stories with at least ``least`` reports, the highest of ``order`` first.

    ``since`` leaves out stories whose last report (in the order "changed": last change) is older. ``before`` is the
    `Story.cursor` of the last one seen. ``query`` wants a report that it finds.
    """
    by = _ORDER[order]
    where = ["s.redirect IS NULL", "s.size > 0", "s.size >= :least"]
    values: dict[str, Value] = {"least": least}
    if since is not None:
        where.append("s.changed >= :since" if order == "changed" else "s.last >= :since")
        values["since"] = since
    if before is not None:
        where.append(f"({by}, s.number) < (:value, :number)")
        values |= {"value": before[0], "number": before[1]}
    with db.reading() as r:
        if query is not None:
            told = _told_in(db, r, query, Condition(" AND ".join(where), values), by, limit)
            where.append(told.sql)
            values |= told.values
        page = f"ORDER BY {by} DESC, s.number DESC LIMIT :limit"
        rows = r.rows(f"SELECT {_COLUMNS} FROM story s WHERE {' AND '.join(where)} {page}", **values, limit=limit)
    return [_story(row) for row in rows]


def _told_in(db: Database, r: Reading, query: "Query", where: Condition, by: str, limit: int) -> Condition:
    """The condition on the stories of a page that one of their reports is found: by the reports where they are few,
    else story by story until the page is full.
    """
    finder = Finder(db, r, query)
    few = finder.few()
    if few is not None:
        return Condition(f"s.number IN (SELECT m.story FROM membership m WHERE m.article IN {numbered(few)})", {})
    first = _stories(r, where, by, limit + limit // 4)
    told = _telling(r, finder, first)
    if len(told) >= limit or not first:
        return Condition(f"s.number IN {numbered(told)}", {})
    sought = finder.all
    return Condition(
        "EXISTS (SELECT 1 FROM membership m JOIN article a ON a.number = m.article "
        f"WHERE m.story = s.number AND {sought.sql})",
        sought.values,
    )


def _stories(r: Reading, where: Condition, by: str, size: int) -> list[int]:
    """Numbers of the first stories."""
    sql = f"SELECT s.number FROM story s WHERE {where.sql} ORDER BY {by} DESC, s.number DESC LIMIT :size"
    return [row[0] for row in r.rows(sql, **where.values, size=size)]


def _telling(r: Reading, finder: Finder, stories: Sequence[int]) -> set[int]:
    """Those of the stories with a report that is found."""
    rows = r.rows(f"SELECT m.article, m.story FROM membership m WHERE m.story IN {numbered(stories)}")
    told = {row[0]: row[1] for row in rows}
    return {told[article] for article in finder.holding(list(told))}


def members(db: Database | Reading, story: str) -> list[Member]:
    """Return the articles of a story (or of the one it was merged into) in the order of their times."""
    found = get(db, story)
    if found is None:
        return []
    sql = (
        "SELECT a.id, a.number, a.at, m.score, m.margin, m.why, m.judgement, j.by FROM membership m "
        "JOIN article a ON a.number = m.article JOIN judgement j ON j.number = m.judgement "
        "WHERE m.story = :story ORDER BY a.at, a.number"
    )
    return [_member(row, found.id) for row in db.rows(sql, story=found.number)]


def stale(db: Database | Reading, limit: int = 100) -> list[Story]:
    """Return stories of at least two reports whose account is missing or older than they are; the longest due first."""
    sql = (
        f"SELECT {_COLUMNS} FROM story s WHERE s.redirect IS NULL AND s.size >= 2 "
        "AND (s.accounted IS NULL OR s.accounted < s.changes) ORDER BY s.changed, s.number LIMIT :limit"
    )
    return [_story(row) for row in db.rows(sql, limit=limit)]


_DECIDED = (
    "SELECT b.about, max(j.number) AS line FROM judgement j JOIN judgement_about b ON b.judgement = j.number "
    "WHERE j.kind IN ('merge', 'split', 'move') AND j.by <> :machine AND j.undone_by IS NULL GROUP BY b.about"
)


def live(db: Database | Reading, since: float) -> list[Seated]:
    """Return the articles of all stories with a report of ``since`` or later, in the order they were assigned."""
    decided = {row["about"]: row["line"] for row in db.rows(_DECIDED, machine=MACHINE)}
    sql = (
        "SELECT a.id, s.id AS story, a.at, m.features, m.judgement, j.by FROM story s "
        "JOIN membership m ON m.story = s.number JOIN article a ON a.number = m.article "
        "JOIN judgement j ON j.number = m.judgement "
        "WHERE s.redirect IS NULL AND s.size > 0 AND s.last >= :since ORDER BY m.at, m.article"
    )
    return [
        Seated(article, story, at, unpacked_features(blob), by != MACHINE or line < decided.get(story, 0), line)
        for article, story, at, blob, line, by in db.rows(sql, since=since)
    ]


def _story(row: Row) -> Story:
    return Story(
        number=row["number"],
        id=row["id"],
        title=row["title"],
        first=row["first"],
        last=row["last"],
        size=row["size"],
        locked=bool(row["locked"]),
        made=row["made"],
        changed=row["changed"],
        changes=row["changes"],
        origins=row["origins"],
        conflicts=row["conflicts"],
        stale=row["size"] >= 2 and (row["accounted"] is None or row["accounted"] < row["changes"]),
    )


def _member(row: Row, story: str) -> Member:
    return Member(
        article=row["id"],
        number=row["number"],
        story=story,
        at=row["at"],
        score=row["score"],
        margin=row["margin"],
        why=tuple((code, said) for code, said in json.loads(row["why"])),
        line=row["judgement"],
        by=row["by"],
    )
