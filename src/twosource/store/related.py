"""What stands beside a story: other stories in which the same people speak, the outlets of its reports, outlets' marks.

A speaker counts the more the fewer stories quote him or her, so that a head of state joins less than a harbour master;
words that both headlines share count besides. It is a way on for readers, no claim that the events are one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2

from twosource.store.database import Database, Reading, listing
from twosource.store.wording import folded

MOST_SPEAKERS = 30
"""Speakers of a story that are looked for elsewhere: those whom most of its reports quote."""

MOST_QUOTED = 150
"""Quotations of one speaker in other stories that are looked at, the latest; 30 speakers of 150 take about 15 ms."""

LEAST_LETTERS = 4
"""Letters of a headline's word that counts."""

WORD = 0.4
"""What a shared word of the headlines counts, where a speaker whom only these two stories quote counts 1 (own judgement
on the stories of two corpora, tried 0.2 to 1, 2026-11-22)."""

LEAST = 0.6
"""Below this, stories are not related: an organisation alone joins none, nor does a person whom four stories quote."""

MOST_COMPARED = 100
"""Stories whose headlines are compared: those with most speakers in common."""

DEADLINE = 2.0
"""Seconds that looking may take."""

SPEAKERS = {"person": 1.0, "organisation": 0.5}
"""Kinds of speakers that join stories, and what each counts: agencies and ministries are quoted on anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another story: its id, headline, reports, the time of its latest one (seconds UTC), and who speaks in both."""

    id: str
    title: str | None
    size: int
    last: float | None
    speakers: tuple[str, ...]


def related(db: Database, story: int, *, limit: int = 6) -> list[Related]:
    """Return stories related to the one of that number, the closest first."""
    with db.reading(deadline=DEADLINE) as r:
        own = r.one("SELECT title FROM story WHERE number = :story", story=story)
        shared = _shared(r, story)
        closest = sorted(shared, key=lambda other: -sum(shared[other].values()))[:MOST_COMPARED]
        among = listing(closest)
        sql = (
            "SELECT number, id, title, size, last FROM story "
            f"WHERE redirect IS NULL AND size > 0 AND number IN {among.sql}"
        )
        rows = r.rows(sql, **among.values)
    words = _words(own["title"] if own else None)
    found = []
    for row in rows:
        names = shared[row["number"]]
        score = sum(names.values()) + WORD * len(words & _words(row["title"]))
        if score >= LEAST:
            line = Related(
                id=row["id"], title=row["title"], size=row["size"], last=row["last"],
                speakers=tuple(sorted(names, key=lambda name: (-names[name], name))),
            )  # fmt: skip
            found.append((score, row["number"], line))
    return [line for _, _, line in sorted(found, key=lambda f: f[:2], reverse=True)[:limit]]


def _shared(r: Reading, story: int) -> dict[int, dict[str, float]]:
    """Who speaks in the story and in others, by the others' numbers, each with what that counts."""
    among = listing(list(SPEAKERS))
    sql = (
        "SELECT p.number, p.name, p.kind, count(DISTINCT q.article) AS reports FROM membership m "
        "JOIN quotation q ON q.article = m.article JOIN speaker p ON p.number = q.speaker "
        f"WHERE m.story = :story AND p.kind IN {among.sql} GROUP BY p.number, p.name, p.kind "
        "ORDER BY reports DESC, p.number LIMIT :most"
    )
    found: dict[int, dict[str, float]] = {}
    for speaker in r.rows(sql, story=story, most=MOST_SPEAKERS, **among.values):
        rows = r.rows(_ELSEWHERE, speaker=speaker["number"], story=story, most=MOST_QUOTED)
        elsewhere = {row["story"] for row in rows}
        for other in elsewhere:
            found.setdefault(other, {})[speaker["name"]] = SPEAKERS[speaker["kind"]] / (1 + log2(len(elsewhere)))
    return found


_ELSEWHERE = (
    "SELECT m.story FROM quotation q JOIN membership m ON m.article = q.article "
    "WHERE q.speaker = :speaker AND m.story <> :story ORDER BY q.at DESC LIMIT :most"
)


def _words(title: str | None) -> frozenset[str]:
    return frozenset(word for word in folded((title or "")[:300]).split() if len(word) >= LEAST_LETTERS)


def marks(db: Database) -> Mapping[str, str]:
    """Return which outlets a person marked, by name: "hidden" or "distrusted"."""
    return {row["outlet"]: row["mark"] for row in db.rows("SELECT outlet, mark FROM outlet_mark ORDER BY outlet")}


def outlets(db: Database, stories: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the names of the outlets of each story, by its number, in the order of their first reports."""
    among = listing(list(stories))
    sql = (
        "SELECT m.story, a.outlet, min(a.at) AS first FROM membership m JOIN article a ON a.number = m.article "
        f"WHERE m.story IN {among.sql} AND a.outlet IS NOT NULL GROUP BY m.story, a.outlet ORDER BY first, a.outlet"
    )
    found: dict[int, list[str]] = {}
    for row in db.rows(sql, **among.values):
        found.setdefault(row["story"], []).append(row["outlet"])
    return {story: tuple(names) for story, names in found.items()}


def waiting(db: Database, most: int = 1_000) -> int:
    """Return how many articles have no story yet, counted to ``most``."""
    row = db.one("SELECT count(*) AS n FROM (SELECT 1 FROM ungrouped LIMIT :most) AS w", most=most)
    return row["n"] if row else 0
