"""What the log of judgements makes of stories: membership, redirects, locks, sizes; worked out anew where it changed.

An article is in the story where the last effective line put it; where that story was merged since, in the one that its
redirects lead to. A story leads to another while a merge of it is effective, or when the split that made it is not.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from twosource.store.database import AT_ONCE, Database, Reading, Row, Writing, listing
from twosource.store.lines import LONGEST, Refused
from twosource.store.packed import unpacked

TITLE = 200
"""Code points of a story's title."""


def resolved(db: Database | Reading, story: int) -> int:
    """Return the number of the story that ``story`` leads to now, itself if it was not merged."""
    seen = {story}
    while (row := db.one("SELECT redirect FROM story WHERE number = :number", number=story)) and row[0] is not None:
        story = row[0]
        if story in seen:
            raise Refused("these merges would lead in a circle; undo one of them first")
        seen.add(story)
    return story


def settle(w: Writing, *, articles: Iterable[int], stories: Iterable[int], now: float) -> None:
    """Make the rows of those articles and stories (by number) what the effective lines say.

    Raises:
        Refused: redirects would lead in a circle.

    """
    moved, touched = set(articles), set(stories)
    for story in sorted(touched):
        moved |= _redirect(w, story)
        _lock(w, story)
    for story in sorted(touched):
        resolved(w, story)
    for part in parts(sorted(moved)):
        touched |= _seat(w, part)
    refresh(w, touched, now)


def parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the numbers in runs short enough for one statement."""
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _redirect(w: Writing, story: int) -> set[int]:
    """Point the story where the log says; return the articles that may lie elsewhere by that."""
    row = w.one("SELECT id, redirect FROM story WHERE number = :number", number=story)
    if row is None or (said := _said(w, row["id"])) == row["redirect"]:
        return set()
    sql = (
        "WITH RECURSIVE behind (number) AS (SELECT number FROM story WHERE number = :number UNION "
        "SELECT s.number FROM story s "
        "JOIN behind b ON s.redirect = b.number) "
        "SELECT DISTINCT p.article FROM placement p JOIN behind b ON b.number = p.story"
    )
    behind = {found[0] for found in w.rows(sql, number=story)}
    w.run("UPDATE story SET redirect = :redirect WHERE number = :number", redirect=said, number=story)
    return behind


def _said(w: Writing, name: str) -> int | None:
    """Where the log says the story leads."""
    merged = parent = None
    for line in _about(w, name, ("merge", "split")):
        payload, effective = json.loads(line["payload"]), line["undone_by"] is None
        if line["kind"] == "merge" and payload["story"] == name and effective:
            merged = payload["into"]
        elif line["kind"] == "split" and payload["into"] == name:
            parent = None if effective else payload["story"]
    target = merged or parent
    row = w.one("SELECT number FROM story WHERE id = :id", id=target) if target else None
    return row[0] if row else None


def _lock(w: Writing, story: int) -> None:
    row = w.one("SELECT id, locked FROM story WHERE number = :number", number=story)
    if row is None:
        return
    said = [line["kind"] for line in _about(w, row["id"], ("lock", "unlock")) if line["undone_by"] is None]
    locked = int(said[-1:] == ["lock"])
    if locked != row["locked"]:
        w.run("UPDATE story SET locked = :locked WHERE number = :number", locked=locked, number=story)


def _about(w: Writing, name: str, kinds: Sequence[str]) -> list[Row]:
    among = listing(kinds)
    sql = (
        "SELECT j.number, j.kind, j.payload, j.undone_by FROM judgement_about b "
        f"JOIN judgement j ON j.number = b.judgement WHERE b.about = :name AND j.kind IN {among.sql} ORDER BY j.number"
    )
    return w.rows(sql, name=name[:LONGEST], **among.values)


def _seat(w: Writing, articles: Sequence[int]) -> set[int]:
    """Write the memberships of these articles; return the stories that lost or won one."""
    among = listing(articles)
    sql = (
        "SELECT p.article, p.story, p.judgement, m.story AS before, m.judgement AS line FROM placement p "
        "JOIN membership m ON m.article = p.article "
        f"WHERE p.article IN {among.sql} AND p.judgement = (SELECT max(q.judgement) FROM placement q "
        "JOIN judgement j ON j.number = q.judgement WHERE q.article = p.article AND j.undone_by IS NULL)"
    )
    touched: set[int] = set()
    changed = []
    ends: dict[int, int] = {}
    for article, placed, line, before, was in w.rows(sql, **among.values):
        story = ends.get(placed)
        if story is None:
            story = ends[placed] = resolved(w, placed)
        if (story, line) != (before, was):
            changed.append({"article": article, "story": story, "line": line})
            touched |= {story, before}
    w.run_many("UPDATE membership SET story = :story, judgement = :line WHERE article = :article", changed)
    return touched


_REFRESH = (
    "UPDATE story SET changes = changes + 1, changed = :now, "
    "size = (SELECT count(*) FROM membership m WHERE m.story = story.number), "
    "first = (SELECT min(a.at) FROM membership m JOIN article a ON a.number = m.article WHERE m.story = story.number), "
    "last = (SELECT max(a.at) FROM membership m JOIN article a ON a.number = m.article WHERE m.story = story.number) "
    "WHERE number = :number"
)
_CLEAR = (
    "UPDATE story SET accounted = NULL, origins = NULL, conflicts = NULL "
    "WHERE number = :number AND (size < 2 OR redirect IS NOT NULL)"
)


def refresh(w: Writing, stories: Iterable[int], now: float) -> None:
    """Bring size, span of time and title of stories up to date and mark their accounts stale.

    A story that was merged, or has fewer than two reports now, has no account; when its conflicts were first seen is
    kept.
    """
    for number in sorted(stories):
        w.run(_REFRESH, number=number, now=now)
        retitle(w, number)
        if w.run(_CLEAR, number=number):
            w.run("DELETE FROM account WHERE story = :number", number=number)
            w.run(
                "UPDATE account_conflict SET gone = :now WHERE story = :number AND gone IS NULL", number=number, now=now
            )


def retitle(w: Writing, story: int) -> None:
    """Give the story the title of its first report."""
    sql = (
        "SELECT a.title, a.text FROM membership m JOIN article a ON a.number = m.article "
        "WHERE m.story = :story ORDER BY a.at, a.number LIMIT 1"
    )
    row = w.one(sql, story=story)
    title = titled(row["title"], row["text"]) if row else None
    w.run("UPDATE story SET title = :title WHERE number = :number", number=story, title=title)


def titled(title: str | None, text: bytes) -> str | None:
    """Return an article's title, or the first line of its text (as stored), for a story."""
    if title and title.strip():
        return " ".join(title[: 4 * TITLE].split())[:TITLE]
    shown = unpacked(text).lstrip()[: 4 * TITLE].partition("\n")[0]
    return " ".join(shown.split())[:TITLE] or None
